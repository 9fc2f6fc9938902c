import { dayIndexOf } from '@crimetracker/analysis-kit';
import { describe, expect, test } from 'vitest';
import { periodDate, prepareSeries } from './count-series.js';
import { isoWeekOf, weeksOfIsoYear } from './iso-week.js';
import { testingPrepared, testingSeries } from './testing-series.js';

test.each([
  ['2010-01-03', 2009, 53],
  ['2010-01-04', 2010, 1],
  ['2020-12-31', 2020, 53],
  ['2021-01-03', 2020, 53],
  ['2021-01-04', 2021, 1],
  ['2018-12-31', 2019, 1],
])('%s lies in ISO week %i-%i', (date, year, week) => {
  expect(isoWeekOf(dayIndexOf(date) ?? 0)).toEqual({ year, week });
});

test('2009, 2015 and 2020 have 53 weeks', () => {
  expect([2009, 2010, 2014, 2015, 2016, 2019, 2020, 2021].map(weeksOfIsoYear)).toEqual([
    53, 52, 52, 53, 52, 52, 53, 52,
  ]);
});

test('periods have the date of their first day', () => {
  expect(periodDate('week', '2010-01-04', 52)).toBe('2011-01-03');
  expect(periodDate('month', '2010-11-01', 14)).toBe('2012-01-01');
});

describe('prepareSeries', () => {
  test('looks back to the same ISO week, and from week 53 to week 52', () => {
    const { lags } = testingPrepared('week', 700, () => 1);
    const lagOf = (date: string): number | undefined =>
      lags[((dayIndexOf(date) ?? 0) - (dayIndexOf('2010-01-04') ?? 0)) / 7];
    expect(lagOf('2014-06-02')).toBe(52);
    // 2015-W53 to 2014-W52, 2016-W01 to 2015-W01 over a year of 53 weeks.
    expect(lagOf('2015-12-28')).toBe(53);
    expect(lagOf('2016-01-04')).toBe(53);
    expect(lagOf('2017-01-02')).toBe(52);
  });

  test('cuts off what lies before the first event only when that is over a year', () => {
    const late = testingPrepared('week', 300, (index) => (index < 60 ? 0 : 5));
    expect([late.cutOff, late.firstPeriod, late.values.length]).toEqual([60, '2011-02-28', 240]);
    expect(testingPrepared('week', 300, (index) => (index < 50 ? 0 : 5)).cutOff).toBe(0);
  });

  test('says why there is nothing to prepare', () => {
    const reasonOf = (length: number): unknown =>
      prepareSeries(
        testingSeries('week', length, () => 0),
        26,
      );
    expect(reasonOf(0)).toEqual({ kind: 'not-enough-data', reason: 'the series has no week' });
    expect(reasonOf(1)).toEqual({ kind: 'not-enough-data', reason: 'no event in 1 week' });
    expect(reasonOf(300)).toEqual({ kind: 'not-enough-data', reason: 'no event in 300 weeks' });
  });

  test('refuses a week that does not begin on Monday and a count that is none', () => {
    const series = { frequency: 'week', firstPeriod: '2010-01-05', counts: [1] } as const;
    expect(() => prepareSeries(series, 26)).toThrow('2010-01-05 does not begin a week');
    expect(() => prepareSeries({ ...series, firstPeriod: '2010-01-04', counts: [-1] }, 26)).toThrow(
      'at least 0',
    );
  });
});
