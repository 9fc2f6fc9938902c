import { describe, expect, it } from 'vitest';
import { WEEK_HOURS } from '../weekly-demand.js';
import { hexDemand } from './hex-demand.js';

const night = Float64Array.from({ length: WEEK_HOURS }, (_, h) => (h % 24 < 6 ? 1 : 0));
const always = new Float64Array(WEEK_HOURS).fill(3);
const demand = hexDemand(2, [
  { weight: 10, expected: Float64Array.of(1, 0), hours: night },
  { weight: 1, expected: Float64Array.of(0, 21), hours: always },
]);

describe('hexDemand', () => {
  it('puts the harm of a category where and when it is expected', () => {
    expect([...demand.total]).toEqual([10, 21]);
    expect(demand.during(0, 6)[0]).toBeCloseTo(10 / 7, 12);
    expect(demand.during(6, 18)[0]).toBe(0);
    expect(demand.during(6, 8)[1]).toBeCloseTo(1, 12);
  });

  it('goes on from Sunday night to Monday morning', () => {
    expect(demand.during(WEEK_HOURS - 2, 8)[0]).toBeCloseTo(10 / 7, 12);
  });

  it('adds up to the whole week', () => {
    const sums = Array.from({ length: 21 }, (_, shift) => demand.during(8 * shift, 8));
    for (const [cell, harm] of demand.total.entries()) {
      expect(sums.reduce((sum, part) => sum + (part[cell] ?? 0), 0)).toBeCloseTo(harm, 10);
    }
  });

  it('spreads a category that was never recorded evenly', () => {
    const even = hexDemand(1, [
      { weight: 1, expected: Float64Array.of(168), hours: new Float64Array(WEEK_HOURS) },
    ]);
    expect(even.during(5, 3)[0]).toBeCloseTo(3, 12);
  });
});
