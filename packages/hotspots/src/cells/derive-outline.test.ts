import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { cellToLatLng, getPentagons, greatCircleDistance, gridDisk, latLngToCell, UNITS } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { OutlineIndex } from '../geojson/outline-index.js';
import { outlineAreaKm2 } from '../geojson/ring-area.js';
import type { CellCounts } from './cell-counts.js';
import type { DerivedOutline } from './derive-outline.js';
import { deriveOutline } from './derive-outline.js';

function derive(incidents: CellCounts): DerivedOutline {
  const derived = deriveOutline(incidents);
  if (derived.kind !== 'ok') throw new Error(derived.reason);
  return derived;
}

const NEW_YORK = [40.7, -73.95] as const;
const even = (cells: readonly string[], count = 100): [string, number][] =>
  cells.map((cell) => [cell, count]);
const disk = (lat: number, lon: number, rings: number): string[] =>
  gridDisk(latLngToCell(lat, lon, 8), rings);

describe('deriveOutline', () => {
  test('gives the union of the cells with incidents, whatever the order they come in', () => {
    const cells = disk(...NEW_YORK, 6);
    const derived = derive(new Map(even(cells)));
    expect(derived).toMatchObject({
      resolution: 8,
      parts: 1,
      shareOfCellsSeen: 1,
      incidents: 100 * cells.length,
    });
    expect(derived.cells).toEqual(cells.sort());
    expect(derived.outline.coordinates.length).toBe(1);
    expect(derived.areaKm2).toBeCloseTo(outlineAreaKm2(derived.outline), 9);
    expect(derive(new Map(even(cells.toReversed())))).toEqual(derived);
    const index = new OutlineIndex(derived.outline);
    for (const cell of disk(...NEW_YORK, 8)) {
      const [lat, lon] = cellToLatLng(cell);
      expect(index.contains(lon, lat)).toBe(cells.includes(cell));
    }
  });

  test('fills a park and a gap, but not a bay of more than 10 km²', () => {
    const park = disk(...NEW_YORK, 1);
    const city = disk(...NEW_YORK, 8);
    const withPark = derive(new Map(even(city.filter((cell) => !park.includes(cell)))));
    expect(withPark.cells.length).toBe(city.length);
    const bay = disk(...NEW_YORK, 4);
    const withBay = derive(new Map(even(city.filter((cell) => !bay.includes(cell)))));
    expect(withBay.cells.length).toBe(city.length - bay.length);
    expect(withBay.outline.coordinates.map((polygon) => polygon.length)).toEqual([2]);
  });

  test('keeps islands: large ones wherever they lie, small ones that are near', () => {
    const derived = derive(
      new Map([
        ...even(disk(...NEW_YORK, 6)),
        ...even(disk(40.4, -74.3, 4)),
        ...even(disk(40.7, -73.83, 0), 4),
      ]),
    );
    expect(derived.parts).toBe(3);
    expect(derived.far).toEqual({ cells: 0, incidents: 0 });
  });

  test('drops few incidents far away, and says how many', () => {
    const city = disk(...NEW_YORK, 6);
    const derived = derive(
      new Map([
        ...even(city),
        ...even(disk(0, 0, 0), 2),
        ...even(disk(41.2, -73.95, 0), 3),
        ...even(disk(40.2, -73.9, 1), 1),
      ]),
    );
    expect(derived.cells).toEqual(city.sort());
    expect(derived.parts).toBe(1);
    expect(derived.far).toEqual({ cells: 9, incidents: 12 });
    expect(derived.thin).toEqual({ cells: 0, incidents: 0 });
    expect(derived.incidents).toBe(100 * city.length);
  });

  test('takes stray incidents in a million for what they are, though they fill the sea around', () => {
    const { uniform, poisson } = testingRandom(4);
    const city = disk(...NEW_YORK, 12);
    const incidents = new Map(even(city).map(([cell]) => [cell, Math.round(2000 * (0.1 + uniform()))]));
    let strays = 0;
    for (const cell of disk(...NEW_YORK, 30)) {
      const count = poisson(0.4);
      if (count === 0 || incidents.has(cell)) continue;
      incidents.set(cell, count);
      strays += count;
    }
    const derived = derive(incidents);
    expect(derived.cells).toEqual(city.sort());
    expect(derived.thin.incidents).toBe(strays);
    expect(derived.cautions.length).toBe(1);
  });

  test('takes coarser cells for a few incidents, with a caution', () => {
    const { uniform } = testingRandom(2);
    const incidents = new Map<string, number>();
    while ([...incidents.values()].reduce((sum, count) => sum + count, 0) < 200) {
      const cell = latLngToCell(40.6 + 0.25 * uniform(), -74.05 + 0.3 * uniform(), 9);
      incidents.set(cell, (incidents.get(cell) ?? 0) + 1);
    }
    const derived = derive(incidents);
    expect(derived.resolution).toBe(7);
    expect(derived.cautions[1]).toMatch(
      /^200 incidents show too few of the cells .* Give the city's outline as GeoJSON\.$/,
    );
    const box =
      greatCircleDistance([40.6, -74], [40.85, -74], UNITS.km) *
      greatCircleDistance([40.7, -74.05], [40.7, -73.75], UNITS.km);
    expect(derived.areaKm2 / box).toBeGreaterThan(0.9);
    expect(derived.areaKm2 / box).toBeLessThan(1.3);
  });

  test('says of incidents that are left out in number', () => {
    const derived = derive(new Map([...even(disk(...NEW_YORK, 3), 3), ...even(disk(42, -74, 0), 2)]));
    expect(derived.cautions.at(-1)).toBe('2 of 113 incidents lie outside the derived outline.');
  });

  test('one cell is an outline', () => {
    const derived = derive(new Map(even(disk(...NEW_YORK, 0))));
    expect(derived.cells.length).toBe(1);
    expect(derived.outline.coordinates[0]?.[0]?.length).toBe(7);
  });

  test.each([
    ['at a pentagon', getPentagons(8)[5] ?? '', 1],
    ['in Phoenix, on two base cells', latLngToCell(33.45, -112.07, 8), 1],
    ['on the antimeridian, cut there', latLngToCell(-16.8, 180, 8), 2],
  ])('works %s', (_, centre, polygons) => {
    const city = gridDisk(centre, 8);
    const derived = derive(new Map(even(city.filter((cell) => cell !== centre))));
    expect(derived.cells).toEqual(city.sort());
    expect(derived.parts).toBe(1);
    expect(derived.outline.coordinates.length).toBe(polygons);
    expect(derived.outline.coordinates.map((polygon) => polygon.length)).toEqual(Array(polygons).fill(1));
  });

  test('says why there is none', () => {
    expect(deriveOutline(new Map())).toEqual({
      kind: 'not-enough-data',
      reason: "0 located incidents are fewer than 50, too few to derive a city's outline from.",
    });
    expect(deriveOutline(new Map(even(disk(...NEW_YORK, 0), 49))).kind).toBe('not-enough-data');
  });

  test('refuses cells that are too coarse or of two resolutions', () => {
    expect(() => deriveOutline(new Map([[latLngToCell(40, -74, 5), 99]]))).toThrow('resolution 6 or finer');
    expect(() =>
      deriveOutline(
        new Map([
          [latLngToCell(40, -74, 8), 99],
          [latLngToCell(40, -74, 9), 1],
        ]),
      ),
    ).toThrow('resolution 8');
  });
});
