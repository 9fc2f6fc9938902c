import type { Polygon, Position } from './multi-polygon.js';
import type { Side } from './sides-by-latitude.js';
import { SidesByLatitude } from './sides-by-latitude.js';

/** A place where two sides of a polygon's rings cross, so that its inside is not defined; rings may touch. */
export function findCrossing(polygon: Polygon): Position | undefined {
  for (const sides of new SidesByLatitude([polygon]).bands) {
    for (const [place, side] of sides.entries()) {
      for (let other = 0; other < place; other += 1) {
        const found = crossingOf(side, sides[other] ?? side);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function crossingOf(one: Side, other: Side): Position | undefined {
  if (
    Math.max(one.southLon, one.northLon) < Math.min(other.southLon, other.northLon) ||
    Math.max(other.southLon, other.northLon) < Math.min(one.southLon, one.northLon)
  ) {
    return undefined;
  }
  const south = sideOfLine(other, one.southLon, one.southLat);
  const north = sideOfLine(other, one.northLon, one.northLat);
  const otherSouth = sideOfLine(one, other.southLon, other.southLat);
  const otherNorth = sideOfLine(one, other.northLon, other.northLat);
  if (south * north >= 0 || otherSouth * otherNorth >= 0) return undefined;
  const share = south / (south - north);
  return [
    one.southLon + share * (one.northLon - one.southLon),
    one.southLat + share * (one.northLat - one.southLat),
  ];
}

/** Twice the area of the triangle of a side and a point, above 0 where the point is on its left. */
function sideOfLine({ southLon, southLat, northLon, northLat }: Side, lon: number, lat: number): number {
  return (northLon - southLon) * (lat - southLat) - (northLat - southLat) * (lon - southLon);
}
