import { describe, expect, it } from 'vitest';
import type { AbruptShift } from './abrupt-shifts.js';
import { findAbruptShifts } from './abrupt-shifts.js';
import { estimateSeasonalIndex } from './seasonal-index.js';
import { createSimulator } from './testing-simulate.js';

const MONTHS = 168;
const { series } = createSimulator(12);

function find(counts: readonly (number | null)[]): readonly AbruptShift[] {
  const season = estimateSeasonalIndex(counts, 12);
  if (season.kind !== 'ok') throw new Error(season.reason);
  const result = findAbruptShifts(counts, season.expected);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result.shifts;
}

/** Monthly means with a level, a season, and a course of the level. */
function meansOf(level: number, course: (month: number) => number): number[] {
  return Array.from(
    { length: MONTHS },
    (_, month) => level * course(month) * (1 + 0.1 * Math.cos((2 * Math.PI * month) / 12)),
  );
}

const SLOPES = [0, 0.6, -0.6];
const LEVELS = [150, 400, 1000];
const slope = (i: number) => (month: number) => Math.exp(((SLOPES[i % 3] ?? 0) * month) / MONTHS);
const noise = (i: number) => ({ dispersion: 1 + (i % 3) / 4 });
const levelOf = (i: number): number => LEVELS[Math.floor(i / 3) % 3] ?? 150;
const FACTORS = [1.6, 0.6, 1.8, 0.55];

describe('findAbruptShifts', () => {
  it('finds nine of ten steps within a month among slopes and seasons, nine of ten that it names are steps, and nine of ten intervals hold', () => {
    let [found, named, held] = [0, 0, 0];
    for (let i = 0; i < 40; i += 1) {
      const at = 24 + ((i * 29) % 120);
      const factor = FACTORS[i % 4] ?? 1;
      const course = (month: number): number => slope(i)(month) * (month < at ? 1 : factor);
      const shifts = find(series(meansOf(levelOf(i), course), noise(i)));
      named += shifts.length;
      const hit = shifts.find(
        (shift) => Math.abs(shift.at - at) <= 1 && shift.after > shift.before === factor > 1,
      );
      if (hit === undefined) continue;
      found += 1;
      if (hit.lower <= factor && factor <= (hit.upper ?? 0)) held += 1;
    }
    expect(found / 40).toBeGreaterThanOrEqual(0.9);
    expect(found / named).toBeGreaterThanOrEqual(0.9);
    expect(held / found).toBeGreaterThanOrEqual(0.9);
  });

  it('finds a step that dwarfs the noise, as in the counts of a large city', () => {
    for (let i = 0; i < 10; i += 1) {
      const at = 24 + ((i * 29) % 120);
      const course = (month: number): number => slope(i)(month) * (month < at ? 1 : 1.6);
      const shifts = find(series(meansOf(5000, course), noise(i)));
      expect(shifts.map((shift) => shift.at)).toEqual([at]);
    }
  });

  it('says by how much a level fell to hardly anything, with an interval that is bounded', () => {
    // A file that covers one division ends, and five months later a sample of the city begins.
    const months = [
      2400,
      ...Array(11).fill(890),
      ...Array(7).fill(470),
      ...Array(5).fill(0),
      ...Array(11).fill(48),
    ];
    const shifts = find(
      months.map((level: number, month) => (level === 0 ? 0 : level + ((month * 37) % 50) - 20)),
    );
    expect(shifts.map(({ at }) => at)).toEqual([19]);
    for (const { before, after, ratio = 0, lower, upper = Number.POSITIVE_INFINITY } of shifts) {
      expect(ratio).toBeCloseTo(after / before, 9);
      expect(lower).toBeLessThanOrEqual(ratio);
      expect(upper).toBeGreaterThanOrEqual(ratio);
      expect(upper).toBeLessThan(0.2);
    }
  });

  it('names at most one of twenty series with slopes, bends, changes over a year or noise that hangs together', () => {
    const courses = [
      slope(1),
      (month: number) => Math.exp(Math.max(0, month - 100) / 60),
      (month: number) => 1 + 0.5 * Math.min(1, Math.max(0, (month - 108) / 12)),
      () => 1,
    ];
    let named = 0;
    for (let i = 0; i < 100; i += 1) {
      const course = courses[i % 4] ?? slope(0);
      const kind = i % 4 === 3 ? { rho: 0.3, sigma: 0.1 } : noise(i);
      if (find(series(meansOf(levelOf(i), course), kind)).length > 0) named += 1;
    }
    expect(named).toBeLessThanOrEqual(5);
  });

  it('takes an odd month for no shift', () => {
    const counts = series(meansOf(300, () => 1));
    counts[90] = 900;
    expect(find(counts)).toEqual([]);
  });

  it('does not name a change of a twentieth, however sure', () => {
    expect(find(series(meansOf(30_000, (month) => (month < 90 ? 1 : 1.05))))).toEqual([]);
    expect(find(series(meansOf(30_000, (month) => (month < 90 ? 1 : 1.2)))).map(({ at }) => at)).toEqual([
      90,
    ]);
  });

  it('finds a fall and the return from it a year later', () => {
    const course = (month: number): number => (month >= 90 && month < 104 ? 0.5 : 1);
    expect(find(series(meansOf(600, course))).map(({ at }) => at)).toEqual([90, 104]);
  });

  it('has no ratio above a level of 0', () => {
    const counts = series(meansOf(90, (month) => (month < 60 ? 0 : 1)));
    const result = findAbruptShifts(
      counts,
      counts.map(() => 1),
    );
    if (result.kind !== 'ok') throw new Error(result.reason);
    expect(result.shifts).toMatchObject([{ at: 60, before: 0, ratio: undefined, upper: undefined }]);
    expect(result.shifts[0]?.lower).toBeGreaterThan(1);
  });

  it('says why there is no answer', () => {
    expect(findAbruptShifts([5, 6, 7], [1, 1, 1])).toEqual({
      kind: 'not-enough-data',
      reason: '3 periods are less than two stretches of 8.',
    });
  });
});
