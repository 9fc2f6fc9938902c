import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import type { SqlRow } from '../engine.js';
import { ADVERSARIAL_NAMES, ADVERSARIAL_TEXTS } from './adversarial-texts.js';
import { sample, trickyText } from './arbitrary-values.js';
import type { EngineCheck, EngineUnderTest } from './engine-check.js';
import { rejectsWith, upTo, valuesOf } from './engine-check.js';

interface CsvStyle {
  readonly delimiter?: string;
  readonly lineEnd?: '\n' | '\r\n';
  readonly byteOrderMark?: boolean;
  readonly finalLineEnd?: boolean;
  /** Quotes every field, not only those that need it. */
  readonly quoteAll?: boolean;
}

type Records = readonly (readonly string[])[];

/** RFC 4180 text of a header and records. */
function csvText(header: readonly string[], records: Records, style: CsvStyle): string {
  const {
    delimiter = ',',
    lineEnd = '\n',
    byteOrderMark = false,
    finalLineEnd = true,
    quoteAll = false,
  } = style;
  const field = (text: string): string =>
    quoteAll || text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const lines = [header, ...records].map((record) => record.map(field).join(delimiter));
  return `${byteOrderMark ? '\uFEFF' : ''}${lines.join(lineEnd)}${finalLineEnd ? lineEnd : ''}`;
}

const names = (width: number): readonly string[] => upTo(width).map((index) => `column_${index}`);

/** Imports a file and reads it back, in record order. */
async function readBack(
  { engine, location, writeFile }: EngineUnderTest,
  name: string,
  csv: string,
  fields: readonly (string | null)[],
  delimiter = ',',
): Promise<{ readonly count: number; readonly rows: readonly SqlRow[] }> {
  const file = await writeFile(`${name}.csv`, csv);
  const to = location(name);
  const count = await engine.importCsv({ file, delimiter, fields, location: to });
  const columns = fields.flatMap((field) => (field === null ? [] : [{ name: field, type: 'text' } as const]));
  await engine.attachTable('imported', { location: to, columns, recordNumber: 'raw_record' });
  return { count, rows: await engine.query('SELECT * FROM imported ORDER BY raw_record') };
}

/** Throws unless exactly these records come back, numbered from 1. */
async function roundTrip(
  test: EngineUnderTest,
  name: string,
  records: Records,
  style: CsvStyle = {},
): Promise<void> {
  const width = records[0]?.length ?? 2;
  const fields = names(width);
  const csv = csvText(fields, records, style);
  const { count, rows } = await readBack(test, name, csv, fields, style.delimiter);
  assert.equal(count, records.length, `${name}: number of records`);
  assert.deepEqual(valuesOf(rows, fields), records, name);
  assert.deepEqual(
    rows.map((row) => row.raw_record),
    upTo(records.length).map((index) => index + 1),
    name,
  );
}

const STYLES: Readonly<Record<string, CsvStyle>> = {
  plain: {},
  crlf: { lineEnd: '\r\n' },
  'byte-order-mark': { byteOrderMark: true },
  'byte-order-mark-quoted': { byteOrderMark: true, quoteAll: true },
  'no-final-line-end': { finalLineEnd: false },
  'crlf-no-final-line-end': { lineEnd: '\r\n', finalLineEnd: false },
  'quote-all': { quoteAll: true },
  semicolon: { delimiter: ';' },
  tab: { delimiter: '\t', lineEnd: '\r\n' },
};

const CORPUS: Records = ADVERSARIAL_TEXTS.map(({ text }) => [text, 'x', text]);

/** importCsv, exportCsv and the record numbers of attachTable: texts byte by byte, in order, none lost. */
export const csvChecks: readonly EngineCheck[] = [
  {
    id: 'csv-corpus',
    title: 'importCsv keeps every text, in every well-formed style of CSV',
    async run(test) {
      for (const [name, style] of Object.entries(STYLES)) await roundTrip(test, name, CORPUS, style);
    },
  },
  {
    id: 'csv-property',
    title: 'importCsv keeps random texts, in random styles',
    async run(test) {
      const records = fc
        .integer({ min: 1, max: 5 })
        .chain((width) =>
          fc.array(fc.array(trickyText, { minLength: width, maxLength: width }), { maxLength: 30 }),
        );
      const style = fc.record({
        delimiter: fc.constantFrom(',', ';', '\t', '|'),
        lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
        byteOrderMark: fc.boolean(),
        finalLineEnd: fc.boolean(),
        quoteAll: fc.boolean(),
      });
      for (const [index, [rows, given]] of sample(fc.tuple(records, style), 40).entries()) {
        const oneField = rows[0]?.length === 1;
        await roundTrip(test, `random${index}`, rows, oneField ? { ...given, quoteAll: true } : given);
      }
    },
  },
  {
    id: 'csv-empty-is-not-null',
    title: 'an empty field is the empty text, quoted or not, and never null',
    async run(test) {
      const csv = 'column_0,column_1,column_2\n,,\n"","",""\na,,""\n';
      const { count, rows } = await readBack(test, 'empties', csv, names(3));
      assert.equal(count, 3);
      assert.deepEqual(valuesOf(rows, names(3)), [
        ['', '', ''],
        ['', '', ''],
        ['a', '', ''],
      ]);
    },
  },
  {
    id: 'csv-one-column',
    title: 'a file of one column keeps its empty records when they are quoted',
    async run(test) {
      await roundTrip(test, 'one', [['a'], [''], ['b c'], ['"'], [''], ['']], { quoteAll: true });
      await roundTrip(test, 'one-crlf', [['a'], ['b']], { lineEnd: '\r\n' });
    },
  },
  {
    id: 'csv-no-records',
    title: 'a file with a header only has no records and can be read',
    async run(test) {
      for (const [name, style] of Object.entries(STYLES)) await roundTrip(test, name, [], style);
    },
  },
  {
    id: 'csv-skipped-fields',
    title: 'a field without a name is left out',
    async run(test) {
      const csv = 'a,b,a,\n1,"2\n",3,4\n5,6,7,8\n';
      const { count, rows } = await readBack(test, 'skipped', csv, [null, 'second', null, 'fourth']);
      assert.equal(count, 2);
      assert.deepEqual(rows, [
        { second: '2\n', fourth: '4', raw_record: 1 },
        { second: '6', fourth: '8', raw_record: 2 },
      ]);
    },
  },
  {
    id: 'csv-field-names',
    title: 'fields may have any name, and the header of the file does not matter',
    async run(test) {
      const fields = ADVERSARIAL_NAMES.map(({ text }) => text);
      const csv = csvText(
        fields.map(() => 'same\n"header"'),
        [fields],
        {},
      );
      const { rows } = await readBack(test, 'named', csv, fields);
      const entries = [...fields.map((name) => [name, name] as const), ['raw_record', 1] as const];
      assert.deepEqual(
        rows.map((row) => Object.entries(row)),
        [entries],
      );
    },
  },
  {
    id: 'csv-large-fields',
    title: 'fields of a megabyte pass, also when every character is a doubled quote',
    run: (test) =>
      roundTrip(test, 'large', [
        ['a'.repeat(2 ** 20 - 10), 'x'],
        ['"'.repeat(2 ** 20 - 10), 'é'],
        ['1,2\n'.repeat(2 ** 18 - 10), ''],
      ]),
  },
  {
    id: 'csv-many-records',
    title: 'a hundred thousand records keep their order and their numbers, line ends in fields included',
    async run(test) {
      const records = upTo(100_000).map((n) => [
        String(n + 1),
        n % 7 === 0 ? `line\n${n},"x"\n` : `plain ${n}`,
        '',
      ]);
      const csv = csvText(names(3), records, {});
      const { count } = await readBack(test, 'many', csv, names(3));
      assert.equal(count, records.length);
      const [row] = await test.engine.query(`
        SELECT count(*) AS n, min(raw_record) AS lowest, max(raw_record) AS highest,
          sum(CASE WHEN column_0 = CAST(raw_record AS VARCHAR) THEN 0 ELSE 1 END) AS wrong,
          sum(length(column_1)) AS characters
        FROM imported`);
      const characters = records.reduce((sum, record) => sum + (record[1]?.length ?? 0), 0);
      assert.deepEqual(row, { n: 100_000, lowest: 1, highest: 100_000, wrong: 0, characters });
    },
  },
  {
    id: 'csv-refused',
    title: 'a file that is not what was promised is refused, and its location stays free',
    async run({ engine, location, writeFile }) {
      const to = location('refused');
      const source = { delimiter: ',', fields: ['a', 'b'], location: to };
      const short = await writeFile('short.csv', 'a,b\n1,2\n3\n');
      const error = await rejectsWith(engine.importCsv({ ...source, file: short }), 'engine-csv-refused');
      assert.equal(error.where.file, short);
      const long = await writeFile('long.csv', 'a,b\n1,2,3\n');
      await rejectsWith(engine.importCsv({ ...source, file: long }), 'engine-csv-refused');
      await rejectsWith(engine.importCsv({ ...source, file: `${long}.missing` }), 'engine-csv-refused');
      const good = await writeFile('good.csv', 'a,b\n1,2\n');
      await rejectsWith(engine.importCsv({ ...source, file: good, records: 2 }), 'engine-csv-refused');
      assert.equal(await engine.importCsv({ ...source, file: good, records: 1 }), 1);
    },
  },
  {
    id: 'csv-export',
    title: 'exportCsv writes a header and every text, in order, so that importCsv reads them back',
    async run(test) {
      const { engine, location, writeFile } = test;
      const columns = [
        { name: 'number', type: 'bigint' },
        { name: 'odd "name", ;', type: 'text' },
      ] as const;
      await engine.loadRows(
        'texts',
        columns,
        ADVERSARIAL_TEXTS.map(({ text }, number) => [number, text]),
      );
      const file = await writeFile('export.csv', 'an older file');
      await engine.exportCsv('SELECT * FROM texts ORDER BY number DESC', file);
      const fields = ['number', 'text'];
      assert.equal(
        await engine.importCsv({ file, delimiter: ',', fields, location: location('back') }),
        CORPUS.length,
      );
      const source = {
        location: location('back'),
        columns: fields.map((name) => ({ name, type: 'text' }) as const),
      };
      await engine.attachTable('back', { ...source, recordNumber: 'raw_record' });
      const rows = await engine.query('SELECT number, text FROM back ORDER BY raw_record');
      const expected = ADVERSARIAL_TEXTS.map(({ text }, number) => [String(number), text]).reverse();
      assert.deepEqual(valuesOf(rows, fields), expected);
    },
  },
  {
    id: 'csv-export-exact',
    title: 'exportCsv writes plain fields bare, null as nothing and empty text as quotes, each line with LF',
    async run({ engine, writeFile }) {
      const file = await writeFile('exact.csv', '');
      const columns = [
        { name: 'a', type: 'text' },
        { name: 'b', type: 'date' },
        { name: 'c', type: 'bigint' },
      ] as const;
      await engine.loadRows('values', columns, [
        ['x y', '2020-02-29', 1],
        [null, null, null],
        ['', '0999-01-01', -2],
        ['"', null, 3],
      ]);
      await engine.exportCsv('SELECT * FROM "values"', file);
      const text = await readFile(file, 'utf8');
      assert.equal(text, 'a,b,c\nx y,2020-02-29,1\n,,\n"",0999-01-01,-2\n"""",,3\n');
      await engine.exportCsv('SELECT 1 AS a WHERE 1 = 0', file);
      assert.equal(await readFile(file, 'utf8'), 'a\n');
      await rejectsWith(engine.exportCsv('SELECT nothing', file), 'engine-sql');
      await assert.rejects(readFile(file), { code: 'ENOENT' });
    },
  },
];
