import type { AnalysedSource, Result, ResultRow } from '@crimetracker/analysis-kit';
import type { TestingRandom } from '@crimetracker/analysis-kit/testing';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import type { Engine, SqlValue, TableColumn } from '@crimetracker/engine';
import { cellsToMultiPolygon, cellToLatLng, gridDisk, latLngToCell } from 'h3-js';
import type { MultiPolygon } from '../geojson/multi-polygon.js';
import { splitAtAntimeridian } from '../geojson/split-at-antimeridian.js';
import type { HotspotsInput, HotspotsOutput } from './analyse-hotspots.js';
import { analyseHotspots } from './analyse-hotspots.js';

const COLUMNS: readonly TableColumn[] = [
  { name: 'source', type: 'text' },
  { name: 'crime_category', type: 'text' },
  { name: 'jurisdiction', type: 'text' },
  { name: 'occurred_date', type: 'date' },
  { name: 'latitude', type: 'double' },
  { name: 'longitude', type: 'double' },
  { name: 'coordinate_quality', type: 'text' },
  { name: 'h3_r7', type: 'text' },
  { name: 'h3_r8', type: 'text' },
  { name: 'h3_r9', type: 'text' },
  { name: 'h3_r10', type: 'text' },
];

export type TestingIncident = Readonly<Record<string, SqlValue>>;

/** An incident of the clean table at a point; its cells follow from the point. */
export function incidentAt(
  [latitude, longitude]: readonly [number, number],
  changes: TestingIncident = {},
): TestingIncident {
  const cells = [7, 8, 9, 10].map((resolution) => [
    `h3_r${resolution}`,
    latLngToCell(latitude, longitude, resolution),
  ]);
  return {
    source: 'nypd',
    crime_category: 'Burglary',
    jurisdiction: 'Precinct 1',
    occurred_date: '2019-05-06',
    latitude,
    longitude,
    coordinate_quality: 'Located',
    ...Object.fromEntries(cells),
    ...changes,
  };
}

/** Puts incidents into the relation that analyses read. */
export function loadIncidents(engine: Engine, incidents: readonly TestingIncident[]): Promise<void> {
  return engine.loadRows(
    'incidents',
    COLUMNS,
    incidents.map((row) => COLUMNS.map(({ name }) => row[name] ?? null)),
  );
}

/** Cells of resolution 9 around a point, by default one in New York; radius 14 has 631. */
export function cityCells(radius: number, centre: readonly [number, number] = [40.73, -73.95]): string[] {
  return gridDisk(latLngToCell(...centre, 9), radius);
}

/** The outline around cells. */
export function outlineOfCells(cells: readonly string[]): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: cellsToMultiPolygon([...cells], true).flatMap((polygon) => splitAtAntimeridian(polygon)),
  };
}

/** A day from 1 January of a year on. */
export function dayOfYear(year: number, day: number): string {
  return new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10);
}

/** A point of a cell, away from its sides. */
function pointIn(cell: string, random: TestingRandom): readonly [number, number] {
  const [latitude, longitude] = cellToLatLng(cell);
  return [latitude + 0.0008 * (random.uniform() - 0.5), longitude + 0.0008 * (random.uniform() - 0.5)];
}

/** Poisson numbers of incidents in every cell, spread evenly over the days from 1 January of a year on. */
export function scatter(
  rates: ReadonlyMap<string, number>,
  { seed, year, days, ...changes }: { seed: number; year: number; days: number } & TestingIncident,
): TestingIncident[] {
  const random = testingRandom(seed);
  return [...rates].flatMap(([cell, rate]) =>
    Array.from({ length: random.poisson(rate) }, () =>
      incidentAt(pointIn(cell, random), {
        occurred_date: dayOfYear(year, Math.floor(random.uniform() * days)),
        ...changes,
      }),
    ),
  );
}

/** One incident on the first and on the last day, so that the months between are whole; far from anything. */
export function bookends(
  cell: string,
  first: string,
  last: string,
  changes: TestingIncident = {},
): TestingIncident[] {
  return [first, last].map((day) =>
    incidentAt(cellToLatLng(cell) as [number, number], { occurred_date: day, ...changes }),
  );
}

/** The rows of a table. */
export function rowsOf(results: readonly Result[], name: string): readonly ResultRow[] {
  const found = results.find(({ mart }) => mart.name === name);
  if (found === undefined) throw new Error(`There is no table ${name}.`);
  return found.rows;
}

export const NYPD: AnalysedSource = { id: 'nypd', city: 'New York', timeZone: 'America/New_York' };

/** Loads incidents and analyses them; one city from 2010 to 2023 at resolutions 9 and 8 unless something else is said. */
export async function analyseIncidents(
  engine: Engine,
  incidents: readonly TestingIncident[],
  {
    outline,
    ...changes
  }: { readonly outline?: MultiPolygon | undefined } & Partial<
    Pick<HotspotsInput, 'sources' | 'window' | 'companion' | 'seed'>
  > = {},
): Promise<HotspotsOutput> {
  await loadIncidents(engine, incidents);
  return analyseHotspots({
    engine,
    sources: [NYPD],
    window: { from: '2010-01-01', to: '2023-12-31' },
    resolution: 9,
    companion: 8,
    outlines: new Map(outline ? [[NYPD.id, outline]] : []),
    seed: 1,
    ...changes,
  });
}
