import { gridDisk } from 'h3-js';

/** Cells that hang together by their sides, as lists; the order is that of their first cells, ascending. */
export function islands(cells: ReadonlySet<string>): readonly (readonly string[])[] {
  const left = new Set([...cells].sort());
  const found: string[][] = [];
  for (const start of left) {
    left.delete(start);
    const island = [start];
    for (const cell of island) {
      for (const other of gridDisk(cell, 1)) if (left.delete(other)) island.push(other);
    }
    found.push(island);
  }
  return found;
}
