import type { FilterName, Filters } from '@crimetracker/crossfilter';

export interface CityPlaces {
  readonly source: string;
  readonly jurisdictions: readonly string[];
}

export type FilterChanges = { readonly [name in FilterName]?: Filters[name] | undefined };

/** The cities that have one of the jurisdictions; undefined when all have. */
function citiesOf(
  jurisdictions: readonly string[],
  cities: readonly CityPlaces[],
): readonly string[] | undefined {
  const having = cities
    .filter((city) => city.jurisdictions.some((name) => jurisdictions.includes(name)))
    .map(({ source }) => source);
  return having.length === 0 || having.length === cities.length ? undefined : having;
}

const isSame = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === undefined || b === undefined
    ? a === b
    : a.length === b.length && a.every((value) => b.includes(value));

/**
 * Keeps cities and jurisdictions in step: jurisdictions of one city show that city only, and all cities again once they
 * are cleared; another city takes the jurisdictions of the first out.
 */
export function narrowCities(
  before: Filters,
  changes: FilterChanges,
  cities: readonly CityPlaces[],
): FilterChanges {
  if ('jurisdiction' in changes && !('source' in changes)) {
    const next = changes.jurisdiction ?? [];
    if (next.length > 0) return { ...changes, source: citiesOf(next, cities) ?? before.source };
    const narrowed = citiesOf(before.jurisdiction ?? [], cities);
    return narrowed !== undefined && isSame(narrowed, before.source)
      ? { ...changes, source: undefined }
      : changes;
  }
  if ('source' in changes && !('jurisdiction' in changes) && before.jurisdiction !== undefined) {
    const shown = cities.filter(
      ({ source }) => changes.source === undefined || changes.source.includes(source),
    );
    const left = before.jurisdiction.filter((name) =>
      shown.some((city) => city.jurisdictions.includes(name)),
    );
    return { ...changes, jurisdiction: left };
  }
  return changes;
}
