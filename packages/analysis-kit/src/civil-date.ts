/** Civil dates and wall-clock times as text, and as whole numbers that know no time zone. */

export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;

/** Names of the weekdays, Monday first, as `weekdayOf` counts. */
export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const CLOCK_TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Days from 1970-01-01 to an ISO date, or undefined when there is no such date. */
export function dayIndexOf(isoDate: string): number | undefined {
  const match = ISO_DATE.exec(isoDate);
  if (match === null) return undefined;
  const index = Math.floor(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / MS_PER_DAY);
  return isoDateOf(index) === isoDate ? index : undefined;
}

/** The ISO date so many days after 1970-01-01. */
export function isoDateOf(dayIndex: number): string {
  return new Date(dayIndex * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The weekday of a day index, Monday = 0 to Sunday = 6. */
export function weekdayOf(dayIndex: number): number {
  // 1970-01-01 was a Thursday.
  return (((dayIndex + 3) % 7) + 7) % 7;
}

/** The first Monday on or after a day. */
export function mondayFrom(dayIndex: number): number {
  return dayIndex + ((7 - weekdayOf(dayIndex)) % 7);
}

/**
 * Wall-clock milliseconds since 1970-01-01 00:00 of the same clock, or undefined when date or time is malformed.
 * Times are HH:MM or HH:MM:SS, 00:00 to 23:59.
 */
export function wallClockMs(isoDate: string, time: string): number | undefined {
  const dayIndex = dayIndexOf(isoDate);
  const match = CLOCK_TIME.exec(time);
  if (dayIndex === undefined || match === null) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return dayIndex * MS_PER_DAY + minutes * MS_PER_MINUTE + Number(match[3] ?? 0) * 1000;
}
