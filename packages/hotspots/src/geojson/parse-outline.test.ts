import { CrimeTrackerError } from '@crimetracker/schema';
import { describe, expect, test } from 'vitest';
import { parseOutline } from './parse-outline.js';
import { outlineAreaKm2, ringAreaKm2 } from './ring-area.js';
import { boxRing } from './testing-shapes.js';

const box = boxRing(-74.1, 40.6, -73.9, 40.8);
const hole = boxRing(-74.02, 40.68, -74, 40.7).toReversed();
const polygon = { type: 'Polygon', coordinates: [box, hole] };
const island = { type: 'MultiPolygon', coordinates: [[boxRing(-74.3, 40.5, -74.2, 40.6)]] };
const feature = (geometry: unknown) => ({ type: 'Feature', properties: { name: 'x' }, geometry });

const parse = (json: unknown) => parseOutline(JSON.stringify(json), 'city.geojson');

function failure(text: string): CrimeTrackerError {
  try {
    parseOutline(text, 'city.geojson');
  } catch (error) {
    if (error instanceof CrimeTrackerError) return error;
  }
  throw new Error('it was read');
}

describe('an outline is read', () => {
  test('from a Polygon, a MultiPolygon, a Feature and a FeatureCollection, all parts together', () => {
    const outline = { type: 'MultiPolygon', coordinates: [[box, hole]] };
    expect(parse(polygon)).toEqual(outline);
    expect(parse(feature(polygon))).toEqual(outline);
    expect(parse({ type: 'FeatureCollection', features: [feature(polygon), feature(island)] })).toEqual({
      type: 'MultiPolygon',
      coordinates: [[box, hole], ...island.coordinates],
    });
  });

  test('whichever way its rings run, with heights, a crs of former days and further members', () => {
    const turned = {
      type: 'Polygon',
      coordinates: [box.toReversed(), hole.toReversed()],
      crs: { type: 'name' },
    };
    expect(parse(turned)).toEqual(parse(polygon));
    const high = { type: 'Polygon', coordinates: [box.map((position) => [...position, 12]), hole] };
    expect(parse(high)).toEqual(parse(polygon));
  });

  test('across the antimeridian, cut or not', () => {
    const whole = { type: 'Polygon', coordinates: [boxRing(179.9, -17, -179.9, -16)] };
    const cut = {
      type: 'MultiPolygon',
      coordinates: [[boxRing(179.9, -17, 180, -16)], [boxRing(-180, -17, -179.9, -16)]],
    };
    for (const outline of [whole, cut].map(parse)) {
      expect(outline.coordinates.length).toBe(2);
      expect(outlineAreaKm2(outline)).toBeCloseTo(ringAreaKm2(boxRing(0, -17, 0.2, -16)), 6);
    }
  });

  test('without the slivers that official files have', () => {
    const slivers = [
      [
        [
          [-74, 40.7],
          [-74, 40.71],
          [-74, 40.7],
        ],
      ],
      [
        [
          [-74, 40.7],
          [-74, 40.71],
          [-74, 40.72],
          [-74, 40.7],
        ],
      ],
      [[]],
    ];
    const outline = parse({ type: 'MultiPolygon', coordinates: [...slivers, [box]] });
    expect(outline.coordinates).toEqual([[box]]);
  });
});

describe('an outline is refused with a code and a hint', () => {
  const swap = (positions: readonly (readonly number[])[]) => positions.map(([lon, lat]) => [lat, lon]);
  const losAngeles = boxRing(-118.7, 33.7, -118.1, 34.4);
  test.each([
    ['text that is not JSON', '{', 'outline-not-json'],
    ['a GeometryCollection', { type: 'GeometryCollection', geometries: [] }, 'outline-wrong-type'],
    ['a point', feature({ type: 'Point', coordinates: [-74, 40] }), 'outline-wrong-type'],
    ['JSON that is not GeoJSON', { city: 'New York' }, 'outline-wrong-type'],
    ['a list', [1, 2], 'outline-wrong-type'],
    ['nothing', null, 'outline-wrong-type'],
    ['a feature without geometry', feature(null), 'outline-malformed'],
    ['a collection without features', { type: 'FeatureCollection' }, 'outline-malformed'],
    ['words for numbers', { type: 'Polygon', coordinates: [[['-74', '40']]] }, 'outline-malformed'],
    ['rings that are one level too deep', { type: 'Polygon', coordinates: [[box]] }, 'outline-malformed'],
    ['no feature', { type: 'FeatureCollection', features: [] }, 'outline-empty'],
    ['no polygon', { type: 'MultiPolygon', coordinates: [] }, 'outline-empty'],
    ['no ring', { type: 'Polygon', coordinates: [] }, 'outline-empty'],
    ['only empty rings', { type: 'Polygon', coordinates: [[]] }, 'outline-without-area'],
    [
      'a line there and back',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      },
      'outline-without-area',
    ],
    ['a ring that is open', { type: 'Polygon', coordinates: [box.slice(0, -1)] }, 'outline-ring-open'],
    ['latitudes first', { type: 'Polygon', coordinates: [swap(losAngeles)] }, 'outline-swapped'],
    [
      'feet',
      { type: 'Polygon', coordinates: [boxRing(913_000, 120_000, 1_067_000, 272_000)] },
      'outline-not-degrees',
    ],
    [
      'a figure of eight',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
            [1, 0],
            [0, 1],
            [0, 0],
          ],
        ],
      },
      'outline-crosses-itself',
    ],
    [
      'a hole that crosses the outer ring',
      { type: 'Polygon', coordinates: [box, boxRing(-74, 40.7, -73.8, 40.75)] },
      'outline-crosses-itself',
    ],
    [
      'a hole outside',
      { type: 'Polygon', coordinates: [box, boxRing(-73.5, 40.6, -73.4, 40.7)] },
      'outline-hole-outside',
    ],
    [
      'a ring around a pole',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 80],
            [120, 80],
            [-120, 80],
            [0, 80],
          ],
        ],
      },
      'outline-around-pole',
    ],
  ])('%s', (_, json, code) => {
    const error = failure(typeof json === 'string' ? json : JSON.stringify(json));
    expect(error.code).toBe(code);
    expect(error).toMatchObject({ exitCode: 2, where: { file: 'city.geojson' } });
    expect(error.message).toMatch(/^city\.geojson: /);
    expect(error.hint).toMatch(/\.$/);
  });

  test('and says where: the feature, the polygon, the ring', () => {
    const open = feature({ type: 'Polygon', coordinates: [box, hole.slice(0, -1)] });
    expect(
      failure(JSON.stringify({ type: 'FeatureCollection', features: [feature(island), open] })).message,
    ).toBe(
      'city.geojson: feature 2, polygon 1, ring 2 ends at [-74, 40.68] and not where it began, at [-74.02, 40.68].',
    );
    expect(
      failure(
        JSON.stringify({
          type: 'FeatureCollection',
          features: [feature(island), feature({ type: 'Point' })],
        }),
      ).message,
    ).toContain('features.1.geometry.type is Point');
  });
});
