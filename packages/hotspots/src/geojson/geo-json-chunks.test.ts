import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getIssues } from '@placemarkio/check-geojson';
import { cellArea, getPentagons, gridDisk, latLngToCell, UNITS } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { cellGrid } from '../cells/cell-grid.js';
import { geoJsonChunks } from './geo-json-chunks.js';
import type { Polygon } from './multi-polygon.js';
import { outlineFeature } from './outline-feature.js';
import { ringAreaKm2 } from './ring-area.js';
import { boxRing, outlineOf } from './testing-shapes.js';

interface CellFeature {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

function polygonsOf({ geometry }: CellFeature): readonly Polygon[] {
  const { type, coordinates } = geometry as { type: string; coordinates: Polygon & readonly Polygon[] };
  return type === 'Polygon' ? [coordinates] : coordinates;
}

describe.each([
  ['New York', latLngToCell(40.71, -74.0, 10), 1],
  ['a pentagon', getPentagons(9)[2] ?? '', 1],
  ['Taveuni, on the antimeridian', latLngToCell(-16.8, 180, 8), 2],
])('the cells around %s as GeoJSON', (_, centre, sides) => {
  const grid = cellGrid(gridDisk(centre, 6));
  const text = [...geoJsonChunks(grid, { incidents: grid.areasKm2 })].join('');
  const { features, bbox, ...collection }: { features: CellFeature[]; bbox: number[] } = JSON.parse(text);

  test('pass an independent validator, with no crs', () => {
    expect(getIssues(text)).toEqual([]);
    expect(collection).toEqual({ type: 'FeatureCollection' });
    expect(text).not.toContain('crs');
    expect(features.map(({ id }) => id)).toEqual(grid.cells);
  });

  test('are closed rings that run anticlockwise, with 6 decimals, and have the areas of H3 within 0.5 %', () => {
    for (const feature of features) {
      const polygons = polygonsOf(feature);
      let areaKm2 = 0;
      for (const [outer = [], ...holes] of polygons) {
        expect(holes).toEqual([]);
        expect(outer.length).toBeGreaterThanOrEqual(4);
        expect(outer.at(-1)).toEqual(outer[0]);
        expect(ringAreaKm2(outer)).toBeGreaterThan(0);
        for (const degrees of outer.flat()) expect(degrees).toBe(Number(degrees.toFixed(6)));
        areaKm2 += ringAreaKm2(outer);
      }
      expect(Math.abs(areaKm2 / cellArea(feature.id, UNITS.km2) - 1)).toBeLessThan(0.005);
    }
  });

  test('are cut at the antimeridian, and have the bounding box', () => {
    expect(Math.max(...features.map((feature) => polygonsOf(feature).length))).toBe(sides);
    const positions = features.flatMap(polygonsOf).flat(2);
    const [west = 0, south = 0, east = 0, north = 0] = bbox;
    expect(Math.min(...positions.map(([, lat]) => lat))).toBe(south);
    expect(Math.max(...positions.map(([, lat]) => lat))).toBe(north);
    if (sides === 1) {
      expect(Math.min(...positions.map(([lon]) => lon))).toBe(west);
      expect(Math.max(...positions.map(([lon]) => lon))).toBe(east);
    } else {
      expect(Math.min(...positions.flatMap(([lon]) => (lon > 0 ? [lon] : [])))).toBe(west);
      expect(Math.max(...positions.flatMap(([lon]) => (lon < 0 ? [lon] : [])))).toBe(east);
    }
  });
});

test('properties are numbers, texts and null; what is not finite is null', () => {
  const grid = cellGrid(gridDisk(latLngToCell(40.71, -74.0, 9), 1));
  const text = [
    ...geoJsonChunks(grid, {
      z: [1.5, Number.NaN, -2, 0, 3, null, Number.POSITIVE_INFINITY],
      'class "of" cell': ['hot', null, 'é', '', '\n', 'cold', 'cold'],
    }),
  ].join('');
  expect(getIssues(text)).toEqual([]);
  const { features }: { features: CellFeature[] } = JSON.parse(text);
  expect(features.map(({ properties }) => Object.values(properties))).toEqual([
    [1.5, 'hot'],
    [null, null],
    [-2, 'é'],
    [0, ''],
    [3, '\n'],
    [null, 'cold'],
    [null, 'cold'],
  ]);
  expect(text.split('\n').length).toBe(grid.cells.length + 3);
});

test('no cell is a valid file, and a column of another length is refused', () => {
  const none = [...geoJsonChunks(cellGrid([]), {})].join('');
  expect(getIssues(none)).toEqual([]);
  expect(JSON.parse(none)).toEqual({ type: 'FeatureCollection', features: [] });
  expect(() => [...geoJsonChunks(cellGrid([]), { z: [1] })]).toThrow('z has a value for each of the 0 cells');
});

test('a stream takes the chunks as fast as it can, one line at a time', async () => {
  const grid = cellGrid(gridDisk(latLngToCell(40.71, -74.0, 10), 20));
  let longest = 0;
  let length = 0;
  const slow = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _encoding, done) {
      longest = Math.max(longest, chunk.length);
      length += chunk.length;
      setImmediate(done);
    },
  });
  await pipeline(Readable.from(geoJsonChunks(grid, { incidents: grid.areasKm2 })), slow);
  expect(length).toBe([...geoJsonChunks(grid, { incidents: grid.areasKm2 })].join('').length);
  expect(longest).toBeLessThan(500);
});

test('an outline is a valid Feature with its box, without rings that rounding makes a line', () => {
  const hole = boxRing(-74, 40.7, -73.99, 40.71).toReversed();
  const sliver = boxRing(-73.95, 40.7, -73.95 + 1e-8, 40.71).toReversed();
  const text = outlineFeature(outlineOf([boxRing(-74.1234567, 40.6, -73.9, 40.8), hole, sliver]), {
    city: 'nypd',
    method: null,
  });
  expect(getIssues(text)).toEqual([]);
  expect(JSON.parse(text)).toEqual({
    type: 'Feature',
    bbox: [-74.123457, 40.6, -73.9, 40.8],
    properties: { city: 'nypd', method: null },
    geometry: { type: 'Polygon', coordinates: [boxRing(-74.123457, 40.6, -73.9, 40.8), hole] },
  });
});
