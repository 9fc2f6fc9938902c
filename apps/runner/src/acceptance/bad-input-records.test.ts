import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from './command.js';
import { checkLake } from './lake-check.js';
import type { RawLines } from './raw-inputs.js';
import { rawLines, textOf } from './raw-inputs.js';

vi.setConfig({ testTimeout: 60_000 });

interface Account {
  readonly records: number;
  readonly curated: number;
  readonly malformed: Readonly<Record<string, number>>;
  readonly encoding: string;
  readonly vintage: string;
  readonly notes: readonly string[];
}

interface PrintedLedger {
  readonly balanced: boolean;
  readonly files: readonly (Account & { readonly name: string; readonly raw_file: string })[];
  readonly entries: readonly {
    readonly raw_file: string;
    readonly kind: string;
    readonly rule: string;
    readonly records: number;
  }[];
}

const RECORDS = 12;
const MEGABYTE = 1_000_000;

describe('files with damaged or unusual records', () => {
  let work: string;
  let exitCode: number | null;
  let accounts: ReadonlyMap<string, Account>;
  let balanced: boolean;
  let seed = 10;
  const lake = () => join(work, 'lake');
  const account = (name: string): Account => {
    const found = accounts.get(name);
    if (!found) throw new Error(`${name} is not in the ledger`);
    return found;
  };
  const query = async (sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const { stdout } = await runCommand(['query', sql, '--lake', lake(), '--json']);
    return JSON.parse(stdout) as readonly Readonly<Record<string, unknown>>[];
  };

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'crimetracker-bad-records-'));
    const paths: string[] = [];
    const give = async (name: string, content: (lines: RawLines) => string | Buffer) => {
      seed += 1;
      paths.push(join(work, name));
      await writeFile(join(work, name), content(await rawLines(work, 'nypd-b', RECORDS, seed)));
    };
    const withRecord = (lines: RawLines, at: number, change: (record: string) => string): string =>
      textOf({
        ...lines,
        records: lines.records.map((record, index) => (index === at ? change(record) : record)),
      });

    await give('header-only.csv', ({ header }) => `${header}\n`);
    await give('fields.csv', (lines) =>
      withRecord(
        { ...lines, records: [...lines.records.slice(1), `${lines.records[0]},more,still more`] },
        3,
        (record) => record.split(',').slice(0, 20).join(','),
      ),
    );
    await give('open-quote.csv', (lines) => withRecord(lines, 4, (record) => record.replace(',', ',"')));
    await give('never-closed.csv', (lines) =>
      withRecord(lines, RECORDS - 1, (record) => record.replace(/,([^,]*)$/, ',"$1')),
    );
    await give('stray-quote.csv', (lines) =>
      withRecord(lines, 5, (record) => record.replace(',', ',"a" b,')),
    );
    await give('nul.csv', (lines) => withRecord(lines, 6, (record) => record.replace(',', '\0,')));
    await give('mark.csv', (lines) => `\uFEFF${textOf(lines)}`);
    await give('crlf.csv', (lines) => textOf(lines, '\r\n'));
    await give('mixed-line-ends.csv', (lines) =>
      [lines.header, ...lines.records]
        .map((line, index) => line + (index % 2 === 0 ? '\n' : '\r\n'))
        .join('\n'),
    );
    await give('no-last-line-end.csv', (lines) => textOf(lines).trimEnd());
    await give('utf-16le.csv', (lines) => Buffer.from(`\uFEFF${accented(lines)}`, 'utf16le'));
    await give('utf-16be.csv', (lines) => Buffer.from(`\uFEFF${accented(lines)}`, 'utf16le').swap16());
    await give('utf-16le-no-mark.csv', (lines) => Buffer.from(accented(lines), 'utf16le'));
    await give('latin-1.csv', (lines) => Buffer.from(accented(lines), 'latin1'));
    await give('utf-8.csv', (lines) => accented(lines));
    await give('tabs.tsv', (lines) =>
      textOf(lines)
        .replaceAll(/"\(([\d.-]+), ([\d.-]+)\)"/g, '$1 $2')
        .replaceAll(',', '\t'),
    );
    await give('members.csv.gz', (lines) => {
      const text = textOf(lines);
      return Buffer.concat([gzipSync(text.slice(0, 3000)), gzipSync(text.slice(3000))]);
    });
    await give('line-end-in-field.csv', (lines) =>
      withRecord(lines, 2, (record) => setPremises(record, '"CAF\r\nÉ"')),
    );
    await give('long-field.csv', (lines) =>
      withRecord(lines, 7, (record) => setPremises(record, 'x'.repeat(50 * MEGABYTE))),
    );
    await give('long-quoted-field.csv', (lines) =>
      withRecord(lines, 7, (record) =>
        setPremises(record, `"${'a,b\n'.repeat(50)}${'x'.repeat(2 * MEGABYTE)}"`),
      ),
    );
    const blankHeaders = await rawLines(work, 'lapd-b2', RECORDS, 1);
    paths.push(join(work, 'blank-headers.csv'));
    await writeFile(join(work, 'blank-headers.csv'), textOf(blankHeaders, '\r\n'));

    ({ exitCode } = await runCommand(['build', ...paths, '--lake', lake(), '--json']));
    const printed = JSON.parse(
      (await runCommand(['ledger', '--lake', lake(), '--json'])).stdout,
    ) as PrintedLedger;
    ({ balanced } = printed);
    const isMalformed = (rule: string) => /^(fields-|quote-|nul-|record-|text-)/.test(rule);
    accounts = new Map(
      printed.files.map((file) => {
        const reasons = printed.entries.filter(
          (entry) =>
            entry.raw_file === file.raw_file && entry.kind === 'quarantined' && isMalformed(entry.rule),
        );
        return [
          file.name,
          { ...file, malformed: Object.fromEntries(reasons.map(({ rule, records }) => [rule, records])) },
        ];
      }),
    );
  }, 120_000);

  afterAll(() => rm(work, { recursive: true, force: true }));

  it('are all published in one go, and the ledger balances with what Parquet holds', async () => {
    expect(exitCode).toBe(0);
    expect(balanced).toBe(true);
    expect(accounts.size).toBe(21);
    expect((await checkLake(lake())).problems).toEqual([]);
  });

  it('with a header only hold no records', () => {
    expect(account('header-only.csv')).toMatchObject({ records: 0, curated: 0, malformed: {} });
  });

  it('with too few or too many fields lose exactly these records to quarantine', () => {
    expect(account('fields.csv')).toMatchObject({
      records: RECORDS,
      curated: RECORDS - 2,
      malformed: { 'fields-too-few': 1, 'fields-too-many': 1 },
    });
  });

  it('with an unclosed or misplaced quote lose that one record to quarantine, not the rest of the file', () => {
    expect(account('open-quote.csv').records).toBe(RECORDS);
    expect(account('open-quote.csv').malformed).toEqual({ 'quote-misplaced': 1 });
    expect(account('never-closed.csv')).toMatchObject({
      curated: RECORDS - 1,
      malformed: { 'quote-unclosed': 1 },
    });
    expect(account('stray-quote.csv')).toMatchObject({
      curated: RECORDS - 1,
      malformed: { 'quote-misplaced': 1 },
    });
  });

  it('with a NUL byte show it in the quarantined text', async () => {
    expect(account('nul.csv')).toMatchObject({ curated: RECORDS - 1, malformed: { 'nul-byte': 1 } });
    const [row] = await query("SELECT raw_record, raw_text FROM quarantine WHERE reasons = 'nul-byte'");
    expect(row?.raw_record).toBe(7);
    expect(row?.raw_text).toMatch(/^\d+\u2400,/);
  });

  it.each([
    'mark.csv',
    'crlf.csv',
    'mixed-line-ends.csv',
    'no-last-line-end.csv',
    'tabs.tsv',
    'members.csv.gz',
  ])('like %s are read without a loss, as if they were plain', (name) => {
    expect(account(name)).toMatchObject({
      records: RECORDS,
      curated: RECORDS,
      malformed: {},
      encoding: 'utf-8',
    });
  });

  it.each([
    ['utf-16le.csv', 'utf-16le'],
    ['utf-16be.csv', 'utf-16be'],
    ['utf-16le-no-mark.csv', 'utf-16le'],
    ['latin-1.csv', 'windows-1252'],
    ['utf-8.csv', 'utf-8'],
  ])('like %s are read as %s, signs beyond ASCII intact', async (name, encoding) => {
    expect(account(name)).toMatchObject({ records: RECORDS, curated: RECORDS, malformed: {}, encoding });
  });

  it('of five encodings give one and the same text', async () => {
    const rows = await query(
      `SELECT raw_prem_typ_desc AS premises, row_count FROM crosswalk_nypd_location_category
       WHERE raw_prem_typ_desc LIKE 'CAF%' ORDER BY 1`,
    );
    expect(rows).toEqual([
      { premises: 'CAF\r\nÉ', row_count: 1 },
      { premises: 'CAFÉ', row_count: 5 },
    ]);
  });

  it('with a line end in a quoted field keep the record whole', () => {
    expect(account('line-end-in-field.csv')).toMatchObject({
      records: RECORDS,
      curated: RECORDS,
      malformed: {},
    });
  });

  it('with a field of 50 MB quarantine that record with its start, and read the rest', async () => {
    expect(account('long-field.csv')).toMatchObject({
      records: RECORDS,
      curated: RECORDS - 1,
      malformed: { 'record-too-long': 1 },
    });
    const [row] = await query(
      "SELECT LENGTH(raw_text) AS kept FROM quarantine WHERE reasons = 'record-too-long' AND raw_text LIKE '%xxx%' ORDER BY 1 DESC",
    );
    expect(row?.kept).toBe(2000);
  });

  it('with a quoted field too long count every line of it as a malformed record', () => {
    const { records, curated, malformed } = account('long-quoted-field.csv');
    expect(curated).toBe(RECORDS - 1);
    expect(Object.values(malformed).reduce((sum, count) => sum + count, 0)).toBe(records - curated);
    expect(malformed['record-too-long']).toBeGreaterThan(0);
  });

  it('whose spreadsheet lost three column names are recognised', () => {
    expect(account('blank-headers.csv')).toMatchObject({
      records: RECORDS,
      curated: RECORDS,
      vintage: 'lapd-2020-excel-blank-headers-28',
    });
  });
});

/** Puts a text in the premises column of the historic NYPD vintage; no field before it holds a comma here. */
function setPremises(record: string, text: string): string {
  const fields = splitRecord(record);
  fields[15] = text;
  return fields.join(',');
}

/** Fields of a well-formed line, quotes kept. */
function splitRecord(record: string): string[] {
  return (
    record
      .match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)
      ?.map((field) => field.replace(/,$/, ''))
      .slice(0, 35) ?? []
  );
}

function accented(lines: RawLines): string {
  return textOf({
    ...lines,
    records: lines.records.map((record, index) => (index === 2 ? setPremises(record, 'CAFÉ') : record)),
  });
}
