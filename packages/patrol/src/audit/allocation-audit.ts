import { gini } from '@crimetracker/analysis-kit';
import type { Schedule } from '../schedule.js';

export interface JurisdictionAudit {
  readonly jurisdiction: string;
  /** Hours that units are on duty in the week. */
  readonly unitHours: number;
  readonly unitHoursShare: number;
  readonly harm: number;
  readonly harmShare: number;
  /** Undefined where no harm is expected. */
  readonly unitHoursPerHarm: number | undefined;
  /** Part of the jurisdiction's expected harm that is covered. */
  readonly coveredShare: number | undefined;
}

export interface AllocationAudit {
  readonly jurisdictions: readonly JurisdictionAudit[];
  /** Of unit hours over jurisdictions: 0 is the same everywhere. Undefined when nobody is on duty. */
  readonly giniOfHours: number | undefined;
  /** Of unit hours per expected harm: 0 is the same for all harm. */
  readonly giniPerHarm: number | undefined;
}

/**
 * Who gets how much of the patrol, by jurisdiction, beside the harm expected there. It looks at places and hours only:
 * nothing about the persons who live there is an input.
 */
export function auditAllocation({ demand, onDuty, totalHarm }: Schedule): AllocationAudit {
  const hoursOf = onDuty.map((units) => units.reduce((sum, n) => sum + n, 0));
  const allHours = hoursOf.reduce((sum, hours) => sum + hours, 0);
  const jurisdictions = demand.jurisdictions.map((jurisdiction, j): JurisdictionAudit => {
    const unitHours = hoursOf[j] ?? 0;
    const harm = (demand.hours[j] ?? new Float64Array()).reduce((sum, value) => sum + value, 0);
    return {
      jurisdiction,
      unitHours,
      unitHoursShare: allHours === 0 ? 0 : unitHours / allHours,
      harm,
      harmShare: totalHarm === 0 ? 0 : harm / totalHarm,
      unitHoursPerHarm: harm === 0 ? undefined : unitHours / harm,
      coveredShare: harm === 0 ? undefined : coveredHarm(demand, onDuty, j) / harm,
    };
  });
  return {
    jurisdictions,
    giniOfHours: gini(hoursOf),
    giniPerHarm: gini(jurisdictions.flatMap(({ unitHoursPerHarm }) => unitHoursPerHarm ?? [])),
  };
}

function coveredHarm(demand: Schedule['demand'], onDuty: Schedule['onDuty'], j: number): number {
  const covered = [0];
  for (const share of demand.returns[j] ?? []) covered.push((covered.at(-1) ?? 0) + share);
  let sum = 0;
  for (const [hour, harm] of (demand.hours[j] ?? new Float64Array()).entries()) {
    sum += harm * (covered[Math.min(onDuty[j]?.[hour] ?? 0, covered.length - 1)] ?? 0);
  }
  return sum;
}
