import type { Neighbours } from '../cells/neighbours.js';
import { giStar } from '../getis-ord/gi-star.js';
import { permutationP } from '../getis-ord/permutation-p.js';

/**
 * The two-sided p-value of every bin of a space-time cube that stands out twice: among all bins of the cube, and among
 * the cells in its own step and the one before. It is the larger of the two, and 1 where one is high and the other low.
 *
 * The cube alone would be lit by a heap in one cell, such as mistaken coordinates: the bins around it have that cell
 * beside them in both steps, which bins drawn at random hardly ever have. Among cells, the heap is one neighbour of six.
 * Bins stand at step × cells + cell, with their neighbours as `spaceTimeNeighbours` gives them.
 * Source: the larger p-value tests that both hold, Berger (1982), intersection-union tests.
 */
export function spaceTimeP(values: Float64Array, ofBins: Neighbours, ofCells: Neighbours): Float64Array {
  const z = giStar(values, ofBins);
  if (!(z instanceof Float64Array)) return new Float64Array(values.length).fill(1);
  const p = permutationP(values, ofBins, new Float64Array(values.length), z);
  const cells = ofCells.starts.length - 1;
  const sums = new Float64Array(cells);
  const zOfCells = new Float64Array(cells);
  const pOfCells = new Float64Array(cells);
  for (let now = 0; now < values.length; now += cells) {
    for (let cell = 0; cell < cells; cell += 1) {
      sums[cell] = (values[now + cell] ?? 0) + (values[now - cells + cell] ?? 0);
    }
    const isTested = giStar(sums, ofCells, zOfCells) === zOfCells;
    permutationP(sums, ofCells, pOfCells, zOfCells);
    for (let cell = 0; cell < cells; cell += 1) {
      const bin = now + cell;
      const agree = isTested && (z[bin] ?? 0) * (zOfCells[cell] ?? 0) > 0;
      p[bin] = agree ? Math.max(p[bin] ?? 1, pOfCells[cell] ?? 1) : 1;
    }
  }
  return p;
}
