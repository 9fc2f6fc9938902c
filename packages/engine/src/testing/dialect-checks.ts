import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SqlType } from '../dialect.js';
import type { Engine, SqlValue, TableColumn } from '../engine.js';
import { EDGE_DATES, isoDate, sample, trickyText } from './arbitrary-values.js';
import type { EngineCheck } from './engine-check.js';
import { queryValue, refuses, upTo } from './engine-check.js';
import * as reference from './reference.js';

/** Rows of one query; keeps the SQL of a wide case below what engines accept. */
const CASES = 400;

interface Case<Row extends readonly SqlValue[]> {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly Row[];
  /** The SQL over the columns. */
  readonly expression: string;
  readonly expected: (...row: Row) => SqlValue;
}

/** Compares a SQL expression with a TypeScript function on every row. */
async function compare<Row extends readonly SqlValue[]>(engine: Engine, test: Case<Row>): Promise<void> {
  const { columns, rows, expression, expected } = test;
  const numbered = [{ name: 'number', type: 'bigint' } as const, ...columns];
  await engine.loadRows(
    'inputs',
    numbered,
    rows.map((row, number) => [number, ...row]),
  );
  const found = await engine.query(`SELECT number, ${expression} AS result FROM inputs ORDER BY number`);
  assert.equal(found.length, rows.length);
  for (const [index, row] of rows.entries()) {
    const result = found[index]?.result;
    assert.deepEqual(result, expected(...row), `${expression} of ${JSON.stringify(row)}`);
  }
}

const text = (name: string): TableColumn => ({ name, type: 'text' });
const date = (name: string): TableColumn => ({ name, type: 'date' });

const onTexts = (engine: Engine, expression: string, expected: (text: string) => SqlValue): Promise<void> =>
  compare<readonly [string]>(engine, {
    columns: [text('t')],
    rows: sample(trickyText, CASES).map((value) => [value] as const),
    expression,
    expected,
  });

const onDates = (engine: Engine, expression: string, expected: (iso: string) => SqlValue): Promise<void> =>
  compare<readonly [string]>(engine, {
    columns: [date('d')],
    rows: [...EDGE_DATES, ...sample(isoDate, CASES)].map((value) => [value] as const),
    expression,
    expected,
  });

/** The meaning of each Dialect member, compared with TypeScript on many inputs. */
export const dialectChecks: readonly EngineCheck[] = [
  {
    id: 'dialect-number-literals',
    title: 'a number literal is the same number again, whole ones exactly and others as DOUBLE',
    async run({ engine }) {
      const { literal } = engine.dialect;
      const fixed = [
        0,
        1,
        -1,
        0.1,
        -0.5,
        1e21,
        5e-324,
        2 ** 53 - 1,
        -(2 ** 53 - 1),
        1.7976931348623157e308,
        1e-7,
      ];
      const doubles = sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 100).filter(
        (x) => !Object.is(x, -0),
      );
      const numbers = [...fixed, ...doubles];
      const row = (
        await engine.query(`SELECT ${numbers.map((x, i) => `${literal(x)} AS n${i}`).join(', ')}`)
      )[0];
      for (const [index, number] of numbers.entries())
        assert.equal(row?.[`n${index}`], number, `literal(${number})`);
      assert.equal(await queryValue(engine, `SELECT ${literal(0.1)} + ${literal(0.2)}`), 0.1 + 0.2);
      assert.equal(await queryValue(engine, `SELECT 1 -${literal(-1)}`), 2);
      for (const number of [Number.NaN, Infinity, -Infinity])
        refuses(() => literal(number), `literal(${number})`);
    },
  },
  {
    id: 'dialect-other-literals',
    title: 'true, false and null are literals',
    async run({ engine }) {
      const { literal, cast } = engine.dialect;
      const sql = `SELECT ${literal(true)} AS t, ${literal(false)} AS f, ${cast(literal(null), 'text')} AS n`;
      assert.deepEqual(await engine.query(sql), [{ t: true, f: false, n: null }]);
    },
  },
  {
    id: 'dialect-cast',
    title: 'cast turns valid text into each type and null into null',
    async run({ engine }) {
      const { literal, cast } = engine.dialect;
      const cases: readonly (readonly [string, SqlType, SqlValue])[] = [
        ['a', 'text', 'a'],
        ['2020-02-29', 'date', '2020-02-29'],
        ['1015-01-01', 'date', '1015-01-01'],
        ['40.123456', 'double', 40.123456],
        ['-0.5', 'double', -0.5],
        ['42', 'bigint', 42],
        ['-9007199254740991', 'bigint', -9007199254740991],
        ['true', 'boolean', true],
        ['false', 'boolean', false],
      ];
      for (const [value, type, expected] of cases) {
        assert.equal(
          await queryValue(engine, `SELECT ${cast(literal(value), type)}`),
          expected,
          `${value} as ${type}`,
        );
        assert.equal(
          await queryValue(engine, `SELECT ${cast(literal(null), type)}`),
          null,
          `null as ${type}`,
        );
      }
    },
  },
  {
    id: 'dialect-type',
    title: 'type names are accepted by CAST',
    async run({ engine }) {
      const types: readonly SqlType[] = ['text', 'date', 'double', 'bigint', 'boolean'];
      const casts = types.map(
        (type) => `CAST(NULL AS ${engine.dialect.type(type)}) AS ${engine.dialect.identifier(type)}`,
      );
      const expected = Object.fromEntries(types.map((type) => [type, null]));
      assert.deepEqual(await engine.query(`SELECT ${casts.join(', ')}`), [expected]);
    },
  },
  {
    id: 'dialect-date',
    title: 'a date literal is that date, and other text is refused',
    async run({ engine }) {
      const days = ['1015-03-01', '1900-02-28', '2000-02-29', '2099-12-31'];
      const sql = `SELECT ${days.map((iso, i) => `${engine.dialect.date(iso)} AS d${i}`).join(', ')}`;
      assert.deepEqual(Object.values((await engine.query(sql))[0] ?? {}), days);
      for (const bad of ['', '2020-1-1', "2020-01-01'", '2020-01-01 00:00', 'today']) {
        refuses(() => engine.dialect.date(bad), `date(${bad})`);
      }
    },
  },
  {
    id: 'dialect-days-between',
    title: 'daysBetween counts whole days, forwards and backwards, from 1900 to 2100',
    run: ({ engine }) =>
      compare<readonly [string, string]>(engine, {
        columns: [date('a'), date('b')],
        rows: [
          ...sample(fc.tuple(isoDate, isoDate), CASES),
          ...EDGE_DATES.slice(1).map((iso, i) => [EDGE_DATES[i] ?? iso, iso] as const),
        ],
        expression: engine.dialect.daysBetween('a', 'b'),
        expected: reference.daysBetween,
      }),
  },
  {
    id: 'dialect-add-years',
    title: 'addYears keeps month and day, and 29 February becomes 28 February where needed',
    async run({ engine }) {
      for (const years of [-100, -4, -1, 0, 1, 4, 5, 100]) {
        await onDates(engine, engine.dialect.addYears('d', years), (iso) => reference.addYears(iso, years));
      }
    },
  },
  {
    id: 'dialect-year',
    title: 'year is the calendar year',
    run: ({ engine }) => onDates(engine, engine.dialect.year('d'), (iso) => Number(iso.slice(0, 4))),
  },
  {
    id: 'dialect-iso-date',
    title: 'isoDate is the ISO text of a date, with four digits of the year',
    async run({ engine }) {
      await onDates(engine, engine.dialect.isoDate('d'), (iso) => iso);
      assert.equal(
        await queryValue(engine, `SELECT ${engine.dialect.isoDate(engine.dialect.date('0915-03-01'))}`),
        '0915-03-01',
      );
    },
  },
  {
    id: 'dialect-join-texts',
    title: 'joinTexts joins the texts that are not null, empty ones included',
    async run({ engine }) {
      const maybe = fc.option(fc.oneof(trickyText, fc.constant('')), { freq: 2 });
      const rows = [[null, null, null] as const, ...sample(fc.tuple(maybe, maybe, maybe), CASES)];
      for (const separator of [';', '', "' ", '😀']) {
        await compare<readonly [string | null, string | null, string | null]>(engine, {
          columns: [text('a'), text('b'), text('c')],
          rows,
          expression: engine.dialect.joinTexts(separator, ['a', 'b', 'c']),
          expected: (...texts) => reference.joinTexts(separator, texts),
        });
      }
      assert.equal(await queryValue(engine, `SELECT ${engine.dialect.joinTexts(';', [])}`), '');
      assert.equal(await queryValue(engine, `SELECT ${engine.dialect.joinTexts(';', ["'a'"])}`), 'a');
    },
  },
  {
    id: 'dialect-contains',
    title: 'contains looks for the part as it stands, wildcards, quotes and backslashes included',
    async run({ engine }) {
      for (const part of [
        '',
        '%',
        '_',
        '\\',
        "'",
        '"',
        'a',
        'A',
        ' ',
        '\n',
        'é',
        '\u0301',
        '😀',
        '%_',
        '.*',
        'SP',
      ]) {
        await onTexts(engine, engine.dialect.contains('t', part), (value) => value.includes(part));
      }
    },
  },
  {
    id: 'dialect-trim',
    title: 'trim removes spaces, tabs and line ends at both ends, and no other blanks',
    run: ({ engine }) => onTexts(engine, engine.dialect.trim('t'), reference.trim),
  },
  {
    id: 'dialect-upper',
    title: 'upper changes the letters a to z and no others',
    run: ({ engine }) => onTexts(engine, engine.dialect.upper('t'), reference.upper),
  },
  {
    id: 'dialect-strip-prefix',
    title: 'stripPrefix removes the prefix once, from the start only',
    async run({ engine }) {
      for (const prefix of [
        '',
        ' ',
        'a',
        '%',
        '_',
        '\\',
        "'",
        'SP',
        'P2',
        '😀',
        '👮🏽‍♀️',
        '\u0301',
        '^',
        'SPSP',
      ]) {
        const expression = engine.dialect.stripPrefix('t', prefix);
        await onTexts(engine, expression, (value) => reference.stripPrefix(value, prefix));
      }
      assert.equal(await queryValue(engine, `SELECT ${engine.dialect.stripPrefix("'aab'", 'a')}`), 'ab');
    },
  },
  {
    id: 'dialect-strip-suffix',
    title: 'stripSuffix removes the suffix once, from the end only',
    async run({ engine }) {
      for (const suffix of ['', ' ', 'z', '%', '_', '\\', "'", 'P2', '😀', '👮🏽‍♀️', '\u0301', '$', '.0']) {
        const expression = engine.dialect.stripSuffix('t', suffix);
        await onTexts(engine, expression, (value) => reference.stripSuffix(value, suffix));
      }
      assert.equal(await queryValue(engine, `SELECT ${engine.dialect.stripSuffix("'baa'", 'a')}`), 'ba');
    },
  },
  {
    id: 'dialect-pad-start',
    title: 'padStart fills to a number of code points, never cuts, and leaves empty text empty',
    async run({ engine }) {
      for (const length of [0, 1, 3, 9, 30]) {
        for (const fill of ['0', '😀', "'"]) {
          const expression = engine.dialect.padStart('t', length, fill);
          await onTexts(engine, expression, (value) => reference.padStart(value, length, fill));
        }
      }
      for (const fill of ['', '00'])
        refuses(() => engine.dialect.padStart('t', 3, fill), `padStart with ${fill}`);
    },
  },
  {
    id: 'dialect-chained-transforms',
    title: 'text transforms can be nested, and null stays null',
    async run({ engine }) {
      const { trim, upper, stripPrefix, stripSuffix, padStart, cast, literal } = engine.dialect;
      const chain = (value: string): string =>
        padStart(stripSuffix(stripPrefix(upper(trim(value)), 'A'), '.0'), 9, '0');
      await onTexts(engine, chain('t'), (value) =>
        reference.padStart(
          reference.stripSuffix(reference.stripPrefix(reference.upper(reference.trim(value)), 'A'), '.0'),
          9,
          '0',
        ),
      );
      assert.equal(await queryValue(engine, `SELECT ${chain(cast(literal(null), 'text'))}`), null);
    },
  },
  {
    id: 'dialect-precedence',
    title: 'expressions of several words can stand as arguments and their results as operands',
    async run({ engine }) {
      const { contains, padStart, year, addYears, daysBetween, date: day, stripPrefix } = engine.dialect;
      const sql = `SELECT NOT ${contains("'a' || 'b'", 'ab')} AS c, 'x' || ${padStart("'1' || '2'", 4, '0')} AS p,
        1 + ${year(addYears(day('2020-02-29'), 1))} AS y, -${daysBetween(day('2020-01-01'), day('2020-01-03'))} AS d,
        'x' || ${stripPrefix("'a' || 'b'", 'a')} AS s`;
      assert.deepEqual(await engine.query(sql), [{ c: false, p: 'x0012', y: 2022, d: -2, s: 'xb' }]);
    },
  },
  {
    id: 'dialect-many-literals',
    title: 'a statement may hold a thousand literals',
    async run({ engine }) {
      const list = upTo(1000).map((number) => engine.dialect.literal(`it's ${number}`));
      assert.equal(
        await queryValue(
          engine,
          `SELECT count(*) FROM (SELECT 'it''s 7' AS t) WHERE t IN (${list.join(', ')})`,
        ),
        1,
      );
    },
  },
];
