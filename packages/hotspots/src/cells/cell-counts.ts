import { requireArgument } from '@crimetracker/analysis-kit';
import { getResolution } from 'h3-js';
import type { CellGrid } from './cell-grid.js';

/**
 * Incidents by H3 index, all of one resolution.
 *
 * Counted from the points at that resolution (`h3_r7` to `h3_r10`), never summed up from a finer one: a cell is only
 * about covered by its children, so one point in fourteen lies in a cell of resolution 9 whose parent is not the
 * cell of resolution 8 that holds the point.
 */
export type CellCounts = ReadonlyMap<string, number>;

export interface CountsOnGrid {
  /** Incidents of each cell of the grid, 0 where none is known. */
  readonly counts: Float64Array;
  /** Cells with incidents that are not in the grid, ascending. */
  readonly cellsOutside: readonly string[];
  readonly incidentsOutside: number;
}

/** Puts counts on a grid of the same resolution, and says what lies outside. */
export function countsOnGrid(grid: CellGrid, incidents: CellCounts): CountsOnGrid {
  requireCounts('countsOnGrid', incidents, grid.resolution);
  const counts = Float64Array.from(grid.cells, (cell) => incidents.get(cell) ?? 0);
  const cells = new Set(grid.cells);
  const cellsOutside: string[] = [];
  let incidentsOutside = 0;
  for (const [cell, count] of incidents) {
    if (count === 0 || cells.has(cell)) continue;
    cellsOutside.push(cell);
    incidentsOutside += count;
  }
  return { counts, cellsOutside: cellsOutside.sort(), incidentsOutside };
}

/** Throws unless all cells are of the resolution and all counts at least 0. */
export function requireCounts(where: string, incidents: CellCounts, resolution: number): void {
  for (const [cell, count] of incidents) {
    requireArgument(
      getResolution(cell) === resolution,
      where,
      `${cell} is a cell of resolution ${resolution}`,
    );
    requireArgument(
      Number.isFinite(count) && count >= 0,
      where,
      `counts are at least 0, got ${count} in ${cell}`,
    );
  }
}

export function totalIncidents(incidents: CellCounts): number {
  let sum = 0;
  for (const count of incidents.values()) sum += count;
  return sum;
}
