import { cellArea, gridDisk, UNITS } from 'h3-js';

/** Cells with the holes that they enclose on all sides, as far as a hole is not larger than `largestKm2`. */
export function fillHoles(cells: ReadonlySet<string>, largestKm2: number): ReadonlySet<string> {
  const filled = new Set(cells);
  const open = new Set<string>();
  for (const cell of cells) {
    for (const start of gridDisk(cell, 1)) {
      if (filled.has(start) || open.has(start)) continue;
      const { reached, isHole } = flood(start, cells, open, largestKm2);
      for (const other of reached) (isHole ? filled : open).add(other);
    }
  }
  return filled;
}

/** What can be reached from a cell without entering `cells`, until that is too large for a hole or known to be open. */
function flood(
  start: string,
  cells: ReadonlySet<string>,
  open: ReadonlySet<string>,
  largestKm2: number,
): { readonly reached: ReadonlySet<string>; readonly isHole: boolean } {
  const reached = new Set([start]);
  let areaKm2 = 0;
  for (const cell of reached) {
    areaKm2 += cellArea(cell, UNITS.km2);
    if (areaKm2 > largestKm2) return { reached, isHole: false };
    for (const other of gridDisk(cell, 1)) {
      if (open.has(other)) return { reached, isHole: false };
      if (!cells.has(other)) reached.add(other);
    }
  }
  return { reached, isHole: true };
}
