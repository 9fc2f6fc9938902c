import type { DateRange, Filters } from '@crimetracker/crossfilter';
import { rangeBefore, rangeOf } from '@crimetracker/crossfilter';
import type { CityEntry } from '../documents.js';

type CityYears = Pick<CityEntry, 'source' | 'range' | 'years'>;

const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The first year of a city whose incidents a count needs: of the days themselves, or of those they are held against. */
export function firstYearNeeded(filters: Filters, { range: data }: Pick<CityEntry, 'range'>): number {
  const range = rangeOf(filters, data);
  const last = yearOf(data.to);
  if (range.from > range.to) return last;
  const before = rangeBefore(range);
  // What is not reached by the data is not compared, so those years are not needed.
  return yearOf(before.from < data.from ? range.from : before.from);
}

/** Years of a city from the first needed up to those that are there, the latest first. */
export function yearsToLoad(
  city: CityYears,
  firstNeeded: number,
  firstLoaded: number | undefined,
): CityYears['years'] {
  return city.years
    .filter(({ year }) => year >= firstNeeded && (firstLoaded === undefined || year < firstLoaded))
    .toSorted((a, b) => b.year - a.year);
}

/** The days of a city whose shards are loaded. */
export function loadedRange({ range }: Pick<CityEntry, 'range'>, firstLoaded: number): DateRange {
  const start = `${firstLoaded}-01-01`;
  return { from: start > range.from ? start : range.from, to: range.to };
}

/** Years in words, `2010` or `2010 to 2014`. */
export function yearsText(years: readonly number[]): string {
  const first = Math.min(...years);
  const last = Math.max(...years);
  return first === last ? String(first) : `${first} to ${last}`;
}

const MEGABYTE = 1_000_000;

/** A size as it is told before something is loaded. */
export function sizeText(bytes: number): string {
  const size = bytes / MEGABYTE;
  return `${size < 1 ? Math.max(0.1, Math.round(size * 10) / 10) : Math.round(size)} MB`;
}
