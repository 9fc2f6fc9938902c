import type { AllocationAudit } from '../audit/allocation-audit.js';
import type { DemandComparison } from '../audit/compare-demands.js';
import type { RunawayAudit } from '../audit/runaway-audit.js';
import type { Schedule } from '../schedule.js';
import type { ScheduledWeek } from '../visits/duty-shifts.js';
import type { PlannedShift } from '../visits/plan-week.js';

/** What a schedule was made of. */
export interface ScheduleMeta extends ScheduledWeek {
  readonly city: string;
  readonly snapshotId: string;
  /** Where the incidents come from, in a sentence. */
  readonly data: string;
  /** Where the weights of harm come from; without them every recorded incident counts 1. */
  readonly harmSource?: string;
  /** Instant of making, ISO. */
  readonly createdAt: string;
}

/** A schedule with everything that is told about it. */
export interface PublishedSchedule {
  readonly meta: ScheduleMeta;
  readonly schedule: Schedule;
  readonly shifts: readonly PlannedShift[];
  readonly allocation: AllocationAudit;
  readonly runaway: RunawayAudit;
  /** What categories that police discover would change; absent when there are none on record. */
  readonly discovered?: DemandComparison;
}

/** What the output says everywhere about what the numbers are. */
export const CLAIM =
  'The schedule optimises expected recorded harm covered; it does not claim that crime is prevented. Recorded crime is not crime: what nobody reports is not in it.';

/** What the harm is counted in. */
export function harmUnit({ harmSource }: ScheduleMeta): string {
  return harmSource === undefined ? 'recorded incidents' : 'harm';
}

/** Where the weights come from. */
export function harmText({ harmSource }: ScheduleMeta): string {
  return harmSource ?? 'recorded incidents, unweighted';
}
