import assert from 'node:assert/strict';
import type { SqlValue, TableColumn } from '../engine.js';
import type { EngineCheck } from './engine-check.js';
import { queryValue, rejectsWith, upTo, valuesOf } from './engine-check.js';

const TYPED: readonly TableColumn[] = [
  { name: 'label', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'share', type: 'double' },
  { name: 'count', type: 'bigint' },
  { name: 'is_known', type: 'boolean' },
];
const TYPED_NAMES = TYPED.map(({ name }) => name);

const TYPED_ROWS: readonly (readonly SqlValue[])[] = [
  ['a', '2020-02-29', 0.1, 1, true],
  ['', '1015-01-01', -0.5, -9007199254740991, false],
  ['é', '1969-12-31', 1e-300, 9007199254740991, true],
  [null, null, null, null, null],
];

const inOrder = 'SELECT * FROM typed ORDER BY "count" NULLS LAST';
const expectedTyped = [TYPED_ROWS[1], TYPED_ROWS[0], TYPED_ROWS[2], TYPED_ROWS[3]];

/** Tables: loading, writing, attaching, keeping, naming, dropping. */
export const tableChecks: readonly EngineCheck[] = [
  {
    id: 'table-load-types',
    title: 'loadRows keeps values of every type and null',
    async run({ engine }) {
      await engine.loadRows('typed', TYPED, TYPED_ROWS);
      assert.deepEqual(valuesOf(await engine.query(inOrder), TYPED_NAMES), expectedTyped);
      assert.equal(await queryValue(engine, `SELECT count(*) FROM typed WHERE label = ''`), 1);
      assert.equal(await queryValue(engine, `SELECT ${engine.dialect.year('max(day)')} FROM typed`), 2020);
    },
  },
  {
    id: 'table-query-numbers',
    title: 'queryNumbers gives columns of numbers in the order of the query, null as NaN, and refuses texts',
    async run({ engine }) {
      await engine.loadRows('typed', TYPED, TYPED_ROWS);
      const numbers = 'SELECT "count", share FROM typed ORDER BY "count" DESC NULLS LAST';
      assert.deepEqual(await engine.queryNumbers(numbers), {
        count: Float64Array.of(9007199254740991, 1, -9007199254740991, Number.NaN),
        share: Float64Array.of(1e-300, 0.1, -0.5, Number.NaN),
      });
      const rows = upTo(5000).map((x) => [(x * 7919) % 5000]);
      await engine.loadRows('many', [{ name: 'x', type: 'bigint' }], rows);
      const { x, n } = await engine.queryNumbers(
        'SELECT x, count(*) AS n FROM many GROUP BY x ORDER BY x DESC',
      );
      assert.deepEqual(
        x,
        Float64Array.from(upTo(5000), (_, at) => 4999 - at),
      );
      assert.deepEqual(n, new Float64Array(5000).fill(1));
      assert.deepEqual(await engine.queryNumbers('SELECT x FROM many WHERE x < 0'), {
        x: new Float64Array(0),
      });
      for (const column of ['label', 'day', 'is_known']) {
        await rejectsWith(engine.queryNumbers(`SELECT ${column} FROM typed`), 'engine-bad-value');
      }
    },
  },
  {
    id: 'table-load-many',
    title: 'loadRows takes any iterable and any number of rows, none included',
    async run({ engine }) {
      const columns = [
        { name: 'x', type: 'bigint' },
        { name: 't', type: 'text' },
      ] as const;
      function* rows(count: number): Generator<readonly SqlValue[]> {
        for (let x = 0; x < count; x += 1) yield [x, `t${x}`];
      }
      for (const count of [0, 1, 2047, 2048, 2049, 10_000]) {
        await engine.loadRows('many', columns, rows(count));
        const found = await engine.query(
          'SELECT count(*) AS n, count(DISTINCT t) AS d, sum(x) AS s FROM many',
        );
        const sum = count === 0 ? null : (count * (count - 1)) / 2;
        assert.deepEqual(found, [{ n: count, d: count, s: sum }]);
      }
    },
  },
  {
    id: 'table-load-refuses',
    title: 'loadRows refuses values of another type and leaves the earlier table in place',
    async run({ engine }) {
      await engine.loadRows('kept', [{ name: 'x', type: 'bigint' }], [[1]]);
      const bad: readonly (readonly [TableColumn['type'], SqlValue])[] = [
        ['text', 1],
        ['text', true],
        ['date', '2020-02-30'],
        ['date', '2020-2-3'],
        ['date', 5],
        ['date', ''],
        ['bigint', 1.5],
        ['bigint', 2 ** 53],
        ['bigint', '1'],
        ['double', '1'],
        ['double', Number.NaN],
        ['double', Infinity],
        ['boolean', 1],
        ['boolean', 'true'],
      ];
      for (const [type, value] of bad) {
        const load = engine.loadRows('kept', [{ name: 'x', type }], [[null], [value]]);
        const error = await rejectsWith(load, 'engine-bad-value');
        assert.equal(error.where.column, 'x', `${type} ${String(value)}`);
      }
      await rejectsWith(
        engine.loadRows('kept', [{ name: 'x', type: 'bigint' }], [[1, 2]]),
        'engine-bad-value',
      );
      await rejectsWith(engine.loadRows('kept', [{ name: 'x', type: 'bigint' }], [[]]), 'engine-bad-value');
      assert.equal(await queryValue(engine, 'SELECT x FROM kept'), 1);
    },
  },
  {
    id: 'table-write-types',
    title: 'writeTable and attachTable keep values of every type, null apart from empty text',
    async run({ engine, location }) {
      await engine.loadRows('typed', TYPED, TYPED_ROWS);
      const to = location('typed');
      assert.equal(
        await engine.writeTable({ select: 'SELECT * FROM typed', location: to }),
        TYPED_ROWS.length,
      );
      await engine.attachTable('typed', { location: to, columns: TYPED });
      assert.deepEqual(valuesOf(await engine.query(inOrder), TYPED_NAMES), expectedTyped);
    },
  },
  {
    id: 'table-attach-declared',
    title: 'attachTable gives the declared columns in the declared order and of the declared types',
    async run({ engine, location }) {
      const to = location('declared');
      await engine.writeTable({ select: `SELECT 1 AS a, 'x' AS b, 2 AS c`, location: to });
      const columns = [
        { name: 'c', type: 'text' },
        { name: 'a', type: 'bigint' },
      ] as const;
      await engine.attachTable('declared', { location: to, columns });
      const rows = await engine.query('SELECT * FROM declared');
      assert.deepEqual(
        rows.map((row) => Object.entries(row)),
        [
          [
            ['c', '2'],
            ['a', 1],
          ],
        ],
      );
    },
  },
  {
    id: 'table-partitions',
    title: 'partitions of two columns are written, read back and counted',
    async run({ engine, location }) {
      const columns = [
        { name: 'x', type: 'bigint' },
        { name: 'source', type: 'text' },
        { name: 'year', type: 'text' },
      ] as const;
      const rows = upTo(6000).map((x) => [x, x % 2 === 0 ? 'nypd' : 'lapd', x % 3 === 0 ? '2010' : '0999']);
      await engine.loadRows('incidents', columns, rows);
      const to = location('incidents');
      const partitionBy = ['source', 'year'];
      assert.equal(
        await engine.writeTable({ select: 'SELECT * FROM incidents', location: to, partitionBy }),
        6000,
      );
      await engine.attachTable('back', { location: to, columns: columns.slice(0, 1), partitionBy });
      const found = await engine.query(
        'SELECT source, year, count(*) AS n, sum(x) AS s FROM back GROUP BY source, year ORDER BY source, year',
      );
      const total = (source: string, year: string): readonly SqlValue[] => {
        const group = rows.filter((row) => row[1] === source && row[2] === year).map((row) => Number(row[0]));
        return [source, year, group.length, group.reduce((sum, x) => sum + x, 0)];
      };
      const expected = [
        total('lapd', '0999'),
        total('lapd', '2010'),
        total('nypd', '0999'),
        total('nypd', '2010'),
      ];
      assert.deepEqual(valuesOf(found, ['source', 'year', 'n', 's']), expected);

      const reordered = [
        { name: 'year', type: 'text' },
        { name: 'x', type: 'bigint' },
      ] as const;
      await engine.attachTable('back', { location: to, columns: reordered, partitionBy });
      const row = (await engine.query(`SELECT * FROM back WHERE x = 1`))[0] ?? {};
      assert.deepEqual(Object.entries(row), [
        ['year', '0999'],
        ['x', 1],
        ['source', 'lapd'],
      ]);
    },
  },
  {
    id: 'table-write-empty',
    title: 'a query without rows is written and read back as a table without rows, partitioned or not',
    async run({ engine, location }) {
      const select = `SELECT ${engine.dialect.cast("'2020-01-01'", 'date')} AS day, 'a' AS part WHERE 1 = 0`;
      const columns = [
        { name: 'day', type: 'date' },
        { name: 'part', type: 'text' },
      ] as const;
      for (const partitionBy of [undefined, ['part']]) {
        const to = location(`empty-${partitionBy === undefined}`);
        const partitions = partitionBy === undefined ? {} : { partitionBy };
        assert.equal(await engine.writeTable({ select, location: to, ...partitions }), 0);
        await engine.attachTable('empty', { location: to, columns, ...partitions });
        assert.deepEqual(
          await engine.query(`SELECT ${engine.dialect.year('day')} AS y, part FROM empty`),
          [],
        );
        assert.equal(await queryValue(engine, 'SELECT count(part) FROM empty'), 0);
      }
    },
  },
  {
    id: 'table-attach-nothing',
    title: 'a location without files is a table of the declared columns without rows',
    async run({ engine, location }) {
      const partitionBy = ['part'];
      await engine.attachTable('nothing', {
        location: location('nothing'),
        columns: TYPED,
        partitionBy,
        recordNumber: 'n',
      });
      assert.deepEqual(await engine.query('SELECT * FROM nothing'), []);
      const sql = `SELECT max(label) AS label, max(n) + 1 AS n, count(part) AS parts,
        ${engine.dialect.isoDate('max(day)')} AS day FROM nothing`;
      assert.deepEqual(await engine.query(sql), [{ label: null, n: null, parts: 0, day: null }]);
    },
  },
  {
    id: 'table-write-fails-clean',
    title: 'a write that fails leaves its location free, and a location in use is refused',
    async run({ engine, location }) {
      const to = location('failing');
      const bad = `SELECT ${engine.dialect.cast('t', 'bigint')} AS x FROM (SELECT 'not a number' AS t) AS s`;
      await rejectsWith(engine.writeTable({ select: bad, location: to }), 'engine-sql');
      assert.equal(await engine.writeTable({ select: 'SELECT 1 AS x', location: to }), 1);
      await rejectsWith(
        engine.writeTable({ select: 'SELECT 2 AS x', location: to }),
        'engine-location-exists',
      );
      await engine.attachTable('survivor', { location: to, columns: [{ name: 'x', type: 'bigint' }] });
      assert.equal(await queryValue(engine, 'SELECT x FROM survivor'), 1);
    },
  },
  {
    id: 'table-keep-is-a-copy',
    title: 'keepTable keeps the result of that moment; a view is read anew each time',
    async run({ engine }) {
      const columns = [{ name: 'x', type: 'bigint' }] as const;
      await engine.loadRows('base', columns, [[1]]);
      await engine.keepTable('copy', 'SELECT x FROM base');
      await engine.defineView('view_of_base', 'SELECT x FROM base');
      await engine.loadRows('base', columns, [[2]]);
      assert.equal(await queryValue(engine, 'SELECT x FROM copy'), 1);
      assert.equal(await queryValue(engine, 'SELECT x FROM view_of_base'), 2);
    },
  },
  {
    id: 'table-lookup',
    title:
      'keepLookup keeps the result of that moment; its texts compare, sort, join and are written like any text',
    async run({ engine, location }) {
      const columns = [
        { name: 'key', type: 'text' },
        { name: 'label', type: 'text' },
        { name: 'nothing', type: 'text' },
      ] as const;
      const labels = ['b', 'B', 'a', '', null, 'é', 'a'];
      const rows = (texts: readonly SqlValue[]) => texts.map((label, index) => [`k${index}`, label, null]);
      await engine.loadRows('base', columns, rows(labels));
      await engine.keepLookup('lookup', 'SELECT key, label, nothing FROM base', ['label', 'nothing']);
      await engine.loadRows('base', columns, rows(['z']));
      const sorted = await engine.query('SELECT label FROM lookup WHERE label IS NOT NULL ORDER BY label');
      assert.deepEqual(
        sorted.map((row) => row.label),
        ['', 'B', 'a', 'a', 'b', 'é'],
      );
      const found = await engine.query(
        `SELECT l.label, l.label || '!' AS more, COALESCE(l.label, 'none') AS filled,
           CASE WHEN l.key = 'k0' THEN 'new' ELSE l.label END AS chosen, l.label IN ('b', 'x') AS is_in,
           l.label = 'y' AS is_y, NULLIF(l.label, '') AS known, l.label < 'aa' AS is_before
         FROM (SELECT 'k' || CAST(n AS ${engine.dialect.type('text')}) AS key FROM (VALUES (0), (4)) t(n)) s
         JOIN lookup l ON s.key = l.key ORDER BY l.key`,
      );
      assert.deepEqual(found, [
        {
          label: 'b',
          more: 'b!',
          filled: 'b',
          chosen: 'new',
          is_in: true,
          is_y: false,
          known: 'b',
          is_before: false,
        },
        {
          label: null,
          more: null,
          filled: 'none',
          chosen: null,
          is_in: null,
          is_y: null,
          known: null,
          is_before: null,
        },
      ]);
      const to = location('lookup');
      await engine.writeTable({ select: 'SELECT key, label FROM lookup', location: to });
      await engine.attachTable('back', { location: to, columns: columns.slice(0, 2) });
      const back = await engine.query('SELECT label FROM back ORDER BY key');
      assert.deepEqual(
        back.map((row) => row.label),
        labels,
      );
      await rejectsWith(engine.keepLookup('lookup', 'SELECT x FROM missing', []), 'engine-sql');
      assert.equal(await queryValue(engine, 'SELECT COUNT(*) FROM lookup'), labels.length);
      await engine.keepLookup('lookup', 'SELECT 1 AS x WHERE 1 = 0', []);
      assert.equal(await queryValue(engine, 'SELECT COUNT(*) FROM lookup'), 0);
    },
  },
  {
    id: 'table-attach-several-partitions',
    title: 'several folders, each with partitions, are one table',
    async run({ engine, location }) {
      const partitionBy = ['part'];
      const folders = ['first', 'second'].map((part) => location(`several-${part}`));
      for (const [index, folder] of folders.entries()) {
        await engine.writeTable({
          select: `SELECT ${index} AS x, 'p${index}' AS part`,
          location: folder,
          partitionBy,
        });
      }
      const columns = [
        { name: 'part', type: 'text' },
        { name: 'x', type: 'bigint' },
      ] as const;
      await engine.attachTable('several', { location: folders, columns, partitionBy });
      assert.deepEqual(
        valuesOf(await engine.query('SELECT part, x FROM several ORDER BY x'), ['part', 'x']),
        [
          ['p0', 0],
          ['p1', 1],
        ],
      );
    },
  },
  {
    id: 'table-replace',
    title: 'a name may be taken over by any kind of table, and keepTable may read the one it replaces',
    async run({ engine, location }) {
      const to = location('replacing');
      await engine.writeTable({ select: 'SELECT 5 AS x', location: to });
      const columns = [{ name: 'x', type: 'bigint' }] as const;
      const makers = {
        load: () => engine.loadRows('taken', columns, [[5]]),
        keep: () => engine.keepTable('taken', 'SELECT 5 AS x'),
        lookup: () => engine.keepLookup('taken', 'SELECT 5 AS x', []),
        view: () => engine.defineView('taken', 'SELECT 5 AS x'),
        attach: () => engine.attachTable('taken', { location: to, columns }),
      };
      for (const [first, make] of Object.entries(makers)) {
        for (const [second, remake] of Object.entries(makers)) {
          await make();
          await remake();
          assert.equal(await queryValue(engine, 'SELECT x FROM taken'), 5, `${second} after ${first}`);
        }
        await engine.keepTable('taken', 'SELECT x + 1 AS x FROM taken');
        assert.equal(
          await queryValue(engine, 'SELECT x FROM taken'),
          6,
          `keepTable over itself after ${first}`,
        );
        await make();
        await rejectsWith(engine.keepTable('taken', 'SELECT nothing FROM taken'), 'engine-sql');
        await rejectsWith(engine.defineView('taken', 'SELECT nothing FROM taken'), 'engine-sql');
        assert.equal(await queryValue(engine, 'SELECT x FROM taken'), 5, `a failure after ${first}`);
      }
    },
  },
  {
    id: 'table-drop',
    title: 'dropTable forgets tables and views, keeps their files, and says nothing of what is not there',
    async run({ engine, location }) {
      const source = { location: location('dropped'), columns: [{ name: 'x', type: 'bigint' }] } as const;
      await engine.writeTable({ select: 'SELECT 1 AS x', location: source.location });
      await engine.attachTable('dropped', source);
      await engine.dropTable('dropped');
      await rejectsWith(engine.query('SELECT x FROM dropped'), 'engine-sql');
      await engine.dropTable('dropped');
      await engine.attachTable('dropped', source);
      assert.equal(await queryValue(engine, 'SELECT x FROM dropped'), 1);
    },
  },
];
