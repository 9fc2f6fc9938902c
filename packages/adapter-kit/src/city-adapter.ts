import type { AdapterColumnName } from '@crimetracker/schema';
import type { Field, Value } from './field.js';
import type { TextField } from './text-transform.js';

export interface Bounds {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

export interface Dataset {
  readonly id: string;
  readonly title: string;
  readonly portal: string;
  readonly years: string;
  readonly licence: string;
}

/** A header the source has published; used to name what a file is and what it came nearest to. */
export interface HeaderVintage {
  readonly id: string;
  readonly description: string;
  /** Column names as published, in order. */
  readonly header: readonly string[];
  /** Published name → raw column, where folding the name alone would mislead. Applies only to an exact match of this vintage. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Raw columns this vintage fixes for every record, as text (for example how its dates are written). */
  readonly constants?: Readonly<Record<string, string>>;
  /** Headers that occur twice: the first is read, and the reason why the second is not. */
  readonly duplicates?: Readonly<Record<string, string>>;
}

/** A raw column of the source, keyed by its folded name (lower case, `_` for other signs). */
export interface RawColumn {
  readonly description: string;
  /** Other folded names under which the column has been published. */
  readonly aliases?: readonly string[];
}

export interface CityAdapter {
  /** Agency's short name in lower case: `nypd`. */
  readonly id: string;
  readonly agency: string;
  readonly city: string;
  /** IANA time zone of all civil dates and times. */
  readonly timeZone: string;
  readonly bounds: Bounds;
  readonly datasets: readonly Dataset[];
  readonly columns: Readonly<Record<string, RawColumn>>;
  /** Each group needs at least one of its columns in the header; otherwise the file is not of this source. */
  readonly required: readonly (readonly string[])[];
  readonly vintages: readonly HeaderVintage[];
  readonly fields: Readonly<Record<string, Field>>;
  readonly texts: readonly TextField[];
  /** Canonical columns that are the same on every row of the source. */
  readonly constants: Readonly<Partial<Record<AdapterColumnName, Value>>>;
  /** Where the source places incidents it may not locate: used by the station-house rule. */
  readonly stationHouse?: {
    /** Raw column that holds the offence class. */
    readonly column: string;
    /** Its values, as digits without decimals, whose incidents are placed at the station house. */
    readonly values: readonly string[];
  };
}
