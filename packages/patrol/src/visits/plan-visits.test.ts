import { MS_PER_HOUR, MS_PER_MINUTE } from '@crimetracker/analysis-kit';
import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import type { DutyShift } from './duty-shifts.js';
import type { PatrolCell } from './patrol-cell.js';
import { patrolCell, travelMinutes } from './patrol-cell.js';
import type { VisitPlan } from './plan-visits.js';
import { planVisits } from './plan-visits.js';
import { VISIT_RULES, visitRules, visitsPerHour } from './visit-pace.js';

const NEARBY = gridDisk(latLngToCell(40.7128, -74.006, 9), 4);
const cellsOf = (benefits: readonly number[]): readonly PatrolCell[] =>
  benefits.map((benefit, place) => patrolCell(NEARBY[place * 4] ?? '', benefit));

const shiftOf = (hours: number, date = '2026-05-04', unit = 'U1'): DutyShift => {
  const startMs = Date.parse(`${date}T12:00:00Z`);
  return { unit, jurisdiction: 0, date, firstHour: 8, startMs, endMs: startMs + hours * MS_PER_HOUR };
};

const longestGap = (plan: VisitPlan, cell: PatrolCell, shift: DutyShift): number => {
  let last = shift.startMs;
  let longest = 0;
  for (const visit of plan.visits.filter((each) => each.cell === cell)) {
    longest = Math.max(longest, visit.startMs - last);
    last = visit.endMs;
  }
  return Math.max(longest, shift.endMs - last) / MS_PER_MINUTE;
};

const orderOf = ({ visits }: VisitPlan): string => visits.map(({ cell }) => cell.h3).join();

describe('planVisits', () => {
  test('keeps stops within the shift, apart, out of the break, and 10 to 16 minutes long, for any shift and cells', () => {
    const benefits = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 9 });
    const shares = fc.double({ min: 0.05, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        benefits,
        fc.integer({ min: 0, max: 13 }),
        shares,
        fc.integer(),
        (list, hours, share, seed) => {
          const shift = shiftOf(hours);
          const { visits, meal } = planVisits(shift, cellsOf(list), { seed, rules: { share } });
          let free = shift.startMs;
          for (const { startMs, endMs, minutes, travelMinutes: way } of visits) {
            expect(startMs - way * MS_PER_MINUTE).toBeGreaterThanOrEqual(free);
            expect(endMs).toBe(startMs + minutes * MS_PER_MINUTE);
            expect(minutes).toBeGreaterThanOrEqual(10);
            expect(minutes).toBeLessThanOrEqual(16);
            expect(Number.isInteger(minutes)).toBe(true);
            if (meal) expect(endMs <= meal.startMs || startMs - way * MS_PER_MINUTE >= meal.endMs).toBe(true);
            free = endMs;
          }
          expect(free).toBeLessThanOrEqual(shift.endMs);
          if (meal) {
            expect(meal.startMs).toBeGreaterThanOrEqual(shift.startMs);
            expect(meal.endMs).toBeLessThanOrEqual(shift.endMs);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('comes back to every cell within two hours where the time for visits allows it', () => {
    for (const [hours, cells, share] of [
      [8, 1, 0.4],
      [8, 2, 0.4],
      [10, 2, 0.5],
      [12, 3, 0.6],
      [8, 4, 0.85],
    ] as const) {
      for (let seed = 0; seed < 100; seed += 1) {
        const shift = shiftOf(hours);
        const list = cellsOf([8, 3, 2, 1].slice(0, cells));
        const plan = planVisits(shift, list, { seed, rules: { share } });
        expect(plan.revisitMinutes).toBe(120);
        for (const cell of list) expect(longestGap(plan, cell, shift)).toBeLessThanOrEqual(120);
      }
    }
  });

  test('visits cells in proportion to benefit where there are too many for every two hours', () => {
    const list = cellsOf([5, 4, 3, 2, 1, 1]);
    const counts = new Map<PatrolCell, number>();
    let all = 0;
    for (let seed = 0; seed < 400; seed += 1) {
      const plan = planVisits(shiftOf(8), list, { seed });
      expect(plan.revisitMinutes).toBeUndefined();
      for (const { cell } of plan.visits) counts.set(cell, (counts.get(cell) ?? 0) + 1);
      all += plan.visits.length;
    }
    for (const cell of list) expect((counts.get(cell) ?? 0) / all).toBeCloseTo(cell.benefit / 16, 1);
  });

  test('spends about its share of the shift on visits and the way to them', () => {
    const list = cellsOf([5, 4, 3, 2]);
    const spent = Array.from({ length: 100 }, (_, seed) =>
      planVisits(shiftOf(8), list, { seed }).visits.reduce(
        (sum, visit) => sum + visit.minutes + visit.travelMinutes,
        0,
      ),
    );
    const mean = spent.reduce((sum, minutes) => sum + minutes, 0) / spent.length / 480;
    expect(mean).toBeGreaterThan(0.34);
    expect(mean).toBeLessThanOrEqual(0.41);
  });

  test('gives the same plan for the same seed, and another order on another day or for another unit', () => {
    const list = cellsOf([5, 4, 3, 2, 1]);
    const plan = (date: string, unit: string, seed = 7) => planVisits(shiftOf(8, date, unit), list, { seed });
    expect(plan('2026-05-04', 'U1')).toEqual(plan('2026-05-04', 'U1'));
    const days = Array.from({ length: 28 }, (_, day) =>
      orderOf(plan(`2026-05-${String(day + 1).padStart(2, '0')}`, 'U1')),
    );
    expect(new Set(days).size).toBe(28);
    expect(orderOf(plan('2026-05-04', 'U1'))).not.toBe(orderOf(plan('2026-05-04', 'U2')));
    expect(orderOf(plan('2026-05-04', 'U1'))).not.toBe(orderOf(plan('2026-05-04', 'U1', 8)));
  });

  test('leaves no cell at the start of most days, so that nobody can set a clock by it', () => {
    const list = cellsOf([1, 1, 1]);
    const first = new Map<string, number>();
    for (let seed = 0; seed < 300; seed += 1) {
      const cell = planVisits(shiftOf(8), list, { seed }).visits[0]?.cell.h3 ?? '';
      first.set(cell, (first.get(cell) ?? 0) + 1);
    }
    for (const count of first.values()) expect(count).toBeGreaterThan(60);
  });

  test('never stays at a cell for two visits in a row while there is another', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { visits } = planVisits(shiftOf(10), cellsOf([9, 1, 1, 1]), { seed });
      for (const [index, { cell }] of visits.entries()) expect(cell).not.toBe(visits[index - 1]?.cell);
    }
  });

  test('has no visits without cells or time for one', () => {
    expect(planVisits(shiftOf(8), [], { seed: 1 })).toMatchObject({ visits: [], revisitMinutes: undefined });
    expect(planVisits(shiftOf(0), cellsOf([1]), { seed: 1 })).toMatchObject({ visits: [], meal: undefined });
  });

  test('plans cells without benefit evenly', () => {
    const plan = planVisits(shiftOf(8), cellsOf([0, 0]), { seed: 3 });
    expect(new Set(plan.visits.map(({ cell }) => cell.h3)).size).toBe(2);
  });
});

test('a way is the straight line times detour at the speed', () => {
  const from = { latitude: 40, longitude: -74 };
  const to = { latitude: 40.1, longitude: -74 };
  // A tenth of a degree of latitude is 11.1 km: 15.6 km of road in 37.4 minutes.
  const cell = { h3: '', benefit: 0 };
  expect(travelMinutes({ ...cell, ...from }, { ...cell, ...to }, VISIT_RULES)).toBe(38);
});

test('visits an hour are the share over stop and way', () => {
  expect(visitsPerHour(VISIT_RULES, 5)).toBeCloseTo(24 / 18, 12);
});

test('rules that cannot be kept are refused', () => {
  expect(visitRules({ share: 0.5 })).toEqual({ ...VISIT_RULES, share: 0.5 });
  expect(() => visitRules({ share: 0 })).toThrow('between 0 and 1');
  expect(() => visitRules({ leastMinutes: 20 })).toThrow('longest stop');
  expect(() => visitRules({ detour: 0.9 })).toThrow('straight line');
});
