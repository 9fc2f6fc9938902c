import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { FINDING_IDS } from '@crimetracker/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.js';
import type { Condition, Value } from './expression.js';
import {
  addYears,
  after,
  and,
  before,
  between,
  choose,
  column,
  columnsOf,
  daysBetween,
  equals,
  found,
  given,
  inSet,
  isNull,
  isoDate,
  not,
  nothing,
  or,
  stationHouse,
  timeBefore,
  value,
  windowFrom,
  windowTo,
  year,
} from './expression.js';
import { expressionSql } from './expression-sql.js';
import { loadTestRows, SOUND_CONTEXT, SOUND_ROW, testRows } from './testing-rows.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

const on = (changes: Partial<typeof SOUND_ROW>, context = SOUND_CONTEXT) => ({
  ...context,
  row: { ...SOUND_ROW, ...changes },
});

const { dates, numbers, conditions } = fc.letrec<{
  dates: Value<'date'>;
  times: Value<'time'>;
  numbers: Value<'number'>;
  conditions: Condition;
}>((tie) => ({
  dates: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.constantFrom<Value<'date'>>(
      column('report_date'),
      column('occurred_date'),
      column('occurred_end_date'),
    ),
    fc.constantFrom<Value<'date'>>(windowFrom, windowTo, isoDate('2020-02-29'), isoDate('1919-10-01')),
    fc
      .record({ date: tie('dates'), years: fc.constantFrom(0, 1, 4, 100, 1000) })
      .map(({ date, years }) => addYears(date, years)),
    fc
      .tuple(tie('conditions'), tie('dates'), tie('dates'))
      .map(([test, then, otherwise]) => choose(test, then, otherwise)),
  ),
  times: fc.constantFrom<Value<'time'>>(column('occurred_time'), column('occurred_end_time'), value('12:00')),
  numbers: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.constantFrom<Value<'number'>>(
      column('latitude'),
      column('victim_age_years'),
      value(40.712776),
      value(2019),
    ),
    tie('dates').map(year),
    fc.tuple(tie('dates'), tie('dates')).map(([from, to]) => daysBetween(from, to)),
  ),
  conditions: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(...FINDING_IDS).map(found),
    fc.constant(stationHouse),
    fc.oneof<[fc.Arbitrary<Value>, fc.Arbitrary<Value>]>(tie('dates'), tie('numbers')).map(isNull),
    fc.tuple(tie('dates'), tie('dates')).map(([left, right]) => equals(left, right)),
    fc.tuple(tie('numbers'), tie('numbers')).map(([left, right]) => equals(left, right)),
    fc.tuple(tie('dates'), tie('dates')).map(([left, right]) => before(left, right)),
    fc.tuple(tie('dates'), tie('dates')).map(([left, right]) => after(left, right)),
    fc.tuple(tie('times'), tie('times')).map(([left, right]) => timeBefore(left, right)),
    tie('numbers').map((tested) => between(tested, 0, 366)),
    tie('times').map((tested) => inSet(tested, ['12:00', '00:00'])),
    fc.constantFrom(
      inSet(column('crime_category'), ["it's", 'Ünïcode 🙂']),
      inSet(column('crime_category'), []),
      and(),
      or(),
    ),
    tie('conditions').map(not),
    fc.array(tie('conditions'), { maxLength: 3 }).map((all) => and(...all)),
    fc.array(tie('conditions'), { maxLength: 3 }).map((any) => or(...any)),
    fc.tuple(tie('conditions'), tie('conditions')).map(([guard, condition]) => given(guard, condition)),
  ),
}));

describe('an expression', () => {
  test('means the same here and on the engine, for any condition on any row', async () => {
    let trues = 0;
    let falses = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(conditions, { minLength: 40, maxLength: 40 }),
        fc.array(testRows, { minLength: 200, maxLength: 200 }),
        async (tests, rows) => {
          await loadTestRows(engine, 'expression_rows', rows);
          const sql = tests.map(
            (test, index) =>
              `${expressionSql(test, engine.dialect, SOUND_CONTEXT.window)} AS ${engine.dialect.identifier(`c${index}`)}`,
          );
          const answers = await engine.query(
            `SELECT ${sql.join(', ')} FROM expression_rows ORDER BY test_row`,
          );
          const expected = rows.map(({ row, context }) =>
            tests.map((test) => evaluate(test, { ...context, row })),
          );
          expect(answers.map((answer) => Object.values(answer))).toEqual(expected);
          trues += expected.flat().filter((truth) => truth).length;
          falses += expected.flat().filter((truth) => !truth).length;
        },
      ),
      { numRuns: 15, endOnFailure: true },
    );
    expect(Math.min(trues, falses)).toBeGreaterThan(10_000);
  }, 120_000);

  test('has the same value here and on the engine, for any number and date', async () => {
    const cut = (date: Value<'date'>): Value<'date'> =>
      choose(before(date, isoDate('9999-12-31')), date, nothing);
    await fc.assert(
      fc.asyncProperty(
        fc.array(numbers, { minLength: 20, maxLength: 20 }),
        fc.array(dates.map(cut), { minLength: 20, maxLength: 20 }),
        fc.array(testRows, { minLength: 200, maxLength: 200 }),
        async (numberValues, dateValues, rows) => {
          await loadTestRows(engine, 'expression_rows', rows);
          const values: readonly Value[] = [...numberValues, ...dateValues];
          const sql = values.map(
            (part, index) =>
              `${expressionSql(part, engine.dialect, SOUND_CONTEXT.window)} AS ${engine.dialect.identifier(`v${index}`)}`,
          );
          const answers = await engine.query(
            `SELECT ${sql.join(', ')} FROM expression_rows ORDER BY test_row`,
          );
          const expected = rows.map(({ row, context }) =>
            values.map((part) => evaluate(part, { ...context, row })),
          );
          expect(answers.map((answer) => Object.values(answer))).toEqual(expected);
        },
      ),
      { numRuns: 10, endOnFailure: true },
    );
  }, 120_000);

  test('names the columns it reads, once each', () => {
    const read = choose(
      and(isNull(column('agency')), found('coordinates-zero')),
      column('case_num'),
      column('agency'),
    );
    expect([...columnsOf(read)].sort()).toEqual(['agency', 'case_num']);
    expect(columnsOf(addYears(column('report_date'), 1))).toEqual(['report_date']);
  });
});

describe('a comparison with a missing value', () => {
  const missing = column('occurred_end_date');
  const reported = column('report_date');
  test.each<readonly [string, Condition]>([
    ['equals', equals(missing, reported)],
    ['equals, both missing', equals(missing, missing)],
    ['before', before(missing, reported)],
    ['after', after(missing, reported)],
    ['between', between(daysBetween(missing, reported), -1e6, 1e6)],
    ['in a set', inSet(column('occurred_end_time'), ['01:30'])],
  ])('is false, and its opposite true: %s', (_, condition) => {
    const row = on({ occurred_end_date: null, occurred_end_time: null });
    expect(evaluate(condition, row)).toBe(false);
    expect(evaluate(not(condition), row)).toBe(true);
  });
});

test('a finding and the station house are read from what is known about the row', () => {
  const context = { ...SOUND_CONTEXT, findings: ['coordinates-zero'] as const, atStationHouse: true };
  expect(evaluate(found('coordinates-zero'), on({}, context))).toBe(true);
  expect(evaluate(found('coordinates-missing'), on({}, context))).toBe(false);
  expect(evaluate(stationHouse, on({}, context))).toBe(true);
  expect(evaluate(stationHouse, on({}))).toBe(false);
});

test('a condition under a guard is not computed where the guard fails', () => {
  const sql = expressionSql(
    given(stationHouse, found('coordinates-zero')),
    engine.dialect,
    SOUND_CONTEXT.window,
  );
  expect(sql).toMatch(/^CASE WHEN .* THEN .* ELSE FALSE END$/);
  expect(evaluate(given(stationHouse, and()), on({}))).toBe(false);
});
