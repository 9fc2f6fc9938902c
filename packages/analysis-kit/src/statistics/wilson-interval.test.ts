import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson-interval.js';

describe('wilsonInterval', () => {
  it('is that of prop.test of R without correction', () => {
    const { lower, upper } = wilsonInterval(81, 263);
    expect(lower).toBeCloseTo(0.255288519878274, 12);
    expect(upper).toBeCloseTo(0.3662095769828, 12);
  });

  it('holds the share and stays between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
        const { lower, upper } = wilsonInterval(a, a + b);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        if (a + b === 0) return;
        expect(lower).toBeLessThanOrEqual(a / (a + b));
        expect(upper).toBeGreaterThanOrEqual(a / (a + b));
      }),
    );
  });

  it('knows nothing of a share of nothing', () => {
    expect(wilsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 });
  });

  it('throws on more successes than trials', () => {
    expect(() => wilsonInterval(3, 2)).toThrow('between 0 and the total');
  });
});
