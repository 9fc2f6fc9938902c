import { requireArgument } from '@crimetracker/analysis-kit';
import type { Neighbours } from '../cells/neighbours.js';

/**
 * The neighbours of every bin of a space-time cube: those of its cell in the same step, then the cell and its
 * neighbours in the step before.
 *
 * The bin of cell i in step t stands at place t × cells + i, steps oldest first. The first step has no step before.
 * Unlike neighbours in space, this relation looks back only and so is not symmetric: a bin is a neighbour of bins of
 * the next step, which are not neighbours of it. Gi* takes the neighbours of one bin at a time and does not mind.
 * Source: the time lag of 1 of sfdep's emerging hot spot analysis.
 */
export function spaceTimeNeighbours(neighbours: Neighbours, steps: number): Neighbours {
  requireArgument(Number.isInteger(steps) && steps >= 1, 'spaceTimeNeighbours', 'there is at least one step');
  const { starts, list } = neighbours;
  const cells = starts.length - 1;
  const allStarts = new Int32Array(cells * steps + 1);
  const allList = new Int32Array(list.length * (2 * steps - 1) + cells * (steps - 1));
  let at = 0;
  for (let step = 0; step < steps; step += 1) {
    const now = step * cells;
    const before = now - cells;
    for (let cell = 0; cell < cells; cell += 1) {
      const [start, end] = [starts[cell] as number, starts[cell + 1] as number];
      for (let k = start; k < end; k += 1) allList[at++] = now + (list[k] as number);
      if (step > 0) {
        allList[at++] = before + cell;
        for (let k = start; k < end; k += 1) allList[at++] = before + (list[k] as number);
      }
      allStarts[now + cell + 1] = at;
    }
  }
  return { starts: allStarts, list: allList };
}
