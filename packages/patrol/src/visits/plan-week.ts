import { requireArgument } from '@crimetracker/analysis-kit';
import type { Schedule } from '../schedule.js';
import type { DutyShift, ScheduledWeek } from './duty-shifts.js';
import { dutyShifts } from './duty-shifts.js';
import type { PatrolCell } from './patrol-cell.js';
import type { VisitPlan } from './plan-visits.js';
import { planVisits } from './plan-visits.js';
import type { VisitRules } from './visit-pace.js';
import { visitRules, visitsPerHour } from './visit-pace.js';

export interface PlannedShift extends DutyShift, VisitPlan {
  /** The unit's cells in this shift. */
  readonly cells: readonly PatrolCell[];
}

export interface WeekPlanOptions {
  /** The cells that a shift may visit, best first. */
  readonly cells: (shift: DutyShift) => readonly PatrolCell[];
  readonly seed: number;
  readonly rules?: Partial<VisitRules>;
  /** Cells of one unit; by default as many as can be visited anew in time with `travelMinutes` to each. */
  readonly cellsPerUnit?: number;
  /** Minutes between cells, of which the number of cells is computed; 5 by default. */
  readonly travelMinutes?: number;
}

/**
 * Plans the visits of all shifts of a week. A shift takes the best cells of its jurisdiction that the fewest units on
 * duty at its beginning or during it hold, so that the second unit visits the next best cells.
 */
export function planWeek(
  schedule: Schedule,
  week: ScheduledWeek,
  options: WeekPlanOptions,
): readonly PlannedShift[] {
  const rules = visitRules(options.rules);
  const reach = (visitsPerHour(rules, options.travelMinutes ?? 5) * rules.revisitMinutes) / 60;
  const cellsPerUnit = options.cellsPerUnit ?? Math.max(1, Math.floor(reach));
  requireArgument(
    Number.isInteger(cellsPerUnit) && cellsPerUnit > 0,
    'planWeek',
    `a unit has a whole number of cells, got ${cellsPerUnit}`,
  );
  const planned: PlannedShift[] = [];
  for (const shift of dutyShifts(schedule, week)) {
    const others = planned.filter(
      ({ jurisdiction, endMs }) => jurisdiction === shift.jurisdiction && endMs > shift.startMs,
    );
    const cells = freest(options.cells(shift), others, cellsPerUnit);
    planned.push({ ...shift, cells, ...planVisits(shift, cells, { seed: options.seed, rules }) });
  }
  return planned;
}

function freest(
  cells: readonly PatrolCell[],
  others: readonly PlannedShift[],
  most: number,
): readonly PatrolCell[] {
  const holders = new Map<string, number>();
  for (const { h3 } of others.flatMap((other) => other.cells)) holders.set(h3, (holders.get(h3) ?? 0) + 1);
  const held = ({ h3 }: PatrolCell): number => holders.get(h3) ?? 0;
  // Sorting is stable: best first among equally free ones.
  return [...cells].sort((a, b) => held(a) - held(b)).slice(0, most);
}
