import assert from 'node:assert/strict';
import type { ParquetSource } from '../engine.js';
import {
  ADVERSARIAL_LABELS,
  ADVERSARIAL_NAMES,
  ADVERSARIAL_TEXTS,
  UNSUPPORTED_TEXTS,
} from './adversarial-texts.js';
import type { EngineCheck } from './engine-check.js';
import { queryValue, refuses, rejectsWith, upTo, valuesOf } from './engine-check.js';

const NUMBERED_TEXT = [
  { name: 'number', type: 'bigint' },
  { name: 'text', type: 'text' },
] as const;

const ROWS = ADVERSARIAL_TEXTS.map(({ text }, number) => [number, text] as const);

/** Every way a text or a name takes through an engine, with texts that break careless ones. */
export const textChecks: readonly EngineCheck[] = [
  {
    id: 'text-literal',
    title: 'a text literal is the same text again',
    async run({ engine }) {
      for (const { name, text } of ADVERSARIAL_TEXTS) {
        assert.equal(await queryValue(engine, `SELECT ${engine.dialect.literal(text)}`), text, name);
      }
    },
  },
  {
    id: 'text-literal-compare',
    title: 'a text literal equals the stored text and no other',
    async run({ engine }) {
      await engine.loadRows('texts', NUMBERED_TEXT, ROWS);
      const parts = ADVERSARIAL_TEXTS.map(
        ({ text }, number) =>
          `SELECT ${number} AS a, number AS b FROM texts WHERE text = ${engine.dialect.literal(text)}`,
      );
      const found = await engine.query(`${parts.join(' UNION ALL ')} ORDER BY a, b`);
      assert.deepEqual(
        valuesOf(found, ['a', 'b']),
        upTo(ROWS.length).map((number) => [number, number]),
      );
    },
  },
  {
    id: 'text-unsupported',
    title: 'NUL and half a surrogate pair are refused everywhere, never changed',
    async run({ engine }) {
      const { literal, identifier, contains, joinTexts, stripPrefix, stripSuffix } = engine.dialect;
      for (const { name, text } of UNSUPPORTED_TEXTS) {
        refuses(() => literal(text), `literal: ${name}`);
        refuses(() => identifier(text), `identifier: ${name}`);
        refuses(() => contains('t', text), `contains: ${name}`);
        refuses(() => joinTexts(text, ['t']), `joinTexts: ${name}`);
        refuses(() => stripPrefix('t', text), `stripPrefix: ${name}`);
        refuses(() => stripSuffix('t', text), `stripSuffix: ${name}`);
        await assert.rejects(engine.loadRows('unsupported', [{ name: 'text', type: 'text' }], [[text]]), {
          name: 'CrimeTrackerError',
        });
      }
      refuses(() => identifier(''), 'identifier: empty');
    },
  },
  {
    id: 'text-column-names',
    title: 'a quoted name is the same column name again',
    async run({ engine }) {
      for (const { name, text } of ADVERSARIAL_NAMES) {
        const column = engine.dialect.identifier(text);
        const rows = await engine.query(
          `SELECT ${column} FROM (SELECT 1 AS ${column}) AS t WHERE ${column} = 1`,
        );
        assert.deepEqual(
          rows.map((row) => Object.entries(row)),
          [[[text, 1]]],
          name,
        );
      }
    },
  },
  {
    id: 'text-table-names',
    title: 'tables and views of any name can be made, read, replaced and dropped',
    async run({ engine }) {
      for (const { name, text } of ADVERSARIAL_NAMES) {
        const table = engine.dialect.identifier(text);
        await engine.loadRows(text, [{ name: 'x', type: 'bigint' }], [[1]]);
        assert.equal(await queryValue(engine, `SELECT x FROM ${table}`), 1, `loadRows: ${name}`);
        await engine.keepTable(text, 'SELECT 2 AS x');
        assert.equal(await queryValue(engine, `SELECT x FROM ${table}`), 2, `keepTable: ${name}`);
        await engine.defineView(text, 'SELECT 3 AS x');
        assert.equal(await queryValue(engine, `SELECT x FROM ${table}`), 3, `defineView: ${name}`);
        await engine.dropTable(text);
        await rejectsWith(engine.query(`SELECT x FROM ${table}`), 'engine-sql');
      }
    },
  },
  {
    id: 'text-load-rows',
    title: 'loadRows keeps every text',
    async run({ engine }) {
      await engine.loadRows('texts', NUMBERED_TEXT, ROWS);
      const found = await engine.query('SELECT number, text FROM texts ORDER BY number');
      assert.deepEqual(valuesOf(found, ['number', 'text']), ROWS);
    },
  },
  {
    id: 'text-parquet',
    title: 'writeTable and attachTable keep every text and every column name',
    async run({ engine, location }) {
      await engine.loadRows('texts', NUMBERED_TEXT, ROWS);
      const to = location('texts');
      assert.equal(
        await engine.writeTable({ select: 'SELECT number, text FROM texts', location: to }),
        ROWS.length,
      );
      await engine.attachTable('attached', { location: to, columns: NUMBERED_TEXT });
      const found = await engine.query('SELECT number, text FROM attached ORDER BY number');
      assert.deepEqual(valuesOf(found, ['number', 'text']), ROWS);

      const names = ADVERSARIAL_NAMES.map(({ text }) => text);
      const columns = names.map((name) => ({ name, type: 'text' }) as const);
      await engine.loadRows('named', columns, [names]);
      await engine.writeTable({ select: 'SELECT * FROM named', location: location('named') });
      await engine.attachTable('named', { location: location('named'), columns });
      const rows = await engine.query('SELECT * FROM named');
      assert.deepEqual(
        rows.map((row) => Object.entries(row)),
        [names.map((name) => [name, name])],
      );
    },
  },
  {
    id: 'text-partition-values',
    title: 'partition values come back as the same text, numbers and the word NULL included',
    async run({ engine, location }) {
      const values = ADVERSARIAL_LABELS.map(({ text }) => text);
      const columns = [
        { name: 'number', type: 'bigint' },
        { name: 'part', type: 'text' },
      ] as const;
      await engine.loadRows(
        'parts',
        columns,
        [...values, ''].map((value, number) => [number, value]),
      );
      const to = location('parts');
      const write = { select: 'SELECT number, part FROM parts', location: to, partitionBy: ['part'] };
      assert.equal(await engine.writeTable(write), values.length + 1);
      const source: ParquetSource = { location: to, columns: columns.slice(0, 1), partitionBy: ['part'] };
      await engine.attachTable('parts', source);
      const found = await engine.query('SELECT * FROM parts ORDER BY number');
      assert.deepEqual(
        found.map((row) => row.part),
        [...values, ''],
      );
      const literal = engine.dialect.literal("O'Hara");
      assert.equal(await queryValue(engine, `SELECT count(*) FROM parts WHERE part = ${literal}`), 1);
    },
  },
  {
    id: 'text-partition-names',
    title: 'a partition column may have any name',
    async run({ engine, location }) {
      for (const [index, { name, text }] of ADVERSARIAL_NAMES.entries()) {
        const to = location(`part${index}`);
        const select = `SELECT 1 AS x, '007' AS ${engine.dialect.identifier(text)}`;
        await engine.writeTable({ select, location: to, partitionBy: [text] });
        const columns = [{ name: 'x', type: 'bigint' }] as const;
        await engine.attachTable('part', { location: to, columns, partitionBy: [text] });
        const rows = await engine.query('SELECT * FROM part');
        assert.deepEqual(
          rows.map((row) => Object.entries(row)),
          [
            [
              ['x', 1],
              [text, '007'],
            ],
          ],
          name,
        );
      }
    },
  },
];
