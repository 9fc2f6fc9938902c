import type { Engine, SqlRow, TableColumn } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import type { ReportInput } from './gather-report.js';
import { gatherReport } from './gather-report.js';
import type { Report } from './report.js';

/** Columns of the tables that a report reads, as `name` or `name:type`; text unless told. */
const TABLES = {
  mart_crime_mix:
    'source city dimension value occurred_year:bigint crime_category incidents:bigint total:bigint share:double share_lower:double share_upper:double rank:bigint ranks_gained:bigint rate_change:double rate_change_lower:double rate_change_upper:double comparability',
  mart_week_hours:
    'source city crime_category basis weekday:bigint hour:bigint incidents:double hours:double rate:double rate_lower:double rate_upper:double',
  mart_peak_hours:
    'source city crime_category peak rate:double rate_lower:double rate_upper:double times_median:double block block_times_median:double reason',
  mart_time_heaping: 'source city crime_category point incidents:bigint is_heaped:boolean',
  mart_weapon_shares:
    'source city crime_category weapon_category occurred_year:bigint incidents:bigint total:bigint share:double share_lower:double share_upper:double comparability',
  mart_weapon_trends:
    'source city crime_category weapon_category first_year:bigint last_year:bigint first_share:double last_share:double change:double change_lower:double change_upper:double q_value:double direction rank_rising:bigint rank_falling:bigint reason',
  mart_series:
    'source city crime_category frequency period_start:date incidents:bigint completeness:double is_complete:boolean trend:double seasonal:double remainder:double break_event reason',
  mart_level_shifts:
    'source city crime_category shift_at:date level_before:double level_after:double ratio:double ratio_lower:double ratio_upper:double near_break reason',
  mart_year_to_date:
    'source city crime_category occurred_year:bigint up_to:date current:bigint previous:bigint change_percent:double lower:double upper:double p_value:double verdict comparability break_event reason',
  mart_reporting_completeness:
    'source city occurred_month:date reported:bigint completeness:double nowcast:double nowcast_lower:double nowcast_upper:double is_complete:boolean reason',
  mart_break_register: 'source city from_date:date to_date:date event is_masked:boolean is_verified:boolean',
  mart_anomalies:
    'source city jurisdiction crime_category frequency period_start:date observed:bigint expected:double lower:double upper:double direction agreeing q_value:double sentence comparability break_event',
  mart_anomaly_coverage:
    'source city scope tested:bigint not_judged:bigint anomalies:bigint set_aside:bigint cells:bigint reason',
  mart_forecasts:
    'source city jurisdiction crime_category frequency period_start:date expected:double p05:double p25:double p50:double p75:double p95:double',
  mart_forecast_methods:
    'source city jurisdiction crime_category frequency method is_baseline:boolean why median_skill:double p_value:double origins:bigint trained_until:date reason',
  mart_hotspot_study_areas:
    'source city resolution:bigint outline outline_note cells:bigint area_km2:double empty_cells:bigint located:bigint outside:bigint station_house:bigint not_located:bigint withheld:bigint first_month last_month reason',
  mart_hotspot_cells:
    'source city resolution:bigint target period h3 latitude:double longitude:double incidents:bigint gi_star:double q:double class is_core:boolean',
  mart_hotspot_periods:
    'source city resolution:bigint target period_kind period incidents:bigint cells:bigint cells_with_incidents:bigint hot_cells:bigint core_cells:bigint cold_cells:bigint hot_share:double area_share_of_quarter:double area_share_of_half:double gini_generalised:double reason',
  mart_emerging_summary: 'source city resolution:bigint target class cells:bigint reason',
  mart_count_cell_jurisdictions_r9: 'source h3 jurisdiction incidents:bigint',
  ledger: 'source raw_file file kind rule detail records:bigint',
  files: 'raw_file source name path vintage records:bigint malformed:bigint',
} as const satisfies Record<string, string>;

export type TestTables = Partial<Record<keyof typeof TABLES, readonly SqlRow[]>>;

const NYPD = { source: 'nypd', city: 'New York' };
const monthOf = (index: number): string =>
  `${2021 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;

/** A city of three years in which everything is there; texts as given, to put in what is odd. */
export function testTables(
  text: { readonly category?: string; readonly place?: string; readonly file?: string } = {},
): TestTables {
  const { category = 'Burglary', place = '75', file = 'nypd.csv' } = text;
  const mix = (dimension: string, value: string, year: number, crime: string, rank: number): SqlRow => ({
    ...NYPD,
    dimension,
    value,
    occurred_year: year,
    crime_category: crime,
    incidents: 700 - 300 * rank + year - 2021,
    total: 1000,
    share: 0.7 - 0.3 * rank,
    share_lower: 0.68 - 0.3 * rank,
    share_upper: 0.72 - 0.3 * rank,
    rank: rank + 1,
    ranks_gained: year === 2021 ? null : 0,
    rate_change: year === 2021 ? null : 1.2 - 0.3 * rank,
    rate_change_lower: year === 2021 ? null : 1.1 - 0.3 * rank,
    rate_change_upper: year === 2021 ? null : 1.3 - 0.3 * rank,
    comparability: rank === 0 ? 'comparable' : 'limited',
  });
  const months = Array.from({ length: 36 }, (_, index) => monthOf(index));
  return {
    mart_crime_mix: [2021, 2022, 2023].flatMap((year) => [
      mix('city', 'all', year, category, 0),
      mix('city', 'all', year, 'Robbery', 1),
      mix('jurisdiction', place, year, category, 0),
      mix('jurisdiction', '77', year, category, 0),
      mix('jurisdiction', '77', year, 'Robbery', 1),
    ]),
    mart_week_hours: Array.from({ length: 168 }, (_, slot) => ({
      ...NYPD,
      crime_category: 'All',
      basis: 'aoristic',
      weekday: Math.floor(slot / 24),
      hour: slot % 24,
      incidents: slot,
      hours: 156,
      rate: slot / 156,
      rate_lower: slot / 170,
      rate_upper: slot / 140,
    })),
    mart_peak_hours: [
      {
        ...NYPD,
        crime_category: 'All',
        peak: 'Sunday 23:00–24:00',
        rate: 1.07,
        rate_lower: 1,
        rate_upper: 1.2,
        times_median: 2,
        block: 'Sunday 20:00–24:00',
        block_times_median: 1.9,
        reason: null,
      },
      { ...NYPD, crime_category: category, peak: null, reason: 'too few incidents' },
    ],
    mart_time_heaping: [{ ...NYPD, crime_category: 'All', point: '12:00', incidents: 40, is_heaped: true }],
    mart_weapon_shares: ['Firearm', 'Knife'].map((weapon, index) => ({
      ...NYPD,
      crime_category: category,
      weapon_category: weapon,
      occurred_year: 2023,
      incidents: 60 - 20 * index,
      total: 100,
      share: 0.6 - 0.2 * index,
      share_lower: 0.5 - 0.2 * index,
      share_upper: 0.7 - 0.2 * index,
      comparability: 'comparable',
    })),
    mart_weapon_trends: [
      {
        ...NYPD,
        crime_category: category,
        weapon_category: 'Firearm',
        first_year: 2021,
        last_year: 2023,
        first_share: 0.4,
        last_share: 0.6,
        change: 0.2,
        change_lower: 0.1,
        change_upper: 0.3,
        q_value: 0.01,
        direction: 'rising',
        rank_rising: 1,
        rank_falling: null,
        reason: null,
      },
      { ...NYPD, crime_category: 'Robbery', weapon_category: null, reason: 'the form is left blank' },
    ],
    mart_series: ['All', category, 'Robbery'].flatMap((crime) =>
      months.map((start, index) => ({
        ...NYPD,
        crime_category: crime,
        frequency: 'month',
        period_start: start,
        incidents: 80 + (index % 12),
        completeness: index === 35 ? 0.9 : 1,
        is_complete: index !== 35,
        trend: 85,
        seasonal: 1,
        remainder: 0,
        break_event: null,
        reason: null,
      })),
    ),
    mart_level_shifts: [
      {
        ...NYPD,
        crime_category: category,
        shift_at: '2023-03-01',
        level_before: 80,
        level_after: 100,
        ratio: 1.25,
        ratio_lower: 1.1,
        ratio_upper: 1.4,
        near_break: null,
        reason: null,
      },
    ],
    mart_year_to_date: [
      {
        ...NYPD,
        crime_category: 'All',
        occurred_year: 2023,
        up_to: '2023-11-30',
        current: 920,
        previous: 900,
        change_percent: 2.2,
        lower: -3,
        upper: 8,
        p_value: 0.4,
        verdict: 'no clear change',
        comparability: 'not graded',
        break_event: null,
        reason: null,
      },
    ],
    mart_reporting_completeness: months.map((month, index) => ({
      ...NYPD,
      occurred_month: month,
      reported: 85,
      completeness: index === 35 ? 0.9 : 1,
      nowcast: 90,
      nowcast_lower: 85,
      nowcast_upper: 95,
      is_complete: index !== 35,
      reason: null,
    })),
    mart_break_register: [
      {
        ...NYPD,
        from_date: '2022-03-01',
        to_date: '2022-06-30',
        event: 'Measures',
        is_masked: true,
        is_verified: true,
      },
    ],
    mart_anomalies: [
      {
        ...NYPD,
        jurisdiction: 'all',
        crime_category: 'All',
        frequency: 'week',
        period_start: '2023-04-03',
        observed: 82,
        expected: 47,
        lower: 31,
        upper: 65,
        direction: 'above',
        agreeing: 'farrington',
        q_value: 0.04,
        sentence: `${category} in New York: 82.`,
        comparability: 'limited',
        break_event: null,
      },
    ],
    mart_anomaly_coverage: [
      {
        ...NYPD,
        scope: 'city',
        tested: 100,
        not_judged: 5,
        anomalies: 1,
        set_aside: 2,
        cells: 105,
        reason: null,
      },
    ],
    mart_forecasts: ['2024-01-01', '2024-02-01'].map((start) => ({
      ...NYPD,
      jurisdiction: 'all',
      crime_category: 'All',
      frequency: 'month',
      period_start: start,
      expected: 91.5,
      p05: 80,
      p25: 86,
      p50: 91,
      p75: 96,
      p95: 104,
    })),
    mart_forecast_methods: [
      {
        ...NYPD,
        jurisdiction: 'all',
        crime_category: 'All',
        frequency: 'month',
        method: 'theta',
        is_baseline: false,
        why: 'It did best.',
        median_skill: 0.4,
        p_value: 0.01,
        origins: 12,
        trained_until: '2023-12-31',
        reason: null,
      },
    ],
    mart_hotspot_study_areas: [
      {
        ...NYPD,
        resolution: 9,
        outline: 'derived',
        outline_note: 'From incidents.',
        cells: 10,
        area_km2: 1.1,
        empty_cells: 1,
        located: 950,
        outside: 0,
        station_house: 10,
        not_located: 20,
        withheld: 20,
        first_month: '2021-01',
        last_month: '2023-12',
        reason: null,
      },
    ],
    mart_hotspot_cells: ['892a100d2d3ffff', '892a100d2d7ffff', '892a100d2c3ffff'].map((h3, index) => ({
      ...NYPD,
      resolution: 9,
      target: 'All',
      period: '2023-01 to 2023-12',
      h3,
      latitude: 40.75,
      longitude: -73.98,
      incidents: 30 - 10 * index,
      gi_star: 4 - index,
      q: 0.01,
      class: index === 0 ? 'hot' : 'not significant',
      is_core: true,
    })),
    mart_hotspot_periods: [
      {
        ...NYPD,
        resolution: 9,
        target: 'All',
        period_kind: 'recent',
        period: '2023-01 to 2023-12',
        incidents: 300,
        cells: 10,
        cells_with_incidents: 9,
        hot_cells: 1,
        core_cells: 1,
        cold_cells: 0,
        hot_share: 0.2,
        area_share_of_quarter: 0.1,
        area_share_of_half: 0.25,
        gini_generalised: 0.4,
        reason: null,
      },
    ],
    mart_emerging_summary: [
      { ...NYPD, resolution: 9, target: 'All', class: 'New Hot Spot', cells: 1, reason: null },
    ],
    mart_count_cell_jurisdictions_r9: [
      { source: 'nypd', h3: '892a100d2d3ffff', jurisdiction: place, incidents: 30 },
    ],
    ledger: [
      ['records', '', 1010],
      ['curated', '', 1000],
      ['quarantined', 'no-date', 10],
      ['touched', 'late-report', 7],
    ].map(([kind = '', rule = '', records = 0]) => ({
      source: 'nypd',
      raw_file: 'a'.repeat(64),
      file,
      kind,
      rule,
      detail: '',
      records,
    })),
    files: [
      {
        raw_file: 'a'.repeat(64),
        source: 'nypd',
        name: file,
        path: file,
        vintage: 'historic-35',
        records: 1010,
        malformed: 0,
      },
    ],
  };
}

/** An engine that holds these tables; those that are not given are empty. */
async function openTestEngine(tables: TestTables): Promise<Engine> {
  const engine = await openDuckDb({ threads: 1 });
  for (const [name, columns] of Object.entries(TABLES)) {
    const types = columns.split(' ').map((text): TableColumn => {
      const [column = '', type = 'text'] = text.split(':');
      return { name: column, type: type as TableColumn['type'] };
    });
    const rows = tables[name as keyof typeof TABLES] ?? [];
    await engine.loadRows(
      name,
      types,
      rows.map((row) => types.map((column) => row[column.name] ?? null)),
    );
  }
  return engine;
}

/** Makes the report of these tables. */
export async function testReport(tables: TestTables, more: Partial<ReportInput> = {}): Promise<Report> {
  const engine = await openTestEngine(tables);
  try {
    return await gatherReport({
      engine,
      choice: {},
      cities: [{ id: 'nypd', city: 'New York' }],
      snapshot: '20240101T000000Z-00000000',
      createdAt: '2024-01-02T03:04:05.000Z',
      versions: [{ name: 'Program', version: '0.1.0' }],
      counts: [{ name: 'count_mix', query: 'SELECT source FROM incidents WHERE 1 < 2' }],
      origins: new Map([['mart_crime_mix', ['count_mix']]]),
      outlines: new Map(),
      resolution: 9,
      signal: new AbortController().signal,
      ...more,
    });
  } finally {
    await engine.close();
  }
}

/** Texts that would do harm if a page, a table or a spreadsheet took them for more than text. */
export const HOSTILE = {
  category: '<script>alert(1)</script>"\' onload=x | **b** [l](javascript:alert(1)) `c` \u202eevil',
  place: "=cmd()|' /C calc'!A0 </td></script><img src=x onerror=alert(1)>",
  file: `@SUM(1+1)\t${'x'.repeat(65_536)}\u0001\u202e`,
} as const;
