import assert from 'node:assert/strict';
import type { Engine } from '../engine.js';
import type { EngineCheck } from './engine-check.js';
import { queryValue, rejectsWith, upTo } from './engine-check.js';

/** Long enough for any engine to notice a cancellation, far shorter than the query below. */
const CANCELLED_WITHIN_MS = 15_000;

/** A query over a trillion pairs. */
async function endlessQuery(engine: Engine): Promise<string> {
  await engine.loadRows(
    'numbers',
    [{ name: 'x', type: 'bigint' }],
    upTo(10_000).map((x) => [x]),
  );
  return 'SELECT count(*) AS n FROM numbers a, numbers b, numbers c WHERE a.x * b.x + c.x = 7';
}

/** Queries, errors, cancellation and several callers at once. */
export const sessionChecks: readonly EngineCheck[] = [
  {
    id: 'session-values',
    title: 'query returns plain values: numbers, ISO dates and timestamps, booleans and null',
    async run({ engine }) {
      const { cast, literal } = engine.dialect;
      const sql = `SELECT ${cast("'2020-02-29'", 'date')} AS day, ${cast("'9007199254740991'", 'bigint')} AS big,
        sum(x) AS total, count(*) AS n, avg(x) AS mean, CAST(1.50 AS DECIMAL(10, 2)) AS price,
        TIMESTAMP '2020-02-29 13:05:00' AS at, ${cast(literal(null), 'date')} AS nothing, 1 = 1 AS yes
        FROM (SELECT 1 AS x UNION ALL SELECT 2) AS t`;
      assert.deepEqual(await engine.query(sql), [
        {
          day: '2020-02-29',
          big: 9007199254740991,
          total: 3,
          n: 2,
          mean: 1.5,
          price: 1.5,
          at: '2020-02-29T13:05:00',
          nothing: null,
          yes: true,
        },
      ]);
    },
  },
  {
    id: 'session-unsafe-number',
    title: 'a whole number that JavaScript cannot hold exactly is an error, not a nearby number',
    async run({ engine }) {
      const sql = `SELECT ${engine.dialect.cast("'9007199254740993'", 'bigint')} AS big`;
      await rejectsWith(engine.query(sql), 'engine-number-too-large');
    },
  },
  {
    id: 'session-row-order',
    title: 'query returns all rows in the order asked for',
    async run({ engine }) {
      await engine.loadRows(
        'numbers',
        [{ name: 'x', type: 'bigint' }],
        upTo(10_000).map((x) => [x]),
      );
      const rows = await engine.query('SELECT x FROM numbers ORDER BY x DESC');
      assert.deepEqual(
        rows.map((row) => row.x),
        upTo(10_000).map((x) => 9999 - x),
      );
      assert.deepEqual(await engine.query('SELECT x FROM numbers WHERE x < 0'), []);
    },
  },
  {
    id: 'session-sql-error',
    title: 'SQL the engine refuses is an engine-sql error that shows the SQL, and the engine goes on',
    async run({ engine, location }) {
      const select = 'SELECT no_such_column FROM no_such_table';
      const calls = {
        query: () => engine.query(select),
        queryNumbers: () => engine.queryNumbers(select),
        keepTable: () => engine.keepTable('refused', select),
        keepLookup: () => engine.keepLookup('refused', select, []),
        defineView: () => engine.defineView('refused', select),
        writeTable: () => engine.writeTable({ select, location: location('refused') }),
      };
      for (const [name, call] of Object.entries(calls)) {
        const error = await rejectsWith(call(), 'engine-sql');
        assert.match(String(error.where.sql), /no_such_table/, name);
        assert.match(error.message, /no_such/, name);
      }
      await rejectsWith(engine.query('SELEC 1'), 'engine-sql');
      assert.equal(await queryValue(engine, 'SELECT 1'), 1);
    },
  },
  {
    id: 'session-cancelled-before',
    title: 'a call whose signal is aborted already does nothing',
    async run({ engine, location, writeFile }) {
      const signal = AbortSignal.abort();
      const to = location('cancelled');
      const file = await writeFile('cancelled.csv', 'a\n1\n');
      await rejectsWith(engine.query('SELECT 1', signal), 'engine-cancelled');
      await rejectsWith(engine.keepTable('cancelled', 'SELECT 1 AS x', signal), 'engine-cancelled');
      await rejectsWith(
        engine.writeTable({ select: 'SELECT 1 AS x', location: to }, signal),
        'engine-cancelled',
      );
      const source = { file, delimiter: ',', fields: ['a'], location: to };
      await rejectsWith(engine.importCsv(source, signal), 'engine-cancelled');
      await rejectsWith(engine.query('SELECT * FROM cancelled'), 'engine-sql');
      assert.equal(await engine.importCsv(source), 1);
    },
  },
  {
    id: 'session-cancelled-during',
    title: 'an aborted signal stops the work under way, leaves nothing behind, and the engine goes on',
    async run({ engine, location }) {
      const select = await endlessQuery(engine);
      const to = location('endless');
      const calls = {
        query: (signal: AbortSignal) => engine.query(select, signal),
        queryNumbers: (signal: AbortSignal) => engine.queryNumbers(select, signal),
        keepTable: (signal: AbortSignal) => engine.keepTable('endless', select, signal),
        keepLookup: (signal: AbortSignal) => engine.keepLookup('endless', select, [], signal),
        writeTable: (signal: AbortSignal) => engine.writeTable({ select, location: to }, signal),
      };
      for (const [name, call] of Object.entries(calls)) {
        const started = Date.now();
        await rejectsWith(call(AbortSignal.timeout(100)), 'engine-cancelled');
        assert.ok(
          Date.now() - started < CANCELLED_WITHIN_MS,
          `${name} stopped after ${Date.now() - started} ms`,
        );
        assert.equal(await queryValue(engine, 'SELECT 1'), 1, name);
      }
      await rejectsWith(engine.query('SELECT * FROM endless'), 'engine-sql');
      assert.equal(await engine.writeTable({ select: 'SELECT 1 AS x', location: to }), 1);
    },
  },
  {
    id: 'session-cancels-one',
    title: 'cancelling one of several calls leaves the others alone',
    async run({ engine }) {
      const endless = await endlessQuery(engine);
      const controller = new AbortController();
      const before = queryValue(engine, 'SELECT count(*) FROM numbers');
      const cancelled = rejectsWith(engine.query(endless, controller.signal), 'engine-cancelled');
      const after = queryValue(engine, 'SELECT max(x) FROM numbers');
      const unrelated = new AbortController();
      const withSignal = engine.query('SELECT 2 AS x', unrelated.signal);
      setTimeout(() => controller.abort(), 100);
      assert.equal(await before, 10_000);
      await cancelled;
      assert.equal(await after, 9999);
      assert.deepEqual(await withSignal, [{ x: 2 }]);
    },
  },
  {
    id: 'session-overlapping-calls',
    title: 'calls may overlap, and each sees the tables of the others',
    async run({ engine, location }) {
      const columns = [{ name: 'x', type: 'bigint' }] as const;
      await Promise.all(
        upTo(12).map(async (n) => {
          const table = `table_${n}`;
          await engine.loadRows(
            table,
            columns,
            upTo(n + 1).map((x) => [x]),
          );
          await engine.keepTable(`${table}_copy`, `SELECT x FROM ${table}`);
          await engine.writeTable({ select: `SELECT x FROM ${table}_copy`, location: location(table) });
          await engine.attachTable(`${table}_files`, { location: location(table), columns });
          assert.equal(await queryValue(engine, `SELECT count(*) FROM ${table}_files`), n + 1);
        }),
      );
      const all = upTo(12).map((n) => `SELECT x FROM table_${n}_files`);
      assert.equal(await queryValue(engine, `SELECT count(*) FROM (${all.join(' UNION ALL ')}) AS t`), 78);
    },
  },
  {
    id: 'session-close',
    title: 'close waits for the calls under way, can be repeated, and later calls are refused',
    async run({ engine }) {
      const pending = engine.query('SELECT 1 AS x');
      await Promise.all([engine.close(), engine.close()]);
      assert.deepEqual(await pending, [{ x: 1 }]);
      await engine.close();
      await rejectsWith(engine.query('SELECT 1'), 'engine-closed');
      await rejectsWith(engine.loadRows('x', [{ name: 'x', type: 'text' }], []), 'engine-closed');
    },
  },
];
