import type { Position } from './multi-polygon.js';

/** West, south, east, north in degrees; west is more than east where the box crosses the antimeridian (RFC 7946, 5.2). */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];

/** Grows around positions. Each hemisphere has its own ends, as positions at both may be close to the antimeridian. */
export class Bounds {
  #south = Number.POSITIVE_INFINITY;
  #north = Number.NEGATIVE_INFINITY;
  readonly #western = { west: Number.POSITIVE_INFINITY, east: Number.NEGATIVE_INFINITY };
  readonly #eastern = { west: Number.POSITIVE_INFINITY, east: Number.NEGATIVE_INFINITY };

  add([lon, lat]: Position): void {
    this.#south = Math.min(this.#south, lat);
    this.#north = Math.max(this.#north, lat);
    const half = lon < 0 ? this.#western : this.#eastern;
    half.west = Math.min(half.west, lon);
    half.east = Math.max(half.east, lon);
  }

  /** The narrowest box; undefined when nothing was added. */
  box(): BoundingBox | undefined {
    if (this.#south > this.#north) return undefined;
    const western = this.#western;
    const eastern = this.#eastern;
    const acrossGreenwich = eastern.east - western.west;
    const acrossAntimeridian = western.east + 360 - eastern.west;
    const isAcross = Number.isFinite(acrossGreenwich) && acrossAntimeridian < acrossGreenwich;
    return isAcross
      ? [eastern.west, this.#south, western.east, this.#north]
      : [
          Math.min(western.west, eastern.west),
          this.#south,
          Math.max(western.east, eastern.east),
          this.#north,
        ];
  }
}
