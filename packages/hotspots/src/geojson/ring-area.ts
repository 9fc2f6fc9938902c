import type { MultiPolygon, Polygon, Ring } from './multi-polygon.js';

/** Radius of the sphere that has the surface of the WGS 84 ellipsoid, as H3 has it. */
const EARTH_RADIUS_KM = 6371.007180918475;
const RADIANS = Math.PI / 180;

/**
 * Area of a closed ring on the sphere in km², above 0 when it runs anticlockwise; sides are straight in degrees.
 *
 * The sine of the latitude is taken as linear along a side, which is exact enough for sides of a few kilometres.
 * Source: Chamberlain and Duquette (2007), "Some algorithms for polygons on a sphere", JPL 07-03.
 */
export function ringAreaKm2(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [fromLon, fromLat] = ring[i - 1] ?? [0, 0];
    const [toLon, toLat] = ring[i] ?? [0, 0];
    sum += (fromLon - toLon) * (Math.sin(fromLat * RADIANS) + Math.sin(toLat * RADIANS));
  }
  return (sum * RADIANS * EARTH_RADIUS_KM ** 2) / 2;
}

/** Area of a polygon without its holes in km². */
export function polygonAreaKm2(polygon: Polygon): number {
  return polygon.reduce((sum, ring) => sum + ringAreaKm2(ring), 0);
}

/** Area of an outline in km²; where its polygons overlap, all of them count. */
export function outlineAreaKm2(outline: MultiPolygon): number {
  return outline.coordinates.reduce((sum, polygon) => sum + polygonAreaKm2(polygon), 0);
}
