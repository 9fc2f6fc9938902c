import { normalCdf, Random } from '@crimetracker/analysis-kit';
import { describe, expect, it } from 'vitest';
import type { Neighbours } from '../cells/neighbours.js';
import { layOutNeighbours } from '../cells/neighbours.js';
import type { EmergingHotSpots, SpaceTimeCube } from './emerging-hot-spots.js';
import { emergingHotSpots } from './emerging-hot-spots.js';

/** Gi* with weights of 1 and the bin itself among its neighbours; slow and plain. */
function plainGiStar(values: Float64Array, { starts, list }: Neighbours): Float64Array {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / n - mean * mean);
  return values.map((own, bin) => {
    const around = [...list.subarray(starts[bin], starts[bin + 1])];
    const weight = around.length + 1;
    const sum = around.reduce((total, other) => total + (values[other] ?? 0), own);
    return (sum - weight * mean) / (spread * Math.sqrt((n * weight - weight * weight) / (n - 1)));
  });
}

const plainP = (values: Float64Array, neighbours: Neighbours): Float64Array =>
  plainGiStar(values, neighbours).map((z) => 2 * normalCdf(-Math.abs(z)));

/** Cells of a square, neighbours by side. */
function square(side: number): Neighbours {
  return layOutNeighbours(
    Array.from({ length: side * side }, (_, cell) => {
      const [row, column] = [Math.floor(cell / side), cell % side];
      return [
        [row - 1, column],
        [row, column - 1],
        [row, column + 1],
        [row + 1, column],
      ].flatMap(([r = -1, c = -1]) => (r >= 0 && r < side && c >= 0 && c < side ? [r * side + c] : []));
    }),
  );
}

const SIDE = 20;
const STEPS = 12;
const CENTRE = 10 * SIDE + 10;

/** Poisson-like noise of mean 4 and, around the centre, what `planted` adds in each step. */
function cubeOf(planted: (step: number) => number, random = new Random(7, 'cube')): SpaceTimeCube {
  const neighbours = square(SIDE);
  const middle = new Set([
    CENTRE,
    ...neighbours.list.subarray(neighbours.starts[CENTRE], neighbours.starts[CENTRE + 1]),
  ]);
  const counts = Array.from({ length: STEPS }, (_, step) =>
    Array.from({ length: SIDE * SIDE }, (_, cell) => {
      const noise = Array.from({ length: 8 }, () => random.below(2)).reduce((sum, one) => sum + one, 0);
      return noise + (middle.has(cell) ? planted(step) : 0);
    }),
  );
  return { counts, neighbours, z: plainGiStar, p: plainP };
}

function find(cube: SpaceTimeCube): EmergingHotSpots {
  const found = emergingHotSpots(cube);
  if (found.kind !== 'emerging-hot-spots') throw new Error(found.reason);
  return found;
}

describe('emergingHotSpots', () => {
  it.each([
    ['a rising one', (step: number) => 10 + 3 * step, 'Intensifying Hot Spot'],
    ['a falling one', (step: number) => 43 - 3 * step, 'Diminishing Hot Spot'],
    ['one of the last step', (step: number) => (step === STEPS - 1 ? 20 : 0), 'New Hot Spot'],
    ['one of the last three steps', (step: number) => (step >= STEPS - 3 ? 20 : 0), 'Consecutive Hot Spot'],
    [
      'one that comes and goes',
      (step: number) => ([1, 2, 6, STEPS - 1].includes(step) ? 20 : 0),
      'Sporadic Hot Spot',
    ],
    ['one that went away', (step: number) => (step < 4 ? 20 : 0), 'No pattern detected'],
  ] as const)('finds %s where it was planted and little elsewhere', (_, planted, expected) => {
    const { cells, steps } = find(cubeOf(planted));
    expect(steps).toBe(STEPS);
    expect(cells).toHaveLength(SIDE * SIDE);
    expect(cells[CENTRE]?.emergence).toBe(expected);
    const far = cells.filter(
      ({ emergence }, cell) => emergence !== 'No pattern detected' && Math.abs(cell - CENTRE) > 3 * SIDE,
    );
    expect(far.length).toBeLessThan(0.02 * SIDE * SIDE);
  });

  it('tells how many steps were hot, the trend of Gi*, and Gi* in the last step', () => {
    const cube = cubeOf((step) => 10 + 3 * step);
    const centre = find(cube).cells[CENTRE];
    expect(centre).toMatchObject({ hotSteps: STEPS, coldSteps: 0, trend: { kind: 'trend' } });
    expect(centre?.lastZ).toBeGreaterThan(8);
  });

  it('names a hole in the counts as cold, and a deepening one as intensifying', () => {
    const cube = cubeOf(() => 0);
    const counts = cube.counts.map((ofStep, step) =>
      Array.from(ofStep, (count, cell) => (cell % SIDE < 5 ? 0 : count + 40 + 4 * step)),
    );
    const { cells } = find({ ...cube, counts });
    expect(cells[5 * SIDE + 2]?.emergence).toBe('Persistent Cold Spot');
    expect(cells[5 * SIDE + 2]?.coldSteps).toBe(STEPS);
  });

  it('of noise names next to nothing', () => {
    const { cells } = find(cubeOf(() => 0));
    const named = cells.filter(({ emergence }) => emergence !== 'No pattern detected');
    expect(named.length).toBeLessThan(0.02 * cells.length);
  });

  it('takes a missing p-value as not significant, and a constant Gi* as without trend', () => {
    const cube = cubeOf(() => 0);
    const { cells } = find({
      ...cube,
      z: (values) => values.map(() => 5),
      p: (values) => values.map((_, bin) => (bin % 2 === 0 ? Number.NaN : 0.001)),
    });
    expect(cells[0]?.emergence).toBe('No pattern detected');
    expect(cells[1]).toMatchObject({
      emergence: 'Persistent Hot Spot',
      trend: { reason: 'All values are equal.' },
    });
  });

  it('says why there is no answer', () => {
    const cube = cubeOf(() => 0);
    const zeros = cube.counts.map((ofStep) => new Float64Array(ofStep.length));
    expect(emergingHotSpots({ ...cube, counts: cube.counts.slice(0, 9) })).toMatchObject({
      reason: 'There are 9 steps, 10 are needed.',
    });
    expect(emergingHotSpots({ ...cube, counts: zeros })).toMatchObject({
      reason: 'The counts add up to 0, 50 are needed.',
    });
    const lonely = zeros.map((ofStep) => ofStep.with(0, 100));
    expect(emergingHotSpots({ ...cube, counts: lonely })).toMatchObject({
      reason: '1 of 400 cells have a count above 0, 5 % are needed.',
    });
  });

  it('throws on counts that do not fit the cells or are negative', () => {
    const cube = cubeOf(() => 0);
    expect(() => emergingHotSpots({ ...cube, counts: cube.counts.map(() => [1]) })).toThrow(
      'one count a cell',
    );
    const negative = cube.counts.map((ofStep) => Array.from(ofStep, () => -1));
    expect(() => emergingHotSpots({ ...cube, counts: negative })).toThrow('at least 0');
  });
});
