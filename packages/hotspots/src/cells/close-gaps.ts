import { gridDisk } from 'h3-js';
import { grow } from './grow.js';

/**
 * Cells with the gaps of up to `2 · rings` cells between them: the set grows by so many rings and shrinks by as many
 * (morphological closing). It never loses a cell.
 */
export function closeGaps(cells: ReadonlySet<string>, rings: number): ReadonlySet<string> {
  let closed = grow(cells, rings);
  for (let ring = 0; ring < rings; ring += 1) closed = shrink(closed);
  return closed;
}

/** The cells all of whose sides are shared with one of them. */
function shrink(cells: ReadonlySet<string>): ReadonlySet<string> {
  const shrunk = new Set<string>();
  for (const cell of cells) if (gridDisk(cell, 1).every((other) => cells.has(other))) shrunk.add(cell);
  return shrunk;
}
