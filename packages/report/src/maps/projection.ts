/** Longitude, then latitude, in degrees. */
export type Position = readonly [longitude: number, latitude: number];
export type Ring = readonly Position[];

const KM_PER_DEGREE = 111.195;

/** Maps positions of one city to pixels: as wide as told, true to scale at the middle latitude. */
export class CityProjection {
  readonly width: number;
  readonly height: number;
  /** Pixels a kilometre. */
  readonly scale: number;
  readonly #west: number;
  readonly #north: number;
  readonly #xScale: number;
  readonly #yScale: number;

  constructor(positions: Iterable<Position>, size: number) {
    let [west, south, east, north] = [
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (const [longitude, latitude] of positions) {
      west = Math.min(west, longitude);
      east = Math.max(east, longitude);
      south = Math.min(south, latitude);
      north = Math.max(north, latitude);
    }
    if (!(west <= east)) [west, south, east, north] = [0, 0, 1, 1];
    const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
    const wide = Math.max((east - west) * squeeze, 1e-6);
    const tall = Math.max(north - south, 1e-6);
    this.#yScale = size / Math.max(wide, tall);
    this.#xScale = this.#yScale * squeeze;
    this.#west = west;
    this.#north = north;
    this.width = Math.ceil(wide * this.#yScale);
    this.height = Math.ceil(tall * this.#yScale);
    this.scale = this.#yScale / KM_PER_DEGREE;
  }

  point([longitude, latitude]: Position): readonly [x: number, y: number] {
    return [(longitude - this.#west) * this.#xScale, (this.#north - latitude) * this.#yScale];
  }

  /** An SVG path of closed rings, each point relative to the one before, in tenths of a pixel. */
  path(polygons: readonly (readonly Ring[])[]): string {
    return polygons.flatMap((rings) => rings.map((ring) => this.#ring(ring))).join('');
  }

  #ring(ring: Ring): string {
    let [lastX, lastY] = [0, 0];
    const parts: string[] = [];
    for (const position of ring) {
      const [x, y] = this.point(position).map((value) => Math.round(value * 10)) as [number, number];
      if (parts.length > 0 && x === lastX && y === lastY) continue;
      parts.push(`${parts.length === 0 ? 'M' : 'l'}${tenths(x - lastX)} ${tenths(y - lastY)}`);
      [lastX, lastY] = [x, y];
    }
    return parts.length < 3 ? '' : `${parts.join('')}z`;
  }
}

function tenths(value: number): string {
  return String(value / 10).replace(/^(-?)0\./, '$1.');
}
