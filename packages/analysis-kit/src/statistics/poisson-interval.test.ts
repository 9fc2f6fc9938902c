import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonCdf, poissonUpperTail } from './distributions.js';
import { poissonInterval, rateRatioInterval } from './poisson-interval.js';

describe('poissonInterval', () => {
  it.each([
    [0, 0, 3.68887945411394],
    [10, 2 * 2.39769434806622, 2 * 9.19517802100889],
    [137, 115.020534433799, 161.956404688073],
  ])('of %i is that of poisson.test of R', (count, lower, upper) => {
    const interval = poissonInterval(count);
    expect(interval.lower).toBeCloseTo(lower, 9);
    expect(interval.upper).toBeCloseTo(upper, 9);
  });

  it('divides by the exposure', () => {
    expect(poissonInterval(10, { exposure: 2 }).upper).toBeCloseTo(9.19517802100889, 10);
  });

  it('has ends at which the count is just in the tail', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (count, level) => {
          const { lower, upper } = poissonInterval(count, { level });
          expect(poissonUpperTail(count, lower)).toBeCloseTo((1 - level) / 2, 9);
          expect(poissonCdf(count, upper)).toBeCloseTo((1 - level) / 2, 9);
        },
      ),
    );
  });

  it('throws on a negative count', () => {
    expect(() => poissonInterval(-1)).toThrow('at least 0');
  });
});

describe('rateRatioInterval', () => {
  it('is that of poisson.test of R', () => {
    const { ratio, lower, upper } = rateRatioInterval(
      { count: 11, exposure: 800 },
      { count: 21, exposure: 3011 },
    );
    expect(ratio).toBeCloseTo(1.9714880952381, 10);
    expect(lower).toBeCloseTo(0.858426403391639, 9);
    expect(upper).toBeCloseTo(4.277265943654071, 9);
  });

  it('says with the p-value whether the interval holds 1', () => {
    const count = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(count, count, (a, b) => {
        const { lower, upper, pValue } = rateRatioInterval({ count: a }, { count: b });
        const holdsOne = lower <= 1 && (upper === undefined || upper >= 1);
        if (Math.abs(pValue - 0.05) > 1e-6) expect(holdsOne).toBe(pValue > 0.05);
      }),
    );
  });

  it('has no ratio and no upper end above a base of 0', () => {
    const { ratio, lower, upper } = rateRatioInterval({ count: 5 }, { count: 0 });
    expect([ratio, upper]).toEqual([undefined, undefined]);
    expect(lower).toBeGreaterThan(0.9);
    expect(rateRatioInterval({ count: 0 }, { count: 0 }).pValue).toBe(1);
  });

  it('is wider for overdispersed counts', () => {
    const plain = rateRatioInterval({ count: 120 }, { count: 100 });
    const wide = rateRatioInterval({ count: 120 }, { count: 100 }, { dispersion: 3 });
    expect(wide.lower).toBeLessThan(plain.lower);
    expect(wide.upper ?? 0).toBeGreaterThan(plain.upper ?? 0);
    expect(wide.pValue).toBeGreaterThan(plain.pValue);
  });
});
