import { CRIME_CATEGORIES } from '@crimetracker/schema';
import type { CodeGroup } from './codes.js';
import { HOURS, KIND, SUSPECT, VICTIM, valuePlaces } from './codes.js';
import type { CityIndex, CountRequest } from './counts.js';
import type { MapResolution, ValueDimension } from './dimensions.js';
import { MAP_RESOLUTIONS, VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from './dimensions.js';
import type { Filters } from './filters.js';
import { filtersToQuery, hasPersonFilter } from './filters.js';
import type { DateRange, Grain } from './periods.js';
import { coarseGrain, periodStarts, rangeBefore, rangeOf, seriesGrain } from './periods.js';
import type { Places } from './shard.js';

/** A filter that a row fails is a bit; a row that fails one filter only is counted where that filter is left out. */
export const FAILS: Readonly<Record<ValueDimension | 'jurisdiction' | 'week' | 'cell', number>> = {
  ...(Object.fromEntries(VALUE_DIMENSION_NAMES.map((name, place) => [name, 1 << place])) as Record<
    ValueDimension,
    number
  >),
  jurisdiction: 1 << VALUE_DIMENSION_NAMES.length,
  week: 1 << (VALUE_DIMENSION_NAMES.length + 1),
  cell: 1 << (VALUE_DIMENSION_NAMES.length + 2),
};

/** Bits of the filters without dates that each code fails; undefined where no filter looks at the code. */
export interface FailMasks {
  readonly categories: Int32Array;
  readonly jurisdictions: Int32Array;
  readonly kinds: Int32Array | undefined;
  readonly victims: Int32Array | undefined;
  readonly suspects: Int32Array | undefined;
  /** By weekday × HOURS + hour. */
  readonly slots: Int32Array | undefined;
  /** By place + 1; the first is that of no place. */
  readonly places: Int32Array | undefined;
  /** Filters that look at rows, which are all but those by category and jurisdiction. */
  readonly ofRows: readonly (keyof typeof FAILS)[];
}

/** A request, worked out for one city. */
export interface TallyPlan {
  /** Equal for requests that differ in their dates only. */
  readonly key: string;
  readonly filters: Filters;
  readonly range: DateRange;
  readonly before: DateRange;
  readonly masks: FailMasks;
  readonly resolution: MapResolution | undefined;
  readonly months: readonly string[];
  readonly grain: Grain;
  readonly periods: readonly string[];
  readonly coarse: Grain;
  readonly coarsePeriods: readonly string[];
  /** The filter by values, when it is the only one beside dates and cities. */
  readonly only: SingleFilter | undefined;
}

/** Filters by single values, which incidents have one of: counts of several are the sum of the counts of each. */
export const SINGLE_FILTERS = [...VALUE_DIMENSION_NAMES, 'weekday', 'hour'] as const;
export type SingleFilter = (typeof SINGLE_FILTERS)[number];

/** Works a request out for a city; `places` may be left out where nothing is tallied. */
export function planTally(index: CityIndex, request: CountRequest, places?: Places): TallyPlan {
  const { filters } = request;
  const range = rangeOf(filters, index.range);
  const isEmpty = range.from > range.to;
  const grain = seriesGrain(filters, range);
  const coarse = coarseGrain(range);
  const { from: _from, to: _to, source: _source, ...others } = filters;
  return {
    key: filtersToQuery(others).toString(),
    filters: others,
    range,
    before: rangeBefore(range),
    masks: failMasks(index, filters, places),
    resolution: hasPersonFilter(filters) ? undefined : request.resolution,
    months: periodStarts('month', index.range),
    grain,
    periods: isEmpty ? [] : periodStarts(grain, range),
    coarse,
    coarsePeriods: isEmpty ? [] : periodStarts(coarse, range),
    only: onlyFilter(others),
  };
}

function onlyFilter(filters: Filters): SingleFilter | undefined {
  const names = Object.entries(filters).flatMap(([name, chosen]) => (chosen === undefined ? [] : [name]));
  return names.length === 1 ? SINGLE_FILTERS.find((name) => name === names[0]) : undefined;
}

function failMasks(index: CityIndex, filters: Filters, places: Places | undefined): FailMasks {
  const { weekday, hour, cell, jurisdiction, crime_category } = filters;
  return {
    categories: Int32Array.from(CRIME_CATEGORIES, (name) =>
      crime_category === undefined || crime_category.includes(name) ? 0 : FAILS.crime_category,
    ),
    jurisdictions: Int32Array.from(index.jurisdictions, (name) =>
      jurisdiction === undefined || jurisdiction.includes(name) ? 0 : FAILS.jurisdiction,
    ),
    kinds: groupMask(KIND, filters),
    victims: groupMask(VICTIM, filters),
    suspects: groupMask(SUSPECT, filters),
    slots:
      weekday === undefined && hour === undefined
        ? undefined
        : Int32Array.from({ length: 7 * HOURS }, (_, slot) =>
            (weekday?.includes(Math.floor(slot / HOURS)) ?? true) && (hour?.includes(slot % HOURS) ?? true)
              ? 0
              : FAILS.week,
          ),
    places: cell === undefined || places === undefined ? undefined : placeMask(places, cell),
    ofRows: [
      ...VALUE_DIMENSION_NAMES.filter((name) => name !== 'crime_category' && filters[name] !== undefined),
      ...(weekday === undefined && hour === undefined ? [] : (['week'] as const)),
      ...(cell === undefined ? [] : (['cell'] as const)),
    ],
  };
}

function groupMask(group: CodeGroup, filters: Filters): Int32Array | undefined {
  const filtered = group.dimensions.filter((name) => filters[name] !== undefined);
  if (filtered.length === 0) return undefined;
  const mask = new Int32Array(group.size);
  for (const name of filtered) {
    const values: readonly string[] = VALUE_DIMENSIONS[name].values;
    const passes = values.map((value) => (filters[name] as readonly string[]).includes(value));
    for (const [code, place] of valuePlaces(group, name).entries()) {
      if (!passes[place]) mask[code] = (mask[code] ?? 0) | FAILS[name];
    }
  }
  return mask;
}

function placeMask({ cells, cellOf }: Places, chosen: readonly string[]): Int32Array {
  const mask = new Int32Array((cellOf[MAP_RESOLUTIONS[0]].length ?? 0) + 1).fill(FAILS.cell);
  for (const resolution of MAP_RESOLUTIONS) {
    const list = cells[resolution];
    const isChosen = new Set(chosen.map((cell) => list.indexOf(cell)));
    isChosen.delete(-1);
    if (isChosen.size === 0) continue;
    for (const [place, cell] of cellOf[resolution].entries()) if (isChosen.has(cell)) mask[place + 1] = 0;
  }
  return mask;
}
