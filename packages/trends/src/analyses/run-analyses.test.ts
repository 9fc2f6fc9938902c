import type { Engine, SqlValue, TableColumn } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aoristicWeights } from '../peak-hours/aoristic.js';
import { ANALYSES, runAnalyses } from './run-analyses.js';

vi.setConfig({ testTimeout: 60_000 });

const COLUMNS: readonly TableColumn[] = [
  { name: 'source', type: 'text' },
  { name: 'occurred_date', type: 'date' },
  { name: 'occurred_time', type: 'text' },
  { name: 'occurred_end_date', type: 'date' },
  { name: 'occurred_end_time', type: 'text' },
  { name: 'report_date', type: 'date' },
  { name: 'crime_category', type: 'text' },
  { name: 'weapon_category', type: 'text' },
  { name: 'jurisdiction', type: 'text' },
  { name: 'location_category', type: 'text' },
  { name: 'law_class', type: 'text' },
  ...['victim', 'suspect'].flatMap((person) =>
    ['age', 'sex', 'race_group'].map((attribute) => ({
      name: `${person}_${attribute}`,
      type: 'text' as const,
    })),
  ),
];

const NYPD = { id: 'nypd', city: 'New York', timeZone: 'America/New_York' };
const LAPD = { id: 'lapd', city: 'Los Angeles', timeZone: 'America/Los_Angeles' };
const WINDOW = { from: '2010-01-01', to: '2023-12-31' };

type Incident = Readonly<Record<string, SqlValue>>;

const incident = (changes: Incident = {}): Incident => ({
  source: 'nypd',
  occurred_date: '2019-05-06',
  occurred_time: '13:00',
  occurred_end_date: null,
  occurred_end_time: null,
  report_date: '2019-05-06',
  crime_category: 'Burglary',
  weapon_category: 'Not recorded',
  jurisdiction: 'Precinct 1',
  location_category: 'Street',
  law_class: 'Felony',
  victim_age: '25-44',
  victim_sex: 'Female',
  victim_race_group: 'Unknown',
  suspect_age: 'Unknown',
  suspect_sex: null,
  suspect_race_group: null,
  ...changes,
});

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

async function analyse(incidents: readonly Incident[], sources = [NYPD, LAPD], ids?: readonly string[]) {
  await engine.loadRows(
    'incidents',
    COLUMNS,
    incidents.map((row) => COLUMNS.map(({ name }) => row[name] ?? null)),
  );
  const analyses = ANALYSES.filter(({ id }) => ids === undefined || ids.includes(id));
  const { results } = await runAnalyses({ engine, sources, window: WINDOW, analyses });
  return new Map(results.map(({ mart, rows }) => [mart.name, { mart, rows }]));
}

const days = (from: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, day) =>
    new Date(Date.parse(`${from}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10),
  );

describe('whatever the snapshot holds, every table is made, with numbers or a reason', () => {
  const cases: Readonly<Record<string, readonly Incident[]>> = {
    'nothing at all': [],
    'one incident': [incident()],
    'one week of one city': days('2019-05-06', 7).map((day) =>
      incident({ occurred_date: day, report_date: day }),
    ),
    'one year, one category': days('2019-01-01', 365).map((day) =>
      incident({ occurred_date: day, report_date: day }),
    ),
    'no times, no places': days('2018-01-01', 800).map((day) =>
      incident({ occurred_date: day, report_date: day, occurred_time: null, jurisdiction: null }),
    ),
    'a jurisdiction that appears in the middle': days('2010-01-01', 2000).map((day, index) =>
      incident({
        occurred_date: day,
        report_date: day,
        jurisdiction: index > 1200 ? 'Precinct 121' : 'Precinct 1',
      }),
    ),
    'two cities, one of them without weapons': days('2015-01-01', 1500).flatMap((day, index) => [
      incident({ occurred_date: day, report_date: day }),
      incident({
        source: 'lapd',
        occurred_date: day,
        report_date: day,
        crime_category: 'Robbery',
        weapon_category: index % 3 === 0 ? 'Firearm' : 'Bodily force',
        jurisdiction: 'Hollywood',
      }),
    ]),
  };

  test.each(Object.keys(cases))('%s', async (name) => {
    const tables = await analyse(cases[name] ?? []);
    expect([...tables.keys()].sort()).toEqual(
      ANALYSES.flatMap(({ makes }) => makes.map((mart) => mart.name)).sort(),
    );
    for (const { mart, rows } of tables.values()) {
      const columns = new Map(mart.columns.map((column) => [column.name, column]));
      for (const row of rows) {
        for (const [column, value] of Object.entries(row)) {
          expect(columns.has(column), `${mart.name}.${column}`).toBe(true);
          if (typeof value === 'number') expect(Number.isFinite(value), `${mart.name}.${column}`).toBe(true);
        }
      }
    }
  });

  test('a city without weapons is left out with the reason', async () => {
    const tables = await analyse(
      cases['two cities, one of them without weapons'] ?? [],
      [NYPD, LAPD],
      ['weapons'],
    );
    const rows = tables.get('weapon_trends')?.rows ?? [];
    expect(String(rows.find((row) => row.source === 'nypd')?.reason)).toMatch(/weapon/);
    expect(rows.some((row) => row.source === 'lapd' && row.weapon_category === 'Firearm')).toBe(true);
  });
});

test('shares of a year sum to 1 in every city, place and class', async () => {
  const categories = ['Burglary', 'Robbery', 'Other theft'];
  const tables = await analyse(
    days('2015-01-01', 900).map((day, index) =>
      incident({ occurred_date: day, report_date: day, crime_category: categories[index % 3] as string }),
    ),
    [NYPD],
    ['mix'],
  );
  const sums = new Map<string, number>();
  for (const row of tables.get('crime_mix')?.rows ?? []) {
    const key = [row.dimension, row.value, row.occurred_year].join(' ');
    sums.set(key, (sums.get(key) ?? 0) + Number(row.share));
  }
  expect(sums.size).toBeGreaterThan(6);
  for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 12);
});

test('the hours of the week are those of the single incidents, changes of the clocks included', async () => {
  const minute = (value: number) =>
    `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
  // Days around the changes of 2019 in New York (10 March, 3 November) and ordinary ones.
  const start = fc.constantFrom(
    '2019-03-09',
    '2019-03-10',
    '2019-11-02',
    '2019-11-03',
    '2019-06-14',
    '2019-06-16',
  );
  const interval = fc.record({
    date: start,
    at: fc.integer({ min: 0, max: 1439 }),
    length: fc.oneof(
      fc.constant(undefined),
      fc.integer({ min: 1, max: 240 }),
      fc.integer({ min: 1, max: 15_000 }),
      fc.constant(10_080),
    ),
  });
  const leftOutBySpring = { date: '2019-03-10' as const, at: 150, length: undefined };
  await fc.assert(
    fc.asyncProperty(fc.array(interval, { minLength: 1, maxLength: 40 }), async (intervals) => {
      const incidents = intervals.map(({ date, at, length }) => {
        if (length === undefined) return incident({ occurred_date: date, occurred_time: minute(at) });
        const end = at + length;
        return incident({
          occurred_date: date,
          occurred_time: minute(at),
          occurred_end_date: days(date, Math.floor(end / 1440) + 1).at(-1) as string,
          occurred_end_time: minute(end % 1440),
        });
      });
      const tables = await analyse(incidents, [NYPD], ['hours']);
      const found = (tables.get('week_hours')?.rows ?? []).filter((row) => row.crime_category === 'All');
      const expected = new Array<number>(168).fill(0);
      for (const row of incidents) {
        const result = aoristicWeights(
          {
            startDate: String(row.occurred_date),
            startTime: String(row.occurred_time),
            ...(row.occurred_end_date !== null && {
              endDate: String(row.occurred_end_date),
              endTime: String(row.occurred_end_time),
            }),
          },
          { timeZone: NYPD.timeZone },
        );
        if (result.kind !== 'weighted') throw new Error(result.reason);
        for (const [slot, weight] of result.weights.entries())
          expected[slot] = (expected[slot] ?? 0) + weight;
      }
      const total = found.reduce((sum, row) => sum + Number(row.incidents), 0);
      expect(total).toBeCloseTo(incidents.length, 7);
      for (const row of found) {
        expect(Number(row.incidents)).toBeCloseTo(
          expected[Number(row.weekday) * 24 + Number(row.hour)] ?? 0,
          7,
        );
      }
    }),
    { numRuns: 60, examples: [[[leftOutBySpring]]] },
  );
});
