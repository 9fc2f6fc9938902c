import type { ResultRow } from '@crimetracker/analysis-kit';
import { WITHHELD_BY_CELL } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { cellToBoundary, cellToLatLng, getBaseCellNumber, getRes0Cells, gridDisk } from 'h3-js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { HotspotsOutput } from './analyse-hotspots.js';
import { HOTSPOT_RESULTS } from './analyse-hotspots.js';
import type { TestingIncident } from './testing-city.js';
import {
  analyseIncidents,
  bookends,
  cityCells,
  dayOfYear,
  incidentAt,
  NYPD,
  outlineOfCells,
  rowsOf,
  scatter,
} from './testing-city.js';

vi.setConfig({ testTimeout: 60_000 });

const LAPD = { id: 'lapd', city: 'Los Angeles', timeZone: 'America/Los_Angeles' };

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

const analyse = (
  incidents: readonly TestingIncident[],
  choice: Parameters<typeof analyseIncidents>[2] = {},
): Promise<HotspotsOutput> => analyseIncidents(engine, incidents, choice);

const town = cityCells(6);
const townOutline = outlineOfCells(town);
const [edgeOfTown = ''] = town.slice(-1);
const evenly = (rate: number, cells = town) => new Map(cells.map((cell) => [cell, rate]));
/** Two whole years of burglaries, whatever the numbers drawn. */
const twoYears = bookends(edgeOfTown, '2018-01-01', '2019-12-31');

const isWithheld = (value: unknown): boolean => WITHHELD_BY_CELL.some((offence) => offence === value);

/** One incident in every cell each month, all months alike. */
const everywhereAlike = (months: number): TestingIncident[] =>
  town.flatMap((cell) =>
    Array.from({ length: months }, (_, month) =>
      incidentAt(cellToLatLng(cell) as [number, number], { occurred_date: dayOfYear(2018, 30 * month) }),
    ),
  );

/** A corner where three of the largest H3 cells meet, off Newfoundland. */
const baseCellCorner = (): readonly [number, number] => {
  const corner = getRes0Cells()
    .flatMap((cell) => cellToBoundary(cell))
    .find(([latitude, longitude]) => latitude > 30 && latitude < 55 && longitude > -80 && longitude < 0);
  if (corner === undefined) throw new Error('There is no such corner.');
  return corner as [number, number];
};

/** Every value of a table is of a column of the table, and every number a number. */
function expectSoundTables({ results }: HotspotsOutput): void {
  expect(results.map(({ mart }) => mart.name)).toEqual(HOTSPOT_RESULTS.map(({ name }) => name));
  for (const { mart, rows } of results) {
    const columns = new Set(mart.columns.map(({ name }) => name));
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (!columns.has(column)) throw new Error(`${mart.name} has no column ${column}`);
        if (typeof value === 'number' && !Number.isFinite(value)) {
          throw new Error(`${mart.name}.${column} is ${value}`);
        }
      }
    }
  }
}

const reasonsOf = (rows: readonly ResultRow[]): readonly unknown[] => [
  ...new Set(rows.map(({ reason }) => reason)),
];
const recent = (output: HotspotsOutput, target: string): readonly ResultRow[] =>
  rowsOf(output.results, 'hotspot_periods').filter(
    (row) => row.target === target && row.period_kind === 'recent',
  );
const cellsOf = (output: HotspotsOutput, target: string): readonly ResultRow[] =>
  rowsOf(output.results, 'hotspot_cells').filter((row) => row.target === target && row.resolution === 9);

describe('few or odd data are a reason in the tables', () => {
  test('nothing at all: the study area says so, and nothing else is made', async () => {
    const output = await analyse([], { sources: [NYPD, LAPD] });
    expectSoundTables(output);
    expect(rowsOf(output.results, 'hotspot_study_areas')).toMatchObject([
      { source: 'nypd', located: 0, reason: expect.stringContaining('too few to derive') },
      { source: 'lapd', located: 0, reason: expect.stringContaining('too few to derive') },
    ]);
    expect(output.results.flatMap(({ rows }) => rows)).toHaveLength(2);
    expect(output.outlines.size).toBe(0);
  });

  test('nothing at all within a given outline', async () => {
    const output = await analyse([], { outline: townOutline });
    expectSoundTables(output);
    expect(reasonsOf(rowsOf(output.results, 'hotspot_study_areas'))).toEqual([
      'No incident has coordinates.',
    ]);
  });

  test('no incident with coordinates: what was left out is counted all the same', async () => {
    const output = await analyse(
      scatter(evenly(2), { seed: 1, year: 2018, days: 600, coordinate_quality: 'Station house' }),
    );
    expectSoundTables(output);
    const [row] = rowsOf(output.results, 'hotspot_study_areas');
    expect(row).toMatchObject({ located: 0, not_located: 0, reason: expect.any(String) });
    expect(Number(row?.station_house)).toBeGreaterThan(200);
  });

  test('fewer than 50 incidents: no outline is derived, and nothing is tested within a given one', async () => {
    const few = [
      ...twoYears,
      ...town
        .slice(0, 40)
        .map((cell, day) =>
          incidentAt(cellToLatLng(cell) as [number, number], { occurred_date: dayOfYear(2019, 4 * day) }),
        ),
    ];
    const derived = await analyse(few);
    expectSoundTables(derived);
    expect(reasonsOf(rowsOf(derived.results, 'hotspot_study_areas'))).toEqual([
      "42 located incidents are fewer than 50, too few to derive a city's outline from.",
    ]);
    const given = await analyse(few, { outline: townOutline });
    expectSoundTables(given);
    expect(reasonsOf(rowsOf(given.results, 'hotspot_periods'))).toEqual([
      'Fewer than 50 incidents do not show where they gather.',
    ]);
    expect(rowsOf(given.results, 'hotspot_cells').length).toBeGreaterThan(0);
    for (const row of rowsOf(given.results, 'hotspot_cells')) expect(row.class ?? null).toBeNull();
    expect(reasonsOf(rowsOf(given.results, 'near_repeats'))).toHaveLength(2);
  });

  test('one cell: it has none to be compared with', async () => {
    const [centre = ''] = town;
    const output = await analyse(
      [
        ...bookends(centre, '2018-01-01', '2019-12-31'),
        ...scatter(evenly(300, [centre]), { seed: 2, year: 2018, days: 730 }),
      ],
      { outline: outlineOfCells([centre]) },
    );
    expectSoundTables(output);
    const [fine, coarse] = recent(output, 'Burglary');
    expect(fine).toMatchObject({ cells: 1, hot_cells: null, reason: expect.stringContaining('are none') });
    expect(coarse?.reason).toEqual(expect.any(String));
    expect(rowsOf(output.results, 'emerging_hotspots')).toEqual([]);
  });

  test('all crime in one cell of a city whose other cells have one incident each: no hot spot', async () => {
    const [centre = ''] = town;
    const output = await analyse(
      [
        ...town.map((cell, day) =>
          incidentAt(cellToLatLng(cell) as [number, number], { occurred_date: dayOfYear(2019, day) }),
        ),
        ...scatter(evenly(500, [centre]), { seed: 4, year: 2018, days: 730 }),
        ...twoYears,
      ],
      { outline: townOutline },
    );
    expectSoundTables(output);
    expect(recent(output, 'Burglary')[0]).toMatchObject({ hot_cells: 0, cold_cells: 0, reason: null });
    expect(rowsOf(output.results, 'hotspot_history')).toEqual([]);
  });

  test('all counts equal: none stands out', async () => {
    const output = await analyse(everywhereAlike(25), { outline: townOutline });
    expectSoundTables(output);
    const [fine] = recent(output, 'Burglary');
    expect(fine).toMatchObject({
      hot_cells: null,
      gini: 0,
      reason: 'All cells have the same count, so none stands out.',
    });
    expect(rowsOf(output.results, 'emerging_hotspots')).toEqual([]);
  });

  test('less than a month: there is no whole month', async () => {
    const output = await analyse(scatter(evenly(3), { seed: 5, year: 2019, days: 25 }));
    expectSoundTables(output);
    expect(reasonsOf(rowsOf(output.results, 'hotspot_study_areas'))).toEqual([
      'There is no whole month of incidents.',
    ]);
    expect(rowsOf(output.results, 'hotspot_periods')).toEqual([]);
  });

  test('less than ten months: hot spots, but nothing about how they came about, and no predictions', async () => {
    const output = await analyse([
      ...scatter(evenly(4), { seed: 6, year: 2019, days: 200 }),
      ...bookends(edgeOfTown, '2019-01-01', '2019-07-31'),
    ]);
    expectSoundTables(output);
    expect(recent(output, 'Burglary')[0]).toMatchObject({ reason: null, period: '2019-01 to 2019-07' });
    expect(reasonsOf(rowsOf(output.results, 'emerging_summary'))).toEqual([
      'There are 7 steps, 10 are needed.',
    ]);
    for (const reason of reasonsOf(rowsOf(output.results, 'prediction_scores')))
      expect(reason).toMatch(/whole weeks are too few/);
    expect(rowsOf(output.results, 'place_predictions')).toEqual([]);
  });

  test('a window without an incident', async () => {
    const output = await analyse(scatter(evenly(3), { seed: 7, year: 1999, days: 100 }));
    expectSoundTables(output);
    expect(reasonsOf(rowsOf(output.results, 'hotspot_study_areas'))).toEqual([
      'There is no whole month of incidents.',
    ]);
  });
});

describe('what is counted adds up', () => {
  /** Incidents of whole months, by month and all together, of the tables of a city. */
  function expectAccount(output: HotspotsOutput, incidents: readonly TestingIncident[]): void {
    const isMapped = (row: TestingIncident) => !isWithheld(row.crime_category);
    const number = (keep: (row: TestingIncident) => boolean) => incidents.filter(keep).length;
    const quality = (...names: string[]) =>
      number((row) => isMapped(row) && names.includes(String(row.coordinate_quality)));
    const areas = rowsOf(output.results, 'hotspot_study_areas');
    expect(areas.map(({ resolution }) => resolution)).toEqual([9, 8]);
    for (const area of areas) {
      expect(area).toMatchObject({
        located: quality('Located'),
        station_house: quality('Station house'),
        not_located: quality('Missing', 'Outside city'),
        withheld: number((row) => !isMapped(row)),
        reason: null,
      });
      const inCells = rowsOf(output.results, 'hotspot_periods')
        .filter((row) => row.resolution === area.resolution && row.target === 'All')
        .filter((row) => row.period_kind === 'year')
        .reduce((sum, row) => sum + Number(row.incidents), 0);
      expect(inCells + Number(area.outside)).toBe(area.located);
    }
  }

  const mixed = [
    ...twoYears,
    ...scatter(evenly(5), { seed: 11, year: 2018, days: 730 }),
    ...scatter(evenly(2), { seed: 12, year: 2018, days: 730, crime_category: 'Robbery' }),
    ...scatter(evenly(1), { seed: 13, year: 2018, days: 730, coordinate_quality: 'Station house' }),
    ...scatter(evenly(0.5), { seed: 14, year: 2018, days: 730, coordinate_quality: 'Missing' }),
    ...scatter(evenly(0.5), { seed: 15, year: 2018, days: 730, coordinate_quality: 'Outside city' }),
    ...WITHHELD_BY_CELL.flatMap((crime_category, index) =>
      scatter(evenly(0.5), { seed: 16 + index, year: 2018, days: 730, crime_category }),
    ),
  ];

  test('in a derived outline', async () => {
    const output = await analyse(mixed);
    expectSoundTables(output);
    expectAccount(output, mixed);
  });

  test('in an outline that holds a part of the incidents only, with a caution', async () => {
    const part = cityCells(3);
    const output = await analyse(mixed, { outline: outlineOfCells(part) });
    expectSoundTables(output);
    expectAccount(output, mixed);
    const [area] = rowsOf(output.results, 'hotspot_study_areas');
    expect(area).toMatchObject({ cells: part.length, outline_note: expect.stringContaining('lie outside') });
    expect(Number(area?.outside)).toBeGreaterThan(400);
  });

  test('with incidents exactly on the sides and corners of the outline', async () => {
    const side = (from: number, to: number) =>
      Array.from({ length: 41 }, (_, step) => from + ((to - from) * step) / 40);
    const [west, east, south, north] = [-73.98, -73.94, 40.7, 40.74] as const;
    const onOutline = [
      ...side(west, east).flatMap((x) => [
        [south, x],
        [north, x],
      ]),
      ...side(south, north).flatMap((y) => [
        [y, west],
        [y, east],
      ]),
    ].flatMap(([y = 0, x = 0]) =>
      ['2018-01-01', '2019-01-20', '2019-12-31'].map((day) => incidentAt([y, x], { occurred_date: day })),
    );
    const output = await analyse(onOutline, {
      outline: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [west, south],
              [east, south],
              [east, north],
              [west, north],
              [west, south],
            ],
          ],
        ],
      },
    });
    expectSoundTables(output);
    expectAccount(output, onOutline);
    expect(rowsOf(output.results, 'hotspot_study_areas')[0]).toMatchObject({ outside: 0, outline: 'given' });
  });

  test('in a city where three of the largest H3 cells meet', async () => {
    const cells = cityCells(14, baseCellCorner());
    expect(new Set(cells.map(getBaseCellNumber)).size).toBe(3);
    const [centre = '', ...around] = cells;
    const there = [
      ...bookends(centre, '2018-01-01', '2019-12-31'),
      ...scatter(evenly(5, [centre, ...around]), { seed: 31, year: 2018, days: 730 }),
      ...scatter(evenly(60, gridDisk(centre, 1)), { seed: 32, year: 2018, days: 730 }),
    ];
    const output = await analyse(there);
    expectSoundTables(output);
    expectAccount(output, there);
    const cores = cellsOf(output, 'Burglary').flatMap((row) => (row.is_core === true ? [row.h3] : []));
    expect(cores.sort()).toEqual(gridDisk(centre, 1).sort());
  });
});

describe('what is never shown', () => {
  const offenceOnly = cityCells(9).at(-1) ?? '';
  const withOffences = [
    ...twoYears,
    ...scatter(evenly(6), { seed: 41, year: 2018, days: 730 }),
    ...scatter(evenly(2), { seed: 42, year: 2018, days: 730, crime_category: 'Drugs' }),
    ...WITHHELD_BY_CELL.flatMap((crime_category, index) => [
      ...scatter(evenly(40, town.slice(0, 7)), { seed: 43 + index, year: 2018, days: 730, crime_category }),
      ...scatter(evenly(90, [offenceOnly]), { seed: 53 + index, year: 2018, days: 730, crime_category }),
    ]),
  ];

  test('sex offences by cell, in any row of any table; and no coordinates but centres of cells', async () => {
    const output = await analyse(withOffences);
    const counts = await Promise.all(
      output.counts.map(async ({ mart }) => ({
        mart,
        rows: await engine.query(`SELECT * FROM ${mart.name}`),
      })),
    );
    expect(counts.flatMap(({ rows }) => rows).length).toBeGreaterThan(1000);
    for (const { mart, rows } of [...counts, ...output.results]) {
      const isByCell = mart.columns.some(({ name }) => name === 'h3');
      for (const row of rows) {
        const told = Object.values(row).filter((value) => typeof value === 'string');
        if (isByCell || 'target' in row) {
          expect(told.filter(isWithheld)).toEqual([]);
        }
        expect(told).not.toContain(offenceOnly);
        if (!('latitude' in row)) continue;
        expect([row.latitude, row.longitude]).toEqual(cellToLatLng(String(row.h3)));
      }
    }
    const withPlace = [...counts, ...output.results].flatMap(({ mart }) =>
      mart.columns.some(({ name }) => name === 'latitude') ? [mart.name] : [],
    );
    expect(withPlace).toEqual(['hotspot_cells']);
  });

  test('and without them every table by cell is the same', async () => {
    const results = (await analyse(withOffences)).results;
    const without = withOffences.filter((row) => !isWithheld(row.crime_category));
    const others = (await analyse(without)).results;
    for (const { name } of HOTSPOT_RESULTS) {
      if (name !== 'hotspot_study_areas') expect(rowsOf(results, name)).toEqual(rowsOf(others, name));
    }
  });

  test('predictions of what exists because police look for it', async () => {
    const { results } = await analyse(withOffences);
    const targets = new Set(rowsOf(results, 'prediction_scores').map(({ target }) => target));
    expect(targets).toContain('Burglary');
    expect(targets).not.toContain('Drugs');
    expect(targets).not.toContain('All');
  });
});

test('the same seed gives the same tables twice', async () => {
  const incidents = [...twoYears, ...scatter(evenly(12), { seed: 61, year: 2018, days: 730 })];
  const [first, second] = [
    await analyse(incidents, { seed: 5 }),
    await analyse([...incidents].reverse(), { seed: 5 }),
  ];
  expect(rowsOf(first.results, 'near_repeats').some(({ ratio }) => typeof ratio === 'number')).toBe(true);
  expect(second.results).toEqual(first.results);
  expect(second.outlines).toEqual(first.outlines);
});
