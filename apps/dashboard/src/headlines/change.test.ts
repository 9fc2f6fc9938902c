import { rateRatioInterval } from '@crimetracker/analysis-kit';
import type { Series } from '@crimetracker/crossfilter';
import { periodStarts } from '@crimetracker/crossfilter';
import { expect, test } from 'vitest';
import { changeOf, monthlyDispersion } from './change.js';

const DATA = { from: '2014-01-01', to: '2023-12-31' };
const YEAR = { from: '2023-01-01', to: '2023-12-31' };
const BEFORE = { from: '2022-01-01', to: '2022-12-31' };

function monthsOf(countOf: (start: string, place: number) => number | null): Series {
  const starts = periodStarts('month', DATA);
  return { grain: 'month', starts, counts: starts.map(countOf) };
}
const daysOf = (start: string): number =>
  new Date(Date.UTC(Number(start.slice(0, 4)), Number(start.slice(5, 7)), 0)).getUTCDate();
/** Noise that is the same in every run: a fixed sequence of −1 and 1. */
const sign = (place: number): number => (((place * 2_654_435_761) >>> 7) % 2 === 0 ? 1 : -1);

test('a change is a ratio of incidents a day, not of sums', () => {
  const leap = changeOf(366, { from: '2024-01-01', to: '2024-12-31' }, { range: YEAR, total: 365 }, 1);
  expect(leap?.ratio.ratio).toBeCloseTo(1, 12);
  expect(leap?.direction).toBe('no clear change');
});

test('without dispersion the interval is the exact one of two Poisson rates', () => {
  const change = changeOf(1200, YEAR, { range: BEFORE, total: 1000 }, undefined);
  const { lower, upper } = rateRatioInterval({ count: 1200 }, { count: 1000 });
  expect(change?.ratio.lower).toBeCloseTo(lower, 12);
  expect(change?.ratio.upper).toBeCloseTo(upper ?? 0, 12);
  expect(change?.direction).toBe('more');
  expect(changeOf(1000, YEAR, { range: BEFORE, total: 1200 }, undefined)?.direction).toBe('fewer');
});

test('dispersion widens the interval until the same change is not clear any more', () => {
  const plain = changeOf(1200, YEAR, { range: BEFORE, total: 1000 }, 1);
  const wide = changeOf(1200, YEAR, { range: BEFORE, total: 1000 }, 20);
  expect(wide?.ratio.lower).toBeLessThan(plain?.ratio.lower ?? 0);
  expect(wide?.direction).toBe('no clear change');
});

test('nothing is said where a count is hidden, absent, or both are 0', () => {
  expect(changeOf(null, YEAR, { range: BEFORE, total: 10 }, 1)).toBeUndefined();
  expect(changeOf(10, YEAR, { range: BEFORE, total: null }, 1)).toBeUndefined();
  expect(changeOf(10, YEAR, null, 1)).toBeUndefined();
  expect(changeOf(0, YEAR, { range: BEFORE, total: 0 }, 1)).toBeUndefined();
});

test('the season and the days of the month are no dispersion', () => {
  const seasonal = monthsOf((start) => Math.round(daysOf(start) * (Number(start.slice(5, 7)) > 6 ? 60 : 40)));
  expect(monthlyDispersion(seasonal, DATA)).toBe(1);
});

test('months that vary more than chance have a dispersion above 1', () => {
  const restless = monthsOf((start, place) => Math.round(daysOf(start) * (50 + 8 * sign(place))));
  expect(monthlyDispersion(restless, DATA)).toBeGreaterThan(10);
});

test('months that are cut off by the data do not count', () => {
  const cut = { from: '2014-01-01', to: '2023-12-03' };
  const series = monthsOf((start) => (start === '2023-12-01' ? 5 : 50 * daysOf(start)));
  expect(monthlyDispersion(series, cut)).toBe(1);
});

test('hidden months do not count, and too few others do not tell a dispersion', () => {
  const hidden = monthsOf((start, place) => (place % 5 === 0 ? null : 50 * daysOf(start)));
  expect(monthlyDispersion(hidden, DATA)).toBe(1);
  expect(
    monthlyDispersion(
      monthsOf((_, place) => (place < 20 ? 8 : null)),
      DATA,
    ),
  ).toBeUndefined();
});

test('less than two years do not tell a dispersion', () => {
  const starts = periodStarts('month', YEAR);
  const year: Series = { grain: 'month', starts, counts: starts.map(() => 100) };
  expect(monthlyDispersion(year, YEAR)).toBeUndefined();
});
