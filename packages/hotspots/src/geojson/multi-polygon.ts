/** Longitude, then latitude, in degrees (RFC 7946). */
export type Position = readonly [longitude: number, latitude: number];

/** The last position repeats the first. */
export type Ring = readonly Position[];

/** The outer ring, anticlockwise, then its holes, clockwise. */
export type Polygon = readonly Ring[];

/** A GeoJSON MultiPolygon whose polygons do not cross the antimeridian: it cuts them (RFC 7946, 3.1.9). */
export interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly Polygon[];
}
