import { dayIndexOf, isoDateOf } from '@crimetracker/analysis-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOfMonths, mondayOf, monthText, spanText, wholePeriods } from './whole-periods.js';

const ALWAYS = { from: '1900-01-01', to: '2100-12-31' };

test.each([
  ['2019-01-01', '2019-12-31', '2019-01 to 2019-12'],
  ['2019-01-02', '2019-12-31', '2019-02 to 2019-12'],
  ['2019-01-01', '2019-12-30', '2019-01 to 2019-11'],
  ['2020-02-01', '2020-02-29', '2020-02 to 2020-02'],
])('the whole months from %s to %s are %s', (from, to, expected) => {
  const whole = wholePeriods({ from, to }, ALWAYS);
  expect(whole && spanText(whole.firstMonth, whole.lastMonth)).toBe(expected);
});

test('the first whole week begins on a Monday with data, the last one ends on a Sunday with data', () => {
  const whole = wholePeriods({ from: '2019-01-01', to: '2019-01-27' }, ALWAYS);
  expect(whole && [mondayOf(whole.firstWeek), mondayOf(whole.lastWeek)]).toEqual([
    '2019-01-07',
    '2019-01-21',
  ]);
});

test('whole months and weeks lie in the data and in the window, and one more on either side does not', () => {
  const span = fc
    .tuple(fc.integer({ min: -2000, max: 25_000 }), fc.integer({ min: 0, max: 3000 }))
    .map(([first, length]) => ({ first, last: first + length }));
  const periodOf = ({ first, last }: { first: number; last: number }) => ({
    from: isoDateOf(first),
    to: isoDateOf(last),
  });
  fc.assert(
    fc.property(span, span, (observed, window) => {
      const whole = wholePeriods(periodOf(observed), periodOf(window));
      const both = {
        first: Math.max(observed.first, window.first),
        last: Math.min(observed.last, window.last),
      };
      if (both.first > both.last) {
        expect(whole).toBeUndefined();
        return;
      }
      const { from, to } = periodOf(both);
      const { firstMonth = 0, lastMonth = 0, firstWeek = 0, lastWeek = 0 } = whole ?? {};
      expect(daysOfMonths(firstMonth, firstMonth).from >= from).toBe(true);
      expect(daysOfMonths(firstMonth - 1, firstMonth - 1).from < from).toBe(true);
      expect(daysOfMonths(lastMonth, lastMonth).to <= to).toBe(true);
      expect(daysOfMonths(lastMonth + 1, lastMonth + 1).to > to).toBe(true);
      const sundayOf = (week: number) => isoDateOf((dayIndexOf(mondayOf(week)) ?? 0) + 6);
      expect(mondayOf(firstWeek) >= from).toBe(true);
      expect(mondayOf(firstWeek - 1) < from).toBe(true);
      expect(sundayOf(lastWeek) <= to).toBe(true);
      expect(sundayOf(lastWeek + 1) > to).toBe(true);
    }),
  );
});

test('without an incident, or with none in the window, there is no period', () => {
  expect(wholePeriods(undefined, ALWAYS)).toBeUndefined();
  expect(
    wholePeriods({ from: '2019-01-01', to: '2019-12-31' }, { from: '2020-01-01', to: '2020-12-31' }),
  ).toBe(undefined);
});

test('months are told as year and month', () => {
  expect([2019 * 12, 2019 * 12 + 11].map(monthText)).toEqual(['2019-01', '2019-12']);
});
