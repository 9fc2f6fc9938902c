import type { BindingConstraint, DutyLine, StaffingRules } from '../schedule.js';
import type { WeeklyDemand } from '../weekly-demand.js';
import { WEEK_HOURS } from '../weekly-demand.js';
import type { RosterSearchResult } from './roster-search.js';

/** Less than this part of what is covered is no gain. */
const LEAST_GAIN = 1e-9;

/**
 * The constraints that leave no room, and what is gained at least by easing them by one unit: from rosters that were
 * found, so that a schedule with that gain exists.
 */
export function bindingConstraints(
  demand: WeeklyDemand,
  rules: StaffingRules,
  lines: readonly DutyLine[],
  onDuty: readonly Int32Array[],
  floors: readonly number[],
  { allocation, values }: RosterSearchResult,
): readonly BindingConstraint[] {
  const { units, minimumPresence } = rules;
  const unitGain = (allocation.totals[units + 1] ?? 0) - (allocation.totals[units] ?? 0);
  const withOneMore = allocation.unitsFor(units + 1);
  const counts = demand.jurisdictions.map(
    (_, j) => lines.filter(({ jurisdiction }) => jurisdiction === j).length,
  );
  const least = LEAST_GAIN * (allocation.totals[units] ?? 0);
  const isUsedUp = lines.length === units;

  const floorBindings = demand.jurisdictions.flatMap((where, j): BindingConstraint[] => {
    const floor = floors[j] ?? 0;
    if (floor === 0 || counts[j] !== floor || !isUsedUp) return [];
    const own = withOneMore[j] ?? 0;
    const value = values[j];
    const loss =
      value === undefined ? Number.POSITIVE_INFINITY : value.coveredBy(own) - value.coveredBy(own - 1);
    const gain = unitGain - loss;
    return gain > least ? [{ constraint: 'fairness floor', where, gain }] : [];
  });
  const presenceBindings = demand.jurisdictions.flatMap((where, j): BindingConstraint[] => {
    const hours = onDuty[j]?.filter((present) => present === minimumPresence).length ?? 0;
    if (minimumPresence === 0 || hours === 0) return [];
    return [{ constraint: 'minimum presence', where: `${where}: ${hours} of ${WEEK_HOURS} hours` }];
  });
  return [
    ...(isUsedUp && unitGain > least ? [{ constraint: 'units', where: '', gain: unitGain }] : []),
    ...floorBindings,
    ...presenceBindings,
  ];
}
