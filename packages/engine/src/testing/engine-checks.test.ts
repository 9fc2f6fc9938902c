import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../dialect.js';
import { openTestEngine } from '../duckdb/open-test-engine.js';
import type { Engine } from '../engine.js';
import { ADVERSARIAL_TEXTS } from './adversarial-texts.js';
import type { EngineUnderTest } from './engine-check.js';
import { ENGINE_CHECKS } from './engine-checks.js';

/** Wraps an engine; `change` gives the members that are broken. */
function broken(engine: Engine, change: (engine: Engine) => Partial<Engine>): Engine {
  const whole: Engine = {
    dialect: engine.dialect,
    query: (sql, signal) => engine.query(sql, signal),
    queryNumbers: (sql, signal) => engine.queryNumbers(sql, signal),
    importCsv: (source, signal) => engine.importCsv(source, signal),
    writeTable: (write, signal) => engine.writeTable(write, signal),
    exportCsv: (select, file, signal) => engine.exportCsv(select, file, signal),
    attachTable: (name, source) => engine.attachTable(name, source),
    loadRows: (name, columns, rows) => engine.loadRows(name, columns, rows),
    keepTable: (name, select, signal) => engine.keepTable(name, select, signal),
    keepLookup: (name, select, keys, signal) => engine.keepLookup(name, select, keys, signal),
    defineView: (name, select) => engine.defineView(name, select),
    dropTable: (name) => engine.dropTable(name),
    close: () => engine.close(),
  };
  return { ...whole, ...change(engine) };
}

const dialect =
  (change: Partial<Dialect>) =>
  (engine: Engine): Partial<Engine> => ({ dialect: { ...engine.dialect, ...change } });

interface Mutant {
  readonly fault: string;
  /** The check that must fail. */
  readonly caughtBy: string;
  readonly change: (engine: Engine) => Partial<Engine>;
}

const plain = (value: string | number | boolean | null): string =>
  typeof value === 'string' ? `'${value}'` : value === null ? 'NULL' : String(value);

const backslashed = (value: string | number | boolean | null): string =>
  typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : plain(value);

const MUTANTS: readonly Mutant[] = [
  { fault: 'literal without escaping', caughtBy: 'text-literal', change: dialect({ literal: plain }) },
  {
    fault: 'literal that doubles backslashes',
    caughtBy: 'text-literal',
    change: dialect({ literal: backslashed }),
  },
  {
    fault: 'literal that compares too much',
    caughtBy: 'text-literal-compare',
    change: (engine) =>
      dialect({ literal: (value) => `${engine.dialect.literal(value)} COLLATE NOCASE` })(engine),
  },
  {
    fault: 'literal that cuts at NUL',
    caughtBy: 'text-unsupported',
    change: (engine) =>
      dialect({
        literal: (value) =>
          engine.dialect.literal(typeof value === 'string' ? (value.split('\0')[0] ?? '') : value),
      })(engine),
  },
  {
    fault: 'number literals as DECIMAL',
    caughtBy: 'dialect-number-literals',
    change: dialect({ literal: plain }),
  },
  {
    fault: 'identifier without escaping',
    caughtBy: 'text-column-names',
    change: dialect({ identifier: (name) => `"${name}"` }),
  },
  {
    fault: 'identifier in lower case',
    caughtBy: 'text-column-names',
    change: (engine) =>
      dialect({ identifier: (name) => engine.dialect.identifier(name.toLowerCase()) })(engine),
  },
  {
    fault: 'trim that strips Unicode blanks',
    caughtBy: 'dialect-trim',
    change: dialect({ trim: (text) => `regexp_replace(${text}, '^[\\s\\p{Z}]+|[\\s\\p{Z}]+$', '', 'g')` }),
  },
  {
    fault: 'trim that strips spaces only',
    caughtBy: 'dialect-trim',
    change: dialect({ trim: (text) => `trim(${text})` }),
  },
  {
    fault: 'upper of all letters',
    caughtBy: 'dialect-upper',
    change: dialect({ upper: (text) => `upper(${text})` }),
  },
  {
    fault: 'padStart that truncates',
    caughtBy: 'dialect-pad-start',
    change: (engine) =>
      dialect({
        padStart: (text, length, fill) =>
          `CASE WHEN ${text} = '' THEN '' ELSE lpad(${text}, ${length}, ${engine.dialect.literal(fill)}) END`,
      })(engine),
  },
  {
    fault: 'padStart that fills empty text',
    caughtBy: 'dialect-pad-start',
    change: (engine) =>
      dialect({
        padStart: (text, length, fill) =>
          `CASE WHEN length(${text}) < ${length} THEN lpad(${text}, ${length}, ${engine.dialect.literal(fill)})
          ELSE ${text} END`,
      })(engine),
  },
  {
    fault: 'padStart that counts bytes',
    caughtBy: 'dialect-pad-start',
    change: (engine) =>
      dialect({
        padStart: (text, length, fill) => `CASE WHEN ${text} <> '' THEN
        concat(repeat(${engine.dialect.literal(fill)}, greatest(${length} - strlen(${text}), 0)), ${text})
        ELSE ${text} END`,
      })(engine),
  },
  {
    fault: 'stripPrefix that strips again and again',
    caughtBy: 'dialect-strip-prefix',
    change: (engine) =>
      dialect({
        stripPrefix: (text, prefix) =>
          prefix === ''
            ? text
            : `CASE WHEN starts_with(${text},
        ${engine.dialect.literal(prefix)}) THEN ltrim(${text}, ${engine.dialect.literal(prefix)}) ELSE ${text} END`,
      })(engine),
  },
  {
    fault: 'stripSuffix that counts UTF-16 units',
    caughtBy: 'dialect-strip-suffix',
    change: (engine) =>
      dialect({
        stripSuffix: (text, suffix) => `CASE WHEN ends_with(${text}, ${engine.dialect.literal(suffix)})
        THEN substr(${text}, 1, length(${text}) - ${suffix.length}) ELSE ${text} END`,
      })(engine),
  },
  {
    fault: 'contains by LIKE',
    caughtBy: 'dialect-contains',
    change: dialect({ contains: (text, part) => `(${text} LIKE '%${part.replaceAll("'", "''")}%')` }),
  },
  {
    fault: 'joinTexts that skips empty texts',
    caughtBy: 'dialect-join-texts',
    change: (engine) =>
      dialect({
        joinTexts: (separator, texts) =>
          engine.dialect.joinTexts(
            separator,
            texts.map((text) => `nullif(${text}, '')`),
          ),
      })(engine),
  },
  {
    fault: 'daysBetween the other way round',
    caughtBy: 'dialect-days-between',
    change: (engine) => dialect({ daysBetween: (from, to) => engine.dialect.daysBetween(to, from) })(engine),
  },
  {
    fault: 'addYears of 365 days',
    caughtBy: 'dialect-add-years',
    change: dialect({ addYears: (date, years) => `CAST(${date} + to_days(${years * 365}) AS DATE)` }),
  },
  {
    fault: 'addYears to 1 March',
    caughtBy: 'dialect-add-years',
    change: (engine) =>
      dialect({
        addYears: (date, years) => `CASE WHEN month(${date}) = 2 AND day(${date}) = 29
        THEN CAST(${engine.dialect.addYears(`(${date} - 1)`, years)} + 1 AS DATE)
        ELSE ${engine.dialect.addYears(date, years)} END`,
      })(engine),
  },
  {
    fault: 'year of the week',
    caughtBy: 'dialect-year',
    change: dialect({ year: (date) => `isoyear(${date})` }),
  },
  {
    fault: 'isoDate without leading zeros',
    caughtBy: 'dialect-iso-date',
    change: dialect({ isoDate: (date) => `concat(year(${date}), '-', month(${date}), '-', day(${date}))` }),
  },
  {
    fault: 'importCsv that turns empty text to null',
    caughtBy: 'csv-empty-is-not-null',
    change: (engine) => ({
      importCsv: async (source) => {
        const columns = source.fields.flatMap((name) =>
          name === null ? [] : [{ name, type: 'text' } as const],
        );
        await engine.importCsv({ ...source, location: `${source.location}-first` });
        await engine.attachTable('first', { location: `${source.location}-first`, columns });
        const texts = columns.map(({ name }) => {
          const column = engine.dialect.identifier(name);
          return `nullif(${column}, '') AS ${column}`;
        });
        return engine.writeTable({
          select: `SELECT ${texts.join(', ')} FROM first`,
          location: source.location,
        });
      },
    }),
  },
  {
    fault: 'importCsv that loses a record',
    caughtBy: 'csv-corpus',
    change: (engine) => ({
      importCsv: async (source) => (await engine.importCsv(source)) - 1,
    }),
  },
  {
    fault: 'importCsv that loses the order',
    caughtBy: 'csv-many-records',
    change: (engine) => ({
      importCsv: async (source) => {
        const columns = source.fields.flatMap((name) =>
          name === null ? [] : [{ name, type: 'text' } as const],
        );
        await engine.importCsv({ ...source, location: `${source.location}-first` });
        await engine.attachTable('first', { location: `${source.location}-first`, columns });
        return engine.writeTable({
          select: 'SELECT * FROM first ORDER BY column_0',
          location: source.location,
        });
      },
    }),
  },
  {
    fault: 'attachTable off by one record number',
    caughtBy: 'csv-corpus',
    change: (engine) => ({
      attachTable: async (name, source) => {
        await engine.attachTable(`${name} from 1`, source);
        const { recordNumber } = source;
        const wrong = recordNumber === undefined ? '' : ` REPLACE (${recordNumber} - 1 AS ${recordNumber})`;
        await engine.defineView(name, `SELECT *${wrong} FROM ${engine.dialect.identifier(`${name} from 1`)}`);
      },
    }),
  },
  {
    fault: 'attachTable that fails without files',
    caughtBy: 'table-attach-nothing',
    change: (engine) => ({
      attachTable: (name, source) => engine.defineView(name, `SELECT * FROM '${source.location}/*.parquet'`),
    }),
  },
  {
    fault: 'attachTable that guesses the types of partitions',
    caughtBy: 'text-partition-values',
    change: (engine) => ({
      attachTable: (name, source) =>
        engine.defineView(name, `SELECT * FROM '${source.location}/**/*.parquet'`),
    }),
  },
  {
    fault: 'loadRows that turns null into empty text',
    caughtBy: 'table-load-types',
    change: (engine) => ({
      loadRows: (name, columns, rows) =>
        engine.loadRows(
          name,
          columns,
          Array.from(rows, (row) =>
            row.map((value, index) => (value === null && columns[index]?.type === 'text' ? '' : value)),
          ),
        ),
    }),
  },
  {
    fault: 'loadRows that loses the last full chunk',
    caughtBy: 'table-load-many',
    change: (engine) => ({
      loadRows: (name, columns, rows) => {
        const all = [...rows];
        return engine.loadRows(name, columns, all.length % 2048 === 0 ? all.slice(0, -2048) : all);
      },
    }),
  },
  {
    fault: 'writeTable that counts wrong',
    caughtBy: 'table-partitions',
    change: (engine) => ({
      writeTable: async (write) => (await engine.writeTable(write)) + 1,
    }),
  },
  {
    fault: 'exportCsv that loses the order',
    caughtBy: 'csv-export',
    change: (engine) => ({
      exportCsv: (select, file) => engine.exportCsv(`SELECT * FROM (${select}) ORDER BY 1`, file),
    }),
  },
  {
    fault: 'keepTable that is a view',
    caughtBy: 'table-keep-is-a-copy',
    change: (engine) => ({
      keepTable: (name, select) => engine.defineView(name, select),
    }),
  },
  {
    fault: 'keepLookup that is a view',
    caughtBy: 'table-lookup',
    change: (engine) => ({
      keepLookup: (name, select) => engine.defineView(name, select),
    }),
  },
  {
    fault: 'keepLookup whose texts sort by first appearance',
    caughtBy: 'table-lookup',
    change: (engine) => ({
      keepLookup: async (name, select) => {
        const type = "ENUM('b', 'B', 'a', '', 'é', 'x', 'y', 'z')";
        await engine.keepTable(name, `SELECT * REPLACE (CAST(label AS ${type}) AS label) FROM (${select})`);
      },
    }),
  },
  {
    fault: 'attachTable that forgets the partitions of several folders',
    caughtBy: 'table-attach-several-partitions',
    change: (engine) => ({
      attachTable: async (name, source) => {
        await engine.attachTable(name, source);
        const { partitionBy = [], location, columns } = source;
        if (typeof location === 'string' || partitionBy.length === 0) return;
        const names = columns.map((column) =>
          partitionBy.includes(column.name) ? `MIN(${column.name}) OVER () AS ${column.name}` : column.name,
        );
        await engine.keepTable(name, `SELECT ${names.join(', ')} FROM ${name}`);
      },
    }),
  },
  {
    fault: 'defineView that is a copy',
    caughtBy: 'table-keep-is-a-copy',
    change: (engine) => ({
      defineView: (name, select) => engine.keepTable(name, select),
    }),
  },
  {
    fault: 'query that rounds large numbers',
    caughtBy: 'session-unsafe-number',
    change: (engine) => ({
      query: (sql) => engine.query(`SELECT COLUMNS(*)::DOUBLE FROM (${sql})`),
    }),
  },
  {
    fault: 'queryNumbers that loses the order',
    caughtBy: 'table-query-numbers',
    change: (engine) => ({
      queryNumbers: async (sql) => {
        const columns = Object.entries(await engine.queryNumbers(sql));
        return Object.fromEntries(columns.map(([name, numbers]) => [name, numbers.toSorted()]));
      },
    }),
  },
  {
    fault: 'queryNumbers that takes null for nought',
    caughtBy: 'table-query-numbers',
    change: (engine) => ({
      queryNumbers: async (sql) => {
        const columns = Object.entries(await engine.queryNumbers(sql));
        return Object.fromEntries(
          columns.map(([name, numbers]) => [name, numbers.map((x) => (Number.isNaN(x) ? 0 : x))]),
        );
      },
    }),
  },
  {
    fault: 'query that cannot be cancelled',
    caughtBy: 'session-cancelled-before',
    change: (engine) => ({
      query: (sql) => engine.query(sql),
    }),
  },
];

async function failure(mutant: Mutant): Promise<unknown> {
  const check = ENGINE_CHECKS.find(({ id }) => id === mutant.caughtBy);
  assert.ok(check, `there is a check ${mutant.caughtBy}`);
  const whole = await openTestEngine();
  const test: EngineUnderTest = { ...whole, engine: broken(whole.engine, mutant.change) };
  try {
    await check.run(test);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await whole.close();
  }
}

describe('the contract suite', () => {
  it('has checks with ids of their own', () => {
    expect(new Set(ENGINE_CHECKS.map(({ id }) => id)).size).toBe(ENGINE_CHECKS.length);
    expect(new Set(ADVERSARIAL_TEXTS.map(({ name }) => name)).size).toBe(ADVERSARIAL_TEXTS.length);
    expect(new Set(ADVERSARIAL_TEXTS.map(({ text }) => text)).size).toBe(ADVERSARIAL_TEXTS.length);
  });

  it('passes an engine that is wrapped but whole', { timeout: 60_000 }, async () => {
    for (const caughtBy of ['text-literal', 'csv-corpus', 'table-partitions', 'session-cancelled-before']) {
      expect(await failure({ fault: 'none', caughtBy, change: () => ({}) })).toBeUndefined();
    }
  });

  for (const mutant of MUTANTS) {
    it(`catches ${mutant.fault}`, { timeout: 60_000 }, async () => {
      expect(await failure(mutant)).toBeInstanceOf(Error);
    });
  }
});
