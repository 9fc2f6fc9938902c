import { requireArgument } from '@crimetracker/analysis-kit';
import { cellArea, getResolution, gridDisk, isPentagon, UNITS } from 'h3-js';
import type { Neighbours } from './neighbours.js';
import { layOutNeighbours } from './neighbours.js';

/** The cells of a study area, those without a crime included. Everything about cell i stands at place i. */
export interface CellGrid {
  /** H3 resolution. */
  readonly resolution: number;
  /** H3 indexes, ascending. */
  readonly cells: readonly string[];
  /** Real area of each cell; H3 cells of one resolution differ by up to a half. */
  readonly areasKm2: Float64Array;
  /** Cells that share a side, as far as they belong to the study area. */
  readonly neighbours: Neighbours;
  /** 1 where a neighbour is missing because the study area ends. */
  readonly isEdge: Uint8Array;
}

/** Makes a grid of H3 indexes, which are of one resolution; repeated ones count once. */
export function cellGrid(indexes: Iterable<string>): CellGrid {
  const cells = [...new Set(indexes)].sort();
  const resolution = cells[0] === undefined ? 0 : getResolution(cells[0]);
  const places = new Map(cells.map((cell, place) => [cell, place]));
  const isEdge = new Uint8Array(cells.length);
  const lists = cells.map((cell, place) => {
    requireArgument(getResolution(cell) === resolution, 'cellGrid', 'all cells have one resolution');
    const list = gridDisk(cell, 1).flatMap((other) => {
      const found = other === cell ? undefined : places.get(other);
      return found === undefined ? [] : [found];
    });
    isEdge[place] = list.length < (isPentagon(cell) ? 5 : 6) ? 1 : 0;
    return list.sort((a, b) => a - b);
  });
  return {
    resolution,
    cells,
    areasKm2: Float64Array.from(cells, (cell) => cellArea(cell, UNITS.km2)),
    neighbours: layOutNeighbours(lists),
    isEdge,
  };
}
