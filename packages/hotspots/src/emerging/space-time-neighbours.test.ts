import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellGrid } from '../cells/cell-grid.js';
import type { Neighbours } from '../cells/neighbours.js';
import { layOutNeighbours } from '../cells/neighbours.js';
import { spaceTimeNeighbours } from './space-time-neighbours.js';

const of = ({ starts, list }: Neighbours, bin: number): number[] => [
  ...list.subarray(starts[bin], starts[bin + 1]),
];

describe('spaceTimeNeighbours', () => {
  const line = layOutNeighbours([[1], [0, 2], [1]]);

  it('lists the ring of the same step, and cell and ring of the step before', () => {
    const cube = spaceTimeNeighbours(line, 3);
    expect(cube.starts.length).toBe(10);
    expect(of(cube, 0)).toEqual([1]);
    expect(of(cube, 1)).toEqual([0, 2]);
    expect(of(cube, 3)).toEqual([4, 0, 1]);
    expect(of(cube, 7)).toEqual([6, 8, 4, 3, 5]);
  });

  it('looks back only', () => {
    const cube = spaceTimeNeighbours(line, 2);
    expect(of(cube, 3)).toContain(0);
    expect(of(cube, 0)).not.toContain(3);
  });

  it('of one step is the neighbours in space', () => {
    expect(spaceTimeNeighbours(line, 1)).toEqual(line);
  });

  it('gives an inner H3 cell thirteen neighbours, without itself and without repeats', () => {
    const grid = cellGrid(gridDisk(latLngToCell(40.73, -73.99, 9), 3));
    const cube = spaceTimeNeighbours(grid.neighbours, 4);
    const cells = grid.cells.length;
    for (let bin = cells; bin < 4 * cells; bin += 1) {
      const list = of(cube, bin);
      expect(new Set(list).size).toBe(list.length);
      expect(list).not.toContain(bin);
      if (grid.isEdge[bin % cells] === 0) expect(list).toHaveLength(13);
    }
  });

  it('throws without a step', () => {
    expect(() => spaceTimeNeighbours(line, 0)).toThrow('at least one step');
  });
});
