import type { StaffingRules } from '../schedule.js';
import type { DutyShapes } from './duty-shapes.js';
import type { BlockWorth } from './roster.js';

/**
 * What could be covered at most if every hour of duty could be put anywhere: the hours of the minimum presence first,
 * the others where they are worth most. Needs no solver.
 */
export function unitHoursBound(
  shapes: DutyShapes,
  worths: readonly BlockWorth[],
  rules: StaffingRules,
): number {
  const pieces: { readonly hours: number; readonly worth: number }[] = [];
  let hoursLeft = rules.units * rules.shiftHours * rules.shiftsPerUnit;
  let bound = 0;
  for (const { harm, returns } of worths)
    for (const [block, { length: hours }] of shapes.blocks.entries()) {
      if (shapes.reached[block] !== 1) continue;
      for (const [k, part] of returns.entries()) {
        const worth = (harm[block] ?? 0) * part;
        if (k < rules.minimumPresence) bound += worth;
        else pieces.push({ hours, worth });
      }
      hoursLeft -= hours * rules.minimumPresence;
    }
  for (const { hours, worth } of pieces.sort((a, b) => b.worth / b.hours - a.worth / a.hours)) {
    if (hoursLeft <= 0) break;
    bound += worth * Math.min(1, hoursLeft / hours);
    hoursLeft -= hours;
  }
  return bound;
}
