import type { CityCounts, CityIndex, Count, Filters } from '@crimetracker/crossfilter';
import {
  hasPersonFilter,
  namesSexOffence,
  PERSON_DIMENSIONS,
  VALUE_DIMENSION_NAMES,
  VALUE_DIMENSIONS,
} from '@crimetracker/crossfilter';
import { expect } from 'vitest';
import type { ExpectedCounts } from './expected-counts.js';

const HIDDEN_BELOW = 5;
const HIDDEN_BELOW_OF_SEX_OFFENCES = 10;

/** Holds every count of a city against what SQL gives, hidden ones where they must be. */
export function compareCounts(
  index: CityIndex,
  filters: Filters,
  counts: CityCounts,
  expected: ExpectedCounts,
): void {
  const least = namesSexOffence(filters) ? HIDDEN_BELOW_OF_SEX_OFFENCES : HIDDEN_BELOW;
  const ofPersons = hasPersonFilter(filters);
  const shown = (count: number, persons = ofPersons): Count =>
    persons && count > 0 && count < least ? null : count;
  const byName = (names: readonly string[], list: readonly Count[]): Record<string, Count> =>
    Object.fromEntries(names.map((name, place) => [name, list[place] ?? null]));
  const wanted = (
    names: readonly string[],
    found: Readonly<Record<string, number>>,
    persons?: boolean,
  ): Record<string, Count> =>
    Object.fromEntries(names.map((name) => [name, shown(found[name] ?? 0, persons)]));

  expect(counts.total).toBe(shown(expected.total));
  for (const name of VALUE_DIMENSION_NAMES) {
    const { values } = VALUE_DIMENSIONS[name];
    const persons = ofPersons || (PERSON_DIMENSIONS as readonly string[]).includes(name);
    expect(byName(values, counts.values[name]), name).toEqual(wanted(values, expected.values[name], persons));
  }
  expect(byName(index.jurisdictions, counts.jurisdiction)).toEqual(
    wanted(index.jurisdictions, expected.values.jurisdiction),
  );
  const hours = Array.from({ length: 168 }, (_, hour) => String(hour));
  expect(byName(hours, counts.weekHours)).toEqual(wanted(hours, expected.weekHours));
  const { starts } = counts.months;
  expect(byName(starts, counts.months.counts)).toEqual(wanted(starts, expected.months));
  if (expected.cells === undefined) expect(counts.cells).toBeNull();
  else {
    const cells = index.cells[counts.cells?.resolution ?? 8];
    const found = counts.cells?.places.map((place, at) => [cells[place], counts.cells?.counts[at]]) ?? [];
    expect(Object.fromEntries(found)).toEqual(expected.cells);
  }
}
