import type { AnalysedSource } from '@crimetracker/analysis-kit';
import { isoDateOf, mondayFrom } from '@crimetracker/analysis-kit';
import type { SqlRow } from '@crimetracker/engine';
import { isMasked } from './break-register.js';
import { ALL_CATEGORIES } from './context.js';
import type { SourcePeriods } from './periods.js';
import { dayOfMonth, monthOf } from './periods.js';

/** The counts of a category in a place, period by period. */
export interface WatchedCounts {
  readonly source: AnalysedSource;
  readonly jurisdiction: string;
  readonly category: string;
  readonly calendar: WatchedCalendar;
  /** Null in periods in which the place has no record at all. */
  readonly counts: readonly (number | null)[];
}

/** Whole periods one after the other, the last of which is complete. */
export interface WatchedCalendar {
  readonly frequency: 'week' | 'month';
  /** First day of each period, and the day after the last. */
  readonly starts: readonly number[];
  /** The place of each period in the year: 0 to 51 or 0 to 11. */
  readonly places: readonly number[];
  readonly masked: readonly boolean[];
}

export const WHOLE_CITY = 'all';

/** Months up to the last complete one, `months` at most. */
export function monthsOf(
  source: AnalysedSource,
  periods: SourcePeriods,
  months = Number.POSITIVE_INFINITY,
): WatchedCalendar {
  const last = periods.lastCompleteMonth;
  const first = Math.max(periods.firstMonth, last - months + 1);
  const starts = Array.from({ length: Math.max(0, last - first + 2) }, (_, i) => dayOfMonth(first + i));
  return calendarOf(
    source,
    'month',
    starts,
    starts.slice(1).map((_, i) => (first + i) % 12),
  );
}

/** Weeks from Monday to Sunday up to the last complete month. */
export function weeksOf(source: AnalysedSource, periods: SourcePeriods): WatchedCalendar {
  const monday = mondayFrom(periods.firstDay);
  const end = Math.min(periods.lastDay + 1, dayOfMonth(periods.lastCompleteMonth + 1));
  const weeks = Math.floor((end - monday) / 7);
  const starts = weeks < 1 ? [] : Array.from({ length: weeks + 1 }, (_, i) => monday + 7 * i);
  return calendarOf(source, 'week', starts, starts.slice(0, -1).map(weekOfYear));
}

function calendarOf(
  source: AnalysedSource,
  frequency: 'week' | 'month',
  starts: readonly number[],
  places: readonly number[],
): WatchedCalendar {
  const masked = starts
    .slice(1)
    .map((end, i) => isMasked(source.id, isoDateOf(starts[i] ?? end), isoDateOf(end - 1)));
  return { frequency, starts, places, masked };
}

/** Sevenths of the year, the last one longer: a year is not 52 weeks, and places must not drift against it. */
function weekOfYear(day: number): number {
  const dayOfYear = day - dayOfMonth(monthOf(day) - (monthOf(day) % 12));
  return Math.min(51, Math.floor(dayOfYear / 7));
}

/** Series of a whole city by category, and of all categories together, in the order of their names. */
export function citySeries(
  source: AnalysedSource,
  days: readonly SqlRow[],
  calendar: WatchedCalendar,
): WatchedCounts[] {
  const periodOf = periodFinder(calendar);
  const series = new Map<string, Float64Array>();
  for (const row of days) {
    const at = periodOf(Number(row.day));
    if (at !== undefined) add(series, String(row.crime_category), at, Number(row.incidents), calendar);
  }
  return sorted(series).map(([category, counts]) => ({
    source,
    jurisdiction: WHOLE_CITY,
    category,
    calendar,
    counts: [...counts],
  }));
}

/** Monthly series of every neighbourhood, likewise; null before its first and after its last record. */
export function neighbourhoodSeries(
  source: AnalysedSource,
  rows: readonly SqlRow[],
  calendar: WatchedCalendar,
): WatchedCounts[] {
  const first = calendar.starts[0] === undefined ? 0 : monthOf(calendar.starts[0]);
  const length = calendar.masked.length;
  const places = new Map<string, Map<string, Float64Array>>();
  for (const row of rows) {
    const at = Number(row.month) - first;
    if (at < 0 || at >= length) continue;
    const name = String(row.jurisdiction);
    const place = places.get(name) ?? new Map<string, Float64Array>();
    places.set(name, place);
    add(place, String(row.crime_category), at, Number(row.incidents), calendar);
  }
  return sorted(places).flatMap(([jurisdiction, place]) => {
    const all = place.get(ALL_CATEGORIES) ?? new Float64Array(length);
    const begins = all.findIndex((count) => count > 0);
    const ends = all.findLastIndex((count) => count > 0);
    return sorted(place).map(([category, counts]) => ({
      source,
      jurisdiction,
      category,
      calendar,
      counts: Array.from(counts, (count, i) => (i < begins || i > ends ? null : count)),
    }));
  });
}

function add(
  series: Map<string, Float64Array>,
  category: string,
  at: number,
  incidents: number,
  { masked }: WatchedCalendar,
): void {
  for (const name of [ALL_CATEGORIES, category]) {
    const counts = series.get(name) ?? new Float64Array(masked.length);
    series.set(name, counts);
    counts[at] = (counts[at] as number) + incidents;
  }
}

/** The index of the period of a day; undefined outside. */
function periodFinder({ starts }: WatchedCalendar): (day: number) => number | undefined {
  const first = starts[0] ?? 0;
  const periods: number[] = [];
  for (const [i, start] of starts.slice(0, -1).entries())
    for (let day = start; day < (starts[i + 1] ?? start); day += 1) periods.push(i);
  return (day) => periods[day - first];
}

/** By name. */
export function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
