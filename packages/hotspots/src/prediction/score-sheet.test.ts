import { describe, expect, test } from 'vitest';
import type { Budget } from './budgets.js';
import { scoreRanking } from './score-ranking.js';
import { scoreSheet } from './score-sheet.js';
import { simulateWorld, testingGrid } from './testing-worlds.js';
import { addWeeks } from './weekly-events.js';

const grid = testingGrid(5);
const cells = grid.cells.length;
const events = simulateWorld(grid, { weeks: 20, weekly: 60, spread: 1 }, 2);
const budgets: readonly Budget[] = [
  { kind: 'cells', cells: 7 },
  { kind: 'area', areaKm2: 0.75 },
];
const predicted = Float64Array.from({ length: cells }, (_, cell) => ((cell * 37) % cells) + 1);
const observed = new Float64Array(cells);
addWeeks(events, 8, 12, observed);

const sumOf = (values: Float64Array = new Float64Array(0)) => values.reduce((sum, value) => sum + value, 0);

describe('a score sheet', () => {
  const sheet = scoreSheet(grid, events, budgets, 4, 16);
  sheet.recordWindow(8, 4, () => predicted);
  const record = sheet.methods.mixture;
  const reference = scoreRanking(predicted, observed, grid.areasKm2);

  test('has the hits of the reference scores at a number of cells', () => {
    expect(sumOf(record.budgets[0]?.hits)).toBeCloseTo(reference.hits[6] ?? Number.NaN, 9);
    expect(record.budgets[0]?.areaShare[5]).toBeCloseTo(reference.areaShares[6] ?? Number.NaN, 9);
    expect(record.weightedAuc / sumOf(sheet.incidents)).toBeCloseTo(reference.auc, 6);
  });

  test('has hits between those of the whole cells around it at an area', () => {
    const { areasKm2 } = grid;
    const area = areasKm2.reduce((sum, cell) => sum + cell, 0);
    const place = reference.areaShares.findIndex((share) => share * area > 0.75);
    const hits = sumOf(record.budgets[1]?.hits);
    expect(hits).toBeGreaterThanOrEqual(reference.hits[place - 1] ?? Number.NaN);
    expect(hits).toBeLessThanOrEqual(reference.hits[place] ?? Number.NaN);
    expect(record.budgets[1]?.areaShare[4]).toBeCloseTo(0.75 / area, 12);
  });

  test('has the hits of hindsight', () => {
    const most = observed.toSorted().toReversed().subarray(0, 7);
    expect(sumOf(sheet.best[0])).toBe(sumOf(most));
    expect(sumOf(sheet.best[1])).toBeGreaterThanOrEqual(sumOf(record.budgets[1]?.hits));
  });

  test('puts hits and incidents into their weeks', () => {
    const week = new Float64Array(cells);
    addWeeks(events, 9, 10, week);
    expect(sheet.incidents[5]).toBe(sumOf(week));
    const hits = reference.order.slice(0, 7).reduce((sum, cell) => sum + (week[cell] ?? 0), 0);
    expect(record.budgets[0]?.hits[5]).toBe(hits);
    expect(sheet.incidents[0]).toBe(0);
  });
});

test('equal predictions find what even chance would, whatever the order of cells', () => {
  const sheet = scoreSheet(grid, events, budgets, 4, 16);
  sheet.recordWindow(4, 1, () => grid.areasKm2);
  const incidents = sheet.incidents[0] ?? Number.NaN;
  const [patrol, area] = sheet.methods.mixture.budgets;
  expect(patrol?.hits[0]).toBeCloseTo((incidents * 7) / cells, 9);
  expect(area?.hits[0]).toBeCloseTo(incidents * (area?.areaShare[0] ?? Number.NaN), 9);
  expect(sheet.methods.mixture.weightedAuc).toBeCloseTo(incidents / 2, 9);
});
