import type { ResultRow } from '@crimetracker/analysis-kit';
import { dayIndexOf, isoDateOf } from '@crimetracker/analysis-kit';
import type { SqlRow } from '@crimetracker/engine';
import { describe, expect, it } from 'vitest';
import { createSimulator } from '../series/testing-simulate.js';
import type { AnalysisContext, Counts } from './context.js';
import { monthOf } from './periods.js';
import { seriesAnalysis } from './series-analysis.js';

const LAPD = { id: 'lapd', city: 'Los Angeles', timeZone: 'America/Los_Angeles' };
const NYPD = { id: 'nypd', city: 'New York', timeZone: 'America/New_York' };

interface Made {
  readonly source?: string;
  readonly from: string;
  readonly to: string;
  readonly categories: Readonly<Record<string, (day: number, date: string) => number>>;
  /** Shares of a month's incidents reported 0, 1, 2, … months later. */
  readonly delays?: readonly number[];
}

/** Counts as the engine would give them; reports end with the last day. */
function make({ source = 'lapd', from, to, categories, delays = [1] }: Made): Counts {
  const [first, last] = [dayIndexOf(from) ?? 0, dayIndexOf(to) ?? 0];
  const days: SqlRow[] = [];
  const months = new Map<number, number>();
  const lastMonth = monthOf(last);
  const reported = (month: number): number =>
    delays.slice(0, lastMonth - month + 1).reduce((sum, share) => sum + share, 0);
  for (const [category, countOn] of Object.entries(categories)) {
    for (let day = first; day <= last; day += 1) {
      const month = monthOf(day);
      const incidents = Math.round(countOn(day, isoDateOf(day)) * reported(month));
      if (incidents === 0) continue;
      days.push({ source, crime_category: category, day, incidents });
      months.set(month, (months.get(month) ?? 0) + incidents);
    }
  }
  const reports = [...months].flatMap(([month, incidents]) =>
    delays.slice(0, lastMonth - month + 1).map((share, delay) => ({
      source,
      occurred_month: month,
      report_month: month + delay,
      incidents: Math.round((incidents * share) / reported(month)),
    })),
  );
  return { count_days: days, count_reporting: reports };
}

function contextOf(from: string, to: string, sources = [LAPD]): AnalysisContext {
  return { sources, window: { from, to }, observed: new Map(sources.map(({ id }) => [id, { from, to }])) };
}

function answer(counts: Counts, context: AnalysisContext): Record<string, readonly ResultRow[]> {
  const results = seriesAnalysis.run(counts, context);
  expect(results.map(({ mart }) => mart)).toEqual(seriesAnalysis.makes);
  for (const { mart, rows } of results) {
    const names = new Set(mart.columns.map(({ name }) => name));
    for (const row of rows) {
      for (const [name, value] of Object.entries(row)) {
        if (!names.has(name)) throw new Error(`${mart.name} has no column ${name}`);
        if (typeof value === 'number' && !Number.isFinite(value))
          throw new Error(`${mart.name}.${name} is ${value}`);
      }
    }
  }
  return Object.fromEntries(results.map(({ mart, rows }) => [mart.name, rows]));
}

const wave = (date: string): number => 1 + 0.2 * Math.sin((2 * Math.PI * Number(date.slice(5, 7))) / 12);

describe('seriesAnalysis', () => {
  const [from, to] = ['2015-01-01', '2021-12-31'] as const;
  const { count } = createSimulator(11);
  const whole = answer(
    make({
      from,
      to,
      categories: {
        'Motor vehicle theft': (_, date) => count((date < '2020-06-01' ? 40 : 60) * wave(date), 1.2),
        Robbery: (_, date) => count(20 * wave(date), 1.2),
        Arson: (_, date) => (date.endsWith('-03-01') ? 1 : 0),
      },
      delays: [0.8, 0.15, 0.05],
    }),
    contextOf(from, to),
  );
  const of = (table: string, category: string, frequency?: string) =>
    (whole[table] ?? []).filter(
      (row) => row.crime_category === category && (frequency === undefined || row.frequency === frequency),
    );

  it('finds a planted shift of level, with its size and the event near it', () => {
    const [month, ...more] = of('level_shifts', 'Motor vehicle theft');
    expect(more).toEqual([]);
    expect(month).toMatchObject({
      shift_at: '2020-06-01',
      near_break: 'COVID-19 measures; Motor vehicle theft rises to a new level',
    });
    expect(month?.ratio).toBeCloseTo(1.5, 1);
    expect(Number(month?.ratio_lower)).toBeLessThan(1.5);
    expect(Number(month?.ratio_upper)).toBeGreaterThan(1.5);
    expect(Math.abs(Number(month?.level_before) - 40 * 30.44)).toBeLessThan(40);
    expect(of('level_shifts', 'Robbery')).toEqual([]);
  });

  it('splits a series so that the parts give the incidents', () => {
    const rows = of('series', 'Robbery', 'month');
    expect(rows).toHaveLength(84);
    for (const { incidents, trend, seasonal, remainder, is_complete } of rows) {
      if (is_complete === true)
        expect(Number(trend) * Number(seasonal) + Number(remainder)).toBeCloseTo(Number(incidents), 8);
    }
    const march = rows.find(({ period_start }) => period_start === '2018-03-01');
    expect(Math.abs(Number(march?.trend) - 20 * 30.44)).toBeLessThan(30);
    expect(Number(march?.seasonal)).toBeGreaterThan(1.1);
  });

  it('begins weeks on Mondays, keeps whole ones, and gives days for all categories only', () => {
    const weeks = of('series', 'Robbery', 'week');
    expect(weeks[0]?.period_start).toBe('2015-01-05');
    expect(weeks.at(-1)?.period_start).toBe('2021-12-20');
    expect(of('series', 'Robbery', 'day')).toEqual([]);
    const days = of('series', 'All', 'day');
    expect(days).toHaveLength(2557);
    expect(days[0]?.trend).not.toBeNull();
    const sum = (rows: readonly ResultRow[]) => rows.reduce((total, row) => total + Number(row.incidents), 0);
    expect(sum(of('series', 'All', 'month'))).toBe(sum(days));
  });

  it('writes events at the period in which they begin', () => {
    const events = of('series', 'All', 'month').filter(({ break_event }) => break_event !== null);
    expect(events.map(({ period_start }) => period_start)).toEqual(['2020-03-01', '2020-06-01']);
  });

  it('knows which of the last months are incomplete, and what they will come to', () => {
    const months = whole.reporting_completeness ?? [];
    expect(months).toHaveLength(84);
    const [october, november, december] = months.slice(-3);
    expect(october).toMatchObject({ is_complete: true, completeness: 1 });
    expect(november?.completeness).toBeCloseTo(0.95, 2);
    expect(december?.completeness).toBeCloseTo(0.8, 2);
    expect(december?.is_complete).toBe(false);
    expect(Number(december?.nowcast)).toBeCloseTo(Number(december?.reported) / 0.8, -1);
    const last = of('series', 'All', 'month').at(-1);
    expect(last).toMatchObject({ is_complete: false, remainder: null });
    // The level is not drawn down by what is still to be reported.
    const theft = of('series', 'Motor vehicle theft', 'month').at(-1);
    expect(Math.abs(Number(theft?.trend) - 60 * 30.44)).toBeLessThan(120);
  });

  it('compares the year up to the last complete month', () => {
    const [theft] = of('year_to_date', 'Motor vehicle theft');
    expect(theft).toMatchObject({
      occurred_year: 2021,
      up_to: '2021-10-31',
      verdict: 'more',
      comparability: 'comparable',
      break_event: 'COVID-19 measures; Motor vehicle theft rises to a new level',
    });
    const before = of('series', 'Motor vehicle theft', 'month').filter(
      ({ period_start }) => String(period_start) >= '2020-01-01' && String(period_start) < '2020-11-01',
    );
    expect(theft?.previous).toBe(before.reduce((sum, row) => sum + Number(row.incidents), 0));
    // 366 days of 2020 up to October are one more than those of 2021.
    expect(theft?.change_percent).toBeCloseTo(
      100 * (Number(theft?.current) / 304 / (Number(theft?.previous) / 305) - 1),
      8,
    );
    expect(of('year_to_date', 'Robbery')[0]?.verdict).toBe('no clear change');
  });

  it('gives a reason for a category that hardly happens', () => {
    expect(of('series', 'Arson', 'month')[5]).toMatchObject({
      incidents: 0,
      trend: null,
      reason: 'Half of the periods, or more, have no incident.',
    });
  });

  it('lists the register of the cities it is asked about', () => {
    expect(whole.break_register?.every(({ source }) => source === 'lapd')).toBe(true);
    expect(whole.break_register).toContainEqual({
      source: 'lapd',
      city: 'Los Angeles',
      from_date: '2020-03-01',
      to_date: '2020-06-30',
      event: 'COVID-19 measures',
      is_masked: true,
      is_verified: true,
    });
  });

  it('has empty tables without rows', () => {
    const nothing = { count_days: [], count_reporting: [] };
    const context = { ...contextOf(from, to, [LAPD, NYPD]), observed: new Map() };
    const tables = answer(nothing, context);
    for (const name of ['series', 'level_shifts', 'year_to_date', 'reporting_completeness'])
      expect(tables[name]).toEqual([]);
    // A source of which all incidents lie outside of the window.
    expect(
      answer(nothing, { ...contextOf('2022-01-01', to), observed: new Map([['lapd', { from, to }]]) }).series,
    ).toEqual([]);
  });

  it('says why a week of data has no answer', () => {
    const tables = answer(
      make({ from: '2021-03-01', to: '2021-03-07', categories: { Robbery: () => 3 } }),
      contextOf('2021-03-01', '2021-03-07'),
    );
    const days = tables.series?.filter(({ frequency }) => frequency === 'day');
    expect(days).toHaveLength(7);
    expect(days?.[0]?.reason).toBe('7 values are less than two cycles of 7.');
    expect(tables.series?.filter(({ frequency }) => frequency === 'week')).toHaveLength(2);
    expect(tables.series?.filter(({ frequency }) => frequency === 'month')).toEqual([]);
    expect(tables.level_shifts?.every(({ reason }) => reason !== null)).toBe(true);
    expect(tables.year_to_date?.map(({ reason }) => reason)).toEqual([
      'There is no complete month.',
      'There is no complete month.',
    ]);
    expect(tables.reporting_completeness).toEqual([
      {
        source: 'lapd',
        city: 'Los Angeles',
        reason: 'Less than 13 months of reports do not tell how many are still to come.',
      },
    ]);
  });

  it('does not hold a first year against nothing, and takes a category that begins late', () => {
    const [begin, end] = ['2020-06-01', '2021-12-31'];
    const tables = answer(
      make({
        from: begin,
        to: end,
        categories: { Robbery: () => 4, Fraud: (_, date) => (date >= '2021-11-01' ? 2 : 0), Never: () => 0 },
      }),
      contextOf(begin, end),
    );
    expect(tables.year_to_date?.map((row) => [row.crime_category, row.reason])).toEqual(
      ['All', 'Fraud', 'Robbery'].map((category) => [
        category,
        'The same months of the year before are not all there.',
      ]),
    );
    const fraud = tables.series?.filter((row) => row.crime_category === 'Fraud' && row.frequency === 'month');
    expect(fraud?.map(({ incidents }) => incidents).slice(-3)).toEqual([0, 60, 62]);
  });
});
