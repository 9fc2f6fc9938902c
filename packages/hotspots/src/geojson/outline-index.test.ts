import fc from 'fast-check';
import {
  cellToBoundary,
  cellToLatLng,
  gridDisk,
  latLngToCell,
  polygonToCells,
  polygonToCellsExperimental,
} from 'h3-js';
import { describe, expect, test } from 'vitest';
import { OutlineIndex } from './outline-index.js';
import { boxRing, outlineOf, starRing } from './testing-shapes.js';

const radii = fc.array(fc.double({ min: 0.01, max: 0.06, noNaN: true }), { minLength: 3, maxLength: 40 });

describe('where a point lies to an outline', () => {
  test('is what H3 says for the centres of cells, on any star with a hole', () => {
    fc.assert(
      fc.property(radii, (outerRadii) => {
        const outer = starRing([-73.9, 40.7], outerRadii);
        const hole = starRing(
          [-73.9, 40.7],
          outerRadii.map((radius) => radius / 3),
        ).toReversed();
        const index = new OutlineIndex(outlineOf([outer, hole]));
        const found = gridDisk(latLngToCell(40.7, -73.9, 8), 12).filter((cell) => {
          const [lat, lon] = cellToLatLng(cell);
          return index.contains(lon, lat);
        });
        const loops = [outer, hole].map((ring) => ring.map(([lon, lat]) => [lon, lat]));
        expect(found.sort()).toEqual(polygonToCells(loops, 8, true).sort());
      }),
      { numRuns: 100 },
    );
  });

  test('at the very edge: west and south are inside, east and north are not, so neighbours share no point', () => {
    const left = new OutlineIndex(outlineOf([boxRing(0, 0, 1, 1)]));
    const right = new OutlineIndex(outlineOf([boxRing(1, 0, 2, 1)]));
    expect(left.contains(0, 0.5)).toBe(true);
    expect(left.contains(0.5, 0)).toBe(true);
    expect(left.contains(0, 0)).toBe(true);
    expect(left.contains(0.5, 1)).toBe(false);
    expect(left.contains(1, 0.5)).toBe(false);
    expect(right.contains(1, 0.5)).toBe(true);
  });

  test('is inside where two polygons overlap', () => {
    const index = new OutlineIndex(outlineOf([boxRing(0, 0, 2, 2)], [boxRing(1, 1, 3, 3)]));
    expect(index.contains(1.5, 1.5)).toBe(true);
    expect(index.contains(2.5, 2.5)).toBe(true);
    expect(index.contains(2.5, 0.5)).toBe(false);
  });

  test('is outside of an empty outline', () => {
    const index = new OutlineIndex(outlineOf());
    expect(index.contains(0, 0)).toBe(false);
    expect(index.overlaps(boxRing(0, 0, 1, 1))).toBe(false);
  });
});

describe('whether a cell lies partly in an outline', () => {
  test('is what H3 says, on any star', () => {
    fc.assert(
      fc.property(radii, (outerRadii) => {
        const outer = starRing([-73.9, 40.7], outerRadii);
        const index = new OutlineIndex(outlineOf([outer]));
        const found = gridDisk(latLngToCell(40.7, -73.9, 8), 14).filter((cell) =>
          index.overlaps(cellToBoundary(cell, true)),
        );
        const loop = outer.map(([lon, lat]) => [lon, lat]);
        expect(found.sort()).toEqual(
          polygonToCellsExperimental([loop], 8, 'containmentOverlapping', true).sort(),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('is true of a cell around a tiny island, a cell in a polygon, and a cell that a thin spit crosses', () => {
    const box = boxRing(0, 0, 1, 1);
    const overlaps = (west: number, south: number, east: number, north: number): boolean =>
      new OutlineIndex(outlineOf([boxRing(west, south, east, north)])).overlaps(box);
    expect(overlaps(0.5, 0.5, 0.51, 0.51)).toBe(true);
    expect(overlaps(-1, -1, 2, 2)).toBe(true);
    expect(overlaps(-1, 0.5, 2, 0.501)).toBe(true);
    expect(overlaps(1.1, 0, 2, 1)).toBe(false);
  });
});
