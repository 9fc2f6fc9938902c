import type { IntegerProgram } from '../solver/program-solver.js';
import type { CoverProblem } from './greedy-cover.js';

/**
 * Maximal cover as an integer program: a column a site, 1 where it is chosen, then a column a demand, which is covered as
 * far as a chosen site covers it, and so is whole where the sites are. Also the columns of a choice to begin with.
 */
export function coverProgram(
  { benefit, covers }: CoverProblem,
  k: number,
  chosen: readonly number[],
): { readonly program: IntegerProgram; readonly start: Float64Array } {
  const demands = benefit.length;
  const columns = covers.length + demands;
  const starts = new Int32Array(columns + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (const [site, reached] of covers.entries()) {
    // Row d: covered demand d − chosen sites that cover it ≤ 0; the last row: chosen sites ≤ k.
    for (const demand of [...reached].sort((a, b) => a - b)) {
      indices.push(demand);
      values.push(-1);
    }
    indices.push(demands);
    values.push(1);
    starts[site + 1] = indices.length;
  }
  for (let demand = 0; demand < demands; demand += 1) {
    indices.push(demand);
    values.push(1);
    starts[covers.length + demand + 1] = indices.length;
  }
  const cost = new Float64Array(columns);
  for (let demand = 0; demand < demands; demand += 1) cost[covers.length + demand] = benefit[demand] ?? 0;
  const rowUpper = new Float64Array(demands + 1);
  rowUpper[demands] = k;
  const start = new Float64Array(columns);
  for (const site of chosen) {
    start[site] = 1;
    for (const demand of covers[site] ?? []) start[covers.length + demand] = 1;
  }
  return {
    program: {
      offset: 0,
      cost,
      colLower: new Float64Array(columns),
      colUpper: new Float64Array(columns).fill(1),
      rowLower: new Float64Array(demands + 1).fill(Number.NEGATIVE_INFINITY),
      rowUpper,
      starts,
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
      wholeColumns: covers.length,
    },
    start,
  };
}
