import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LevelShiftOptions, LevelShifts } from './level-shifts.js';
import { createSums, cutOptimally, findLevelShifts } from './level-shifts.js';
import { createSimulator } from './testing-simulate.js';

function find(counts: readonly (number | null)[], options?: LevelShiftOptions): LevelShifts {
  const result = findLevelShifts(counts, options);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

/** All sets of cuts, one after the other. */
function leastCost(values: Float64Array, minimum: number, penalty: number): number {
  const sums = createSums(values, new Float64Array(values.length).fill(1));
  const best = new Map<number, number>([[0, -penalty]]);
  for (let end = minimum; end <= values.length; end += 1) {
    const costs = [...best].flatMap(([start, cost]) =>
      end - start >= minimum ? [cost + sums.costOf(start, end) + penalty] : [],
    );
    best.set(end, Math.min(...costs));
  }
  return best.get(values.length) ?? Number.NaN;
}

describe('cutOptimally', () => {
  it('finds the least cost of all cuts although it drops most of them', () => {
    const level = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 16, maxLength: 90 }),
        fc.integer({ min: 2, max: 8 }),
        fc.double({ min: 0.5, max: 30, noNaN: true }),
        (raw, minimum, penalty) => {
          const values = Float64Array.from(raw);
          const sums = createSums(values, new Float64Array(values.length).fill(1));
          const bounds = [0, ...cutOptimally(sums, minimum, penalty), values.length];
          let cost = -penalty;
          for (const [i, end] of bounds.slice(1).entries()) {
            expect(end - (bounds[i] ?? 0)).toBeGreaterThanOrEqual(minimum);
            cost += sums.costOf(bounds[i] ?? 0, end) + penalty;
          }
          expect(cost).toBeCloseTo(leastCost(values, minimum, penalty), 6);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('findLevelShifts', () => {
  const { series } = createSimulator(3);
  const flat = (length: number, mean: number): number[] => new Array<number>(length).fill(mean);

  it('finds where counts rise by half, and by how much', () => {
    const counts = series([...flat(60, 80), ...flat(50, 120)], { dispersion: 2 });
    const { shifts, segments } = find(counts);
    expect(shifts).toHaveLength(1);
    expect(Math.abs((shifts[0]?.at ?? 0) - 60)).toBeLessThanOrEqual(2);
    expect(shifts[0]?.ratio).toBeGreaterThan(1.35);
    expect(shifts[0]?.ratio).toBeLessThan(1.65);
    expect(shifts[0]?.lower).toBeGreaterThan(1.2);
    expect(segments.map(({ start, end }) => [start, end])).toEqual([
      [0, shifts[0]?.at],
      [shifts[0]?.at, 110],
    ]);
  });

  it('finds the jump of vehicle theft in Los Angeles in 2020 from monthly totals of that size', () => {
    const months = series([...flat(40, 1285), ...flat(30, 2104)], { dispersion: 8 });
    expect(find(months).shifts.map(({ at }) => at)).toEqual([40]);
  });

  it('raises at most five false alarms in a hundred series without shift', () => {
    const kinds = [
      () => series(flat(104, 4)),
      () => series(flat(104, 30), { dispersion: 3 }),
      () => series(flat(156, 50), { rho: 0.3, sigma: 0.15 }),
    ];
    for (const make of kinds) {
      let alarms = 0;
      for (let run = 0; run < 100; run += 1) alarms += find(make()).shifts.length > 0 ? 1 : 0;
      expect(alarms).toBeLessThanOrEqual(5);
    }
  });

  it('takes the season for no shift when it is expected', () => {
    const expected = Array.from({ length: 208 }, (_, t) => Math.exp(0.5 * Math.sin((2 * Math.PI * t) / 52)));
    const counts = series(expected.map((factor) => 40 * factor));
    expect(find(counts, { expected }).shifts).toEqual([]);
    expect(find(counts, { dispersion: 1 }).shifts.length).toBeGreaterThan(0);
  });

  it('counts missing periods into no segment and keeps the places of the others', () => {
    const counts: (number | null)[] = series([...flat(40, 50), ...flat(40, 100)]);
    counts.fill(null, 10, 15);
    expect(Math.abs((find(counts).shifts[0]?.at ?? 0) - 40)).toBeLessThanOrEqual(1);
  });

  it('has no ratio above a level of 0', () => {
    const { shifts } = find([...flat(20, 0), ...series(flat(20, 9))]);
    expect(shifts[0]).toMatchObject({ at: 20, before: 0, ratio: undefined, upper: undefined });
    expect(shifts[0]?.lower).toBeGreaterThan(1);
  });

  it('says of a constant series that nothing changed', () => {
    expect(find(flat(50, 7))).toMatchObject({ shifts: [], dispersion: 1 });
  });

  it.each([
    [[1, 2, 3], '3 periods are less than two stretches of 8.'],
    [flat(30, 0), 'All counts are zero.'],
  ])('says why %j cannot be judged', (counts, reason) => {
    expect(findLevelShifts(counts)).toEqual({ kind: 'not-enough-data', reason });
  });

  it('throws on an expectation of 0', () => {
    expect(() => findLevelShifts([1, 2], { expected: [1, 0] })).toThrow('expectation above 0');
  });
});
