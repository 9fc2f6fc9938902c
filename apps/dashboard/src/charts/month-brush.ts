import type { DateRange } from '@crimetracker/crossfilter';
import { periodStarts } from '@crimetracker/crossfilter';

/** Months by their place in all months of the data, both included. */
export interface MonthSpan {
  readonly first: number;
  readonly last: number;
}

/** Months of the data and the chosen ones among them. */
export interface MonthAxis {
  /** First days of all months. */
  readonly months: readonly string[];
}

export const monthAxis = (data: DateRange): MonthAxis => ({ months: periodStarts('month', data) });

const limited = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));
const daysOfMonth = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();

/** The place of a date's month; beyond the ends where it lies beyond the data. */
function placeOf({ months }: MonthAxis, date: string): number {
  const [year = 0, month = 0] = (months[0] ?? date).split('-').map(Number);
  const [ofYear = 0, ofMonth = 0] = date.split('-').map(Number);
  return (ofYear - year) * 12 + ofMonth - month;
}

/** The months that a range touches, within the data. */
export function spanOf(axis: MonthAxis, range: DateRange): MonthSpan {
  const end = axis.months.length - 1;
  return {
    first: limited(placeOf(axis, range.from), 0, end),
    last: limited(placeOf(axis, range.to), 0, end),
  };
}

/** First and last day of whole months. */
export function rangeOfSpan({ months }: MonthAxis, { first, last }: MonthSpan): DateRange {
  const final = months[last] ?? '';
  return { from: months[first] ?? '', to: `${final.slice(0, 7)}-${daysOfMonth(final)}` };
}

/** Where a range begins and ends on the axis, in months: 1.5 is the middle of the second. */
export function edgesOf(axis: MonthAxis, { from, to }: DateRange): readonly [number, number] {
  const edge = (date: string, days: number): number =>
    limited(placeOf(axis, date) + days / daysOfMonth(date), 0, axis.months.length);
  return [edge(from, Number(from.slice(8)) - 1), edge(to, Number(to.slice(8)))];
}

/** The month at a share of the width. */
export function monthAt({ months }: MonthAxis, share: number): number {
  return limited(Math.floor(share * months.length), 0, months.length - 1);
}

/** Moves all chosen months, without changing how many they are, as far as the data go. */
export function moved({ months }: MonthAxis, { first, last }: MonthSpan, by: number): MonthSpan {
  const step = limited(by, -first, months.length - 1 - last);
  return { first: first + step, last: last + step };
}

/** Puts one end at a month; the other end stays, and at least one month. */
export function resized(
  { months }: MonthAxis,
  { first, last }: MonthSpan,
  end: 'first' | 'last',
  to: number,
): MonthSpan {
  return end === 'first'
    ? { first: limited(to, 0, last), last }
    : { first, last: limited(to, first, months.length - 1) };
}

/** The months between two, whichever comes first. */
export const spanBetween = (a: number, b: number): MonthSpan => ({
  first: Math.min(a, b),
  last: Math.max(a, b),
});

/** How far a key moves, in months; undefined for a key that does not. */
export function stepOf(key: string): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return -1;
    case 'ArrowRight':
    case 'ArrowUp':
      return 1;
    case 'PageDown':
      return -12;
    case 'PageUp':
      return 12;
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return Number.POSITIVE_INFINITY;
    default:
      return undefined;
  }
}
