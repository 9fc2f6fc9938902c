import { WITHHELD_BY_CELL } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { CRIME_CATEGORIES } from '@crimetracker/schema';
import { cellToLatLng } from 'h3-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cellMonthCounts } from '../counts/spatial-counts.js';
import { testingWeights } from '../harm/testing-weights.js';
import type { HarmCells } from './harm-cells.js';
import { harmCells } from './harm-cells.js';
import type { TestingIncident } from './testing-city.js';
import { cityCells, loadIncidents, outlineOfCells, scatter } from './testing-city.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

const town = cityCells(12);
const weights = testingWeights();
const spot = town.slice(0, 7);

async function weigh(incidents: readonly TestingIncident[]) {
  await loadIncidents(engine, incidents);
  const mart = cellMonthCounts(9);
  await engine.keepTable(mart.name, mart.select(engine.dialect));
  return harmCells({
    engine,
    table: mart.name,
    source: { id: 'nypd', city: 'New York', timeZone: 'America/New_York' },
    outline: outlineOfCells(town),
    resolution: 9,
    calendar: { firstMonth: 2018 * 12, lastMonth: 2019 * 12 + 11 },
    weights,
  });
}

const scattered = (crime_category: string, rate: number, seed: number, cells = town) =>
  scatter(new Map(cells.map((cell) => [cell, rate])), { seed, year: 2018, days: 730, crime_category });

const isLastYear = (row: TestingIncident): boolean => String(row.occurred_date).startsWith('2019');

test('the harm of a cell is that of its incidents of the last twelve months, sex offences left out', async () => {
  const incidents = [
    ...scattered('Homicide', 0.2, 1),
    ...scattered('Other theft', 6, 2),
    ...scattered('Vandalism', 20, 3, spot),
    ...scattered('Drugs', 2, 4),
    ...WITHHELD_BY_CELL.flatMap((category, index) => scattered(category, 2, 5 + index)),
  ];
  const result = await weigh(incidents);
  if (result.kind !== 'harm-cells') throw new Error(result.reason);
  const expected = new Map<string, number>();
  for (const row of incidents) {
    const category = CRIME_CATEGORIES.find((name) => name === row.crime_category);
    if (category === undefined || !isLastYear(row) || WITHHELD_BY_CELL.includes(category)) continue;
    const cell = String(row.h3_r9);
    expected.set(cell, (expected.get(cell) ?? 0) + (weights.weights[category] ?? 0));
  }
  const { rows, surface }: HarmCells = result;
  for (const row of rows) {
    expect(row.harm).toBe(expected.get(String(row.h3)) ?? 0);
    expect([row.latitude, row.longitude]).toEqual(cellToLatLng(String(row.h3)));
    expect(row.period).toBe('2019-01 to 2019-12');
    expect(row.weights_url).toBe(weights.url);
  }
  const held = [...expected].flatMap(([cell, harm]) => (harm > 0 ? [cell] : []));
  expect(held.filter((cell) => !rows.some(({ h3 }) => h3 === cell))).toEqual([]);
  expect(surface.total).toBe([...expected.values()].reduce((sum, harm) => sum + harm, 0));
  const drugs = incidents.filter((row) => isLastYear(row) && row.crime_category === 'Drugs').length;
  expect(surface.leftOut).toContainEqual({ category: 'Drugs', count: drugs, reason: 'found by police' });
  const hot = rows.flatMap((row) => (row.class === 'hot' ? [row.h3] : []));
  expect(hot).toContain(spot[0]);
  expect(result.stability).toMatchObject({ kind: 'rank-stability' });
});

test('without an incident that has a weight there is a reason', async () => {
  expect(await weigh([])).toMatchObject({ kind: 'not-enough-data', reason: 'No incident has coordinates.' });
  expect(await weigh(scattered('Drugs', 2, 4))).toMatchObject({
    kind: 'not-enough-data',
    reason: 'No incident with a weight was recorded in the period.',
  });
});
