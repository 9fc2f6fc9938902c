import type { Polygon } from './multi-polygon.js';

/** A side of a ring, its southern end first, whichever way the ring runs: two polygons see a common side alike. */
export interface Side {
  readonly southLon: number;
  readonly southLat: number;
  readonly northLon: number;
  readonly northLat: number;
  /** Place of its polygon. */
  readonly polygon: number;
}

const MOST_BANDS = 8192;

/** The sides of polygons in bands of latitude, so that a question looks at some ten of many thousands. */
export class SidesByLatitude {
  /** The sides that reach into each band, those of a polygon together. */
  readonly bands: readonly (readonly Side[])[];
  readonly #south: number;
  readonly #bandHeight: number;

  constructor(polygons: readonly Polygon[]) {
    const sides = polygons.flatMap((polygon, place) => polygon.flatMap((ring) => sidesOf(ring, place)));
    let south = Number.POSITIVE_INFINITY;
    let north = Number.NEGATIVE_INFINITY;
    for (const { southLat, northLat } of sides) {
      south = Math.min(south, southLat);
      north = Math.max(north, northLat);
    }
    const count = Math.min(MOST_BANDS, Math.max(1, sides.length));
    this.#south = south;
    this.#bandHeight = (north - south) / count || 1;
    const bands = Array.from({ length: count }, (): Side[] => []);
    this.bands = bands;
    for (const side of sides) {
      const last = this.bandOf(side.northLat);
      for (let band = this.bandOf(side.southLat); band <= last; band += 1) bands[band]?.push(side);
    }
  }

  /** The band of a latitude; the first or the last one where there are no sides. */
  bandOf(lat: number): number {
    const band = Math.floor((lat - this.#south) / this.#bandHeight);
    return Math.max(0, Math.min(this.bands.length - 1, band));
  }
}

function sidesOf(ring: Polygon[number], polygon: number): readonly Side[] {
  return ring.slice(1).map((other, place): Side => {
    const one = ring[place] ?? other;
    const [[southLon, southLat], [northLon, northLat]] = one[1] < other[1] ? [one, other] : [other, one];
    return { southLon, southLat, northLon, northLat, polygon };
  });
}
