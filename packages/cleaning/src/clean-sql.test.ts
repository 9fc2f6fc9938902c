import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { ADAPTER_COLUMN_NAMES } from '@crimetracker/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanRow } from './clean-row.js';
import { cleanSql, groupRules } from './clean-sql.js';
import { column, equals, value } from './expression.js';
import type { RowRule } from './row-rules.js';
import { DEFAULT_WINDOW, ROW_RULES } from './row-rules.js';
import { RULES } from './rules.js';
import type { TestRow } from './testing-rows.js';
import { loadTestRows, SOUND_CONTEXT, SOUND_ROW, testRows } from './testing-rows.js';

type CleanRecord = Readonly<Record<string, unknown>>;

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

async function cleanOnEngine(
  rows: readonly TestRow[],
  window = DEFAULT_WINDOW,
): Promise<readonly CleanRecord[]> {
  await loadTestRows(engine, 'test_rows', rows);
  const { dialect } = engine;
  const columns = ['test_row', ...ADAPTER_COLUMN_NAMES];
  const query = cleanSql({ dialect, relation: dialect.identifier('test_rows'), columns, window });
  const cleaned = await engine.query(`SELECT * FROM (${query}) AS cleaned ORDER BY test_row`);
  return cleaned.map(({ test_row, ...row }) => row);
}

function cleanHere(rows: readonly TestRow[], window = DEFAULT_WINDOW): readonly CleanRecord[] {
  return rows.map(({ row, context }) => {
    const cleaned = cleanRow(row, { ...context, window });
    return { ...cleaned.row, flags: cleaned.flags.join(';'), reasons: cleaned.reasons.join(';') };
  });
}

describe('cleanSql', () => {
  test('gives on the engine what cleanRow gives on each row, and the rows make every row rule hit', async () => {
    const hit = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(testRows, { minLength: 2000, maxLength: 2000 }), async (rows) => {
        const here = cleanHere(rows);
        expect(await cleanOnEngine(rows)).toEqual(here);
        for (const row of here) for (const id of String(row.flags).split(';')) hit.add(id);
      }),
      { numRuns: 5, endOnFailure: true },
    );
    const expected = RULES.filter(({ stage }) => stage === 'row' || stage === 'field').map(({ id }) => id);
    expect(expected.filter((id) => !hit.has(id))).toEqual([]);
  }, 120_000);

  test('follows another window', async () => {
    const window = { from: '2019-10-12', to: '2019-10-12' };
    const rows = ['2019-10-11', '2019-10-12', '2019-10-13'].map((occurred_date) => ({
      row: { ...SOUND_ROW, occurred_date },
      context: SOUND_CONTEXT,
    }));
    const cleaned = await cleanOnEngine(rows, window);
    expect(cleaned).toEqual(cleanHere(rows, window));
    expect(cleaned.map(({ reasons }) => reasons)).toEqual([
      'occurred-outside-window',
      '',
      'occurred-outside-window',
    ]);
  });

  test('reads a query in brackets, passes other columns through and returns only what was asked for', async () => {
    await loadTestRows(engine, 'test_rows', [
      { row: { ...SOUND_ROW, occurred_time: '12:00' }, context: SOUND_CONTEXT },
    ]);
    const { dialect } = engine;
    const relation = `(SELECT *, 'abc' AS raw_file FROM ${dialect.identifier('test_rows')})`;
    const query = cleanSql({ dialect, relation, columns: ['raw_file', 'case_num'], window: DEFAULT_WINDOW });
    expect(await engine.query(query)).toEqual([
      { raw_file: 'abc', case_num: '123456789', flags: 'time-heaped', reasons: '' },
    ]);
  });
});

describe('groupRules', () => {
  const rule = (id: string, reads: 'case_num' | 'agency', sets?: 'case_num' | 'agency'): RowRule => ({
    id,
    action: 'repair',
    sentence: '',
    when: equals(column(reads), value('x')),
    ...(sets === undefined ? {} : { set: { [sets]: value('y') } }),
  });
  const ids = (rules: readonly RowRule[]): readonly (readonly string[])[] =>
    groupRules(rules).map((group) => group.map(({ id }) => id));

  test('keeps rules together that do not touch each other', () => {
    expect(ids([rule('a', 'case_num'), rule('b', 'agency', 'agency')])).toEqual([['a', 'b']]);
  });

  test('puts a rule after the rules that change what it reads or changes', () => {
    expect(
      ids([rule('a', 'case_num', 'agency'), rule('b', 'agency'), rule('c', 'case_num', 'agency')]),
    ).toEqual([['a'], ['b', 'c']]);
  });

  test('puts a rule in no earlier group than a rule before it that reads what it changes', () => {
    expect(
      ids([
        rule('a', 'case_num', 'agency'),
        rule('b', 'agency', 'agency'),
        rule('c', 'case_num', 'case_num'),
      ]),
    ).toEqual([['a', 'c'], ['b']]);
    const readsBoth: RowRule = { ...rule('b', 'agency'), set: { nibrs_code: column('case_num') } };
    expect(ids([rule('a', 'case_num', 'agency'), readsBoth, rule('c', 'case_num', 'case_num')])).toEqual([
      ['a'],
      ['b', 'c'],
    ]);
  });

  test('needs few passes for the real rules', () => {
    expect(groupRules(ROW_RULES).length).toBeLessThanOrEqual(4);
  });
});
