import { requireArgument } from '@crimetracker/analysis-kit';
import type { StaffingRules } from '../schedule.js';
import type { WeeklyDemand } from '../weekly-demand.js';
import { WEEK_HOURS } from '../weekly-demand.js';

const WHERE = 'schedulePatrols';
const SHIFT_HOURS: readonly number[] = [8, 10, 12];
/** Memory and time grow with the units; no police department has as many. */
const MOST_UNITS = 100_000;
/** Returns are shares that were rounded somewhere. */
const SLACK = 1e-9;

/** Throws for rules that mean nothing, whatever the demand. */
export function requireRules(rules: StaffingRules): void {
  const { startHours } = rules;
  requireWhole('units', rules.units, 1, MOST_UNITS);
  requireArgument(
    SHIFT_HOURS.includes(rules.shiftHours),
    WHERE,
    `shiftHours is 8, 10 or 12, got ${rules.shiftHours}`,
  );
  requireArgument(startHours.length > 0, WHERE, 'startHours has at least one hour');
  for (const hour of startHours) requireWhole('a start hour', hour, 0, 23);
  requireArgument(
    new Set(startHours).size === startHours.length,
    WHERE,
    `each start hour stands once, got ${startHours.join(', ')}`,
  );
  requireWhole('shiftsPerUnit', rules.shiftsPerUnit, 1, 7);
  requireWhole('minimumPresence', rules.minimumPresence, 0, Number.MAX_SAFE_INTEGER);
  requireWhole('maxConsecutiveShifts', rules.maxConsecutiveShifts, 1, Number.MAX_SAFE_INTEGER);
  requireArgument(
    Number.isFinite(rules.minRestHours) && rules.minRestHours >= 0,
    WHERE,
    `minRestHours is at least 0, got ${rules.minRestHours}`,
  );
  requireArgument(
    rules.fairnessFloor >= 0 && rules.fairnessFloor <= 1,
    WHERE,
    `fairnessFloor lies between 0 and 1, got ${rules.fairnessFloor}`,
  );
}

/** Throws for a demand that is no demand: other lengths, less than nothing, returns that grow. */
export function requireDemand({ jurisdictions, hours, returns }: WeeklyDemand): void {
  const count = jurisdictions.length;
  requireArgument(count > 0, WHERE, 'there is at least one jurisdiction');
  requireArgument(hours.length === count, WHERE, `hours of ${count} jurisdictions, got ${hours.length}`);
  requireArgument(
    returns.length === count,
    WHERE,
    `returns of ${count} jurisdictions, got ${returns.length}`,
  );
  for (const [j, name] of jurisdictions.entries()) {
    const week = hours[j] ?? [];
    requireArgument(week.length === WEEK_HOURS, WHERE, `${name} has ${WEEK_HOURS} hours, got ${week.length}`);
    for (const harm of week)
      requireArgument(
        Number.isFinite(harm) && harm >= 0,
        WHERE,
        `expected harm is at least 0, got ${harm} in ${name}`,
      );
    requireReturns(name, returns[j] ?? []);
  }
}

function requireReturns(name: string, returns: readonly number[]): void {
  requireArgument(returns.length > 0, WHERE, `the returns of ${name} have a first unit`);
  let [sum, last] = [0, 1];
  for (const part of returns) {
    requireArgument(
      part >= 0 && part <= last,
      WHERE,
      `returns lie between 0 and 1 and never increase, got ${returns.join(', ')} in ${name}`,
    );
    sum += part;
    last = part;
  }
  requireArgument(sum <= 1 + SLACK, WHERE, `the returns of ${name} are together at most 1, got ${sum}`);
}

/** One share of last year's units for each jurisdiction, not all 0. */
export function requireShares(shares: readonly number[], jurisdictions: number): void {
  requireArgument(
    shares.length === jurisdictions,
    WHERE,
    `lastYearShare has ${jurisdictions} shares, got ${shares.length}`,
  );
  for (const share of shares)
    requireArgument(Number.isFinite(share) && share >= 0, WHERE, `a share is at least 0, got ${share}`);
  requireArgument(
    shares.some((share) => share > 0),
    WHERE,
    'lastYearShare is not all 0',
  );
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  requireArgument(
    Number.isSafeInteger(value) && value >= least && value <= most,
    WHERE,
    `${name} is a whole number ${range}, got ${value}`,
  );
}
