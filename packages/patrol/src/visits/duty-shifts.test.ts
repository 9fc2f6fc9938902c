import { describe, expect, test } from 'vitest';
import { dutyShifts } from './duty-shifts.js';
import { testingSchedule } from './testing-schedule.js';

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
const nights = testingSchedule([{ unit: 'U1', jurisdiction: 0, startHour: 22, days: [4, 5, 6] }]);

describe('dutyShifts', () => {
  test('gives instants of civil times, by start and unit', () => {
    const schedule = testingSchedule([
      { unit: 'B', jurisdiction: 1, startHour: 6, days: [0] },
      { unit: 'A', jurisdiction: 0, startHour: 6, days: [0, 2] },
    ]);
    const shifts = dutyShifts(schedule, { weekStart: '2026-01-05', timeZone: 'America/Los_Angeles' });
    expect(shifts.map(({ unit, date, startMs, endMs }) => [unit, date, iso(startMs), iso(endMs)])).toEqual([
      ['A', '2026-01-05', '2026-01-05T14:00', '2026-01-05T22:00'],
      ['B', '2026-01-05', '2026-01-05T14:00', '2026-01-05T22:00'],
      ['A', '2026-01-07', '2026-01-07T14:00', '2026-01-07T22:00'],
    ]);
  });

  test('ends a shift by the clock on the wall in the night in which clocks go forward', () => {
    // Clocks go from 02:00 to 03:00 on Sunday 8 March 2026: the shift of Saturday night takes seven hours.
    const shifts = dutyShifts(nights, { weekStart: '2026-03-02', timeZone: 'America/New_York' });
    expect(shifts.map(({ startMs, endMs }) => (endMs - startMs) / 3_600_000)).toEqual([8, 7, 8]);
    expect(iso(shifts[1]?.endMs ?? 0)).toBe('2026-03-08T10:00');
  });

  test('ends a shift by the clock on the wall in the night in which clocks go back', () => {
    const shifts = dutyShifts(nights, { weekStart: '2026-10-26', timeZone: 'America/Los_Angeles' });
    expect(shifts.map(({ startMs, endMs }) => (endMs - startMs) / 3_600_000)).toEqual([8, 9, 8]);
  });

  test('lets one shift follow on another without a gap, also where the hour between them is repeated', () => {
    const schedule = testingSchedule([
      { unit: 'A', jurisdiction: 0, startHour: 17, days: [5] },
      { unit: 'B', jurisdiction: 0, startHour: 1, days: [6] },
    ]);
    const [first, second] = dutyShifts(schedule, { weekStart: '2026-10-26', timeZone: 'America/New_York' });
    expect(first?.endMs).toBe(second?.startMs);
  });

  test('begins weeks on Mondays only', () => {
    const of = (weekStart: string) => () => dutyShifts(nights, { weekStart, timeZone: 'America/New_York' });
    expect(of('2026-03-03')).toThrow('begins on a Monday');
    expect(of('2026-02-30')).toThrow('begins on a Monday');
  });
});
