import { Bounds } from './bounds.js';
import type { MultiPolygon } from './multi-polygon.js';
import { writeGeometry } from './write-geometry.js';

/** An outline as the text of a GeoJSON Feature (RFC 7946) with its `bbox`; coordinates have 6 decimals. */
export function outlineFeature(
  outline: MultiPolygon,
  properties: Readonly<Record<string, number | string | null>>,
): string {
  const bounds = new Bounds();
  const geometry = writeGeometry(outline.coordinates, bounds);
  return `${JSON.stringify({ type: 'Feature', bbox: bounds.box(), properties, geometry })}\n`;
}
