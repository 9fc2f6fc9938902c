import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  edgesOf,
  monthAt,
  monthAxis,
  moved,
  rangeOfSpan,
  resized,
  spanBetween,
  spanOf,
  stepOf,
} from './month-brush.js';

const axis = monthAxis({ from: '2010-01-15', to: '2023-12-31' });
const last = axis.months.length - 1;
const span = fc
  .tuple(fc.integer({ min: 0, max: last }), fc.integer({ min: 0, max: last }))
  .map(([a, b]) => spanBetween(a, b));

describe('the brush over months', () => {
  test('chooses whole months, in leap years too', () => {
    expect(rangeOfSpan(axis, { first: 0, last: 0 })).toEqual({ from: '2010-01-01', to: '2010-01-31' });
    expect(rangeOfSpan(axis, { first: 24, last: 25 })).toEqual({ from: '2012-01-01', to: '2012-02-29' });
  });

  test('finds its months again from the days that they give', () => {
    fc.assert(
      fc.property(span, (one) => {
        expect(spanOf(axis, rangeOfSpan(axis, one))).toEqual(one);
      }),
    );
  });

  test('takes every month that a range of days touches, and stays within the data', () => {
    expect(spanOf(axis, { from: '2010-02-28', to: '2010-03-01' })).toEqual({ first: 1, last: 2 });
    expect(spanOf(axis, { from: '1999-01-01', to: '2040-01-01' })).toEqual({ first: 0, last });
  });

  test('draws days where they are in their month', () => {
    expect(edgesOf(axis, { from: '2010-02-15', to: '2010-04-30' })).toEqual([1.5, 4]);
  });

  test('moves without changing its length and resizes to a month at least, always within the data', () => {
    fc.assert(
      fc.property(
        span,
        fc.integer({ min: -400, max: 400 }),
        fc.constantFrom('first', 'last'),
        (one, by, end) => {
          const after = moved(axis, one, by);
          expect(after.last - after.first).toBe(one.last - one.first);
          const other = resized(axis, one, end as 'first' | 'last', one.first + by);
          for (const { first, last: end_ } of [after, other]) {
            expect(first).toBeGreaterThanOrEqual(0);
            expect(end_).toBeLessThanOrEqual(last);
            expect(first).toBeLessThanOrEqual(end_);
          }
        },
      ),
    );
  });

  test('goes to the ends by Home and End, a year by the page keys, and knows no other keys', () => {
    expect(moved(axis, { first: 5, last: 9 }, stepOf('Home') ?? 0)).toEqual({ first: 0, last: 4 });
    expect(resized(axis, { first: 5, last: 9 }, 'last', 9 + (stepOf('End') ?? 0))).toEqual({
      first: 5,
      last,
    });
    expect(stepOf('PageUp')).toBe(12);
    expect(stepOf('a')).toBeUndefined();
  });

  test('reads a month from a place of the pointer, also beyond the strip', () => {
    expect([-1, 0, 0.5, 1, 2].map((share) => monthAt(axis, share))).toEqual([0, 0, 84, last, last]);
  });
});
