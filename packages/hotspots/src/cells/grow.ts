import { gridDisk } from 'h3-js';

/** The cells and all within so many rings of one of them. */
export function grow(cells: Iterable<string>, rings: number): ReadonlySet<string> {
  const grown = new Set(cells);
  let edge: readonly string[] = [...grown];
  for (let ring = 0; ring < rings; ring += 1) {
    const next: string[] = [];
    for (const cell of edge) {
      for (const other of gridDisk(cell, 1)) {
        if (grown.has(other)) continue;
        grown.add(other);
        next.push(other);
      }
    }
    edge = next;
  }
  return grown;
}
