import { expect, test } from 'vitest';
import { HALF_LIVES, placePast } from './place-past.js';
import { simulateWorld, testingGrid } from './testing-worlds.js';
import { addWeeks } from './weekly-events.js';

test('counts kept up week by week are those summed over all weeks at once', () => {
  const grid = testingGrid(3);
  const cells = grid.cells.length;
  const weeks = 80;
  const events = simulateWorld(grid, { weeks, weekly: 20, spread: 1 }, 1);
  const past = placePast(events, cells);
  for (let week = 0; week < weeks; week += 1) past.advance();
  expect(past.week).toBe(weeks);

  const lastYear = new Float64Array(cells);
  addWeeks(events, weeks - 52, weeks, lastYear);
  expect(past.lastYear).toEqual(lastYear);
  for (const [k, halfLife] of HALF_LIVES.entries()) {
    const decayed = new Float64Array(cells);
    for (let week = 0; week < weeks; week += 1) {
      addWeeks(events, week, week + 1, decayed, 0.5 ** ((weeks - 1 - week) / halfLife));
    }
    for (const [cell, count] of decayed.entries()) {
      expect(past.decayed[cell * HALF_LIVES.length + k]).toBeCloseTo(count, 9);
    }
    const total = decayed.reduce((sum, count) => sum + count, 0);
    expect(past.decayedTotals[k]).toBeCloseTo(total, 9);
  }
});
