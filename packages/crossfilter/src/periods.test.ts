import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Grain } from './periods.js';
import {
  daysIn,
  GRAINS,
  isWholePeriod,
  periodStart,
  periodStarts,
  rangeBefore,
  rangeOf,
  seriesGrain,
} from './periods.js';

const date = fc
  .date({ min: new Date('1999-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const range = fc.tuple(date, date).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const grain = fc.constantFrom<Grain>(...GRAINS);

test('every day of a range lies in exactly one of its periods, and only those of the edges are cut', () => {
  fc.assert(
    fc.property(range, grain, fc.double({ min: 0, max: 1, noNaN: true }), (days, one, at) => {
      const starts = periodStarts(one, days);
      expect(starts).toEqual([...new Set(starts)].sort());
      const day = new Date(Date.parse(days.from) + Math.floor(at * daysIn(days) * 0.999_999) * 86_400_000);
      expect(starts).toContain(periodStart(one, day.toISOString().slice(0, 10)));
      for (const start of starts.slice(1, -1)) expect(isWholePeriod(one, start, days)).toBe(true);
    }),
  );
});

test('weeks begin on Monday', () => {
  expect(periodStart('week', '2024-01-01')).toBe('2024-01-01');
  expect(periodStart('week', '2023-12-31')).toBe('2023-12-25');
});

test('the range before is the same days of whole years earlier, and does not overlap', () => {
  expect(rangeBefore({ from: '2023-01-01', to: '2023-12-31' })).toEqual({
    from: '2022-01-01',
    to: '2022-12-31',
  });
  expect(rangeBefore({ from: '2024-02-29', to: '2024-03-31' })).toEqual({
    from: '2023-02-28',
    to: '2023-03-31',
  });
  expect(rangeBefore({ from: '2021-01-01', to: '2023-12-31' })).toEqual({
    from: '2018-01-01',
    to: '2020-12-31',
  });
  fc.assert(
    fc.property(range, (days) => {
      expect(rangeBefore(days).to < days.from).toBe(true);
    }),
  );
});

test('a range is cut to the data, and short ranges are drawn fine unless sex offences are named', () => {
  const data = { from: '2010-01-01', to: '2023-12-31' };
  expect(rangeOf({ from: '2000-01-01' }, data)).toEqual(data);
  const month = { from: '2023-05-01', to: '2023-05-31' };
  expect(seriesGrain({}, month)).toBe('day');
  expect(seriesGrain({ crime_category: ['Rape'] }, month)).toBe('month');
  expect(seriesGrain({}, { from: '2023-01-01', to: '2023-12-31' })).toBe('week');
  expect(seriesGrain({}, data)).toBe('month');
});
