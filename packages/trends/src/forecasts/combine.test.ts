import { expect, test } from 'vitest';
import { combineForecasts } from './combine.js';
import { conformalQuantile, insertSorted, rootError } from './conformal.js';

test('takes the median period by period', () => {
  const paths = [Float64Array.of(1, 9), Float64Array.of(2, 5), Float64Array.of(100, 6)];
  expect([...combineForecasts(paths)]).toEqual([2, 6]);
  expect([...combineForecasts(paths.slice(0, 2))]).toEqual([1.5, 7]);
  expect(() => combineForecasts([Float64Array.of(1), Float64Array.of(1, 2)])).toThrow('equally long');
});

test('quantiles of a count are whole, never negative, and at rank (n + 1) p of past errors', () => {
  const errors = new Float64Array(3);
  for (const [known, actual] of [16, 9, 25].entries()) insertSorted(errors, known, rootError(actual, 16));
  expect([...errors]).toEqual([-1, 0, 1]);
  expect([0.05, 0.25, 0.5, 0.75, 0.95].map((p) => conformalQuantile(49, errors, p))).toEqual([
    36, 36, 49, 64, 64,
  ]);
  expect(conformalQuantile(0.25, errors, 0.05)).toBe(0);
});
