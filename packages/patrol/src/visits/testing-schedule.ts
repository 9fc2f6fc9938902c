import type { DutyLine, Schedule } from '../schedule.js';
import { WEEK_HOURS } from '../weekly-demand.js';

/** A schedule around the given lines, for tests: its numbers stand for themselves. */
export function testingSchedule(
  lines: readonly DutyLine[],
  options: { readonly jurisdictions?: readonly string[]; readonly shiftHours?: 8 | 10 | 12 } = {},
): Schedule {
  const { jurisdictions = ['Central', 'Harbor'], shiftHours = 8 } = options;
  const onDuty = jurisdictions.map((_, jurisdiction) => {
    const hours = new Int32Array(WEEK_HOURS);
    for (const line of lines.filter((each) => each.jurisdiction === jurisdiction)) {
      for (const day of line.days) {
        for (let hour = 0; hour < shiftHours; hour += 1) {
          const slot = (day * 24 + line.startHour + hour) % WEEK_HOURS;
          hours[slot] = (hours[slot] ?? 0) + 1;
        }
      }
    }
    return hours;
  });
  const harm = (jurisdiction: number, hour: number): number =>
    (1 + Math.cos(((hour % 24) - 22) * (Math.PI / 12))) *
    (hour >= 96 && hour < 144 ? 1.5 : 1) *
    (2 - jurisdiction / 2);
  const hours = jurisdictions.map((_, jurisdiction) =>
    Float64Array.from({ length: WEEK_HOURS }, (__, hour) => Math.max(0.1, harm(jurisdiction, hour))),
  );
  const totalHarm = hours.reduce((sum, row) => sum + row.reduce((rowSum, value) => rowSum + value, 0), 0);
  return {
    kind: 'schedule',
    demand: { jurisdictions, hours, returns: jurisdictions.map(() => [0.2, 0.1, 0.05]) },
    rules: {
      units: lines.length,
      shiftHours,
      startHours: [...new Set(lines.map(({ startHour }) => startHour))],
      shiftsPerUnit: 5,
      minimumPresence: 1,
      maxConsecutiveShifts: 5,
      minRestHours: 10,
      fairnessFloor: 0.8,
    },
    lines,
    onDuty,
    method: 'optimal',
    objective: 0.4 * totalHarm,
    bound: 0.402 * totalHarm,
    gap: 0.002 / 0.402,
    totalHarm,
    binding: [{ constraint: 'units', where: '', gain: 3.2 }],
    greedy: { objective: 0, ratioToBound: 0, guarantee: 1 - 1 / Math.E, guaranteeFor: 'Nothing here.' },
    comparisons: [
      {
        name: 'equal allocation',
        unitsByJurisdiction: jurisdictions.map(() => 1),
        objective: 0.36 * totalHarm,
      },
    ],
    solveMs: 1234,
  };
}
