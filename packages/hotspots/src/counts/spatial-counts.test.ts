import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cityCells, incidentAt, loadIncidents, scatter } from '../analysis/testing-city.js';
import { mondayOf } from '../analysis/whole-periods.js';
import { cellGrid } from '../cells/cell-grid.js';
import { addIncidents, readPeriodCounts } from './period-counts.js';
import {
  cellJurisdictionCounts,
  cellMonthCounts,
  cellWeekCounts,
  coordinateCounts,
} from './spatial-counts.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

const town = cityCells(3);
const CATEGORIES = ['Burglary', 'Robbery', 'Arson'];
const incidents = CATEGORIES.slice(0, 2).flatMap((crime_category, index) =>
  scatter(new Map(town.map((cell) => [cell, 4])), { seed: 1 + index, year: 2019, days: 365, crime_category }),
);

test('months and weeks are those of the civil date, also before 1970 and over the turn of a year', async () => {
  const days = [
    '1969-12-31',
    '1970-01-04',
    '1970-01-05',
    '2019-12-29',
    '2019-12-30',
    '2020-01-05',
    '2020-01-06',
  ];
  await loadIncidents(
    engine,
    days.map((day) => incidentAt([40.73, -73.95], { occurred_date: day })),
  );
  const weeks = await engine.query(cellWeekCounts(9).select(engine.dialect));
  expect(weeks.map(({ week, incidents: n }) => [mondayOf(Number(week)), Number(n)])).toEqual([
    ['1969-12-29', 2],
    ['1970-01-05', 1],
    ['2019-12-23', 1],
    ['2019-12-30', 2],
    ['2020-01-06', 1],
  ]);
  const months = await engine.query(cellMonthCounts(9).select(engine.dialect));
  expect(months.map(({ occurred_month }) => Number(occurred_month))).toEqual([
    1969 * 12 + 11,
    1970 * 12,
    2019 * 12 + 11,
    2020 * 12,
  ]);
});

test('a cell belongs to the jurisdictions of its incidents; one without is not counted as any', async () => {
  const point = [40.73, -73.95] as const;
  await loadIncidents(engine, [
    incidentAt(point, { jurisdiction: 'Precinct 94' }),
    incidentAt(point, { jurisdiction: 'Precinct 94' }),
    incidentAt(point, { jurisdiction: 'Precinct 90' }),
    incidentAt(point, { jurisdiction: null }),
    incidentAt(point, { jurisdiction: 'Precinct 90', coordinate_quality: 'Station house' }),
  ]);
  const rows = await engine.query(cellJurisdictionCounts(9).select(engine.dialect));
  expect(rows.map(({ jurisdiction, incidents: n }) => [jurisdiction, Number(n)])).toEqual([
    ['Precinct 90', 1],
    ['Precinct 94', 2],
  ]);
  const qualities = await engine.query(coordinateCounts.select(engine.dialect));
  expect(qualities.map(({ coordinate_quality, incidents: n }) => [coordinate_quality, Number(n)])).toEqual([
    ['Located', 4],
    ['Station house', 1],
  ]);
});

test('surfaces of any categories and months are those of the single incidents, cells outside left out', async () => {
  await loadIncidents(engine, incidents);
  const mart = cellMonthCounts(9);
  await engine.keepTable(mart.name, mart.select(engine.dialect));
  const grid = cellGrid(town.slice(0, 30));
  const counts = await readPeriodCounts(engine, {
    table: mart.name,
    period: 'occurred_month',
    source: 'nypd',
    grid,
    categories: CATEGORIES,
  });
  const place = new Map(grid.cells.map((cell, index) => [cell, index]));
  for (const categories of [[0], [1], [2], [0, 1, 2]]) {
    for (const [from, to] of [
      [1, 12],
      [3, 3],
      [7, 11],
      [14, 20],
    ] as const) {
      const surface = new Float64Array(grid.cells.length);
      addIncidents(surface, counts, categories, 2019 * 12 + from - 1, 2019 * 12 + to - 1);
      const expected = new Float64Array(grid.cells.length);
      for (const row of incidents) {
        const at = place.get(String(row.h3_r9));
        const month = Number(String(row.occurred_date).slice(5, 7));
        const isOf = categories.includes(CATEGORIES.indexOf(String(row.crime_category)));
        if (at !== undefined && isOf && month >= from && month <= to) expected[at] = (expected[at] ?? 0) + 1;
      }
      expect(surface).toEqual(expected);
    }
  }
});

test('what is read for a city holds nothing of another, and leaves no table behind', async () => {
  await loadIncidents(engine, [...incidents, ...incidents.map((row) => ({ ...row, source: 'lapd' }))]);
  const mart = cellMonthCounts(9);
  await engine.keepTable(mart.name, mart.select(engine.dialect));
  const grid = cellGrid(town);
  const read = (source: string) =>
    readPeriodCounts(engine, {
      table: mart.name,
      period: 'occurred_month',
      source,
      grid,
      categories: CATEGORIES,
    });
  const counts = await read('lapd');
  expect(counts.incidents.reduce((sum, one) => sum + one, 0)).toBe(incidents.length);
  expect((await read('lacd')).incidents).toHaveLength(0);
  await expect(engine.query('SELECT * FROM hotspot_places')).rejects.toThrow();
});
