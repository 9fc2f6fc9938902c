import type { CityIndex, DateRange, MapResolution } from '@crimetracker/crossfilter';

/** `data/current.json`: which snapshot is current; asked for again and again. */
export interface Current {
  readonly snapshot: string;
  /** Who counts: the server, or the page itself from shards. */
  readonly mode: 'server' | 'static';
}

/** `data/<snapshot>/catalogue.json`: what there is, small enough for the first view. */
export interface Catalogue {
  readonly snapshot: string;
  /** Instant of building, ISO. */
  readonly builtAt: string;
  readonly program: string;
  readonly cities: readonly CityEntry[];
  /** What is shown when nothing is chosen: the last whole year. */
  readonly defaultRange: DateRange;
  /** Days whose shards the static page loads at first; null where the server counts. */
  readonly window: DateRange | null;
  /** Resolution of the hot spots. */
  readonly hotspotResolution: number;
  /** Raster tiles to draw below the map, when configured. */
  readonly tiles: { readonly url: string; readonly attribution: string } | null;
}

export interface CityEntry extends Omit<CityIndex, 'cells'> {
  readonly timeZone: string;
  /** Last day that files of the city report; null when they do not say. */
  readonly publishedUpTo: string | null;
  /** How much of the last months is reported so far (mart_reporting_completeness), oldest first. */
  readonly completeness: readonly {
    readonly month: string;
    readonly reported: number;
    /** 0 to 1; null when not known. */
    readonly completeness: number | null;
    readonly isComplete: boolean | null;
  }[];
  /** Years of the city, with the shard of each for the static page. */
  readonly years: readonly { readonly year: number; readonly incidents: number; readonly bytes: number }[];
}

/** A row of a mart (docs/marts.md, docs/hotspots.md), by column. */
export type MartRow = Readonly<Record<string, string | number | boolean | null>>;

/** `data/<snapshot>/answers-<source>.json`: answers of the whole city, which filters do not change. */
export interface CityAnswers {
  readonly source: string;
  /** mart_anomalies; with those of neighbourhoods. */
  readonly anomalies: readonly MartRow[];
  /** mart_level_shifts. */
  readonly levelShifts: readonly MartRow[];
  /** mart_break_register. */
  readonly breaks: readonly MartRow[];
  /** mart_forecasts of the city (jurisdiction `all`), by week and month. */
  readonly forecasts: readonly MartRow[];
  /** mart_forecast_methods of the city. */
  readonly forecastMethods: readonly MartRow[];
  /** mart_year_to_date. */
  readonly yearToDate: readonly MartRow[];
  /** mart_peak_hours. */
  readonly peakHours: readonly MartRow[];
}

/** `data/<snapshot>/hotspots-<source>.json`. */
export interface CityHotspots {
  readonly source: string;
  readonly resolution: number;
  /** mart_emerging_hotspots: of each target, cells with their class. */
  readonly emerging: Readonly<
    Record<
      string,
      { readonly period: string; readonly cells: readonly (readonly [h3: string, className: string])[] }
    >
  >;
  /** Why a target has none. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** `data/<snapshot>/cells-<source>-<resolution>.json`: H3 cells by place. */
export type CellList = readonly string[];

/**
 * `data/<snapshot>/shard-places-<source>.json`, which only the static page reads: of each place of the city's shards, the
 * place of its cell in the list of cells of each resolution (`Places.cellOf` of packages/crossfilter). The shards are
 * `data/<snapshot>/shard-<source>-<year>.bin.gz`, files of `writeShard`, gzipped.
 */
export type ShardPlaces = { readonly [resolution in MapResolution]: readonly number[] };

/**
 * `data/<snapshot>/places-<source>.geojson`: a FeatureCollection of MultiPolygons with properties `kind` (`city` or
 * `jurisdiction`), `name`, and `isOfficial`: false where the area was derived from where incidents are recorded.
 */
export interface PlacesProperties {
  readonly kind: 'city' | 'jurisdiction';
  readonly name: string;
  readonly isOfficial: boolean;
}

/** `data/<snapshot>/schedule-<source>.json`; the server also makes one: `api/<snapshot>/schedule?source=…&units=…&shift=…`. */
export interface CitySchedule {
  readonly source: string;
  /** Why there is none; then nothing else is there. */
  readonly reason: string | null;
  readonly schedule: ScheduleView | null;
}

export interface ScheduleView {
  readonly city: string;
  readonly timeZone: string;
  /** Monday of the week, ISO date. */
  readonly weekStart: string;
  readonly units: number;
  readonly shiftHours: number;
  /** What the schedule claims and does not claim. */
  readonly claim: string;
  /** Command that makes it again. */
  readonly command: string;
  readonly coveredShare: number | null;
  readonly boundShare: number | null;
  readonly gap: number;
  readonly equalShare: number | null;
  readonly jurisdictions: readonly {
    readonly name: string;
    readonly unitHours: number;
    readonly unitHoursShare: number;
    readonly harmShare: number;
    readonly coveredShare: number | null;
    /** Units on duty in the 168 hours of the week, Monday 0:00 first. */
    readonly onDuty: readonly number[];
  }[];
  /** Cells to visit in a shift: local start, hours, jurisdiction, cells. */
  readonly shifts: readonly {
    readonly start: string;
    readonly end: string;
    readonly jurisdiction: string;
    readonly units: number;
    readonly cells: readonly string[];
  }[];
  readonly notes: readonly string[];
}

/** `data/<snapshot>/quality.json`. */
export interface Quality {
  readonly files: readonly {
    readonly source: string;
    readonly name: string;
    readonly sha256: string;
    readonly records: number;
    readonly malformed: number;
    readonly vintage: string;
    readonly publishedUpTo: string | null;
  }[];
  /** Entries of the ledger, summed over files. */
  readonly ledger: readonly {
    readonly source: string;
    readonly kind: string;
    readonly rule: string;
    readonly detail: string;
    readonly records: number;
    /** What the rule or finding is, in one sentence; null for plain counts. */
    readonly meaning: string | null;
  }[];
  readonly comparability: readonly { readonly category: string; readonly grade: string }[];
  /** Incidents by source and quality of the coordinates. */
  readonly coordinates: readonly {
    readonly source: string;
    readonly quality: string;
    readonly incidents: number;
  }[];
}
