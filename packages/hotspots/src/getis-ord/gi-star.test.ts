import { missingTables, readGoldenVectors } from '@crimetracker/analysis-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutNeighbours } from '../cells/neighbours.js';
import { giStar } from './gi-star.js';

const pairs = (n: number) => fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 3 * n });

/** Neighbours of a set of pairs, each in both lists. */
function neighboursOf(n: number, edges: readonly (readonly [number, number])[]) {
  const lists = Array.from({ length: n }, () => new Set<number>());
  for (const [a, b] of edges) {
    if (a === b) continue;
    lists[a]?.add(b);
    lists[b]?.add(a);
  }
  return layOutNeighbours(lists.map((list) => [...list]));
}

describe('giStar', () => {
  it.skipIf(missingTables !== undefined)('gives the golden values of esda', () => {
    const { points, threshold, y, Zs_star } = readGoldenVectors().gistar_binary;
    const near = points.flatMap(([x1, y1], i) =>
      points.flatMap(([x2, y2], j) =>
        i !== j && Math.hypot(x1 - x2, y1 - y2) <= threshold ? [[i, j] as const] : [],
      ),
    );
    const z = giStar(y, neighboursOf(points.length, near));
    for (const [i, golden] of Zs_star.entries()) {
      expect(z instanceof Float64Array && z[i]).toBeCloseTo(golden, 7);
    }
  });

  it('does not change with the unit of the values, and turns its sign with them', () => {
    const cases = fc
      .integer({ min: 3, max: 15 })
      .chain((n) => fc.tuple(fc.array(fc.nat(50), { minLength: n, maxLength: n }), pairs(n)));
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 9 }), ([values, edges], factor) => {
        const neighbours = neighboursOf(values.length, edges);
        const plain = giStar(values, neighbours);
        if (!(plain instanceof Float64Array)) return;
        const scaled = giStar(
          values.map((value) => 1000 - factor * value),
          neighbours,
        );
        for (const [i, z] of plain.entries()) {
          expect(scaled instanceof Float64Array && scaled[i]).toBeCloseTo(-z, 8);
        }
      }),
    );
  });

  it('has no answer where all are equal, or for one unit, and says why', () => {
    const alone = layOutNeighbours([[]]);
    expect(giStar([3], alone)).toMatchObject({ reason: expect.stringContaining('there are none') });
    expect(giStar([3, 3, 3], neighboursOf(3, [[0, 1]]))).toMatchObject({
      reason: expect.stringContaining('same count'),
    });
  });

  it('is 0 where a neighbourhood is everything', () => {
    expect(giStar([1, 5], neighboursOf(2, [[0, 1]]))).toEqual(Float64Array.of(0, 0));
  });

  it('refuses lists of neighbours of another number of units', () => {
    expect(() => giStar([1, 2, 3], neighboursOf(2, []))).toThrow('one list of neighbours');
  });
});
