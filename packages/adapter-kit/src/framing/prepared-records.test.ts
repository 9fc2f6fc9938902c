import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { CrimeTrackerError } from '@crimetracker/schema';
import fc from 'fast-check';
import { parseString } from 'fast-csv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareRawFile } from './prepare-raw-file.js';
import type { PreparedFile } from './prepared-file.js';
import { readRecords } from './read-records.js';

const RUNS = 300;

let root: string;
let path: string;
let folder: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'prepared-records-'));
  path = join(root, 'raw.csv');
  folder = join(root, 'outputs');
});
afterAll(() => rm(root, { recursive: true }));

async function fieldsOf(prepared: PreparedFile): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { fields } of readRecords(prepared)) rows.push([...fields]);
  return rows;
}

/** Numbers of the records read and of those set aside. */
async function numbersOf(
  prepared: PreparedFile,
): Promise<{ readonly read: number[]; readonly aside: number[] }> {
  const read: number[] = [];
  for await (const { record, fields } of readRecords(prepared)) {
    expect(fields).toHaveLength(prepared.header.length);
    read.push(record);
  }
  if (prepared.malformedPath === null) return { read, aside: [] };
  const text = await readFile(prepared.malformedPath, 'utf8');
  const aside = await new Promise<number[]>((resolve, reject) => {
    const numbers: number[] = [];
    parseString(text, { headers: true })
      .on('error', reject)
      .on('data', (row: Record<string, string>) => numbers.push(Number(row.raw_record)))
      .on('end', () => resolve(numbers));
  });
  return { read, aside };
}

const nastyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '"',
        '""',
        ',',
        ';',
        '\t',
        '|',
        '\n',
        '\r\n',
        '\r',
        "'",
        '\\',
        '#',
        'NULL',
        '\uFEFF',
      ),
      fc.constantFrom('abc', '12', 'é', '€', '\u{1F600}', '\u00A0', '\u2028', '\u0085', '1,2\n3,4', '","'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));

const table = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.array(fc.array(nastyText, { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 25,
  }),
);

const dialect = fc.record({
  delimiter: fc.constantFrom(',', '\t', ';', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  quoteAll: fc.boolean(),
  finalLineEnd: fc.constantFrom('', 'one', 'three'),
  mark: fc.boolean(),
  encoding: fc.constantFrom('utf8', 'utf16le', 'utf16be'),
  gzip: fc.boolean(),
  stream: fc.boolean(),
});
type Dialect = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

function csvOf(
  rows: readonly (readonly string[])[],
  { delimiter, lineEnd, quoteAll, finalLineEnd, mark }: Dialect,
): string {
  const quote = (text: string) =>
    quoteAll || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  // An empty line is no record, so a single empty field needs its quotes.
  const lines = rows.map((row) => row.map(quote).join(delimiter) || '""');
  const ends = finalLineEnd === '' ? '' : finalLineEnd === 'one' ? lineEnd : lineEnd.repeat(3);
  return `${mark ? '\uFEFF' : ''}${lines.join(lineEnd)}${ends}`;
}

function bytesOf(text: string, { encoding, gzip }: Dialect): Buffer {
  const bytes = Buffer.from(text, encoding === 'utf8' ? 'utf8' : 'utf16le');
  if (encoding === 'utf16be') bytes.swap16();
  return gzip ? gzipSync(bytes) : bytes;
}

describe('a table written as CSV in any dialect', () => {
  it('is read back with the same texts', async () => {
    await fc.assert(
      fc.asyncProperty(table, dialect, async (rows, given) => {
        const columns = rows[0]?.length ?? 0;
        // One column shows no delimiter, and UTF-16 is only sure by its mark where the text is not Latin.
        const spoken = {
          ...given,
          delimiter: columns === 1 ? ',' : given.delimiter,
          mark: given.mark || given.encoding !== 'utf8',
        };
        const header = Array.from({ length: columns }, (_, index) => `column ${index}`);
        const bytes = bytesOf(csvOf([header, ...rows], spoken), spoken);
        await writeFile(path, bytes);
        const prepared = await prepareRawFile(spoken.stream ? Readable.from([bytes]) : path, { folder });
        expect(prepared.header).toEqual(header);
        expect(prepared.malformed).toBe(0);
        expect(await fieldsOf(prepared)).toEqual(rows);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});

const edit = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'flip', 'truncate', 'quote', 'repeat'),
  where: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 6 }),
    fc.constantFrom(Buffer.from('\n'), Buffer.from('\0\0'), Buffer.from('\r')),
  ),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(content: Buffer, { kind, where, bytes }: Edit): Buffer {
  const at = Math.floor(where * content.length);
  const [before, after] = [content.subarray(0, at), content.subarray(at)];
  switch (kind) {
    case 'delete':
      return Buffer.concat([before, after.subarray(bytes.length)]);
    case 'insert':
      return Buffer.concat([before, bytes, after]);
    case 'flip':
      return Buffer.concat([
        before,
        Buffer.from(after.subarray(0, 1).map((byte) => byte ^ (bytes[0] ?? 1))),
        after.subarray(1),
      ]);
    case 'truncate':
      return before;
    case 'quote':
      return Buffer.concat([before, Buffer.from('"'), after]);
    default:
      return Buffer.concat([before, before, after]);
  }
}

describe('a damaged file', () => {
  it('ends in a clear error, or every record is either read or set aside, once', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        dialect,
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (rows, given, edits) => {
          const header = Array.from({ length: rows[0]?.length ?? 0 }, (_, index) => `column ${index}`);
          await writeFile(path, edits.reduce(edited, bytesOf(csvOf([header, ...rows], given), given)));
          const maxRecordBytes = given.stream ? 60 : 1 << 20;
          const prepared = await prepareRawFile(path, { folder, maxRecordBytes }).catch((error: unknown) => {
            if (error instanceof CrimeTrackerError && error.exitCode === 3) return null;
            throw error;
          });
          if (prepared === null) return;
          const { read, aside } = await numbersOf(prepared);
          expect(aside).toHaveLength(prepared.malformed);
          const all = [...read, ...aside].sort((a, b) => a - b);
          expect(all).toEqual(Array.from({ length: prepared.records }, (_, index) => index + 1));
        },
      ),
      { numRuns: 2 * RUNS },
    );
  }, 60_000);
});
