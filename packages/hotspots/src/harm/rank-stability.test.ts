import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RankStability } from './rank-stability.js';
import { rankStability } from './rank-stability.js';

function compare(first: readonly number[], second: readonly number[], ks: readonly number[]): RankStability {
  const result = rankStability(first, second, ks);
  if (result.kind !== 'rank-stability') throw new Error(result.reason);
  return result;
}

describe('rankStability', () => {
  it('is complete agreement for the same order, whatever the scale', () => {
    const result = compare([0, 1, 5, 3], [0, 10, 70, 30], [1, 3]);
    expect(result.tauB).toBe(1);
    expect(result.top).toEqual([
      { k: 1, shared: 1, overlap: 1, tauB: undefined },
      { k: 3, shared: 3, overlap: 1, tauB: 1 },
    ]);
  });

  it('tells the top apart from the rest', () => {
    const result = compare([9, 8, 7, 6, 0, 0, 0, 0], [6, 7, 8, 9, 0, 0, 0, 0], [2, 4]);
    expect(result.tauB).toBeGreaterThan(0);
    expect(result.top).toEqual([
      { k: 2, shared: 0, overlap: 0, tauB: -1 },
      { k: 4, shared: 4, overlap: 1, tauB: -1 },
    ]);
  });

  it('keeps cells at 0 out of the top', () => {
    expect(compare([3, 0, 0, 0], [2, 1, 0, 0], [3]).top).toEqual([
      { k: 3, shared: 1, overlap: 1 / 3, tauB: 1 },
    ]);
  });

  it('does not depend on which surface comes first', () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 50 }), (cells) => {
        const first = cells.map(([a]) => a);
        const second = cells.map(([, b]) => b);
        expect(rankStability(first, second, [1, 5, 20])).toEqual(rankStability(second, first, [1, 5, 20]));
      }),
    );
  });

  it('says why there is no answer, and throws on a k that is none', () => {
    expect(rankStability([1, 1, 1], [1, 2, 3], [1])).toEqual({
      kind: 'not-enough-data',
      reason: 'One of the surfaces has the same value in all cells.',
    });
    expect(() => rankStability([1, 2], [1, 2], [0])).toThrow('whole number');
    expect(() => rankStability([1, 2], [1], [1])).toThrow('the same length');
  });
});
