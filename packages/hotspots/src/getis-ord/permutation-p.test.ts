import { Random } from '@crimetracker/analysis-kit';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellGrid } from '../cells/cell-grid.js';
import type { Neighbours } from '../cells/neighbours.js';
import { layOutNeighbours } from '../cells/neighbours.js';
import { drawTails, tailsWithout } from './draw-tails.js';
import { permutationP } from './permutation-p.js';
import { simulatedPermutationP } from './testing-simulated-permutation-p.js';

/** Both tails by drawing every subset. */
function enumerated(values: readonly number[], { starts, list }: Neighbours): readonly number[] {
  return values.map((_, i) => {
    const own = list.subarray(starts[i] ?? 0, starts[i + 1] ?? 0);
    const observed = own.reduce((sum, at) => sum + (values[at] ?? 0), 0);
    const others = values.filter((_value, j) => j !== i);
    let [subsets, atLeast, atMost] = [0, 0, 0];
    const draw = (from: number, left: number, sum: number): void => {
      if (left === 0) {
        subsets += 1;
        if (sum >= observed) atLeast += 1;
        if (sum <= observed) atMost += 1;
        return;
      }
      for (let j = from; j <= others.length - left; j += 1) draw(j + 1, left - 1, sum + (others[j] ?? 0));
    };
    draw(0, own.length, 0);
    return Math.min(1, (2 * Math.min(atLeast, atMost)) / subsets);
  });
}

describe('permutationP', () => {
  it('is what drawing every subset gives, also with heaps of equal counts and one enormous count', () => {
    const value = fc.oneof(fc.nat(3), fc.nat(40), fc.constant(600), fc.constant(100_000));
    const cases = fc
      .integer({ min: 2, max: 11 })
      .chain((n) =>
        fc.tuple(
          fc.array(value, { minLength: n, maxLength: n }),
          fc.array(fc.uniqueArray(fc.nat(n - 1), { maxLength: 6 }), { minLength: n, maxLength: n }),
        ),
      );
    fc.assert(
      fc.property(cases, ([values, lists]) => {
        const neighbours = layOutNeighbours(lists.map((list, i) => list.filter((j) => j !== i)));
        const expected = enumerated(values, neighbours);
        for (const [i, p] of permutationP(values, neighbours).entries()) {
          const beside = neighbours.list.subarray(neighbours.starts[i] ?? 0, neighbours.starts[i + 1] ?? 0);
          if (beside.every((at) => values[at] !== 100_000)) expect(p).toBeCloseTo(expected[i] ?? -1, 12);
        }
      }),
    );
  });

  it('agrees with simulated permutations', () => {
    const random = testingRandom(3);
    const grid = cellGrid(gridDisk(latLngToCell(34.05, -118.25, 9), 8));
    const counts = grid.cells.map(() => random.poisson(2 - 3 * Math.log(random.uniform())));
    const exact = permutationP(counts, grid.neighbours);
    const simulated = simulatedPermutationP(counts, grid.neighbours, {
      random: new Random(1, 'permutations'),
    });
    let within = 0;
    for (const [i, p] of exact.entries()) {
      // Three standard errors of twice a share of 999.
      const error = 2 * Math.sqrt(((p / 2) * (1 - p / 2)) / 999) * 3 + 2 / 1000;
      if (Math.abs(p - (simulated[i] ?? -1)) <= error) within += 1;
    }
    expect(within / counts.length).toBeGreaterThan(0.98);
  });

  it('is within a tenth for sums beyond 8,192, and exact for those below on the same surface', () => {
    const random = testingRandom(8);
    const grid = cellGrid(gridDisk(latLngToCell(34.05, -118.25, 9), 20));
    const counts = grid.cells.map(() => Math.floor(60 * random.uniform() ** -1.2));
    const p = permutationP(counts, grid.neighbours);
    const exact = drawTails(counts, 6, 40_000);
    const { starts, list } = grid.neighbours;
    const compared = { fine: 0, coarse: 0 };
    for (const [i, one] of p.entries()) {
      const beside = list.subarray(starts[i] ?? 0, starts[i + 1] ?? 0);
      const sum = beside.reduce((so, at) => so + (counts[at] ?? 0), 0);
      if (sum > 40_000) continue;
      const { upper, lower } = tailsWithout(exact, beside.length, sum, counts[i] ?? 0);
      const ratio = one / Math.min(1, 2 * Math.min(upper, lower));
      expect(Math.abs(ratio - 1)).toBeLessThan(sum <= 8192 ? 1e-9 : 0.1);
      compared[sum <= 8192 ? 'fine' : 'coarse'] += 1;
    }
    expect(compared.fine).toBeGreaterThan(1000);
    expect(compared.coarse).toBeGreaterThan(10);
  });

  it('is that of the tail that z points to where z is given', () => {
    const neighbours = layOutNeighbours([[1], [0], [3], [2], []]);
    const counts = [9, 0, 1, 1, 5];
    const high = permutationP(counts, neighbours, new Float64Array(5), [1, 1, 1, 1, 1]);
    const low = permutationP(counts, neighbours, new Float64Array(5), [-1, -1, -1, -1, -1]);
    // Beside the 9 stands a 0: the lowest of the four others, so at least as much is certain.
    expect([high[0], low[0]]).toEqual([1, 0.5]);
    expect([high[1], low[1]]).toEqual([0.5, 1]);
    for (const [i, p] of permutationP(counts, neighbours).entries()) {
      expect(p).toBe(Math.min(high[i] ?? 1, low[i] ?? 1));
    }
  });

  it('keeps values of cells at the edge and of cells that many share in order', () => {
    const random = testingRandom(2);
    const grid = cellGrid(gridDisk(latLngToCell(40.7, -74, 9), 3));
    const counts = grid.cells.map(() => random.poisson(1));
    const expected = enumerated(counts, grid.neighbours);
    for (const [i, p] of permutationP(counts, grid.neighbours).entries()) {
      expect(p).toBeCloseTo(expected[i] ?? -1, 12);
    }
  });

  it('refuses counts that are not whole', () => {
    const neighbours = layOutNeighbours([[1], [0]]);
    expect(() => permutationP([1.5, 2], neighbours)).toThrow('counts are whole');
    expect(() => permutationP([-1, 2], neighbours)).toThrow('counts are whole');
  });
});
