import { expect, test } from 'vitest';
import type { BaselineName } from './baselines.js';
import { baselineForecasts } from './baselines.js';
import { testingPrepared } from './testing-series.js';

const counting = testingPrepared('week', 200, (index) => index);
const forecast = (name: BaselineName, end: number, horizon = 3): number[] => [
  ...baselineForecasts[name](counting, end, horizon),
];

test('naive repeats the last count', () => expect(forecast('naive', 100)).toEqual([99, 99, 99]));

test('seasonal naive takes the same ISO week of last year', () =>
  expect(forecast('seasonal-naive', 100)).toEqual([48, 49, 50]));

test('seasonal naive goes two years back where last year lies ahead', () =>
  expect(forecast('seasonal-naive', 150, 53).slice(-2)).toEqual([149, 98]));

test('the same-period mean takes as many of three years as there are', () => {
  expect(forecast('same-period-mean', 170)).toEqual([66, 67, 68]);
  expect(forecast('same-period-mean', 110, 1)).toEqual([(58 + 6) / 2]);
});

test('the last count stands in where a year back lies before the series', () =>
  expect(forecast('seasonal-naive', 10)).toEqual([9, 9, 9]));

test('the mean is that of all counts', () => expect(forecast('mean', 101, 2)).toEqual([50, 50]));

test('the recent mean is that of the last year, or of what there is', () => {
  expect(forecast('recent-mean', 101, 2)).toEqual([74.5, 74.5]);
  expect(forecast('recent-mean', 11, 1)).toEqual([5]);
});

test('drift follows the line from first to last count, not below 0', () => {
  expect(forecast('drift', 100)).toEqual([100, 101, 102]);
  const falling = testingPrepared('week', 20, (index) => 20 - index);
  expect([...baselineForecasts.drift(falling, 20, 3)]).toEqual([0, 0, 0]);
});
