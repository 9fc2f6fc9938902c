import type { Polygon, Position, Ring } from './multi-polygon.js';

/**
 * Polygons with positions rounded to 6 decimals, a tenth of a metre. Positions that become one are kept once; holes, and
 * then polygons, that become a line are dropped.
 */
export function roundPolygons(polygons: readonly Polygon[]): readonly Polygon[] {
  return polygons.flatMap(([outer, ...holes]) => {
    const rounded = roundRing(outer ?? []);
    return rounded.length < 4 ? [] : [[rounded, ...holes.map(roundRing).filter((hole) => hole.length >= 4)]];
  });
}

function roundRing(ring: Ring): Ring {
  return ring
    .map(([lon, lat]): Position => [round(lon), round(lat)])
    .filter(([lon, lat], place, all) => lon !== all[place - 1]?.[0] || lat !== all[place - 1]?.[1]);
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
