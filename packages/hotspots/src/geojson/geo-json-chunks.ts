import { requireArgument } from '@crimetracker/analysis-kit';
import { cellToBoundary } from 'h3-js';
import type { CellGrid } from '../cells/cell-grid.js';
import { Bounds } from './bounds.js';
import { splitAtAntimeridian } from './split-at-antimeridian.js';
import { writeGeometry } from './write-geometry.js';

/** What is written of each cell, by name; the value of cell i of the grid stands at place i. */
export type CellColumns = Readonly<Record<string, ArrayLike<number | string | null>>>;

/**
 * The cells of a grid as a GeoJSON FeatureCollection (RFC 7946) in chunks, a line a cell.
 *
 * A feature's `id` is its H3 index; coordinates have 6 decimals, a tenth of a metre; cells on the antimeridian are
 * MultiPolygons cut there. A number that is not finite is written as null. `bbox` follows the features, and is left out
 * when there are none. Columns of another length than the grid throw InvalidArgumentError.
 */
export function* geoJsonChunks(grid: CellGrid, columns: CellColumns): Generator<string, void, undefined> {
  const { cells } = grid;
  const names = Object.keys(columns);
  for (const name of names) {
    requireArgument(
      columns[name]?.length === cells.length,
      'geoJsonChunks',
      `${name} has a value for each of the ${cells.length} cells`,
    );
  }
  const bounds = new Bounds();
  yield '{"type":"FeatureCollection","features":[\n';
  for (const [place, id] of cells.entries()) {
    const geometry = writeGeometry(splitAtAntimeridian([cellToBoundary(id, true)]), bounds);
    const properties = Object.fromEntries(names.map((name) => [name, columns[name]?.[place] ?? null]));
    const line = JSON.stringify({ type: 'Feature', id, properties, geometry });
    yield place + 1 < cells.length ? `${line},\n` : `${line}\n`;
  }
  const bbox = bounds.box();
  yield bbox === undefined ? ']}\n' : `],"bbox":${JSON.stringify(bbox)}}\n`;
}
