import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { cellToParent, gridDisk, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { countsOnGrid } from './cell-counts.js';
import { cellGrid } from './cell-grid.js';

test('a point and the cell around it can have different parents, so counts are not summed up from finer cells', () => {
  const { uniform } = testingRandom(1);
  const points = Array.from(
    { length: 20_000 },
    () => [40.6 + 0.2 * uniform(), -74.0 + 0.2 * uniform()] as const,
  );
  const counted = new Map<string, number>();
  const rolledUp = new Map<string, number>();
  let moved = 0;
  for (const [lat, lon] of points) {
    const own = latLngToCell(lat, lon, 8);
    const parent = cellToParent(latLngToCell(lat, lon, 9), 8);
    counted.set(own, (counted.get(own) ?? 0) + 1);
    rolledUp.set(parent, (rolledUp.get(parent) ?? 0) + 1);
    if (own !== parent) moved += 1;
  }
  // 7 % of real incidents of New York as well.
  expect(moved / points.length).toBeGreaterThan(0.05);
  expect(moved / points.length).toBeLessThan(0.09);
  const wrong = [...counted].filter(([cell, count]) => rolledUp.get(cell) !== count).length;
  expect(wrong / counted.size).toBeGreaterThan(0.5);
});

test('counts stand at the place of their cell, and what is outside is counted', () => {
  const centre = latLngToCell(40.71, -74.0, 9);
  const grid = cellGrid(gridDisk(centre, 1));
  const outside = gridDisk(centre, 3)
    .filter((cell) => !grid.cells.includes(cell))
    .sort();
  const [near = '', far = '', none = ''] = outside;
  const placed = countsOnGrid(
    grid,
    new Map([
      [centre, 5],
      [far, 2],
      [near, 3],
      [none, 0],
    ]),
  );
  expect(placed.counts[grid.cells.indexOf(centre)]).toBe(5);
  expect(placed.counts.reduce((sum, count) => sum + count)).toBe(5);
  expect(placed.cellsOutside).toEqual([near, far]);
  expect(placed.incidentsOutside).toBe(5);
});

test('counts of another resolution, and counts below 0, are refused', () => {
  const grid = cellGrid([latLngToCell(40.71, -74.0, 9)]);
  expect(() => countsOnGrid(grid, new Map([[latLngToCell(40.71, -74.0, 8), 1]]))).toThrow('resolution 9');
  expect(() => countsOnGrid(grid, new Map([[grid.cells[0] ?? '', -1]]))).toThrow('at least 0');
  expect(() => countsOnGrid(grid, new Map([['nowhere', 1]]))).toThrow('resolution 9');
});
