import { describe, expect, it } from 'vitest';
import { median, medianAbsoluteDeviation, quantile } from './robust.js';

describe('quantile', () => {
  it('interpolates as type 7 of R', () => {
    const values = [9, 1, 4, 7, 2, 12];
    expect(quantile(values, 0.25)).toBeCloseTo(2.5, 12);
    expect(quantile(values, 0.9)).toBeCloseTo(10.5, 12);
    expect([quantile(values, 0), quantile(values, 1)]).toEqual([1, 12]);
  });

  it('of nothing is undefined', () => {
    expect([quantile([], 0.5), median([]), medianAbsoluteDeviation([])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('throws on a probability above 1', () => {
    expect(() => quantile([1], 1.5)).toThrow('0 to 1');
  });
});

describe('median and medianAbsoluteDeviation', () => {
  it('are not moved by one wild value', () => {
    expect(median([3, 1, 2, 1000, 4])).toBe(3);
    expect(medianAbsoluteDeviation([3, 1, 2, 1000, 4])).toBe(1);
  });
});
