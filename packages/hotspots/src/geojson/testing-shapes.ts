import type { MultiPolygon, Polygon, Position, Ring } from './multi-polygon.js';

/** A box as a closed ring, anticlockwise. */
export function boxRing(west: number, south: number, east: number, north: number): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

export function outlineOf(...polygons: readonly Polygon[]): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: polygons };
}

/** A closed ring around a centre whose radius goes up and down: not convex, sides of any direction. */
export function starRing([lon, lat]: Position, radii: readonly number[]): Ring {
  const positions = radii.map((radius, i): Position => {
    const angle = (2 * Math.PI * i) / radii.length;
    return [lon + radius * Math.cos(angle), lat + radius * Math.sin(angle)];
  });
  return [...positions, ...positions.slice(0, 1)];
}
