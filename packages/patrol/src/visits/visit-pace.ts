import { requireArgument } from '@crimetracker/analysis-kit';

/** How visits are made. Defaults: see `VISIT_RULES`. */
export interface VisitRules {
  /** Length of a stop in minutes, drawn from the one to the other. */
  readonly leastMinutes: number;
  readonly mostMinutes: number;
  /** A visited cell is visited again within this time where it can be done. */
  readonly revisitMinutes: number;
  /** Part of a shift for visits and the way to them; calls for service keep the rest. */
  readonly share: number;
  readonly speedKmh: number;
  /** Length of the way ÷ straight line. */
  readonly detour: number;
  /** A break that nothing is planned in, about the middle of the shift; 0 for none. */
  readonly mealMinutes: number;
}

/**
 * Stops of 10 to 16 minutes, at least every two hours: Koper (1995), "Just enough police presence". The share, the speed
 * and the detour are assumptions, to be replaced by a department's own.
 */
export const VISIT_RULES: VisitRules = {
  leastMinutes: 10,
  mostMinutes: 16,
  revisitMinutes: 120,
  share: 0.4,
  speedKmh: 25,
  detour: 1.4,
  mealMinutes: 30,
};

/** The rules with defaults where nothing else is said; rules that cannot be kept throw. */
export function visitRules(rules: Partial<VisitRules> = {}): VisitRules {
  const all = { ...VISIT_RULES, ...rules };
  const { leastMinutes, mostMinutes, revisitMinutes, share, speedKmh, detour, mealMinutes } = all;
  const check = (condition: boolean, message: string): void =>
    requireArgument(condition, 'visitRules', message);
  const isWhole = [leastMinutes, mostMinutes, mealMinutes].every((minutes) => Number.isInteger(minutes));
  check(isWhole && leastMinutes > 0 && mealMinutes >= 0, 'stops and breaks are whole minutes');
  check(mostMinutes >= leastMinutes, 'the longest stop is not shorter than the shortest');
  check(revisitMinutes > mostMinutes, 'time between visits is longer than a stop');
  check(share > 0 && share <= 1, `a share lies between 0 and 1, got ${share}`);
  check(speedKmh > 0 && detour >= 1, 'speed is above 0 and a way is not shorter than a straight line');
  return all;
}

/** Visits that a unit makes in an hour on duty, on average, with so many minutes to drive to each. */
export function visitsPerHour(rules: VisitRules, travelMinutes: number): number {
  return (rules.share * 60) / ((rules.leastMinutes + rules.mostMinutes) / 2 + travelMinutes);
}
