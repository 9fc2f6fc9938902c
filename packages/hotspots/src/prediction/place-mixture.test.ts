import { latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { cellGrid } from '../cells/cell-grid.js';
import { placeMixture, TIERS } from './place-mixture.js';
import { placePast } from './place-past.js';
import { COMPONENTS } from './place-shares.js';
import { simulateWorld, testingGrid } from './testing-worlds.js';

const disc = testingGrid(7);
// With a cell that has no other around it, as an island may.
const grid = cellGrid([...disc.cells, latLngToCell(41, -74, 9)]);
const cells = grid.cells.length;
const events = simulateWorld(grid, { weeks: 130, weekly: 40, spread: 1.5 }, 3);
const past = placePast(events, cells);
while (past.week < 130) past.advance();
const origin = placeMixture(grid, events);
origin.moveTo(past, 4);

describe('the components of the mixture', () => {
  test('sum to 1 over the cells of each tier', () => {
    const row = new Float64Array(COMPONENTS.length);
    const sums = Array.from({ length: TIERS }, () => new Float64Array(COMPONENTS.length));
    for (let cell = 0; cell < cells; cell += 1) {
      origin.readCell(cell, row, 0);
      for (const [k, share] of row.entries()) {
        const ofTier = sums[origin.tierOf[cell] ?? 0];
        if (ofTier !== undefined) ofTier[k] = (ofTier[k] ?? 0) + share;
      }
    }
    for (const ofTier of sums) for (const sum of ofTier) expect(sum).toBeCloseTo(1, 9);
  });

  test('come to the same mixed for all cells at once as cell by cell', () => {
    const weights = Array.from({ length: TIERS }, (_, tier) =>
      Float64Array.from(COMPONENTS, (_name, k) => (((k + tier) % 5) + 1) / 100),
    );
    const mixed = new Float64Array(cells);
    origin.mix(weights, mixed);
    const row = new Float64Array(COMPONENTS.length);
    for (let cell = 0; cell < cells; cell += 1) {
      origin.readCell(cell, row, 0);
      const ofTier = weights[origin.tierOf[cell] ?? 0];
      const expected = row.reduce((sum, share, k) => sum + share * (ofTier?.[k] ?? 0), 0);
      expect(mixed[cell]).toBeCloseTo(expected, 12);
    }
  });

  test('have tiers in the order of how busy cells were', () => {
    const sizes = Array.from(
      { length: TIERS },
      (_, tier) => origin.tierOf.filter((of) => of === tier).length,
    );
    expect(sizes).toEqual([4, 14, cells - 18]);
  });
});
