import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellRanking } from './rank-cells.js';

describe('cellRanking', () => {
  test('orders as a plain sort of the densities does, equal ones as they stand in the grid', () => {
    const value = fc.oneof(fc.nat(5), fc.double({ min: 0, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (predicted, top) => {
          const densities = predicted.map((count) => Math.fround(count));
          const expected = predicted
            .map((_, cell) => cell)
            .sort((a, b) => (densities[b] ?? 0) - (densities[a] ?? 0) || a - b);
          const rank = cellRanking(new Float64Array(predicted.length).fill(1));
          const { order, length } = rank(Float64Array.from(predicted), top);
          expect(length).toBeGreaterThanOrEqual(Math.min(top, predicted.length));
          expect([...order.subarray(0, length)]).toEqual(expected.slice(0, length));
          // Whoever equals the last one is in.
          const last = densities[expected[length - 1] ?? 0];
          for (const cell of expected.slice(length)) expect(densities[cell]).toBeLessThan(last ?? 0);
        },
      ),
    );
  });

  test('ranks by count for each km²', () => {
    const rank = cellRanking(Float64Array.of(4, 1, 2));
    expect([...rank(Float64Array.of(8, 3, 2), 3).order]).toEqual([1, 0, 2]);
  });
});
