import type { PatrolSites, PublishedSchedule, Schedule, ScheduleMeta } from '@crimetracker/patrol';
import { auditAllocation, auditRunaway, compareDemands, planWeek } from '@crimetracker/patrol';
import type { ScheduleDemand } from './schedule-demand.js';

/** Minutes to drive between two cells of a jurisdiction, where the cells are not known yet. */
export const TRAVEL_MINUTES = 5;

export interface PublishChoice {
  readonly seed: number;
  /** Part of a shift for visits. */
  readonly visitShare: number;
}

/** Plans the visits of every shift, and audits the schedule. */
export function publishSchedule(
  schedule: Schedule,
  { expected, withDiscovered }: ScheduleDemand,
  sites: PatrolSites,
  { seed, visitShare }: PublishChoice,
  meta: ScheduleMeta,
): PublishedSchedule {
  return {
    meta,
    schedule,
    shifts: planWeek(schedule, meta, {
      cells: (shift) => sites.during(shift, schedule.rules.shiftHours),
      cellsPerUnit: sites.cellsPerUnit,
      seed,
      rules: { share: visitShare },
      travelMinutes: TRAVEL_MINUTES,
    }),
    allocation: auditAllocation(schedule),
    runaway: auditRunaway(seed),
    ...(withDiscovered !== undefined && { discovered: compareDemands(expected, withDiscovered) }),
  };
}
