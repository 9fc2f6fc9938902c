import type { DutyLine } from '../schedule.js';
import type { WeeklyDemand } from '../weekly-demand.js';
import { WEEK_HOURS } from '../weekly-demand.js';

/** Units on duty by jurisdiction and hour of the week. */
export function countOnDuty(
  lines: readonly Omit<DutyLine, 'unit'>[],
  jurisdictions: number,
  shiftHours: number,
): readonly Int32Array[] {
  const onDuty = Array.from({ length: jurisdictions }, () => new Int32Array(WEEK_HOURS));
  for (const { jurisdiction, startHour, days } of lines) {
    const row = onDuty[jurisdiction] ?? new Int32Array(WEEK_HOURS);
    for (const day of days)
      for (let i = 0; i < shiftHours; i += 1) {
        const hour = (day * 24 + startHour + i) % WEEK_HOURS;
        row[hour] = (row[hour] ?? 0) + 1;
      }
  }
  return onDuty;
}

/** Expected recorded harm that the units on duty cover: each unit adds its part of what is expected in that hour. */
export function coveredHarm(demand: WeeklyDemand, onDuty: readonly Int32Array[]): number {
  let covered = 0;
  for (const [j, hours] of demand.hours.entries()) {
    const upTo = cumulative(demand.returns[j] ?? []);
    const row = onDuty[j];
    for (let hour = 0; hour < WEEK_HOURS; hour += 1)
      covered += (hours[hour] ?? 0) * (upTo[Math.min(row?.[hour] ?? 0, upTo.length - 1)] ?? 0);
  }
  return covered;
}

function cumulative(parts: readonly number[]): readonly number[] {
  const sums = [0];
  for (const part of parts) sums.push((sums.at(-1) ?? 0) + part);
  return sums;
}
