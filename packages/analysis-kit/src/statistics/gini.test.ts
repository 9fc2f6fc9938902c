import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missingTables, readGoldenVectors } from '../testing/index.js';
import { gini } from './gini.js';

describe('gini', () => {
  test.skipIf(missingTables !== undefined)('gives the golden coefficient', () => {
    const golden = readGoldenVectors().gini;
    expect(gini(golden.x)).toBeCloseTo(golden.gini, 12);
  });

  test('is 0 when all have the same, and (n − 1)/n when one has everything', () => {
    expect(gini([3, 3, 3])).toBeCloseTo(0, 12);
    expect(gini([0, 0, 0, 8])).toBeCloseTo(3 / 4, 12);
  });

  test('is undefined for nothing, and refuses less than nothing', () => {
    expect(gini([])).toBeUndefined();
    expect(gini([0, 0])).toBeUndefined();
    expect(() => gini([1, -1])).toThrow('at least 0');
    expect(() => gini([1, Number.NaN])).toThrow('at least 0');
  });

  test('is half the mean difference over the mean, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 }), (amounts) => {
        const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
        fc.pre(mean > 0);
        const differences = amounts.flatMap((a) => amounts.map((b) => Math.abs(a - b)));
        const meanDifference =
          differences.reduce((sum, difference) => sum + difference, 0) / amounts.length ** 2;
        expect(gini(amounts)).toBeCloseTo(meanDifference / 2 / mean, 10);
      }),
    );
  });
});
