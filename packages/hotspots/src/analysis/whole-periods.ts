import type { Period } from '@crimetracker/analysis-kit';
import { dayIndexOf, isoDateOf, mondayFrom } from '@crimetracker/analysis-kit';

/** First and last whole month (year × 12 + month − 1) and whole week (since Monday 5 January 1970) of a city's data. */
export interface WholePeriods {
  readonly firstMonth: number;
  readonly lastMonth: number;
  readonly firstWeek: number;
  readonly lastWeek: number;
}

/** Months of the recent period: the last twelve whole ones. */
export const RECENT_MONTHS = 12;

const FIRST_MONDAY = 4;

/** The whole months and weeks between the first and the last incident within a window; undefined without an incident. */
export function wholePeriods(observed: Period | undefined, window: Period): WholePeriods | undefined {
  if (observed === undefined) return undefined;
  const days = [observed.from, window.from, observed.to, window.to].map(
    (date) => dayIndexOf(date) ?? Number.NaN,
  );
  const first = Math.max(...days.slice(0, 2));
  const last = Math.min(...days.slice(2));
  if (!(first <= last)) return undefined;
  return {
    firstMonth: monthOf(first - 1) + 1,
    lastMonth: monthOf(last + 1) - 1,
    firstWeek: Math.floor((mondayFrom(first) - FIRST_MONDAY) / 7),
    lastWeek: Math.floor((last + 1 - FIRST_MONDAY) / 7) - 1,
  };
}

function monthOf(day: number): number {
  const date = isoDateOf(day);
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

/** A month as text, such as 2023-12. */
export function monthText(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** First and last month as one text. */
export function spanText(first: number, last: number): string {
  return `${monthText(first)} to ${monthText(last)}`;
}

/** The Monday that begins a week, as ISO date. */
export function mondayOf(week: number): string {
  return isoDateOf(FIRST_MONDAY + 7 * week);
}

/** First day of a month and last day of another, as ISO dates. */
export function daysOfMonths(first: number, last: number): Period {
  const firstDayOf = (month: number): number => dayIndexOf(`${monthText(month)}-01`) ?? 0;
  return { from: isoDateOf(firstDayOf(first)), to: isoDateOf(firstDayOf(last + 1) - 1) };
}
