import type { MapResolution, ValueDimension } from './dimensions.js';
import type { Filters } from './filters.js';
import type { DateRange, Grain } from './periods.js';

/** A count to show; null is hidden, because it is small and of persons. */
export type Count = number | null;

export interface CountRequest {
  readonly filters: Filters;
  /** Resolution of the cells; without it no cell is counted. */
  readonly resolution?: MapResolution | undefined;
}

/**
 * Incidents of one city under the filters.
 *
 * As in a crossfilter, what is counted by a dimension leaves the filter of that dimension out, so that its other values
 * can be seen and chosen: `values`, `jurisdiction` and `jurisdictionSeries`, `weaponSeries` (weapon_category),
 * `weekHours` (weekday and hour), `months` (dates), `cells` (cell). All else keeps every filter.
 */
export interface CityCounts {
  readonly source: string;
  /** Days that were counted: the range of the filters within the data of the city. */
  readonly range: DateRange;
  readonly total: Count;
  /** The same under the same filters in `rangeBefore(range)`; null also when the data do not reach back that far. */
  readonly before: { readonly range: DateRange; readonly total: Count } | null;
  /** Of each value, in the order of the vocabulary. */
  readonly values: { readonly [name in ValueDimension]: readonly Count[] };
  /** Of each jurisdiction of the city, in the order of the catalogue. */
  readonly jurisdiction: readonly Count[];
  /** Weekday × 24 + hour, Monday 0. */
  readonly weekHours: readonly Count[];
  /** Incidents without a time of day; they are in no hour. Any filter by hour is left out. */
  readonly noTime: Count;
  /** Of the months of all data of the city, whatever the dates of the filters. */
  readonly months: Series;
  /** Of the periods of the range. */
  readonly series: Series;
  readonly jurisdictionSeries: ManySeries;
  readonly weaponSeries: ManySeries;
  /** Null when persons are filtered, or no resolution was asked for. */
  readonly cells: CellsCounted | null;
}

export interface Series {
  readonly grain: Grain;
  /** First days of the periods, as `periodStarts` gives them. */
  readonly starts: readonly string[];
  readonly counts: readonly Count[];
}

export interface ManySeries {
  readonly grain: Grain;
  readonly starts: readonly string[];
  /** Of each value, in its order, the counts of the periods. */
  readonly counts: readonly (readonly Count[])[];
}

export interface CellsCounted {
  readonly resolution: MapResolution;
  /** Places in the city's list of cells of this resolution that have an incident, ascending. */
  readonly places: readonly number[];
  readonly counts: readonly number[];
  /** Incidents under the filters that are in no cell: without good coordinates, or of a category never shown by cell. */
  readonly elsewhere: number;
}

/** What is counted where, without which places and jurisdictions have no name. */
export interface CityIndex {
  readonly source: string;
  readonly city: string;
  readonly range: DateRange;
  readonly incidents: number;
  /** Names in ascending order; NO_JURISDICTION last, when there are such incidents. */
  readonly jurisdictions: readonly string[];
  /** H3 cells in ascending order, by resolution. */
  readonly cells: { readonly [resolution in MapResolution]: readonly string[] };
}
