import type { Comparison, StaffingRules } from '../schedule.js';
import type { WeeklyDemand } from '../weekly-demand.js';
import { countOnDuty, coveredHarm } from './covered-harm.js';
import { dayPatterns } from './duty-shapes.js';

/**
 * What is covered without a plan: the same units by equal parts, and by last year's shares where they are known, each
 * jurisdiction's spread evenly over starts and days. Neither has to keep minimum presence or fairness floor.
 */
export function plainAllocations(
  demand: WeeklyDemand,
  rules: StaffingRules,
  lastYearShare: readonly number[] | undefined,
): readonly Comparison[] {
  const compare = (name: Comparison['name'], shares: readonly number[]): Comparison => {
    const unitsByJurisdiction = largestRemainder(shares, rules.units);
    return { name, unitsByJurisdiction, objective: coveredEvenly(demand, rules, unitsByJurisdiction) };
  };
  return [
    compare(
      'equal allocation',
      demand.jurisdictions.map(() => 1),
    ),
    ...(lastYearShare === undefined ? [] : [compare("last year's share", lastYearShare)]),
  ];
}

/** Whole numbers in proportion to shares that make up the total; what is left goes to the largest remainders, in order. */
export function largestRemainder(shares: readonly number[], total: number): readonly number[] {
  const sum = shares.reduce((all, share) => all + share, 0);
  const quotas = shares.map((share) => (total * share) / sum);
  const units = quotas.map(Math.floor);
  const left = total - units.reduce((all, count) => all + count, 0);
  const byRemainder = [...quotas.keys()].sort(
    (a, b) => (quotas[b] ?? 0) - (units[b] ?? 0) - ((quotas[a] ?? 0) - (units[a] ?? 0)) || a - b,
  );
  for (const j of byRemainder.slice(0, left)) units[j] = (units[j] ?? 0) + 1;
  return units;
}

function coveredEvenly(demand: WeeklyDemand, rules: StaffingRules, units: readonly number[]): number {
  const patterns = dayPatterns(rules);
  const starts = [...rules.startHours].sort((a, b) => a - b);
  const lines = units.flatMap((count, jurisdiction) => {
    const shiftsOn = Array(7).fill(0);
    return Array.from({ length: count }, (_, i) => {
      const startHour = starts[Math.floor((i * starts.length) / count)] ?? 0;
      const days = leastUsed(patterns, shiftsOn);
      for (const day of days) shiftsOn[day] += 1;
      return { jurisdiction, startHour, days };
    });
  });
  return coveredHarm(demand, countOnDuty(lines, units.length, rules.shiftHours));
}

/** The pattern whose days have the fewest shifts so far; the first of several. */
function leastUsed(patterns: readonly (readonly number[])[], shiftsOn: readonly number[]): readonly number[] {
  const used = (days: readonly number[]): number => days.reduce((sum, day) => sum + (shiftsOn[day] ?? 0), 0);
  return patterns.reduce((best, days) => (used(days) < used(best) ? days : best), patterns[0] ?? []);
}
