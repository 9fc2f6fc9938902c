import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellGrid } from '../cells/cell-grid.js';
import { giStar } from '../getis-ord/gi-star.js';
import { permutationP } from '../getis-ord/permutation-p.js';
import type { EmergenceClass } from './classify-emergence.js';
import { emergingHotSpots } from './emerging-hot-spots.js';
import { spaceTimeNeighbours } from './space-time-neighbours.js';
import { spaceTimeP } from './space-time-p.js';

const STEPS = 12;
const CENTRE = latLngToCell(40.73, -73.95, 9);
const grid = cellGrid(gridDisk(CENTRE, 20));
const places = new Map(grid.cells.map((cell, place) => [cell, place]));
const centre = places.get(CENTRE) ?? 0;
const disc = gridDisk(CENTRE, 1).map((cell) => places.get(cell) ?? 0);

/** Poisson counts of mean 2, with others in some cells. */
function countsWith(means: (step: number, place: number) => number | undefined, seed = 1): Float64Array[] {
  const random = testingRandom(seed);
  return Array.from({ length: STEPS }, (_, step) =>
    Float64Array.from(grid.cells, (_cell, place) => random.poisson(means(step, place) ?? 2)),
  );
}

function classesOf(counts: readonly Float64Array[], p = spaceTimePOfGrid): readonly EmergenceClass[] {
  const found = emergingHotSpots({
    counts,
    neighbours: grid.neighbours,
    z: (values, neighbours) => {
      const z = giStar(values, neighbours);
      return z instanceof Float64Array ? z : new Float64Array(values.length);
    },
    p,
  });
  if (found.kind !== 'emerging-hot-spots') throw new Error(found.reason);
  return found.cells.map(({ emergence }) => emergence);
}

const spaceTimePOfGrid = (...[values, neighbours]: Parameters<typeof permutationP>) =>
  spaceTimeP(Float64Array.from(values), neighbours, grid.neighbours);

const NONE = 'No pattern detected';

describe('spaceTimeP', () => {
  it('finds a disc of crime in every step, and one of the last steps only', () => {
    const lasting = classesOf(countsWith((_, place) => (disc.includes(place) ? 14 : undefined)));
    for (const place of disc) expect(lasting[place]).toBe('Persistent Hot Spot');
    const recent = classesOf(
      countsWith((step, place) => (disc.includes(place) && step >= STEPS - 3 ? 14 : undefined)),
    );
    expect(recent[centre]).toBe('Consecutive Hot Spot');
  });

  it('does not light up around a heap in one cell, as permuting all bins does', () => {
    const heap = countsWith((_, place) => (place === centre ? 120 : undefined));
    expect(classesOf(heap).filter((one) => one !== NONE)).toEqual([]);
    expect(
      classesOf(heap, permutationP).filter((one) => one === 'Persistent Hot Spot').length,
    ).toBeGreaterThan(5);
  });

  it('finds nothing where nothing is: at least 19 of 20 seeds', () => {
    const clean = Array.from({ length: 20 }, (_, seed) =>
      classesOf(countsWith(() => undefined, seed + 50)).every((one) => one === NONE),
    );
    expect(clean.filter(Boolean).length).toBeGreaterThanOrEqual(19);
  });

  it('is never smaller than among bins alone, and 1 where bins and cells disagree', () => {
    // In the last step everything is ten times as frequent, but less so around the centre.
    const counts = countsWith((step, place) =>
      step < STEPS - 1 ? undefined : disc.includes(place) ? 8 : 20,
    );
    const values = new Float64Array(STEPS * grid.cells.length);
    for (const [step, ofStep] of counts.entries()) values.set(ofStep, step * grid.cells.length);
    const ofBins = spaceTimeNeighbours(grid.neighbours, STEPS);
    const alone = permutationP(values, ofBins);
    const p = spaceTimeP(values, ofBins, grid.neighbours);
    for (const [bin, one] of p.entries()) expect(one).toBeGreaterThanOrEqual(alone[bin] ?? 1);
    const z = giStar(values, ofBins);
    const last = (STEPS - 1) * grid.cells.length + centre;
    expect(z instanceof Float64Array && (z[last] ?? 0)).toBeGreaterThan(0);
    expect(p[last]).toBe(1);
  });
});
