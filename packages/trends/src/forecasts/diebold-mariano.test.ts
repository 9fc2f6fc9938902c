import { describe, expect, test } from 'vitest';
import { dieboldMariano } from './diebold-mariano.js';

describe('dieboldMariano', () => {
  const first = [1, 4, 9, 1, 0, 4, 1, 9, 4, 1, 1, 4];
  const second = [4, 9, 4, 4, 1, 9, 4, 16, 4, 1, 9, 1];

  test.each([
    [1, -2.0170506068726, 0.0687635644959],
    [2, -4.961175230578768, 0.000427990759475],
  ])('gives the statistic and p-value of R’s dm.test at horizon %i', (horizon, statistic, pValue) => {
    // R: dm.test(first, second, h = horizon, power = 1), forecast 8.20
    expect(dieboldMariano(first, second, horizon)).toEqual({
      kind: 'diebold-mariano',
      statistic: expect.closeTo(statistic, 11),
      pValue: expect.closeTo(pValue, 11),
      usesBartlett: false,
    });
  });

  test('says when losses are too few or do not differ', () => {
    expect(dieboldMariano([1, 2], [2, 3], 1).kind).toBe('not-enough-data');
    expect(dieboldMariano(first, first, 1)).toEqual({
      kind: 'not-enough-data',
      reason: 'the losses of the two forecasts do not differ from origin to origin',
    });
  });

  test('is antisymmetric, and one-sided half of two-sided on the better side', () => {
    const ours = dieboldMariano(first, second, 2);
    const theirs = dieboldMariano(second, first, 2);
    const better = dieboldMariano(first, second, 2, 'better');
    if (
      ours.kind !== 'diebold-mariano' ||
      theirs.kind !== 'diebold-mariano' ||
      better.kind !== 'diebold-mariano'
    ) {
      throw new Error('no test');
    }
    expect(ours.statistic).toBeLessThan(0);
    expect(theirs.statistic).toBe(-ours.statistic);
    expect(better.pValue).toBeCloseTo(ours.pValue / 2, 12);
  });
});
