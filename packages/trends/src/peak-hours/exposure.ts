import type { NotEnoughData, Period } from '@crimetracker/analysis-kit';
import {
  dayIndexOf,
  MS_PER_DAY,
  MS_PER_HOUR,
  notEnoughData,
  weekdayOf,
  zoneTransitions,
} from '@crimetracker/analysis-kit';
import { HOURS_PER_WEEK } from './week-slots.js';

export type Exposure =
  | {
      readonly kind: 'exposure';
      /** 168 numbers of hours by weekday × hour, Monday 00:00 first; whole where clocks change by whole hours. */
      readonly hours: readonly number[];
      readonly days: number;
      /** Sum of the hours: what passed from the first midnight to the one after the last day. */
      readonly totalHours: number;
    }
  | NotEnoughData;

/**
 * How often each weekday × hour slot occurred in a period on the clocks of a time zone: the denominator of a rate.
 * The hour left out in spring counts once less, the one repeated in autumn once more. A period without a day, or with
 * a date that does not exist, is a stated reason; an unknown zone throws RangeError.
 */
export function weekSlotExposure({ from, to }: Period, timeZone: string): Exposure {
  const first = dayIndexOf(from);
  const last = dayIndexOf(to);
  if (first === undefined || last === undefined) {
    return notEnoughData(`the period ${from} to ${to} has a date that does not exist`);
  }
  if (last < first) return notEnoughData(`the period ${from} to ${to} ends before it begins`);
  const days = last - first + 1;
  const hours = new Float64Array(HOURS_PER_WEEK);
  for (let weekday = 0; weekday < 7; weekday++) {
    const toFirst = (weekday - weekdayOf(first) + 7) % 7;
    const occurrences = days > toFirst ? Math.floor((days - toFirst - 1) / 7) + 1 : 0;
    hours.fill(occurrences, weekday * 24, weekday * 24 + 24);
  }
  let totalHours = days * 24;
  const firstYear = Number(from.slice(0, 4));
  const lastYear = Number(to.slice(0, 4));
  // A local date near New Year can lie in the neighbouring UTC year.
  for (let year = firstYear - 1; year <= lastYear + 1; year++) {
    for (const { atMs, offsetBeforeMs, offsetAfterMs } of zoneTransitions(timeZone, year)) {
      const changeMs = offsetBeforeMs - offsetAfterMs;
      const end = atMs + Math.max(offsetBeforeMs, offsetAfterMs);
      let at = atMs + Math.min(offsetBeforeMs, offsetAfterMs);
      while (at < end) {
        const next = Math.min(end, (Math.floor(at / MS_PER_HOUR) + 1) * MS_PER_HOUR);
        const dayIndex = Math.floor(at / MS_PER_DAY);
        if (dayIndex >= first && dayIndex <= last) {
          const slot = weekdayOf(dayIndex) * 24 + Math.floor((at - dayIndex * MS_PER_DAY) / MS_PER_HOUR);
          const changed = (Math.sign(changeMs) * (next - at)) / MS_PER_HOUR;
          hours[slot] = (hours[slot] ?? 0) + changed;
          totalHours += changed;
        }
        at = next;
      }
    }
  }
  return { kind: 'exposure', hours: [...hours], days, totalHours };
}
