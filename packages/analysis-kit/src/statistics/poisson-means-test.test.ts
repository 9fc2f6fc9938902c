import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingTables, readGoldenVectors } from '../testing/reference.js';
import { exactPoissonTest, poissonMeansTest } from './poisson-means-test.js';

const count = fc.nat(200);

describe('poissonMeansTest', () => {
  it.skipIf(missingTables !== undefined)('gives the golden p-values', () => {
    const { args_k1_n1_k2_n2, p } = readGoldenVectors().e_test;
    for (const [i, [k1, n1, k2, n2]] of args_k1_n1_k2_n2.entries()) {
      const value = poissonMeansTest({ count: k1, exposure: n1 }, { count: k2, exposure: n2 });
      expect(value).toBeCloseTo(p[i] ?? -1, 8);
    }
  });

  it.each([
    [54, 365, 38, 366, 0.0927588307656189],
    [1200, 1, 1103, 1.1, 1.7464680567390005e-5],
    [7, 3.3, 0, 2.1, 0.010092412590659749],
    [0, 1, 0, 1, 1],
  ])('of %i in %d against %i in %d is that of SciPy 1.10', (k1, n1, k2, n2, p) => {
    const value = poissonMeansTest({ count: k1, exposure: n1 }, { count: k2, exposure: n2 });
    expect(value).toBeCloseTo(p, 10);
  });

  it('is the same for both orders and at most 1', () => {
    fc.assert(
      fc.property(count, count, (a, b) => {
        const p = poissonMeansTest({ count: a }, { count: b });
        expect(p).toBeLessThanOrEqual(1);
        expect(poissonMeansTest({ count: b }, { count: a })).toBeCloseTo(p, 9);
      }),
    );
  });
});

describe('exactPoissonTest', () => {
  it.each([
    [6, 1, 2, 1, 0.2890625],
    [11, 800, 21, 3011, 0.0796686330333295],
    [137, 3, 24, 0.7, 0.226817724914759],
    [3, 1, 17, 2, 0.0980830317188288],
    [120345, 1, 118999, 1, 0.00597343818019556],
    [0, 1, 0, 1, 1],
  ])('of %i in %d against %i in %d is poisson.test of R', (k1, n1, k2, n2, p) => {
    const value = exactPoissonTest({ count: k1, exposure: n1 }, { count: k2, exposure: n2 });
    expect(value).toBeCloseTo(p, 9);
  });

  it('falls as the counts move apart', () => {
    fc.assert(
      fc.property(count, fc.integer({ min: 0, max: 60 }), (total, shift) => {
        const half = total + 60;
        const at = (d: number): number => exactPoissonTest({ count: half + d }, { count: half - d });
        if (shift < 60) expect(at(shift + 1)).toBeLessThan(at(shift) + 1e-12);
      }),
    );
  });

  it('throws on counts that are not whole', () => {
    expect(() => exactPoissonTest({ count: 1.5 }, { count: 2 })).toThrow('whole');
  });
});
