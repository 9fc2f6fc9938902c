import type { CityAdapter } from '@crimetracker/adapter-kit';
import type { ProfiledColumn, ProfiledRelation } from './profile-column.js';
import { one, shareOf, whole } from './profile-column.js';
import type { CoordinateProfile } from './profile-schema.js';
import type { Box } from './profile-sql.js';
import * as sql from './profile-sql.js';

const GRID_COLUMNS = 72;
const MAX_GRID_ROWS = 108;
const LATITUDE = ['latitude', 'lat', 'lat_wgs84', 'geo_lat', 'point_y'];
const LONGITUDE = ['longitude', 'lon', 'long', 'lng', 'lon_wgs84', 'geo_lon', 'point_x'];

export interface CoordinatePair {
  readonly latitude: ProfiledColumn;
  readonly longitude: ProfiledColumn;
}

const fold = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');

/** Finds the latitude and the longitude column by their names. */
export function findCoordinates(columns: readonly ProfiledColumn[]): CoordinatePair | null {
  const find = (names: readonly string[]) => columns.find(({ name }) => names.includes(fold(name)));
  const [latitude, longitude] = [find(LATITUDE), find(LONGITUDE)];
  return latitude && longitude ? { latitude, longitude } : null;
}

export interface CoordinateScope {
  /** A source of a snapshot, or the recognised source of a file. */
  readonly source: string | null;
  readonly bounds: CityAdapter['bounds'] | null;
  /** Condition on the rows, with WHERE; empty for all. */
  readonly where: string;
}

/** Profiles where the points of a latitude and a longitude column lie. */
export async function profileCoordinates(
  subject: ProfiledRelation,
  { latitude, longitude }: CoordinatePair,
  { source, bounds, where }: CoordinateScope,
): Promise<CoordinateProfile> {
  const { engine, signal, relation } = subject;
  await engine.keepTable(
    sql.POINTS_TABLE,
    sql.pointsSelect(relation, latitude.column, longitude.column, where),
    signal,
  );
  const city = bounds && { south: bounds.south, west: bounds.west, north: bounds.north, east: bounds.east };
  const facts = await one(subject, sql.pointFacts(city));
  const located = whole(facts.located);
  const records = whole(facts.records);
  return {
    source,
    latitude: latitude.label,
    longitude: longitude.label,
    records,
    located,
    missing: whole(facts.missing),
    zeros: whole(facts.zero),
    unreadable: whole(facts.unreadable),
    outside_city: city ? whole(facts.outside) : null,
    city_bounds: city,
    box:
      located === 0
        ? null
        : {
            south: Number(facts.south),
            west: Number(facts.west),
            north: Number(facts.north),
            east: Number(facts.east),
          },
    distinct_points: whole(facts.points),
    shared: (await engine.query(sql.SHARED_POINTS, signal)).map((row) => ({
      latitude: Number(row.la),
      longitude: Number(row.lo),
      records: whole(row.n),
      share: shareOf(whole(row.n), records),
    })),
    grid: located === 0 ? null : await gridOf(subject),
  };
}

/** Counts points in cells that are about square on the ground; without the outermost points, which are mostly errors. */
async function gridOf(subject: ProfiledRelation): Promise<CoordinateProfile['grid']> {
  const spread = await one(subject, sql.POINT_SPREAD);
  const box: Box = {
    south: Number(spread.south),
    west: Number(spread.west),
    north: Number(spread.north),
    east: Number(spread.east),
  };
  const [width, height] = [box.east - box.west, box.north - box.south];
  if (width <= 0 || height <= 0) return null;
  const groundWidth = width * Math.cos((((box.south + box.north) / 2) * Math.PI) / 180);
  const rows = Math.max(8, Math.min(MAX_GRID_ROWS, Math.round((GRID_COLUMNS * height) / groundWidth)));
  const cells = await subject.engine.query(sql.gridSelect(box, GRID_COLUMNS, rows), subject.signal);
  return {
    box,
    columns: GRID_COLUMNS,
    rows,
    cells: cells.map((row) => [whole(row.x), whole(row.y), whole(row.n)]),
  };
}
