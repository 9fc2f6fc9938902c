import { gridDisk, gridDistance, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { cellGrid } from '../cells/cell-grid.js';
import { proMap } from './pro-map.js';

test('weights each incident by 1 ÷ ((1 + rings/δ) (1 + weeks/τ)), up to two rings and 52 weeks', () => {
  const centre = latLngToCell(40.7, -73.9, 9);
  const grid = cellGrid(gridDisk(centre, 3));
  const middle = grid.cells.indexOf(centre);
  // One incident too long ago, two in week 58, one in week 59; forecast from week 60.
  const weekStarts = new Int32Array(61);
  for (let week = 0; week < 61; week += 1) weekStarts[week] = week <= 5 ? 0 : week <= 58 ? 1 : week - 57;
  const events = {
    firstMonday: '2020-01-06',
    weekStarts,
    cellOfEvent: Int32Array.of(middle, middle, middle),
    countOfEvent: Int32Array.of(1, 2, 1),
  };
  const [first, second] = proMap(grid, events)(60, 4, [0.5, 2]);
  for (const [place, cell] of grid.cells.entries()) {
    const rings = gridDistance(centre, cell);
    const expected = (delta: number) => (rings > 2 ? 0 : (1 + 2 / (1 + 1 / 4)) / (1 + rings / delta));
    expect(first?.[place]).toBeCloseTo(expected(0.5), 12);
    expect(second?.[place]).toBeCloseTo(expected(2), 12);
  }
});
