import type { MultiPolygon, Ring } from './multi-polygon.js';
import type { Side } from './sides-by-latitude.js';
import { SidesByLatitude } from './sides-by-latitude.js';

/** Answers quickly where points and cells lie to an outline. */
export class OutlineIndex {
  readonly #sides: SidesByLatitude;

  constructor(outline: MultiPolygon) {
    this.#sides = new SidesByLatitude(outline.coordinates);
  }

  /**
   * Whether a point lies in a polygon of the outline. Points at its very edge: western and southern sides belong to it,
   * eastern and northern ones do not, so that outlines which share a side never share a point.
   */
  contains(lon: number, lat: number): boolean {
    let polygon = -1;
    let isInside = false;
    for (const side of this.#sides.bands[this.#sides.bandOf(lat)] ?? []) {
      if (side.polygon !== polygon) {
        if (isInside) return true;
        polygon = side.polygon;
      }
      if (side.southLat <= lat && lat < side.northLat && lon < longitudeAt(side, lat)) isInside = !isInside;
    }
    return isInside;
  }

  /** Whether a convex ring that runs anticlockwise, such as a cell's, has a point in common with the outline. */
  overlaps(ring: Ring): boolean {
    if (ring.some(([lon, lat]) => this.contains(lon, lat))) return true;
    const latitudes = ring.map(([, lat]) => lat);
    const last = this.#sides.bandOf(Math.max(...latitudes));
    for (let band = this.#sides.bandOf(Math.min(...latitudes)); band <= last; band += 1) {
      if (this.#sides.bands[band]?.some((side) => meets(side, ring))) return true;
    }
    return false;
  }
}

function longitudeAt({ southLon, southLat, northLon, northLat }: Side, lat: number): number {
  return southLon + ((lat - southLat) / (northLat - southLat)) * (northLon - southLon);
}

/** Whether a side and a convex ring meet: the side is cut by the ring's sides until nothing is left (Cyrus and Beck). */
function meets({ southLon, southLat, northLon, northLat }: Side, ring: Ring): boolean {
  let from = 0;
  let to = 1;
  for (let i = 1; i < ring.length; i += 1) {
    const [aLon, aLat] = ring[i - 1] ?? [0, 0];
    const [bLon, bLat] = ring[i] ?? [0, 0];
    // Above 0 on the left of the ring's side, which is inside.
    const atSouth = (bLon - aLon) * (southLat - aLat) - (bLat - aLat) * (southLon - aLon);
    const atNorth = (bLon - aLon) * (northLat - aLat) - (bLat - aLat) * (northLon - aLon);
    if (atSouth < 0 && atNorth < 0) return false;
    if (atSouth < 0) from = Math.max(from, atSouth / (atSouth - atNorth));
    if (atNorth < 0) to = Math.min(to, atSouth / (atSouth - atNorth));
    if (from > to) return false;
  }
  return true;
}
