import type { ResultRow } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { HotspotsOutput } from './analyse-hotspots.js';
import type { TestingIncident } from './testing-city.js';
import {
  analyseIncidents,
  bookends,
  cityCells,
  dayOfYear,
  outlineOfCells,
  rowsOf,
  scatter,
} from './testing-city.js';

vi.setConfig({ testTimeout: 60_000 });

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

const town = cityCells(3);
const DAYS = 1861;

/** Five years and a bit of burglaries in a town of 37 cells. */
function analyse(
  rateOf: (place: number) => number,
  seed: number,
  others: readonly TestingIncident[] = [],
): Promise<HotspotsOutput> {
  const incidents = [
    ...bookends(town.at(-1) ?? '', '2018-12-31', '2024-02-04'),
    ...scatter(new Map(town.map((cell, place) => [cell, rateOf(place)])), { seed, year: 2019, days: DAYS }),
    ...others,
  ];
  const window = { from: '2010-01-01', to: '2030-12-31' };
  return analyseIncidents(engine, incidents, { outline: outlineOfCells(town), window, companion: 9 });
}

const burglaries = ({ results }: HotspotsOutput, table: string): readonly ResultRow[] =>
  rowsOf(results, table).filter(({ target }) => target === 'Burglary');

describe('260 weeks are enough to predict', () => {
  test('for the weeks after the last whole one, every cell once, the highest density first', async () => {
    const output = await analyse((place) => (place < 7 ? 120 : 15), 3);
    const rows = burglaries(output, 'place_predictions');
    expect([...new Set(rows.map(({ first_day }) => first_day))]).toEqual(['2024-02-05']);
    expect(new Set(rows.map(({ last_day }) => last_day))).toEqual(
      new Set(['2024-02-11', '2024-03-03', '2024-05-05']),
    );
    for (const weeks of [1, 4, 13]) {
      const own = rows.filter(({ horizon_weeks }) => horizon_weeks === weeks);
      expect(own.map(({ rank }) => rank)).toEqual(own.map((_, index) => index + 1));
      expect(new Set(own.map(({ h3 }) => h3)).size).toBe(own.length);
      const densest = own.slice(0, 7).map(({ h3 }) => String(h3));
      expect(densest.filter((cell) => town.slice(0, 7).includes(cell))).toHaveLength(7);
      const expected = own.reduce((sum, row) => sum + Number(row.expected), 0);
      const weekly = (7 * 120 + 30 * 15) / (DAYS / 7);
      expect(expected / (weeks * weekly)).toBeGreaterThan(0.6);
      expect(expected / (weeks * weekly)).toBeLessThan(1.5);
    }
    const shown = burglaries(output, 'prediction_scores').filter(({ is_shown }) => is_shown === true);
    expect(shown.length).toBeGreaterThanOrEqual(6);
    for (const { pai_lower, description } of shown) {
      expect(Number(pai_lower)).toBeGreaterThan(1);
      expect(description).toEqual(expect.any(String));
    }
  });

  test('from every whole week, the last one included, and no day after it', async () => {
    const burst = (cell: string, year: number, day: number) =>
      scatter(new Map([[cell, 60]]), { seed: 8, year, days: 1, occurred_date: dayOfYear(year, day) });
    const [lastSunday, mondayAfter] = [34, 35];
    const [here = '', there = ''] = town.slice(-2);
    const output = await analyse(() => 20, 5, [
      ...burst(here, 2024, lastSunday),
      ...burst(there, 2024, mondayAfter),
    ]);
    const rows = burglaries(output, 'place_predictions').filter(({ horizon_weeks }) => horizon_weeks === 13);
    expect(rows[0]).toMatchObject({ first_day: '2024-02-05', h3: here });
    const [first, second] = rows.map(({ expected }) => Number(expected));
    expect(first).toBeGreaterThan(3 * (second ?? 0));
  });

  test('targets without incidents have a reason', async () => {
    const { results } = await analyse(() => 20, 4);
    const robbery = rowsOf(results, 'prediction_scores').filter(({ target }) => target === 'Robbery');
    expect(robbery).toMatchObject([{ reason: expect.stringContaining('50 are needed') }]);
  });
});

test.each([5, 6, 7])(
  'in pure noise every verdict says that nothing beats the retrospective count: seed %i',
  async (seed) => {
    const output = await analyse(() => 20, seed);
    const scores = rowsOf(output.results, 'prediction_scores').filter(({ reason }) => reason === null);
    expect(scores.length).toBeGreaterThan(40);
    for (const { beats_retrospective, verdict, is_shown, method } of scores) {
      expect(beats_retrospective).toBe(false);
      expect(verdict).toMatch(/^Nothing beats the retrospective count/);
      expect(verdict).toMatch(/not told apart from even chance/);
      expect(is_shown).toBe(method === 'retrospective');
    }
    for (const { method } of rowsOf(output.results, 'place_predictions'))
      expect(method).toBe('retrospective');
  },
);
