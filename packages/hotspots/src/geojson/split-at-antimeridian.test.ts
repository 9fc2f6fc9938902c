import { testingRandom } from '@crimetracker/analysis-kit/testing';
import fc from 'fast-check';
import { cellToBoundary, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import type { Polygon, Position, Ring } from './multi-polygon.js';
import { OutlineIndex } from './outline-index.js';
import { polygonAreaKm2, ringAreaKm2 } from './ring-area.js';
import { isAroundPole, splitAtAntimeridian } from './split-at-antimeridian.js';
import { boxRing, outlineOf, starRing } from './testing-shapes.js';

const east = (ring: Ring, degrees: number): Ring => ring.map(([lon, lat]): Position => [lon + degrees, lat]);
const wrap = (ring: Ring): Ring =>
  ring.map(([lon, lat]): Position => [lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon, lat]);

describe('splitAtAntimeridian', () => {
  test('turns rings: the outer one anticlockwise, holes clockwise', () => {
    const outer = boxRing(0, 0, 3, 3);
    const hole = boxRing(1, 1, 2, 2);
    for (const polygon of [
      [outer, hole],
      [outer.toReversed(), hole.toReversed()],
      [outer.toReversed(), hole],
    ]) {
      expect(splitAtAntimeridian(polygon)).toEqual([[outer, hole.toReversed()]]);
    }
  });

  test('cuts a box, whether its first corner lies east or west of the antimeridian', () => {
    const west = [
      [178, 0],
      [180, 0],
      [180, 2],
      [178, 2],
    ];
    const eastern = [
      [-180, 0],
      [-179, 0],
      [-179, 2],
      [-180, 2],
    ];
    const corners = (ring: Ring | undefined): unknown[] => [...(ring ?? [])].slice(1).sort();
    for (const box of [boxRing(178, 0, 181, 2), boxRing(-182, 0, -179, 2)]) {
      for (const ring of [wrap(box), wrap(box).toReversed()]) {
        const [first, second, ...others] = splitAtAntimeridian([ring]);
        expect(others).toEqual([]);
        expect(corners(first?.[0])).toEqual(west.sort());
        expect(corners(second?.[0])).toEqual(eastern.sort());
      }
    }
  });

  test('leaves a polygon alone that only touches the antimeridian', () => {
    for (const box of [boxRing(178, 0, 180, 2), boxRing(-180, 0, -178, 2)]) {
      expect(splitAtAntimeridian([box])).toEqual([[box]]);
    }
  });

  test('cuts a comb into its teeth, and keeps a hole on the side where it lies or cuts it', () => {
    const comb: Ring = [
      [179, 0],
      [181, 0],
      [181, 1],
      [179.5, 1],
      [179.5, 2],
      [181, 2],
      [181, 3],
      [179.5, 3],
      [179.5, 4],
      [181, 4],
      [181, 5],
      [179, 5],
      [179, 0],
    ];
    const parts = splitAtAntimeridian([wrap(comb)]);
    expect(parts.length).toBe(4);
    expect(parts.reduce((sum, part) => sum + polygonAreaKm2(part), 0)).toBeCloseTo(ringAreaKm2(comb), 3);

    const holes = [boxRing(178.2, 1, 178.4, 2), boxRing(179.9, 1, 180.1, 2), boxRing(180.5, 1, 180.6, 2)];
    const cut = splitAtAntimeridian([wrap(boxRing(178, 0, 181, 3)), ...holes.map(wrap)]);
    expect(cut.map((part) => part.length)).toEqual([2, 2]);
    const area =
      ringAreaKm2(boxRing(178, 0, 181, 3)) - holes.reduce((sum, hole) => sum + ringAreaKm2(hole), 0);
    expect(cut.reduce((sum, part) => sum + polygonAreaKm2(part), 0)).toBeCloseTo(area, 3);
  });

  test('says the same of every point as the polygon at another place of the Earth, on any star with a hole', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { uniform } = testingRandom(seed);
        const radii = Array.from({ length: 3 + Math.floor(17 * uniform()) }, () => 0.2 + 2.8 * uniform());
        const centre: Position = [2 * uniform() - 1, 0];
        const star: Polygon = [
          starRing(centre, radii),
          starRing(
            centre,
            radii.map((radius) => radius / 2),
          ).toReversed(),
        ];
        const there = new OutlineIndex(outlineOf(star));
        const parts = splitAtAntimeridian(star.map((ring) => wrap(east(ring, 180))));
        const here = new OutlineIndex(outlineOf(...parts));
        for (let point = 0; point < 50; point += 1) {
          const [x, y] = [6 * uniform() - 3, 6 * uniform() - 3];
          const [[lon, lat] = [0, 0]] = wrap(east([[x, y]], 180));
          expect(here.contains(lon, lat)).toBe(there.contains(x, y));
        }
        for (const [outer = [], ...holes] of parts) {
          expect(ringAreaKm2(outer)).toBeGreaterThan(0);
          expect(holes.every((hole) => ringAreaKm2(hole) < 0)).toBe(true);
          expect([outer, ...holes].flat().every(([lon]) => Math.abs(lon) <= 180)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('refuses a ring around a pole', () => {
    const pole = cellToBoundary(latLngToCell(90, 0, 4), true);
    expect(isAroundPole(pole)).toBe(true);
    expect(() => splitAtAntimeridian([pole])).toThrow('pole');
  });
});
