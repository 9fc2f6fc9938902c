import { missingTables, readRows } from '@crimetracker/analysis-kit/testing';
import { describe, expect, it } from 'vitest';
import type { MstlDecomposition, MstlOptions } from './mstl.js';
import { decomposeMstl } from './mstl.js';

function decompose(values: readonly (number | null)[], options: MstlOptions): MstlDecomposition {
  const result = decomposeMstl(values, options);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

const days = (count: number): number[] =>
  Array.from(
    { length: count },
    (_, i) =>
      100 + 10 * Math.sin((2 * Math.PI * i) / 7) + 20 * Math.sin((2 * Math.PI * i) / 365) + Math.sin(i * i),
  );

describe.skipIf(missingTables !== undefined)('decomposeMstl on the electricity series of statsmodels', () => {
  it('reproduces trend, both seasonal parts and remainder to 1e-8', () => {
    const rows = readRows('statsmodels_mstl_test_results.csv')
      .slice(1)
      .map((row) => row.map(Number));
    const result = decompose(
      rows.map(([value]) => value ?? null),
      { periods: [24, 168], seasonalDegree: 0, innerIterations: 2, outerIterations: 0 },
    );
    expect(rows).toHaveLength(3600);
    const columns = [result.trend, ...result.seasonal.map(({ values }) => values), result.remainder];
    const differences = columns.map((column, j) =>
      Math.max(...rows.map((row, i) => Math.abs((column[i] ?? Number.NaN) - (row[j + 1] ?? 0)))),
    );
    console.info(`MSTL: largest differences ${differences.map((d) => d.toExponential(1)).join(', ')}`);
    for (const difference of differences) expect(difference).toBeLessThan(1e-8);
  });
});

describe('decomposeMstl', () => {
  it('gives parts that sum to the data, with gaps left open', () => {
    const values = days(800).map((value, i) => (i > 100 && i < 108 ? null : value));
    const { seasonal, trend, remainder } = decompose(values, { periods: [365, 7] });
    expect(seasonal.map(({ period }) => period)).toEqual([7, 365]);
    for (const [i, value] of values.entries()) {
      if (value === null) continue;
      const parts = seasonal.reduce((sum, part) => sum + (part.values[i] ?? 0), 0);
      expect(parts + (trend[i] ?? 0) + (remainder[i] ?? 0)).toBeCloseTo(value, 8);
    }
  });

  it('gives the same for any order of the periods', () => {
    const values = days(800);
    expect(decompose(values, { periods: [7, 365] })).toEqual(decompose(values, { periods: [365, 7] }));
  });

  it('leaves out a cycle that does not fit twice, and says so', () => {
    const { seasonal, leftOut } = decompose(days(500), { periods: [7, 365] });
    expect(seasonal.map(({ period }) => period)).toEqual([7]);
    expect(leftOut).toEqual([365]);
  });

  it('says why a series that fits no cycle has no decomposition', () => {
    expect(decomposeMstl([1, 2, 3], { periods: [7, 365] })).toEqual({
      kind: 'not-enough-data',
      reason: '3 values are less than two cycles of 7.',
    });
  });

  it('throws on windows that do not match the periods', () => {
    expect(() => decomposeMstl(days(50), { periods: [7], windows: [7, 9] })).toThrow('as many windows');
  });
});
