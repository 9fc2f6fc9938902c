import type { ResultRow } from '@crimetracker/analysis-kit';
import { benjaminiHochberg } from '@crimetracker/analysis-kit';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { cellToLatLng, gridDisk } from 'h3-js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cellGrid } from '../cells/cell-grid.js';
import { MAPPED_CATEGORIES, TARGETS } from '../counts/targets.js';
import { DISCOVERY_RATE, testSurface } from '../getis-ord/hot-spots.js';
import type { HotspotsOutput } from './analyse-hotspots.js';
import type { TestingIncident } from './testing-city.js';
import {
  analyseIncidents,
  bookends,
  cityCells,
  dayOfYear,
  incidentAt,
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

const analyse = (incidents: readonly TestingIncident[], cells: readonly string[]): Promise<HotspotsOutput> =>
  analyseIncidents(engine, incidents, { outline: outlineOfCells(cells) });

/** Of a category without near repeats, which take a while. */
const THEFT = { crime_category: 'Other theft' };
const city = cityCells(14);
const [centre = ''] = city;
const lastCell = city.at(-1) ?? '';
const year = bookends(lastCell, '2019-01-01', '2019-12-31', THEFT);
const cellsOf = ({ results }: HotspotsOutput, target = THEFT.crime_category): readonly ResultRow[] =>
  rowsOf(results, 'hotspot_cells').filter((row) => row.resolution === 9 && row.target === target);

describe('planted hot spots', () => {
  const metropolis = cityCells(51);

  test.each([1, 2])(
    'are recovered from incidents to table, with an F1 of cores of at least 0.9: seed %i',
    async (seed) => {
      const random = testingRandom(seed);
      const inCity = new Set(metropolis);
      const planted = new Set(
        [1, 1, 2, 2, 3, 0].flatMap((rings) =>
          gridDisk(metropolis[Math.floor(random.uniform() * metropolis.length)] ?? '', rings).filter((cell) =>
            inCity.has(cell),
          ),
        ),
      );
      const rates = new Map(metropolis.map((cell) => [cell, planted.has(cell) ? 30 : 6]));
      const incidents = scatter(rates, { seed: 100 + seed, year: 2019, days: 365, ...THEFT });
      const output = await analyse([...year, ...incidents], metropolis);
      const cores = cellsOf(output).filter((row) => row.is_core === true);
      for (const core of cores) expect(core.class).toBe('hot');
      const found = cores.filter(({ h3 }) => planted.has(String(h3))).length;
      expect((2 * found) / (cores.length + planted.size)).toBeGreaterThanOrEqual(0.9);
    },
  );
});

describe('a heap at one point never becomes a hot spot', () => {
  const background = scatter(new Map(city.map((cell) => [cell, 12])), {
    seed: 7,
    year: 2018,
    days: 730,
    ...THEFT,
  });
  const heap = (coordinate_quality: string): readonly TestingIncident[] =>
    Array.from({ length: 3000 }, (_, index) =>
      incidentAt(cellToLatLng(centre) as [number, number], {
        occurred_date: dayOfYear(2018, index % 730),
        coordinate_quality,
        ...THEFT,
      }),
    );
  const ends = bookends(lastCell, '2018-01-01', '2019-12-31');

  test('when it is known to be a station house: it is counted as left out and changes nothing', async () => {
    const { results } = await analyse([...background, ...ends, ...heap('Station house')], city);
    const { results: without } = await analyse([...background, ...ends], city);
    expect(rowsOf(results, 'hotspot_study_areas')[0]?.station_house).toBe(3000);
    for (const { mart, rows } of results) {
      if (mart.name !== 'hotspot_study_areas') expect(rows).toEqual(rowsOf(without, mart.name));
    }
  });

  test('when nobody knows: neither its cell nor those around are hot in any period', async () => {
    const output = await analyse([...background, ...ends, ...heap('Located')], city);
    const around = new Set(gridDisk(centre, 2));
    const [heaped] = cellsOf(output).filter(({ h3 }) => h3 === centre);
    expect(Number(heaped?.incidents)).toBeGreaterThan(1400);
    for (const name of ['hotspot_cells', 'hotspot_history'])
      expect(
        rowsOf(output.results, name).filter((row) => row.class === 'hot' && row.resolution === 9),
      ).toEqual([]);
    for (const row of rowsOf(output.results, 'hotspot_periods')) {
      if (row.resolution === 9) expect(row.hot_cells ?? 0).toBe(0);
    }
    const emerged = rowsOf(output.results, 'emerging_hotspots');
    expect(emerged.filter(({ h3 }) => around.has(String(h3)))).toEqual([]);
  });
});

test('hot and cold are the discoveries among all cells, targets and periods of the city together', async () => {
  const town = cityCells(5);
  const incidents = [
    ...bookends(town.at(-1) ?? '', '2018-01-01', '2019-12-31'),
    ...scatter(new Map(town.map((cell, place) => [cell, place < 19 ? 20 : 3])), {
      seed: 21,
      year: 2018,
      days: 730,
    }),
    ...scatter(new Map(town.map((cell, place) => [cell, place > 40 ? 9 : 1])), {
      seed: 22,
      year: 2018,
      days: 730,
      crime_category: 'Robbery',
    }),
  ];
  const { results } = await analyse(incidents, town);

  const grid = cellGrid(town);
  const places = new Map(grid.cells.map((cell, place) => [cell, place]));
  const periods = [
    ['2019-01 to 2019-12', '2019'],
    ['2018', '2018'],
    ['2019', '2019'],
    ...['2018', '2019'].flatMap((text) =>
      Array.from({ length: 12 }, (_, month) => {
        const name = `${text}-${String(month + 1).padStart(2, '0')}`;
        return [name, name];
      }),
    ),
  ];
  const tests = TARGETS.flatMap((target) => {
    const categories = target.categories.map((place) => MAPPED_CATEGORIES[place]);
    return periods.flatMap(([period = '', prefix = '']) => {
      const counts = new Float64Array(town.length);
      for (const row of incidents) {
        const place = places.get(String(row.h3_r9)) ?? -1;
        if (!String(row.occurred_date).startsWith(prefix)) continue;
        if (categories.includes(String(row.crime_category))) counts[place] = (counts[place] ?? 0) + 1;
      }
      const tested = testSurface(counts, grid);
      if (tested.kind !== 'tested') return [];
      return [...tested.p].map((p, place) => ({
        target: target.name,
        period,
        h3: grid.cells[place] ?? '',
        z: tested.z[place] ?? 0,
        p,
      }));
    });
  });
  expect(tests.length).toBeGreaterThan(20 * town.length);
  const q = benjaminiHochberg(tests.map(({ p }) => p));
  const discoveries = tests.flatMap((one, at) => {
    const own = q[at] ?? 1;
    return own < DISCOVERY_RATE && one.z !== 0 ? [{ ...one, q: own, class: one.z > 0 ? 'hot' : 'cold' }] : [];
  });

  const named = ({ target, period, h3 }: { target: string; period: string; h3: string }) =>
    `${target}, ${period}, ${h3}`;
  const rowKey = (row: ResultRow) =>
    named({ target: String(row.target), period: String(row.period), h3: String(row.h3) });
  const inTable = (name: string) => rowsOf(results, name).filter(({ resolution }) => resolution === 9);

  const found = new Map(
    [
      ...inTable('hotspot_cells').filter((row) => row.class !== undefined && row.class !== 'not significant'),
      ...inTable('hotspot_history'),
    ].map((row) => [rowKey(row), row]),
  );
  const expected = new Map(
    discoveries
      .filter((one) => one.period.includes(' to ') || (one.period.length === 4 && one.class === 'hot'))
      .map((one) => [named(one), one]),
  );
  expect(expected.size).toBeGreaterThan(10);
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [key, { class: heat, q: own }] of expected) {
    expect(found.get(key)?.class).toBe(heat);
    expect(found.get(key)?.q).toBeCloseTo(own, 12);
  }
  for (const row of inTable('hotspot_periods')) {
    const own = discoveries.filter(({ target, period }) => target === row.target && period === row.period);
    if (row.reason !== null) expect(own).toEqual([]);
    else {
      expect(row.hot_cells).toBe(own.filter((one) => one.class === 'hot').length);
      expect(row.cold_cells).toBe(own.filter((one) => one.class === 'cold').length);
    }
  }
});
