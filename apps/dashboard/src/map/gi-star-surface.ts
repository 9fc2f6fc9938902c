import { falseDiscoveries } from '@crimetracker/analysis-kit';
import type { CellGrid } from '@crimetracker/hotspots/surface';
import { cellGrid, DISCOVERY_RATE, heatClass, testSurface } from '@crimetracker/hotspots/surface';

export interface GiSurface {
  readonly z: Float64Array;
  /** Expected share of false discoveries if a cell and all that are clearer were told. */
  readonly q: Float64Array;
  /** 1 where a cell is hot or cold beyond chance, over all cells of the map together. */
  readonly isDiscovered: Uint8Array;
}

const grids = new Map<string, CellGrid>();

/** The grid of a list of cells; made once for each list. */
function gridOf(key: string, cells: readonly string[]): CellGrid {
  const known = grids.get(key);
  if (known !== undefined) return known;
  const grid = cellGrid(cells);
  grids.set(key, grid);
  return grid;
}

/**
 * Gi* of the counts on the map with exact permutation p-values, and which cells are hot or cold at a false discovery rate
 * of 5 % over all cells. The study area is the cells in which an incident was ever recorded. A reason where there is no
 * answer. Source: packages/hotspots.
 */
export function giSurface(key: string, cells: readonly string[], counts: Float64Array): GiSurface | string {
  const tested = testSurface(counts, gridOf(key, cells));
  if (tested.kind !== 'tested') return tested.reason;
  const discoveries = falseDiscoveries([tested.p]);
  const cutOff = discoveries.cutOff(DISCOVERY_RATE);
  return {
    z: tested.z,
    q: tested.p.map((p) => discoveries.q(p)),
    isDiscovered: Uint8Array.from(tested.z, (z, place) =>
      heatClass(z, tested.p[place] ?? 1, cutOff) === 'not significant' ? 0 : 1,
    ),
  };
}
