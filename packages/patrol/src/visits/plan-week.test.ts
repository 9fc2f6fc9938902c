import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import type { DutyShift } from './duty-shifts.js';
import type { PatrolCell } from './patrol-cell.js';
import { patrolCell } from './patrol-cell.js';
import { planWeek } from './plan-week.js';
import { testingSchedule } from './testing-schedule.js';

const cells = gridDisk(latLngToCell(34.05, -118.24, 9), 2).map((h3, place) => patrolCell(h3, 20 - place));
const week = { weekStart: '2026-05-04', timeZone: 'America/Los_Angeles' };
const schedule = testingSchedule([
  { unit: 'A', jurisdiction: 0, startHour: 6, days: [0] },
  { unit: 'B', jurisdiction: 0, startHour: 10, days: [0] },
  { unit: 'C', jurisdiction: 0, startHour: 14, days: [0] },
  { unit: 'D', jurisdiction: 1, startHour: 6, days: [0] },
]);

/** The cells of each jurisdiction, at any time. */
const of =
  (...byJurisdiction: readonly (readonly PatrolCell[])[]) =>
  ({ jurisdiction }: DutyShift) =>
    byJurisdiction[jurisdiction] ?? [];

describe('planWeek', () => {
  test('gives the best cells to the first unit on duty, and the next best to the one beside it', () => {
    const shifts = planWeek(schedule, week, { cells: of(cells, []), seed: 1, cellsPerUnit: 2 });
    const places = shifts.map((shift) => [shift.unit, ...shift.cells.map((cell) => cells.indexOf(cell))]);
    // The best are free again for C when A goes off duty.
    expect(places).toEqual([['A', 0, 1], ['D'], ['B', 2, 3], ['C', 0, 1]]);
    expect(shifts.every((shift) => shift.visits.every(({ cell }) => shift.cells.includes(cell)))).toBe(true);
  });

  test('lets units share cells when there are too few', () => {
    const shifts = planWeek(schedule, week, { cells: of(cells.slice(0, 1), []), seed: 1, cellsPerUnit: 2 });
    expect(shifts.map((shift) => shift.cells.length)).toEqual([1, 0, 1, 1]);
  });

  test('gives a unit as many cells as it can visit every two hours', () => {
    const shifts = planWeek(schedule, week, { cells: of(cells, cells), seed: 1 });
    expect(shifts.map((shift) => shift.cells.length)).toEqual([2, 2, 2, 2]);
    expect(shifts.every((shift) => shift.revisitMinutes === 120)).toBe(true);
  });
});
