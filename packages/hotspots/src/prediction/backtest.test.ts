import { describe, expect, test } from 'vitest';
import { backtestPlaces } from './backtest.js';
import { simulateWorld, testingGrid } from './testing-worlds.js';
import type { WeeklyEvents } from './weekly-events.js';
import { countByWeek } from './weekly-events.js';

const grid = testingGrid(9);
const WEEKS = 270;
const events = simulateWorld(grid, { weeks: WEEKS, weekly: 40, spread: 1.2, repeats: 0.2, season: 0.2 }, 1);

/** Every forecast of the test year by method, horizon and week, and the backtest. */
function forecastsOf(of: WeeklyEvents) {
  const forecasts = new Map<string, Float64Array>();
  const backtest = backtestPlaces({
    grid,
    events: of,
    onForecast: (method, horizon, week, expected) => {
      forecasts.set(`${method}/${horizon}/${week}`, expected.slice());
    },
  });
  if (backtest.kind !== 'backtest') throw new Error(backtest.reason);
  return { forecasts, backtest };
}

/** The same events up to a week, and nonsense from then on. */
function poison(week: number): WeeklyEvents {
  const weekStarts = events.weekStarts.slice();
  const known = weekStarts[week] ?? 0;
  const cells = [...events.cellOfEvent.subarray(0, known)];
  const counts = [...(events.countOfEvent?.subarray(0, known) ?? [])];
  for (let later = week; later < WEEKS; later += 1) {
    for (const cell of [7, 11, 13]) {
      cells.push(cell);
      counts.push(1000);
    }
    weekStarts[later + 1] = cells.length;
  }
  return {
    ...events,
    weekStarts,
    cellOfEvent: Int32Array.from(cells),
    countOfEvent: Int32Array.from(counts),
  };
}

describe('backtestPlaces', () => {
  const clean = forecastsOf(events);

  test.each([WEEKS - 52, WEEKS - 13, WEEKS - 1])(
    'makes the same forecasts up to week %i whatever comes from then on',
    (week) => {
      const poisoned = forecastsOf(poison(week));
      let compared = 0;
      for (const [key, expected] of clean.forecasts) {
        if (Number(key.split('/')[2]) > week) continue;
        compared += 1;
        expect(poisoned.forecasts.get(key)).toEqual(expected);
      }
      expect(compared).toBeGreaterThanOrEqual(12);
    },
  );

  test('chooses settings and challenger before the test year begins', () => {
    const poisoned = forecastsOf(poison(WEEKS - 52));
    for (const [place, { settings, challenger, hitRates }] of clean.backtest.horizons.entries()) {
      expect(poisoned.backtest.horizons[place]).toMatchObject({ settings, challenger, hitRates });
    }
  });

  test('covers every week of the test year once at each horizon', () => {
    for (const horizon of [1, 4, 13]) {
      const weeks = [...clean.forecasts.keys()].filter((key) => key.startsWith(`mixture/${horizon}/`));
      expect(weeks).toHaveLength(52 / horizon);
    }
    const total = countByWeek(events)
      .subarray(WEEKS - 52)
      .reduce((sum, count) => sum + count, 0);
    for (const { sheet } of clean.backtest.horizons) {
      expect(sheet.incidents.reduce((sum, count) => sum + count, 0)).toBe(total);
    }
  });

  test('expects the same total by every method, and no negative count', () => {
    for (const { next } of clean.backtest.horizons) {
      const totals = Object.values(next).map((cells) => cells.reduce((sum, count) => sum + count, 0));
      for (const total of totals) expect(total).toBeCloseTo(totals[0] ?? 0, 6);
      for (const cells of Object.values(next)) expect(Math.min(...cells)).toBeGreaterThanOrEqual(0);
    }
  });

  test('finds no more than hindsight does, at any budget', () => {
    for (const { sheet } of clean.backtest.horizons) {
      for (const { budgets } of Object.values(sheet.methods)) {
        for (const [place, { hits }] of budgets.entries()) {
          const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
          expect(sumOf(hits)).toBeLessThanOrEqual(sumOf(sheet.best[place] ?? hits) + 1e-9);
        }
      }
    }
  });

  test('says when there are too few weeks or incidents', () => {
    const short = simulateWorld(grid, { weeks: 259, weekly: 10 }, 1);
    expect(backtestPlaces({ grid, events: short })).toEqual({
      kind: 'not-enough-data',
      reason:
        '259 whole weeks are too few: 156 to learn from and a year each to choose and to test by are 260.',
    });
    const rare = simulateWorld(grid, { weeks: 300, weekly: 0.3 }, 1);
    expect(backtestPlaces({ grid, events: rare })).toMatchObject({
      kind: 'not-enough-data',
      reason: expect.stringMatching(/^A year with \d+ incidents is too little/),
    });
  });

  test('refuses a patrol budget that is no number of cells', () => {
    expect(() => backtestPlaces({ grid, events, patrolCells: 0 })).toThrow(/1 to 271 cells/);
  });
});
