/** A place on the map: web Mercator, the world from 0 to 1 to the east and to the south. */
export type MapPoint = readonly [x: number, y: number];

export interface MapBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function project(longitude: number, latitude: number): MapPoint {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [(longitude + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export function unproject([x, y]: MapPoint): { readonly longitude: number; readonly latitude: number } {
  return {
    longitude: x * 360 - 180,
    latitude: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI,
  };
}

/** The box around points; undefined without any. */
export function boxAround(points: Iterable<MapPoint>): MapBox | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return left > right ? undefined : { left, top, right, bottom };
}

/** From the map to the screen: screen = map × scale + offset. */
export interface Fit {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Puts a box into a screen of a size, with a margin in pixels. */
export function fitBox(
  { left, top, right, bottom }: MapBox,
  width: number,
  height: number,
  margin: number,
): Fit {
  const scale = Math.min(
    Math.max(1, width - 2 * margin) / Math.max(1e-9, right - left),
    Math.max(1, height - 2 * margin) / Math.max(1e-9, bottom - top),
  );
  return {
    scale,
    x: (width - (left + right) * scale) / 2,
    y: (height - (top + bottom) * scale) / 2,
  };
}
