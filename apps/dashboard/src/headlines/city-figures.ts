import { WEEKDAYS } from '@crimetracker/analysis-kit';
import type { CityCounts, Count, DateRange, Filters } from '@crimetracker/crossfilter';
import { daysIn, VALUE_DIMENSIONS } from '@crimetracker/crossfilter';
import type { Change } from './change.js';
import { changeOf, monthlyDispersion } from './change.js';

export interface CityFigures {
  readonly total: Count;
  readonly perDay: number | null;
  readonly before: Count;
  readonly beforeRange: DateRange | null;
  readonly change: Change | undefined;
  readonly dispersion: number | undefined;
  /** With the share among the incidents that match; null where nothing matches, or too few to say. */
  readonly category: { readonly name: string; readonly count: number; readonly share: number } | null;
  readonly hour: { readonly name: string; readonly count: number; readonly share: number } | null;
  /** Undefined where arrests are not recorded; null where nothing matches, or what matches is hidden. */
  readonly arrests: { readonly share: number; readonly recorded: number } | null | undefined;
}

/** Fewer incidents do not make an hour the busiest. */
const FEWEST_IN_HOUR = 10;

/** The first of the largest counts among those that are let through; null when one is hidden or none is there. */
function largest(
  counts: readonly Count[],
  isLetThrough: (place: number) => boolean,
): { readonly place: number; readonly count: number; readonly share: number } | null {
  let sum = 0;
  let place = -1;
  let most = 0;
  for (const [i, count] of counts.entries()) {
    if (!isLetThrough(i)) continue;
    if (count === null) continue;
    sum += count;
    if (count > most) {
      most = count;
      place = i;
    }
  }
  return place < 0 ? null : { place, count: most, share: most / sum };
}

const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** The headline figures of a city. */
export function cityFigures(city: CityCounts, filters: Filters, data: DateRange): CityFigures {
  const { range, total, before, values } = city;
  const dispersion = monthlyDispersion(city.months, data);
  const categories: readonly string[] = VALUE_DIMENSIONS.crime_category.values;
  const chosen: readonly string[] | undefined = filters.crime_category;
  const category = largest(
    values.crime_category,
    (place) => chosen === undefined || chosen.includes(categories[place] ?? ''),
  );
  const hour = largest(
    city.weekHours,
    (place) =>
      (filters.weekday === undefined || filters.weekday.includes(Math.floor(place / 24))) &&
      (filters.hour === undefined || filters.hour.includes(place % 24)),
  );
  const [yes = 0, no = 0, notRecorded = 0] = values.arrest_made;
  const recorded = yes === null || no === null ? null : yes + no;
  const isRecorded = recorded !== 0 || notRecorded === 0;
  return {
    total,
    perDay: total === null || daysIn(range) < 1 ? null : total / daysIn(range),
    before: before?.total ?? null,
    beforeRange: before?.range ?? null,
    change: changeOf(total, range, before, dispersion),
    dispersion,
    category: category === null ? null : { ...category, name: categories[category.place] ?? '' },
    hour:
      hour === null || hour.count < FEWEST_IN_HOUR
        ? null
        : {
            ...hour,
            name: `${WEEKDAYS[Math.floor(hour.place / 24)] ?? ''} ${hourText(hour.place % 24)}–${hourText(((hour.place % 24) + 1) % 24)}`,
          },
    arrests: !isRecorded
      ? undefined
      : recorded === null || recorded === 0
        ? null
        : { share: (yes ?? 0) / recorded, recorded },
  };
}
