import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { EngineUnderTest } from '../testing/index.js';
import { describeEngine } from '../testing/index.js';
import type { DuckDbOptions } from './duckdb-engine.js';
import { openDuckDb } from './duckdb-engine.js';
import { openTestEngine } from './open-test-engine.js';

// Sorting beyond the memory limit takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describeEngine('duckdb', openTestEngine);

async function withEngine(
  run: (test: EngineUnderTest) => Promise<void>,
  options?: DuckDbOptions,
): Promise<void> {
  const test = await openTestEngine(options);
  try {
    await run(test);
  } finally {
    await test.close();
  }
}

const X = [{ name: 'x', type: 'bigint' }] as const;

describe('DuckDB values', () => {
  it('nested values come back as JSON text, others as plain values', () =>
    withEngine(async ({ engine }) => {
      const rows = await engine.query(`
        SELECT [1, NULL, 2] AS list, {'a': DATE '2020-01-02', 'b': ['x']} AS struct, MAP {'k': 1.5} AS map,
          '12:30:00'::TIME AS time, 'ab'::BLOB AS blob, 170141183460469231731687303715884105727::DOUBLE AS huge,
          sum(i) AS hugeint, 12.340::DECIMAL(10, 3) AS price, TIMESTAMP '2020-01-02 03:04:05.5' AS at,
          uuid() IS NOT NULL AS has_uuid, 'a'::ENUM ('a', 'b') AS kind
        FROM range(4) AS t(i)`);
      expect(rows).toEqual([
        {
          list: '[1,null,2]',
          struct: '{"a":"2020-01-02","b":["x"]}',
          map: '[{"key":"k","value":1.5}]',
          time: '12:30:00',
          blob: '6162',
          huge: 2 ** 127,
          hugeint: 6,
          price: 12.34,
          at: '2020-01-02T03:04:05.5',
          has_uuid: true,
          kind: 'a',
        },
      ]);
    }));

  it('a second column of the same name is kept under another name', () =>
    withEngine(async ({ engine }) => {
      expect(await engine.query('SELECT 1 AS a, 2 AS a')).toEqual([{ a: 1, 'a:1': 2 }]);
    }));
});

describe('DuckDB files', () => {
  it('paths with *, ? and [ name one file, though DuckDB takes them for patterns', () =>
    withEngine(async ({ engine, location, writeFile }) => {
      for (const [folder, value] of [
        ['data [1]*?', 1],
        ['data 1ab', 2],
      ] as const) {
        await mkdir(dirname(location(`${folder}/x`)), { recursive: true });
        const file = await writeFile(`tables/${folder}/[a].csv`, `h\n${value}\n`);
        const source = { file, delimiter: ',', fields: ['x'], location: location(`${folder}/out`) };
        expect(await engine.importCsv(source)).toBe(1);
      }
      await engine.attachTable('t', { location: location('data [1]*?/out'), columns: X, recordNumber: 'n' });
      expect(await engine.query('SELECT * FROM t')).toEqual([{ x: 1, n: 1 }]);
    }));

  it('a folder above the table that looks like a partition does not count', () =>
    withEngine(async ({ engine, location }) => {
      const to = location('part=outside/table');
      await engine.writeTable({
        select: "SELECT 1 AS x, 'inside' AS part",
        location: to,
        partitionBy: ['part'],
      });
      await engine.attachTable('t', { location: to, columns: X, partitionBy: ['part'] });
      expect(await engine.query('SELECT * FROM t')).toEqual([{ x: 1, part: 'inside' }]);

      const file = location('x=9/file');
      await engine.writeTable({ select: 'SELECT 1 AS x', location: file });
      await engine.attachTable('t', { location: file, columns: X });
      expect(await engine.query('SELECT * FROM t')).toEqual([{ x: 1 }]);
    }));

  it('a null partition stays null beside the text NULL', () =>
    withEngine(async ({ engine, location }) => {
      const to = location('nulls');
      const select = `SELECT * FROM (VALUES (1, NULL), (2, 'NULL'), (3, 'a'), (4, '')) AS t(x, part)`;
      await engine.writeTable({ select, location: to, partitionBy: ['part'] });
      await engine.attachTable('t', { location: to, columns: X, partitionBy: ['part'] });
      expect(await engine.query('SELECT * FROM t ORDER BY x')).toEqual([
        { x: 1, part: null },
        { x: 2, part: 'NULL' },
        { x: 3, part: 'a' },
        { x: 4, part: '' },
      ]);
    }));

  it('a table without partitions is one file, and record numbers over several files are refused', () =>
    withEngine(async ({ engine, location }) => {
      const to = location('one');
      await engine.writeTable({ select: 'SELECT i AS x FROM range(300000) AS t(i)', location: to });
      expect(await readdir(to)).toEqual(['data.parquet']);

      const parts = location('parts');
      const select = 'SELECT i AS x, CAST(i AS VARCHAR) AS part FROM range(2) AS t(i)';
      await engine.writeTable({ select, location: parts, partitionBy: ['part'] });
      const source = { location: parts, columns: X, partitionBy: ['part'] };
      await expect(engine.attachTable('t', { ...source, recordNumber: 'n' })).rejects.toMatchObject({
        code: 'engine-not-a-csv-import',
      });
      await expect(engine.attachTable('t', { ...source, partitionBy: ['other'] })).rejects.toMatchObject({
        code: 'engine-partition-missing',
      });
    }));

  it('a full disk is the error disk-full', async (context) => {
    if (!existsSync('/dev/full')) return context.skip('this system has no /dev/full');
    await withEngine(async ({ engine }) => {
      await expect(engine.query(`COPY (SELECT 1) TO '/dev/full' (FORMAT csv)`)).rejects.toMatchObject({
        code: 'disk-full',
        exitCode: 3,
      });
    });
  });

  const LARGE_SORT = `SELECT max(t) AS t FROM (
    SELECT md5(i::VARCHAR) || repeat('x', 300) AS t, row_number() OVER (ORDER BY md5(i::VARCHAR)) AS n
    FROM range(1000000) AS r(i)) WHERE n > 5`;

  it('temporary files beyond their limit are the error disk-full', () =>
    withEngine(
      async ({ engine }) => {
        await engine.query(`SET max_temp_directory_size = '1MB'`);
        await expect(engine.query(LARGE_SORT)).rejects.toMatchObject({ code: 'disk-full', exitCode: 3 });
      },
      { memoryLimit: '60MB' },
    ));

  it('too little memory and no temporary folder is the error engine-out-of-memory', () =>
    withEngine(
      async ({ engine }) => {
        await expect(engine.query(LARGE_SORT)).rejects.toMatchObject({
          code: 'engine-out-of-memory',
          exitCode: 3,
        });
      },
      { memoryLimit: '60MB', tempDirectory: '' },
    ));
});

describe('DuckDB sessions', () => {
  it('progress is told as a fraction while a long call runs', () =>
    withEngine(async ({ engine }) => {
      await engine.query('CREATE TEMP TABLE n AS SELECT i AS x FROM range(20000) AS t(i)');
      const told: number[] = [];
      const select = 'SELECT count(*) AS n FROM n a, n b, n c WHERE a.x * b.x + c.x = 7';
      const work = engine.keepTable('k', select, AbortSignal.timeout(1500), (fraction) =>
        told.push(fraction),
      );
      await expect(work).rejects.toMatchObject({ code: 'engine-cancelled' });
      expect(told.length).toBeGreaterThan(0);
      expect(told.filter((fraction) => !(fraction >= 0 && fraction <= 1))).toEqual([]);
    }));

  it('a database file can be opened and keeps only what was made in it', () =>
    withEngine(async ({ location }) => {
      await mkdir(dirname(location('x')), { recursive: true });
      const path = location('x.duckdb');
      const first = await openDuckDb({ path });
      await first.query('CREATE TABLE kept AS SELECT 1 AS x');
      await first.keepTable('temporary', 'SELECT 2 AS x');
      await first.close();
      const second = await openDuckDb({ path });
      expect(await second.query('SELECT * FROM kept')).toEqual([{ x: 1 }]);
      await expect(second.query('SELECT * FROM temporary')).rejects.toMatchObject({ code: 'engine-sql' });
      await second.close();
    }));

  it('options that DuckDB does not understand are the error engine-open-failed', async () => {
    for (const options of [{ memoryLimit: 'much' }, { threads: -1 }, { path: '/no/such/folder/x.duckdb' }]) {
      await expect(openDuckDb(options)).rejects.toMatchObject({ code: 'engine-open-failed', exitCode: 2 });
    }
  });
});

describe('DuckDB with readable folders', () => {
  const locked = (run: (engine: EngineUnderTest['engine'], folder: string) => Promise<void>): Promise<void> =>
    withEngine(async ({ engine: builder, location, writeFile }) => {
      const folder = location('lake');
      const select = 'SELECT i AS x, CAST(i % 2 AS VARCHAR) AS part FROM range(10) AS t(i)';
      await builder.writeTable({ select, location: join(folder, 'incidents'), partitionBy: ['part'] });
      await writeFile('secret.csv', 'secret\n1\n');
      const engine = await openDuckDb({ threads: 2, memoryLimit: '500MB', readableFolders: [folder] });
      try {
        await engine.attachTable('incidents', {
          location: join(folder, 'incidents'),
          columns: X,
          partitionBy: ['part'],
        });
        await run(engine, folder);
      } finally {
        await engine.close();
      }
    });

  it('tables in the folders can be read, kept and queried', () =>
    locked(async (engine, folder) => {
      const sql =
        'WITH i AS (SELECT * FROM incidents) SELECT part, count(*) AS n FROM i GROUP BY part ORDER BY part;';
      expect(await engine.query(sql)).toEqual([
        { part: '0', n: 5 },
        { part: '1', n: 5 },
      ]);
      await engine.loadRows('loaded', X, [[1]]);
      await engine.keepTable('kept', 'SELECT x FROM incidents WHERE x > 5');
      await engine.defineView('seen', 'SELECT x FROM kept JOIN loaded USING (x)');
      expect(await engine.query('SELECT count(*) AS n FROM seen')).toEqual([{ n: 0 }]);
      const file = `${folder}/incidents/part=0/data_0.parquet`;
      expect(await engine.query(`SELECT count(*) AS n FROM '${file}'`)).toEqual([{ n: 5 }]);
      for (const other of [
        'SHOW TABLES',
        'DESCRIBE incidents',
        'SUMMARIZE incidents',
        'VALUES (1)',
        '-- a\nSELECT 1',
        '/* a */ (SELECT 1)',
      ]) {
        expect((await engine.query(other)).length, other).toBeGreaterThan(0);
      }
    }));

  it('files elsewhere cannot be read, also not by a detour', () =>
    locked(async (engine, folder) => {
      for (const file of [
        `${folder}/../../secret.csv`,
        `${folder}2/x.csv`,
        '/etc/hostname',
        'package.json',
      ]) {
        for (const sql of [
          `SELECT * FROM read_text('${file}')`,
          `SELECT * FROM '${file}'`,
          `SELECT * FROM glob('${file}')`,
        ]) {
          await expect(engine.query(sql), sql).rejects.toMatchObject({ code: 'engine-sql' });
        }
      }
    }));

  it('nothing can be written or set', () =>
    locked(async (engine, folder) => {
      const log = `enable_logging(storage = 'file', storage_path = '${folder}/log')`;
      const refused = [
        `COPY (SELECT 1) TO '${folder}/x.csv'`,
        `EXPLAIN ANALYZE COPY (SELECT 1) TO '${folder}/x.csv'`,
        `EXPORT DATABASE '${folder}/x'`,
        `/* /* */ SELECT 1 */ EXPORT DATABASE '${folder}/x'`,
        `ATTACH '${folder}/x.duckdb'`,
        'CREATE TABLE t (a INTEGER)',
        'SET threads = 1',
        'DROP VIEW incidents',
        'SELECT 1; SELECT 2',
        '',
        '-- nothing',
        'LOAD httpfs',
        'INSTALL httpfs',
        'PRAGMA threads = 1',
        `CALL ${log}`,
        `FROM ${log}`,
        `SELECT * FROM (SELECT * FROM ${log})`,
        'SELECT * FROM checkpoint()',
        `SELECT * FROM query('FROM enable_' || 'logging(storage = ''file'', storage_path = ''${folder}/log'')')`,
      ];
      for (const sql of refused) {
        await expect(engine.query(sql), sql).rejects.toMatchObject({ code: 'engine-select-only' });
      }
      expect(await readdir(folder)).toEqual(['incidents']);
      await expect(engine.query('SELEC 1')).rejects.toMatchObject({ code: 'engine-sql' });
    }));
});
