import { WEEK_HOURS } from '../weekly-demand.js';

/** Hours that hold the times at which people write down a time they do not know: 00:00, 00:01 and 12:00. */
const HEAPED_HOURS = [0, 12] as const;

/**
 * Gives the hours 0 and 12 of each day back what was taken with the heaped times. Counting leaves out everything at
 * 00:00, 00:01 and 12:00, real ones included; the hour gets as many of them as bring it to the mean of the hours beside
 * it, as far as there are so many. Changes `hours`, the counts of a week; returns the incidents whose hour stays unknown.
 */
export function placeHeapedTimes(hours: Float64Array, withoutHour: number): number {
  const missing: { readonly hour: number; readonly incidents: number }[] = [];
  for (let day = 0; day < WEEK_HOURS; day += 24) {
    for (const heaped of HEAPED_HOURS) {
      const hour = day + heaped;
      const before = hours[(hour + WEEK_HOURS - 1) % WEEK_HOURS] ?? 0;
      const after = hours[(hour + 1) % WEEK_HOURS] ?? 0;
      missing.push({ hour, incidents: Math.max(0, (before + after) / 2 - (hours[hour] ?? 0)) });
    }
  }
  const total = missing.reduce((sum, { incidents }) => sum + incidents, 0);
  const part = total === 0 ? 0 : Math.min(1, withoutHour / total);
  for (const { hour, incidents } of missing) hours[hour] = (hours[hour] ?? 0) + part * incidents;
  return Math.max(0, withoutHour - part * total);
}
