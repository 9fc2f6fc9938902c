import { cellArea, getBaseCellNumber, getPentagons, gridDisk, latLngToCell, UNITS } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { cellGrid } from './cell-grid.js';

/** Phoenix and Helsinki lie on two base cells each, Taveuni (Fiji) on both sides of the antimeridian. */
const PLACES = [
  ['New York', latLngToCell(40.71, -74.0, 8)],
  ['Phoenix', latLngToCell(33.45, -112.07, 8)],
  ['Helsinki', latLngToCell(60.17, 24.94, 8)],
  ['Taveuni', latLngToCell(-16.8, 180, 8)],
  ['a pentagon', getPentagons(8)[5] ?? ''],
] as const;

describe.each(PLACES)('a grid around %s', (_, centre) => {
  const grid = cellGrid(gridDisk(centre, 12));

  test('has cells in ascending order with their real areas', () => {
    expect(grid.cells).toEqual([...grid.cells].sort());
    expect(grid.resolution).toBe(8);
    expect([...grid.areasKm2]).toEqual(grid.cells.map((cell) => cellArea(cell, UNITS.km2)));
  });

  test('has neighbours that are mutual, and flags only the outermost ring as edge', () => {
    const { starts, list } = grid.neighbours;
    const of = (place: number): number[] => [...list.slice(starts[place], starts[place + 1])];
    for (const place of grid.cells.keys()) {
      for (const other of of(place)) expect(of(other)).toContain(place);
    }
    const inner = new Set(gridDisk(centre, 11));
    expect(grid.cells.filter((cell) => !inner.has(cell)).length).toBe(grid.isEdge.reduce((a, b) => a + b, 0));
    for (const [place, cell] of grid.cells.entries())
      expect(grid.isEdge[place]).toBe(inner.has(cell) ? 0 : 1);
  });
});

test('Phoenix and Helsinki do lie on two base cells', () => {
  for (const [name, centre] of PLACES.slice(1, 3)) {
    const baseCells = new Set(gridDisk(centre, 12).map((cell) => getBaseCellNumber(cell)));
    expect([name, baseCells.size]).toEqual([name, 2]);
  }
});

test('a repeated cell counts once, one cell is a grid, none is an empty one', () => {
  const cell = latLngToCell(40.71, -74.0, 9);
  const one = cellGrid([cell, cell]);
  expect(one.cells).toEqual([cell]);
  expect([...one.isEdge]).toEqual([1]);
  expect(cellGrid([]).cells).toEqual([]);
});

test('cells of two resolutions are refused', () => {
  expect(() => cellGrid([latLngToCell(40, -74, 8), latLngToCell(40, -74, 9)])).toThrow('one resolution');
});
