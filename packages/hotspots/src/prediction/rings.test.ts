import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { cellGrid } from '../cells/cell-grid.js';
import { addRingSums, inverseDegrees, secondRing } from './rings.js';

const centre = latLngToCell(34.05, -118.24, 9);
const grid = cellGrid(gridDisk(centre, 4));

describe('secondRing', () => {
  test('holds the twelve cells that H3 puts at distance two, inside the study area', () => {
    const ring = secondRing(grid.neighbours);
    const inner = grid.cells.indexOf(centre);
    const expected = gridDisk(centre, 2).filter((cell) => !gridDisk(centre, 1).includes(cell));
    const found = [...ring.list.subarray(ring.starts[inner], ring.starts[inner + 1])];
    expect(found.map((cell) => grid.cells[cell])).toEqual(expected.toSorted());
  });

  test('is symmetric', () => {
    const { starts, list } = secondRing(grid.neighbours);
    const pairs = new Set<string>();
    for (let cell = 0; cell < grid.cells.length; cell += 1) {
      for (const other of list.subarray(starts[cell], starts[cell + 1])) pairs.add(`${cell}/${other}`);
    }
    for (const pair of pairs) expect(pairs).toContain(pair.split('/').toReversed().join('/'));
  });
});

test('what is spread over a ring by inverse degrees keeps its sum', () => {
  const degrees = inverseDegrees(grid.neighbours);
  const values = Float64Array.from(grid.cells, (_, cell) => cell % 7);
  const into = new Float64Array(values.length);
  addRingSums(
    grid.neighbours,
    values.map((value, cell) => value * (degrees[cell] ?? 0)),
    into,
  );
  const sumOf = (all: Float64Array) => all.reduce((sum, value) => sum + value, 0);
  expect(sumOf(into)).toBeCloseTo(sumOf(values), 9);
});
