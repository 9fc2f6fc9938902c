import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { parse } from 'fast-csv';
import { cellArea, cellToLatLng, latLngToCell, polygonToCells, UNITS } from 'h3-js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { MultiPolygon } from '../geojson/multi-polygon.js';
import { OutlineIndex } from '../geojson/outline-index.js';
import { parseOutline } from '../geojson/parse-outline.js';
import { outlineAreaKm2 } from '../geojson/ring-area.js';
import type { CellCounts } from './cell-counts.js';
import type { DerivedOutline } from './derive-outline.js';
import { deriveOutline } from './derive-outline.js';
import { studyArea } from './study-area.js';

const DATA = new URL('../../../../../shared/data/', import.meta.url);
const missingData = existsSync(DATA) ? undefined : 'the folder ../shared/data is absent';
if (missingData !== undefined) console.info(`Not compared with real cities: ${missingData}.`);

/** The boundaries have inland water: land is 778 km² in New York and 1,214 km² in Los Angeles. */
const CITIES = [
  {
    name: 'New York',
    boundary: 'geo/nyc-boroughs.geojson',
    boundaryKm2: 784.7,
    files: [
      'nypd/historic-24col-2015.csv.gz',
      'nypd/historic-35col-2010.csv.gz',
      'nypd/historic-35col-pandas-2006-2019.csv.gz',
      'nypd/ytd-35col-excel-2019.csv.gz',
      'nypd/ytd-36col-quoted-2017-2023.csv.gz',
    ],
  },
  {
    name: 'Los Angeles',
    boundary: 'geo/lapd-divisions.geojson',
    boundaryKm2: 1239.1,
    files: [
      'lapd/present-28col-clean-2020.csv.gz',
      'lapd/present-28col-excel-2022.csv.gz',
      'lapd/present-28col-excel-blank-headers-2020.csv.gz',
      'lapd/present-28col-mixed-dates-2020.csv.gz',
    ],
  },
];

type Point = readonly [lat: number, lon: number];

async function readPoints(file: string): Promise<readonly Point[]> {
  const points: Point[] = [];
  const rows: AsyncIterable<Readonly<Partial<Record<'LATITUDE' | 'LAT' | 'LONGITUDE' | 'LON', string>>>> =
    createReadStream(new URL(file, DATA))
      .pipe(createGunzip())
      .pipe(
        parse({ headers: (names) => names.map((name, place) => name?.toUpperCase() || `blank ${place}`) }),
      );
  for await (const row of rows) {
    const lat = Number(row.LATITUDE ?? row.LAT);
    const lon = Number(row.LONGITUDE ?? row.LON);
    if (Math.abs(lat) > 1 && Math.abs(lon) > 1) points.push([lat, lon]);
  }
  return points;
}

function count(points: readonly Point[], resolution: number): CellCounts {
  const counts = new Map<string, number>();
  for (const [lat, lon] of points) {
    const cell = latLngToCell(lat, lon, resolution);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

describe.skipIf(missingData !== undefined).each(CITIES)('$name', ({ boundary, boundaryKm2, files }) => {
  let official: MultiPolygon = { type: 'MultiPolygon', coordinates: [] };
  let officialCells: ReadonlySet<string> = new Set();
  let points: readonly Point[] = [];

  beforeAll(async () => {
    official = parseOutline(readFileSync(new URL(boundary, DATA), 'utf8'), boundary);
    const loops = official.coordinates.map((polygon) =>
      polygon.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
    );
    officialCells = new Set(loops.flatMap((loop) => polygonToCells(loop, 8, true)));
    points = (await Promise.all(files.map(readPoints))).flat();
  }, 60_000);

  /** Shares of the official area: derived inside it, and derived beyond it. */
  function compare(outcome: DerivedOutline | NotEnoughData) {
    if (outcome.kind !== 'ok') throw new Error(outcome.reason);
    const index = new OutlineIndex(outcome.outline);
    let inside = 0;
    for (const cell of officialCells) {
      const [lat, lon] = cellToLatLng(cell);
      if (index.contains(lon, lat)) inside += cellArea(cell, UNITS.km2);
    }
    return {
      covered: inside / boundaryKm2,
      beyond: (outcome.areaKm2 - inside) / boundaryKm2,
      derived: outcome,
    };
  }

  test('has the area that the official boundary states', () => {
    expect(outlineAreaKm2(official)).toBeCloseTo(boundaryKm2, 0);
  });

  test('has the cells that H3 finds in the boundary, and nearly all incidents inside', () => {
    const area = studyArea({ outline: official, resolution: 8, incidents: count(points, 8) });
    if (area.kind !== 'ok') throw new Error(area.reason);
    expect(area.grid.cells.filter((cell) => officialCells.has(cell)).length).toBe(officialCells.size);
    expect(area.grid.cells.length).toBe(officialCells.size + area.borderCells);
    expect(area.incidentsInside + area.incidentsOutside).toBe(points.length);
    expect(area.incidentsOutside / points.length).toBeLessThan(0.001);
  });

  test('is derived from ten thousand incidents to within a quarter of its area', () => {
    const { covered, beyond, derived } = compare(deriveOutline(count(points, 8)));
    expect(derived.resolution).toBe(8);
    expect(covered).toBeGreaterThan(0.85);
    expect(beyond).toBeLessThan(0.13);
    expect(derived.far.incidents + derived.thin.incidents).toBeLessThan(10);
  });

  test('is derived from 200 incidents roughly, and the caution says so', () => {
    const { uniform } = testingRandom(3);
    const few = Array.from(
      { length: 200 },
      () => points[Math.floor(uniform() * points.length)] ?? ([0, 0] as const),
    );
    const { covered, beyond, derived } = compare(deriveOutline(count(few, 8)));
    expect(derived.resolution).toBe(7);
    expect(derived.cautions[1]).toContain('rough');
    expect(covered).toBeGreaterThan(0.5);
    expect(beyond).toBeLessThan(0.3);
  });
});
