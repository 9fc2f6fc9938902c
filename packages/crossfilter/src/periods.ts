import type { Filters } from './filters.js';
import { namesSexOffence } from './filters.js';

/** Lengths of the periods in which incidents are counted over time. */
export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

/** Days from the first to the last, as ISO dates, both included. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;
const DAYS_BY_DAY = 92;
const DAYS_BY_WEEK = 731;
const DAYS_BY_MONTH = 1_827;

const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export function daysIn({ from, to }: DateRange): number {
  return Math.round((timeOf(to) - timeOf(from)) / DAY) + 1;
}

/** The range of the filters within the days of the data. Filters beyond them give a range with `from` after `to`. */
export function rangeOf({ from, to }: Filters, data: DateRange): DateRange {
  return {
    from: from === undefined || from < data.from ? data.from : from,
    to: to === undefined || to > data.to ? data.to : to,
  };
}

/** The grain in which a range is drawn: fine where it is short. Sex offences are never told by day or week. */
export function seriesGrain(filters: Filters, range: DateRange): Grain {
  if (namesSexOffence(filters)) return 'month';
  const days = daysIn(range);
  return days <= DAYS_BY_DAY ? 'day' : days <= DAYS_BY_WEEK ? 'week' : 'month';
}

/** The grain of small charts, of which there are many: at most sixty periods of a month or longer. */
export function coarseGrain(range: DateRange): Grain {
  return daysIn(range) <= DAYS_BY_MONTH ? 'month' : 'quarter';
}

/** First day of the period that holds a date; weeks begin on Monday. */
export function periodStart(grain: Grain, date: string): string {
  const time = timeOf(date);
  const day = new Date(time);
  switch (grain) {
    case 'day':
      return date;
    case 'week':
      return dateOf(time - ((day.getUTCDay() + 6) % 7) * DAY);
    case 'month':
      return `${date.slice(0, 7)}-01`;
    case 'quarter':
      return dateOf(Date.UTC(day.getUTCFullYear(), Math.floor(day.getUTCMonth() / 3) * 3, 1));
    case 'year':
      return `${date.slice(0, 4)}-01-01`;
  }
}

function nextStart(grain: Grain, start: string): string {
  const time = timeOf(start);
  const day = new Date(time);
  switch (grain) {
    case 'day':
      return dateOf(time + DAY);
    case 'week':
      return dateOf(time + 7 * DAY);
    case 'month':
      return dateOf(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1));
    case 'quarter':
      return dateOf(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 3, 1));
    case 'year':
      return dateOf(Date.UTC(day.getUTCFullYear() + 1, 0, 1));
  }
}

/** First days of all periods that a range touches, in order; the first and the last may lie in it only in part. */
export function periodStarts(grain: Grain, { from, to }: DateRange): readonly string[] {
  const starts: string[] = [];
  for (let start = periodStart(grain, from); start <= to; start = nextStart(grain, start)) starts.push(start);
  return starts;
}

/** Whether a period lies in the range with all its days. */
export function isWholePeriod(grain: Grain, start: string, { from, to }: DateRange): boolean {
  return start >= from && nextStart(grain, start) <= dateOf(timeOf(to) + DAY);
}

/** The same days as few whole years earlier as it takes not to overlap: what a change is measured against. */
export function rangeBefore(range: DateRange): DateRange {
  for (let years = Math.max(1, Math.floor(daysIn(range) / 366)); ; years += 1) {
    const before = { from: yearsEarlier(range.from, years), to: yearsEarlier(range.to, years) };
    if (before.to < range.from) return before;
  }
}

function yearsEarlier(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) - years).padStart(4, '0');
  const moved = `${year}${date.slice(4)}`;
  return moved.endsWith('-02-29') && !isLeapYear(Number(year)) ? `${year}-02-28` : moved;
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
