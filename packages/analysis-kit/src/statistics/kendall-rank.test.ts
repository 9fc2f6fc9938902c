import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingTables, readGoldenVectors } from '../testing/reference.js';
import { kendallTauB } from './kendall-rank.js';

/** Pair by pair, straight from the definition. */
function byPairs(first: readonly number[], second: readonly number[]): number | undefined {
  let score = 0;
  let untiedFirst = 0;
  let untiedSecond = 0;
  for (let i = 0; i < first.length; i += 1) {
    for (let j = i + 1; j < first.length; j += 1) {
      const a = Math.sign((first[j] ?? 0) - (first[i] ?? 0));
      const b = Math.sign((second[j] ?? 0) - (second[i] ?? 0));
      score += a * b;
      untiedFirst += a * a;
      untiedSecond += b * b;
    }
  }
  return untiedFirst === 0 || untiedSecond === 0 ? undefined : score / Math.sqrt(untiedFirst * untiedSecond);
}

describe('kendallTauB', () => {
  it.skipIf(missingTables !== undefined)('gives the golden number with its ties', () => {
    const { x } = readGoldenVectors().mann_kendall;
    expect(kendallTauB(x, [...x.keys()])).toBeCloseTo(0.8865926413116155, 12);
  });

  it('is 1 for equal and −1 for opposite rankings', () => {
    expect(kendallTauB([1, 2, 3], [10, 20, 30])).toBe(1);
    expect(kendallTauB([1, 2, 3], [3, 2, 1])).toBe(-1);
  });

  it('of a constant ranking, or of fewer than two places, is undefined', () => {
    expect(kendallTauB([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(kendallTauB([1, 2, 3], [1, 1, 1])).toBeUndefined();
    expect(kendallTauB([1], [1])).toBeUndefined();
    expect(kendallTauB([], [])).toBeUndefined();
  });

  it('is what comparing every pair gives, with few and with many ties', () => {
    const values = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ noNaN: true, min: -5, max: 5 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(values, values), { maxLength: 70 }), (places) => {
        const first = places.map(([a]) => a);
        const second = places.map(([, b]) => b);
        expect(kendallTauB(first, second)).toBe(byPairs(first, second));
      }),
      { numRuns: 1000 },
    );
  });

  it('ranks a hundred thousand places', () => {
    const places = Float64Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_003);
    const opposite = places.map((value) => -value);
    expect(kendallTauB(places, places)).toBe(1);
    expect(kendallTauB(places, opposite)).toBe(-1);
  });

  it('throws on rankings of different length and on NaN', () => {
    expect(() => kendallTauB([1, 2], [1])).toThrow('the same length');
    expect(() => kendallTauB([1, 2], [1, Number.NaN])).toThrow('NaN');
  });
});
