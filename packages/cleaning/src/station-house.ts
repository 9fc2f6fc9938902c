import type { Dialect } from '@crimetracker/engine';

/**
 * What the set rule reads of an incident. `latitude` and `longitude` are rounded to 6 decimals; an incident
 * without jurisdiction or coordinates counts nowhere.
 */
export interface StationHouseIncident {
  readonly raw_file: string;
  readonly jurisdiction: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Whether the source places incidents of this offence class at the station house. */
  readonly is_station_house_offence: boolean;
}

export interface StationHouse {
  readonly raw_file: string;
  readonly jurisdiction: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Incidents of the station-house offence classes at this place. */
  readonly incidents: number;
}

/**
 * Finds one station house per file and jurisdiction: the coordinates with most incidents of the offence
 * classes that the source places there; the smallest latitude, then longitude, where several have as many.
 * Each file stands for itself, because in some vintages these incidents have no coordinates at all.
 * Sorted by file and jurisdiction.
 */
export function findStationHouses(incidents: Iterable<StationHouseIncident>): readonly StationHouse[] {
  const places = new Map<string, StationHouse>();
  for (const { raw_file, jurisdiction, latitude, longitude, is_station_house_offence } of incidents) {
    if (!is_station_house_offence || jurisdiction === null || latitude === null || longitude === null)
      continue;
    const key = JSON.stringify([raw_file, jurisdiction, latitude, longitude]);
    const known = places.get(key)?.incidents ?? 0;
    places.set(key, { raw_file, jurisdiction, latitude, longitude, incidents: known + 1 });
  }
  const first = new Map<string, StationHouse>();
  for (const place of [...places.values()].sort(comparePlaces)) {
    const key = JSON.stringify([place.raw_file, place.jurisdiction]);
    if (!first.has(key)) first.set(key, place);
  }
  return [...first.values()];
}

function comparePlaces(a: StationHouse, b: StationHouse): number {
  return (
    compareText(a.raw_file, b.raw_file) ||
    compareText(a.jurisdiction, b.jurisdiction) ||
    b.incidents - a.incidents ||
    a.latitude - b.latitude ||
    a.longitude - b.longitude
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface StationHouseSql {
  readonly dialect: Dialect;
  /** What follows FROM, without alias: a relation with the columns of `StationHouseIncident`. */
  readonly relation: string;
}

/** The query of `findStationHouses`: columns raw_file, jurisdiction, latitude, longitude, incidents (bigint), unsorted. */
export function stationHouseSql({ dialect, relation }: StationHouseSql): string {
  const name = (column: string): string => dialect.identifier(column);
  const jurisdiction = [name('raw_file'), name('jurisdiction')].join(', ');
  const coordinates = [name('latitude'), name('longitude')].join(', ');
  const counted =
    `SELECT ${jurisdiction}, ${coordinates}, COUNT(*) AS ${name('incidents')} FROM ${relation} ` +
    `WHERE ${name('is_station_house_offence')} AND ${name('jurisdiction')} IS NOT NULL ` +
    `AND ${name('latitude')} IS NOT NULL AND ${name('longitude')} IS NOT NULL ` +
    `GROUP BY ${jurisdiction}, ${coordinates}`;
  const ranked =
    `SELECT ${jurisdiction}, ${coordinates}, ${name('incidents')}, ROW_NUMBER() OVER (` +
    `PARTITION BY ${jurisdiction} ORDER BY ${name('incidents')} DESC, ${coordinates}) AS ${name('place')} ` +
    `FROM (${counted}) AS counted`;
  return `SELECT ${jurisdiction}, ${coordinates}, ${name('incidents')} FROM (${ranked}) AS ranked WHERE ${name('place')} = 1`;
}
