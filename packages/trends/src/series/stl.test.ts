import { missingTables, readRows } from '@crimetracker/analysis-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StlDecomposition, StlOptions } from './stl.js';
import { decomposeStl } from './stl.js';

/** The parameters of statsmodels' tests. */
const BASE: StlOptions = {
  period: 12,
  seasonal: 35,
  trend: 19,
  lowPass: 13,
  seasonalJump: 4,
  trendJump: 2,
  lowPassJump: 2,
  innerIterations: 1,
  outerIterations: 2,
};

/** The scenarios of the original program's easy entry: jumps of a tenth, and the two robust rounds it took to settle. */
const EASY: StlOptions = {
  period: 12,
  seasonal: 35,
  trend: 19,
  lowPass: 13,
  seasonalJump: 4,
  trendJump: 2,
  lowPassJump: 2,
};

const SCENARIOS: Readonly<Record<string, StlOptions>> = {
  baseline: BASE,
  'nljump-1': { ...BASE, lowPassJump: 1 },
  'ntjump-1': { ...BASE, trendJump: 1 },
  'nljump-1-ntjump-1': { ...BASE, lowPassJump: 1, trendJump: 1 },
  short: BASE,
  stlez: { ...EASY, innerIterations: 2, outerIterations: 0 },
  'stlez-robust': { ...EASY, innerIterations: 1, outerIterations: 2 },
};

function decompose(values: readonly (number | null)[], options: StlOptions): StlDecomposition {
  const result = decomposeStl(values, options);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

function largest(differences: Iterable<number>): number {
  let most = 0;
  for (const difference of differences) most = Math.max(most, Math.abs(difference));
  return most;
}

describe.skipIf(missingTables !== undefined)('decomposeStl on the CO2 series of statsmodels', () => {
  it.each(Object.keys(SCENARIOS))('reproduces the scenario %s to 1e-8', (scenario) => {
    const all = readRows('statsmodels_stl_co2.csv').map(([value]) => Number(value));
    const expected = readRows('statsmodels_stl_test_results.csv').filter(([name]) => name === scenario);
    const result = decompose(all.slice(0, expected.length), SCENARIOS[scenario] as StlOptions);
    expect(expected.length).toBeGreaterThan(300);
    const columns = [result.seasonal, result.trend, result.weights];
    const differences = columns.map((column, j) =>
      largest(expected.map((row, i) => (column[i] ?? Number.NaN) - Number(row[j + 2]))),
    );
    console.info(
      `STL ${scenario}: largest differences ${differences.map((d) => d.toExponential(1)).join(', ')}`,
    );
    for (const difference of differences) expect(difference).toBeLessThan(1e-8);
  });
});

describe('decomposeStl', () => {
  const wave = (count: number, period: number): number[] =>
    Array.from({ length: count }, (_, i) => 50 + 0.1 * i + 10 * Math.sin((2 * Math.PI * i) / period));

  it('gives parts that sum to the data', () => {
    const series = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 24, maxLength: 90 });
    fc.assert(
      fc.property(series, fc.boolean(), (values, robust) => {
        const { seasonal, trend, remainder } = decompose(values, { period: 12, robust });
        for (const [i, value] of values.entries()) {
          const sum = (seasonal[i] ?? 0) + (trend[i] ?? 0) + (remainder[i] ?? 0);
          expect(sum).toBeCloseTo(value, 8);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not moved by the places of missing values when the rest is regular', () => {
    const whole = wave(120, 12);
    const gappy = whole.map((value, i) => (i % 17 === 3 || (i > 60 && i < 67) ? null : value));
    const options: StlOptions = { period: 12, seasonal: 13, robust: true };
    const a = decompose(whole, options);
    const b = decompose(gappy, options);
    expect(largest(a.trend.map((value, i) => value - (b.trend[i] ?? 0)))).toBeLessThan(0.5);
    expect(largest(a.seasonal.map((value, i) => value - (b.seasonal[i] ?? 0)))).toBeLessThan(0.5);
    for (const [i, value] of gappy.entries()) if (value === null) expect(b.weights[i]).toBe(0);
  });

  it('gives a wild value no weight when robust', () => {
    const values = wave(120, 12).map((value, i) => value + (i === 70 ? 200 : Math.sin(i * 12.9898) * 2));
    const { weights, remainder } = decompose(values, { period: 12, robust: true });
    expect(weights[70]).toBe(0);
    expect(remainder[70]).toBeGreaterThan(150);
  });

  it('keeps a constant series as trend', () => {
    const { seasonal, trend, remainder, weights } = decompose(new Array(40).fill(7), {
      period: 4,
      robust: true,
    });
    expect(largest(seasonal)).toBeLessThan(1e-12);
    expect(largest(trend.map((value) => value - 7))).toBeLessThan(1e-12);
    expect(largest(remainder)).toBeLessThan(1e-12);
    expect([...weights].every((weight) => weight === 1)).toBe(true);
  });

  it('gives zeros for a series of zeros', () => {
    expect(largest(decompose(new Array(30).fill(0), { period: 7 }).trend)).toBe(0);
  });

  it('says why a short series has no decomposition', () => {
    expect(decomposeStl([1, 2, 3], { period: 12 })).toEqual({
      kind: 'not-enough-data',
      reason: '3 values are less than two cycles of 12.',
    });
  });

  it('says which place of the cycle has no value', () => {
    const values = wave(36, 12).map((value, i) => (i % 12 === 4 ? null : value));
    expect(decomposeStl(values, { period: 12 })).toEqual({
      kind: 'not-enough-data',
      reason: 'Place 5 of the cycle of 12 has no value at all.',
    });
    expect(decomposeStl(new Array(40).fill(null), { period: 12 }).kind).toBe('not-enough-data');
  });

  it.each([
    { period: 1 },
    { period: 12, seasonal: 8 },
    { period: 12, trend: 11 },
    { period: 12, lowPass: 12 },
    { period: 12, trendJump: 0 },
  ])('throws on %o', (options) => {
    expect(() => decomposeStl(wave(40, 12), options)).toThrow('decomposeStl');
  });

  it('throws on NaN, which would spread', () => {
    expect(() => decomposeStl([...wave(40, 12), Number.NaN], { period: 12 })).toThrow(
      'a missing value is null',
    );
  });
});
