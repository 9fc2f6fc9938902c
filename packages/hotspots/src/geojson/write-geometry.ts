import type { Bounds } from './bounds.js';
import type { MultiPolygon, Polygon } from './multi-polygon.js';
import { roundPolygons } from './round-polygons.js';

type Geometry = { readonly type: 'Polygon'; readonly coordinates: Polygon } | MultiPolygon;

/** The geometry of polygons as files have it, rounded; the bounds grow around it. */
export function writeGeometry(polygons: readonly Polygon[], bounds: Bounds): Geometry {
  const coordinates = roundPolygons(polygons);
  for (const [outer = []] of coordinates) for (const position of outer) bounds.add(position);
  const [only, ...others] = coordinates;
  return only !== undefined && others.length === 0
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates };
}
