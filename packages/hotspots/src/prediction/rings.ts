import type { Neighbours } from '../cells/neighbours.js';
import { layOutNeighbours } from '../cells/neighbours.js';

/** The cells exactly two steps away from each cell, by ways within the study area. */
export function secondRing({ starts, list }: Neighbours): Neighbours {
  const cells = starts.length - 1;
  const seenFrom = new Int32Array(cells).fill(-1);
  const lists = Array.from({ length: cells }, (_, cell) => {
    const start = starts[cell] as number;
    const end = starts[cell + 1] as number;
    seenFrom[cell] = cell;
    for (let place = start; place < end; place += 1) seenFrom[list[place] as number] = cell;
    const ring: number[] = [];
    for (let place = start; place < end; place += 1) {
      const near = list[place] as number;
      const last = starts[near + 1] as number;
      for (let further = starts[near] as number; further < last; further += 1) {
        const far = list[further] as number;
        if (seenFrom[far] === cell) continue;
        seenFrom[far] = cell;
        ring.push(far);
      }
    }
    return ring.sort((a, b) => a - b);
  });
  return layOutNeighbours(lists);
}

/** A ring in which a cell with none around it stands for itself, so that nothing spread over it is lost. */
export function withLoneCells({ starts, list }: Neighbours): Neighbours {
  return layOutNeighbours(
    Array.from({ length: starts.length - 1 }, (_, cell) => {
      const around = [...list.subarray(starts[cell], starts[cell + 1])];
      return around.length > 0 ? around : [cell];
    }),
  );
}

/** 1 ÷ the number of cells around each cell; 0 where there is none. */
export function inverseDegrees({ starts }: Neighbours): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, cell) => {
    const degree = (starts[cell + 1] as number) - (starts[cell] as number);
    return degree === 0 ? 0 : 1 / degree;
  });
}

/** Sums over the cells around a cell, for all cells: `into[i] += weight · Σ values[j]`. */
export function addRingSums(ring: Neighbours, values: Float64Array, into: Float64Array, weight = 1): void {
  const { starts, list } = ring;
  for (let cell = 0; cell < into.length; cell += 1) {
    const end = starts[cell + 1] as number;
    let sum = 0;
    for (let place = starts[cell] as number; place < end; place += 1)
      sum += values[list[place] as number] as number;
    into[cell] = (into[cell] as number) + weight * sum;
  }
}
