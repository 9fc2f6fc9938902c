import { cellArea, cellToBoundary, getPentagons, latLngToCell, UNITS } from 'h3-js';
import { expect, test } from 'vitest';
import type { Position, Ring } from './multi-polygon.js';
import { outlineAreaKm2, ringAreaKm2 } from './ring-area.js';
import { boxRing, outlineOf } from './testing-shapes.js';

const EARTH_RADIUS_KM = 6371.007180918475;

function toVector([lon, lat]: Position): readonly [number, number, number] {
  const [east, north] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
}

/** Excess of the triangles from the first corner, with great circles as sides (Van Oosterom and Strackee 1983). */
function areaByExcess(ring: Ring): number {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const corners = ring.slice(0, -1).map(toVector);
  const [a = [1, 0, 0]] = corners;
  let excess = 0;
  for (let i = 2; i < corners.length; i += 1) {
    const [b, c] = [corners[i - 1] ?? a, corners[i] ?? a];
    const volume =
      a[0] * (b[1] * c[2] - b[2] * c[1]) +
      a[1] * (b[2] * c[0] - b[0] * c[2]) +
      a[2] * (b[0] * c[1] - b[1] * c[0]);
    excess += 2 * Math.atan2(volume, 1 + dot(a, b) + dot(b, c) + dot(c, a));
  }
  return excess * EARTH_RADIUS_KM ** 2;
}

test('areas agree with those of H3 and with the spherical excess', () => {
  const cells = [7, 8, 9, 10].flatMap((resolution) => [
    latLngToCell(40.71, -74.0, resolution),
    latLngToCell(34.05, -118.24, resolution),
    latLngToCell(64.15, -21.94, resolution),
    getPentagons(resolution)[0] ?? '',
  ]);
  for (const cell of cells) {
    const ring = cellToBoundary(cell, true);
    expect(ringAreaKm2(ring) / cellArea(cell, UNITS.km2)).toBeCloseTo(1, 4);
    expect(ringAreaKm2(ring) / areaByExcess(ring)).toBeCloseTo(1, 4);
  }
});

test('a box between parallels has the area of its zone of the sphere', () => {
  const zone = (2 * Math.PI * EARTH_RADIUS_KM ** 2 * Math.sin(Math.PI / 6)) / 360;
  expect(ringAreaKm2(boxRing(10, 0, 11, 30))).toBeCloseTo(zone, 6);
});

test('clockwise rings have an area below 0, so holes are taken off', () => {
  const outer = boxRing(0, 0, 2, 2);
  const hole = boxRing(0.5, 0.5, 1, 1).toReversed();
  expect(ringAreaKm2(hole)).toBeLessThan(0);
  expect(outlineAreaKm2(outlineOf([outer, hole], [boxRing(5, 5, 6, 6)]))).toBeCloseTo(
    ringAreaKm2(outer) + ringAreaKm2(hole) + ringAreaKm2(boxRing(5, 5, 6, 6)),
    9,
  );
  expect(ringAreaKm2([])).toBe(0);
});
