import { CrimeTrackerError } from '@crimetracker/schema';
import { cellArea, cellToBoundary, cellToLatLng, getPentagons, gridDisk, latLngToCell, UNITS } from 'h3-js';
import { describe, expect, test } from 'vitest';
import type { MultiPolygon, Position } from '../geojson/multi-polygon.js';
import { parseOutline } from '../geojson/parse-outline.js';
import { boxRing, outlineOf } from '../geojson/testing-shapes.js';
import { deriveOutline } from './derive-outline.js';
import type { StudyArea, StudyAreaInput } from './study-area.js';
import { studyArea } from './study-area.js';

function area(input: StudyAreaInput): StudyArea {
  const result = studyArea(input);
  if (result.kind !== 'ok') throw new Error(result.reason);
  return result;
}

function failure(input: StudyAreaInput): CrimeTrackerError {
  try {
    studyArea(input);
  } catch (error) {
    if (error instanceof CrimeTrackerError) return error;
  }
  throw new Error('it did not fail');
}

const BOX = outlineOf([boxRing(-74, 40.65, -73.9, 40.75)]);
const isInBox = ([lat, lon]: readonly number[]): boolean =>
  lat !== undefined && lon !== undefined && lon >= -74 && lon < -73.9 && lat >= 40.65 && lat < 40.75;

describe('studyArea', () => {
  const around = gridDisk(latLngToCell(40.7, -73.95, 9), 40);
  const inner = around.filter((cell) => isInBox(cellToLatLng(cell))).sort();
  const partly = around.filter((cell) => !inner.includes(cell) && cellToBoundary(cell).some(isInBox)).sort();
  const [middle = ''] = inner.slice(Math.floor(inner.length / 2));

  test('has every cell whose centre lies in the outline, those without an incident included', () => {
    const result = area({ outline: BOX, resolution: 9, incidents: new Map([[middle, 7]]) });
    expect(result.grid.cells).toEqual(inner);
    expect(result.incidents[inner.indexOf(middle)]).toBe(7);
    expect(result).toMatchObject({
      incidentsInside: 7,
      incidentsOutside: 0,
      cellsOutside: 0,
      cellsWithoutIncidents: inner.length - 1,
      borderCells: 0,
      cautions: [],
    });
    expect(result.areaKm2).toBeCloseTo(
      inner.reduce((sum, cell) => sum + cellArea(cell, UNITS.km2), 0),
      9,
    );
  });

  test('has the cells at the border that hold incidents, counts incidents beyond, and says when these are many', () => {
    const [border = '', empty = ''] = partly;
    const [beyond = ''] = around.filter((cell) => !inner.includes(cell) && !partly.includes(cell));
    const incidents = new Map([
      [middle, 50],
      [border, 3],
      [empty, 0],
      [beyond, 2],
    ]);
    const result = area({ outline: BOX, resolution: 9, incidents });
    expect(result.grid.cells).toEqual([...inner, border].sort());
    expect(result).toMatchObject({
      incidentsInside: 53,
      incidentsOutside: 2,
      cellsOutside: 1,
      borderCells: 1,
    });
    expect(result.cautions).toEqual([]);
    const many = area({ outline: BOX, resolution: 9, incidents: incidents.set(beyond, 9) });
    expect(many.cautions).toEqual([
      '9 of 62 located incidents lie outside the outline: it may be of another city or of a part of this one.',
    ]);
  });

  test('a centre at the very edge belongs to one of two outlines that share the edge', () => {
    const [lat, lon] = cellToLatLng(middle);
    const cellsOf = (outline: MultiPolygon): readonly string[] =>
      area({ outline, resolution: 9, incidents: new Map(inner.map((cell) => [cell, 1])) }).grid.cells;
    const west = outlineOf([boxRing(-74, 40.65, lon, 40.75)]);
    const east = outlineOf([boxRing(lon, 40.65, -73.9, 40.75)]);
    const innerOf = ({ coordinates: [[ring = []] = []] }: MultiPolygon): boolean =>
      area({
        outline: outlineOf([ring]),
        resolution: 9,
        incidents: new Map([[middle, 1]]),
      }).borderCells === 0;
    expect([innerOf(west), innerOf(east)]).toEqual([false, true]);
    expect(new Set([...cellsOf(west), ...cellsOf(east)]).size).toBe(inner.length);
    expect(lat).toBeGreaterThan(40.65);
  });

  test('has holes, and islands that overlap count once', () => {
    const hole = boxRing(-73.97, 40.68, -73.93, 40.72).toReversed();
    const outline = outlineOf([...(BOX.coordinates[0] ?? []), hole], [boxRing(-73.95, 40.69, -73.85, 40.71)]);
    const cells = area({ outline, resolution: 9, incidents: new Map([[inner[0] ?? '', 1]]) }).grid.cells;
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells).toContain(latLngToCell(40.7, -73.94, 9));
    expect(cells).toContain(latLngToCell(40.7, -73.87, 9));
    expect(cells).not.toContain(latLngToCell(40.69, -73.96, 9));
  });

  test('an outline smaller than a cell has that cell when it holds incidents', () => {
    const [lat, lon] = cellToLatLng(middle);
    const outline = outlineOf([boxRing(lon + 1e-4, lat + 1e-4, lon + 2e-4, lat + 2e-4)]);
    const result = area({ outline, resolution: 9, incidents: new Map([[middle, 4]]) });
    expect(result.grid.cells).toEqual([middle]);
    expect(result).toMatchObject({ borderCells: 1, cellsWithoutIncidents: 0 });
  });

  test('of a derived outline is its cells at its resolution, and has no cell that only shares a side', () => {
    const city = gridDisk(latLngToCell(40.7, -73.95, 8), 5);
    const derived = deriveOutline(new Map(city.map((cell) => [cell, 10])));
    if (derived.kind !== 'ok') throw new Error(derived.reason);
    const incidents = new Map(gridDisk(latLngToCell(40.7, -73.95, 8), 7).map((cell) => [cell, 1]));
    const result = area({ outline: derived.outline, resolution: 8, incidents });
    expect(result.grid.cells).toEqual(city.sort());
    expect(result.incidentsOutside).toBe(incidents.size - city.length);
  });

  test.each([
    ['at a pentagon', getPentagons(8)[5] ?? ''],
    ['in Phoenix, on two base cells', latLngToCell(33.45, -112.07, 8)],
    ['in Helsinki, on two base cells', latLngToCell(60.17, 24.94, 8)],
    ['on the antimeridian', latLngToCell(-16.8, 180, 8)],
  ])('of a derived outline is its cells %s, from resolution 7 to 10', (_, centre) => {
    const city = gridDisk(centre, 6);
    const derived = deriveOutline(new Map(city.map((cell) => [cell, 10])));
    if (derived.kind !== 'ok') throw new Error(derived.reason);
    const result = area({ outline: derived.outline, resolution: 8, incidents: new Map([[centre, 1]]) });
    expect(result.grid.cells).toEqual(city.sort());
    for (const resolution of [7, 9, 10]) {
      const [lat, lon] = cellToLatLng(centre);
      const incidents = new Map([[latLngToCell(lat, lon, resolution), 1]]);
      const other = area({ outline: derived.outline, resolution, incidents });
      expect(Math.abs(other.areaKm2 / derived.areaKm2 - 1)).toBeLessThan(resolution === 7 ? 0.15 : 0.01);
      expect(other.borderCells).toBe(0);
    }
  });

  test('an outline over the antimeridian has a cell on both of its sides', () => {
    const outline = parseOutline(
      JSON.stringify({ type: 'Polygon', coordinates: [boxRing(179.9, -16.9, -179.9, -16.7)] }),
      'taveuni.geojson',
    );
    const cells = area({ outline, resolution: 9, incidents: new Map([[latLngToCell(-16.8, 179.95, 9), 1]]) })
      .grid.cells;
    const sides = cells.map((cell) => Math.sign(cellToLatLng(cell)[1]));
    expect(Math.abs(sides.reduce((sum, side) => sum + side, 0))).toBeLessThan(0.05 * sides.length);
    expect(cells).toContain(latLngToCell(-16.8, 180, 9));
  });

  test('says why there is none: no incident', () => {
    const none = { kind: 'not-enough-data', reason: 'No incident has coordinates.' };
    expect(studyArea({ outline: BOX, resolution: 9, incidents: new Map() })).toEqual(none);
    expect(studyArea({ outline: BOX, resolution: 9, incidents: new Map([[middle, 0]]) })).toEqual(none);
  });

  test('fails when the outline is of elsewhere, and tells when its coordinates are swapped', () => {
    const incidents = new Map([[middle, 5]]);
    const elsewhere = failure({ outline: outlineOf([boxRing(0, 0, 0.1, 0.1)]), resolution: 9, incidents });
    expect(elsewhere).toMatchObject({ code: 'outline-without-incidents', exitCode: 2 });
    expect(elsewhere.hint).not.toContain('swapped');
    const swapped = outlineOf([boxRing(40.65, -74, 40.75, -73.9)]);
    expect(failure({ outline: swapped, resolution: 9, incidents }).hint).toContain('swapped');
    const speck = outlineOf([boxRing(0, 0, 1e-6, 1e-6)]);
    expect(failure({ outline: speck, resolution: 9, incidents }).code).toBe('outline-without-incidents');
  });

  test('fails when the outline is that of a country, before it makes millions of cells', () => {
    const outline = outlineOf([boxRing(-125, 25, -67, 49)]);
    expect(failure({ outline, resolution: 9, incidents: new Map([[middle, 5]]) })).toMatchObject({
      code: 'outline-too-large',
      exitCode: 2,
    });
  });

  test('refuses other resolutions than 7 to 10, and counts of another one', () => {
    expect(() => studyArea({ outline: BOX, resolution: 11, incidents: new Map() })).toThrow('7 to 10');
    expect(() => studyArea({ outline: BOX, resolution: 8, incidents: new Map([[middle, 1]]) })).toThrow(
      'resolution 8',
    );
  });
});

test('a city of 50,000 cells, as large as New York, takes seconds', () => {
  const positions = Array.from({ length: 6283 }, (_, i): Position => {
    const stretch = 1 + 0.2 * Math.sin(i / 7);
    return [-118.4 + 0.18 * stretch * Math.cos(i / 1000), 34.05 + 0.15 * stretch * Math.sin(i / 1000)];
  });
  const outline = outlineOf([[...positions, ...positions.slice(0, 1)]]);
  const incidents = new Map(gridDisk(latLngToCell(34.05, -118.4, 10), 30).map((cell) => [cell, 1]));
  const result = area({ outline, resolution: 10, incidents });
  expect(result.grid.cells.length).toBeGreaterThan(50_000);
}, 20_000);
