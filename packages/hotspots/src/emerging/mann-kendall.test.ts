import { missingTables, readGoldenVectors } from '@crimetracker/analysis-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MannKendall } from './mann-kendall.js';
import { mannKendall } from './mann-kendall.js';

function trendOf(series: ArrayLike<number>): MannKendall {
  const trend = mannKendall(series);
  if (trend.kind !== 'trend') throw new Error(trend.reason);
  return trend;
}

describe('mannKendall', () => {
  it.skipIf(missingTables !== undefined)('gives the golden numbers, corrected for ties', () => {
    const golden = readGoldenVectors().mann_kendall;
    const { s, variance, z, pValue } = trendOf(golden.x);
    expect(s).toBe(golden.S);
    expect(variance).toBe(golden.varS_tie_corrected);
    expect(z).toBeCloseTo(golden.z, 7);
    expect(pValue).toBeCloseTo(golden.p_two_sided, 8);
  });

  it('gives Kendall’s textbook variance n(n − 1)(2n + 5) / 18 without ties', () => {
    expect(trendOf([5, 3, 9, 1, 7, 2, 8, 4, 6, 10]).variance).toBe(125);
  });

  it('turns its sign with the series and with time, and ignores what keeps the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 4, maxLength: 40 }), (series) => {
        const trend = mannKendall(series);
        fc.pre(trend.kind === 'trend');
        const negated = trendOf(series.map((value) => -value));
        expect([negated.s, negated.variance, negated.pValue]).toEqual([
          -trend.s + 0,
          trend.variance,
          trend.pValue,
        ]);
        expect(trendOf([...series].reverse()).s).toBe(-trend.s + 0);
        expect(trendOf(series.map((value) => Math.exp(value)))).toEqual(trend);
        expect(trend.pValue).toBeGreaterThan(0);
        expect(trend.pValue).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('says why there is no trend to test', () => {
    expect(mannKendall([1, 2, 3])).toEqual({
      kind: 'not-enough-data',
      reason: 'There are 3 values, 4 are needed.',
    });
    expect(mannKendall([])).toMatchObject({ kind: 'not-enough-data' });
    expect(mannKendall([2, 2, 2, 2, 2])).toEqual({
      kind: 'not-enough-data',
      reason: 'All values are equal.',
    });
  });

  it('throws on NaN', () => {
    expect(() => mannKendall([1, Number.NaN, 3, 4])).toThrow('NaN');
  });
});
