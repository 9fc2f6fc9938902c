import { dayIndexOf, isoDateOf, weekdayOf } from '@crimetracker/analysis-kit';
import { describe, expect, test } from 'vitest';
import { holidaysOf } from './holidays.js';
import { holidayEffects, seasonEffects } from './seasons-and-holidays.js';

const daily = (firstDate: string, lastDate: string, countOf: (isoDate: string) => number) => {
  const first = dayIndexOf(firstDate) ?? 0;
  const length = (dayIndexOf(lastDate) ?? 0) - first + 1;
  return { firstDate, counts: Array.from({ length }, (_, day) => countOf(isoDateOf(first + day))) };
};

describe('holidaysOf', () => {
  // Dates of the years as the Office of Personnel Management lists them, weekends not moved.
  test.each([
    [2023, '01-01 01-16 02-20 05-29 06-19 07-04 09-04 10-09 10-31 11-11 11-23 12-25 12-31'],
    [2020, '01-01 01-20 02-17 05-25 07-04 09-07 10-12 10-31 11-11 11-26 12-25 12-31'],
  ])('gives the holidays of %i', (year, expected) => {
    expect(
      holidaysOf(year)
        .map(({ date }) => date.slice(5))
        .join(' '),
    ).toBe(expected);
  });

  test('has Juneteenth from 2021 on', () => {
    const has = (year: number): boolean => holidaysOf(year).some(({ name }) => name === 'Juneteenth');
    expect([has(2020), has(2021)]).toEqual([false, true]);
  });
});

describe('seasonEffects', () => {
  test('compares July with the rest of whole years', () => {
    const counts = daily('2018-11-05', '2022-02-10', (date) => (date.slice(5, 7) === '07' ? 20 : 10));
    const result = seasonEffects(counts);
    if (result.kind !== 'seasons') throw new Error(result.reason);
    expect(result.years).toEqual([2019, 2020, 2021]);
    expect(result.months[6]).toMatchObject({ month: 7, count: 1860, days: 93, ratePerDay: 20, ratio: 2 });
    // R: poisson.test(c(1860, 10030), c(93, 1003))$conf.int
    expect(result.months[6]?.lower).toBeCloseTo(1.90243593, 7);
    expect(result.months[6]?.upper).toBeCloseTo(2.10167282, 7);
    expect(result.seasons.map(({ season, days }) => [season, days])).toEqual([
      ['winter', 271],
      ['spring', 276],
      ['summer', 276],
      ['autumn', 273],
    ]);
    expect(result.dispersion).toBe(1);
  });

  test('widens the interval when years disagree about the month', () => {
    const noisy = daily('2019-01-01', '2021-12-31', (date) =>
      date.slice(0, 7) === '2020-07' ? 60 : date.slice(5, 7) === '07' ? 10 : 10,
    );
    const result = seasonEffects(noisy);
    if (result.kind !== 'seasons') throw new Error(result.reason);
    expect(result.dispersion).toBeGreaterThan(10);
    expect(result.months[6]?.lower).toBeLessThan(2);
  });

  test('says why there is none', () => {
    expect(seasonEffects(daily('2019-01-02', '2020-12-30', () => 3))).toEqual({
      kind: 'not-enough-data',
      reason: 'no whole calendar year, so season and trend cannot be told apart',
    });
    expect(seasonEffects(daily('2019-01-01', '2019-12-31', () => 0)).kind).toBe('not-enough-data');
    expect(seasonEffects({ firstDate: '2019-01-01', counts: [] }).kind).toBe('not-enough-data');
  });
});

describe('holidayEffects', () => {
  test('compares with the same weekday around, leaving out other holidays', () => {
    // Weekdays differ, 4 July is doubled, Christmas has none.
    const counts = daily('2019-01-01', '2022-12-31', (date) => {
      if (date.endsWith('-07-04')) return 2 * (20 + weekdayOf(dayIndexOf(date) ?? 0));
      if (date.endsWith('-12-25')) return 0;
      return 20 + weekdayOf(dayIndexOf(date) ?? 0);
    });
    const result = holidayEffects(counts);
    if (result.kind !== 'holidays') throw new Error(result.reason);
    const of = (name: string) => result.holidays.find((holiday) => holiday.name === name);
    expect(of('Independence Day')).toMatchObject({ days: 4, ratio: 2, dispersion: 1 });
    expect(of('Christmas Day')).toMatchObject({ count: 0, ratio: 0, lower: 0 });
    // Seven days before New Year's Day is Christmas, which must not pull its expectation down.
    expect(of('New Year’s Day')).toMatchObject({
      days: 4,
      ratio: 1,
      caution: expect.stringContaining('only the year'),
    });
    expect(of('Halloween')?.ratio).toBe(1);
    expect(of('Juneteenth')?.days).toBe(2);
  });

  test('says which holidays the period does not hold', () => {
    const result = holidayEffects(daily('2019-03-01', '2019-08-31', () => 5));
    if (result.kind !== 'holidays') throw new Error(result.reason);
    expect(result.holidays.map(({ name }) => name)).toEqual(['Memorial Day', 'Independence Day']);
    expect(result.leftOut.map(({ name }) => name)).toContain('Juneteenth');
  });

  test.each([
    ['no day', daily('2019-01-01', '2018-12-31', () => 1)],
    ['one week', daily('2019-03-04', '2019-03-10', () => 1)],
    ['no event', daily('2019-01-01', '2019-12-31', () => 0)],
  ])('says why there is none for %s', (_name, counts) => {
    expect(holidayEffects(counts).kind).toBe('not-enough-data');
  });
});
