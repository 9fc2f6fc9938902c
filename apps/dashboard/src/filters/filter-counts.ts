import type { CityCounts, Count, Filters, ValueDimension } from '@crimetracker/crossfilter';
import { VALUE_DIMENSION_NAMES } from '@crimetracker/crossfilter';
import type { FilterChanges } from './narrow-cities.js';

/** The sum of counts; a hidden one makes it unknown. */
export function sumOf(counts: readonly Count[]): Count {
  let sum = 0;
  for (const count of counts) {
    if (count === null) return null;
    sum += count;
  }
  return sum;
}

/** Counts of the weekdays (or hours) of a city under the chosen hours (or weekdays). */
export function timeCounts(
  city: CityCounts,
  name: 'weekday' | 'hour',
  { weekday, hour }: Filters,
): readonly Count[] {
  const days = [0, 1, 2, 3, 4, 5, 6];
  const hours = Array.from({ length: 24 }, (_, i) => i);
  const at = (day: number, time: number): Count => city.weekHours[24 * day + time] ?? null;
  return name === 'weekday'
    ? days.map((day) => sumOf((hour ?? hours).map((time) => at(day, time))))
    : hours.map((time) => sumOf((weekday ?? days).map((day) => at(day, time))));
}

/** A filter that could be cleared, and what would match then. */
export interface WayOut {
  readonly label: string;
  readonly changes: FilterChanges;
  /** Of each city that is counted. */
  readonly counts: readonly Count[];
}

/**
 * Which single filters keep everything out: what would match without each, which the counts hold, as every dimension is
 * counted without its own filter. Filters whose clearing changes nothing are left out.
 */
export function waysOut(
  filters: Filters,
  cities: readonly CityCounts[],
  labels: Readonly<Record<ValueDimension | 'jurisdiction' | 'dates' | 'time', string>>,
): readonly WayOut[] {
  const ways: WayOut[] = [];
  const offer = (label: string, changes: FilterChanges, countsOf: (city: CityCounts) => readonly Count[]) => {
    const counts = cities.map((city) => sumOf(countsOf(city)));
    if (counts.some((count) => count !== 0)) ways.push({ label, changes, counts });
  };
  for (const name of VALUE_DIMENSION_NAMES)
    if (filters[name] !== undefined) offer(labels[name], { [name]: undefined }, (city) => city.values[name]);
  if (filters.jurisdiction !== undefined)
    offer(labels.jurisdiction, { jurisdiction: undefined }, (city) => city.jurisdiction);
  if (filters.weekday !== undefined || filters.hour !== undefined)
    offer(labels.time, { weekday: undefined, hour: undefined }, (city) => city.weekHours);
  if (filters.from !== undefined || filters.to !== undefined) {
    const range = cities[0]?.months.starts;
    offer(labels.dates, { from: range?.[0], to: undefined }, (city) => city.months.counts);
  }
  return ways;
}
