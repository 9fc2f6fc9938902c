import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEEK_HOURS } from '../weekly-demand.js';
import { placeHeapedTimes } from './place-heaped-times.js';

describe('placeHeapedTimes', () => {
  it('fills noon and midnight to the mean of the hours beside them, and keeps the rest unknown', () => {
    const hours = Float64Array.from({ length: WEEK_HOURS }, (_, h) => (h % 12 === 0 ? 2 : 10));
    const rest = placeHeapedTimes(hours, 200);
    expect(hours.every((count) => count === 10)).toBe(true);
    expect(rest).toBe(200 - 14 * 8);
  });

  it('gives away no more than there are, and nothing to an hour that has enough', () => {
    const hours = Float64Array.from({ length: WEEK_HOURS }, (_, h) => (h % 12 === 0 ? 0 : 10));
    hours[12] = 40;
    expect(placeHeapedTimes(hours, 13)).toBeCloseTo(0, 12);
    expect(hours[12]).toBe(40);
    expect(hours[0]).toBeCloseTo(1, 12);
  });

  it('keeps the sum', () => {
    const counts = fc.array(fc.nat(30), { minLength: WEEK_HOURS, maxLength: WEEK_HOURS });
    fc.assert(
      fc.property(counts, fc.nat(2000), (given, withoutHour) => {
        const hours = Float64Array.from(given);
        const rest = placeHeapedTimes(hours, withoutHour);
        const sum = hours.reduce((total, count) => total + count, rest);
        expect(sum).toBeCloseTo(
          given.reduce((total, count) => total + count, withoutHour),
          6,
        );
        expect(rest).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
