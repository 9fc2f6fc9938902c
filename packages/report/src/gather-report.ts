import { listed } from '@crimetracker/analysis-kit/words';
import type { Engine } from '@crimetracker/engine';
import { parseComparison } from './comparison.js';
import type { Ring } from './maps/projection.js';
import type { CountQuery, Report, ReportChoice, ReportVersion, Section } from './report.js';
import type { ReportCity, ReportContext } from './report-context.js';
import { comparisonSection } from './sections/comparison-section.js';
import { dataQualitySection } from './sections/data-quality.js';
import { forecastSection } from './sections/forecast.js';
import { hotSpotsSection } from './sections/hot-spots.js';
import { methodsSection } from './sections/methods.js';
import { mostCommonSection } from './sections/most-common.js';
import { peakHoursSection } from './sections/peak-hours.js';
import { provenanceSection } from './sections/provenance.js';
import type { ScheduleFacts } from './sections/schedule.js';
import { scheduleSection } from './sections/schedule.js';
import { summarySection } from './sections/summary.js';
import { trendsSection } from './sections/trends.js';
import { weaponsSection } from './sections/weapons.js';

export interface ReportInput {
  /** Has the snapshot's tables attached, those of trends and hot spots as `mart_<name>`. */
  readonly engine: Engine;
  readonly choice: ReportChoice;
  readonly cities: readonly { readonly id: string; readonly city: string }[];
  readonly snapshot: string;
  /** Instant of making, ISO; the only thing that differs between two reports of the same. */
  readonly createdAt: string;
  readonly versions: readonly ReportVersion[];
  readonly counts: readonly CountQuery[];
  /** Names of the counts that each table of answers is computed from. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
  readonly outlines: ReadonlyMap<string, readonly (readonly Ring[])[]>;
  /** H3 resolution of the hot spots; without it there are none. */
  readonly resolution?: number | undefined;
  /** The schedule, or why there is none. */
  readonly schedule?: ScheduleFacts | string | undefined;
  readonly signal: AbortSignal;
}

const NOTHING = 'The snapshot has no incidents of what was asked for.';

/** Runs every query of a report and writes its sentences. */
export async function gatherReport(input: ReportInput): Promise<Report> {
  const { engine, signal, choice, outlines, resolution } = input;
  const cities = await citiesWithYears(input);
  const comparison = choice.compare === undefined ? undefined : parseComparison(choice.compare);
  const wanted = choice.year ?? (comparison?.kind === 'years' ? comparison.second : undefined);
  const year = wanted ?? (await lastWholeYear(input, cities));
  const context: ReportContext = { engine, signal, cities, year, outlines, tables: new Map() };
  const make = async (id: string, title: string, section: () => Promise<Section>): Promise<Section> =>
    cities.length === 0 ? { id, title, blocks: [{ kind: 'empty', reason: NOTHING }] } : section();
  const sections: readonly Section[] = [
    await make('summary', 'Summary', () => summarySection(context, resolution)),
    ...(comparison === undefined
      ? []
      : [await make('comparison', 'Comparison', () => comparisonSection(context, comparison))]),
    await make('most-common', 'Most common crimes', () => mostCommonSection(context)),
    await make('peak-hours', 'Peak hours', () => peakHoursSection(context)),
    await make('weapons', 'Weapons', () => weaponsSection(context)),
    await make('trends', 'Trends and anomalies', () => trendsSection(context)),
    await make('hot-spots', 'Hot spots', () => hotSpotsSection(context, resolution)),
    await make('forecast', 'Forecast', () => forecastSection(context)),
    ...(input.schedule === undefined ? [] : [scheduleSection(input.schedule)]),
    await make('data-quality', 'Data quality', () => dataQualitySection(context)),
    methodsSection(),
    await make('provenance', 'Provenance', () => provenanceSection(context, input)),
  ];
  const names = listed(cities.map(({ city }) => city));
  return {
    title: cities.length === 0 ? 'Recorded crime' : `Recorded crime in ${names}, ${year}`,
    choice,
    snapshot: input.snapshot,
    createdAt: input.createdAt,
    sections,
    origins: input.origins,
  };
}

async function citiesWithYears({ engine, cities, signal }: ReportInput): Promise<readonly ReportCity[]> {
  const rows = await engine.query(
    `SELECT source, MIN(occurred_year) AS first_year, MAX(occurred_year) AS last_year FROM mart_crime_mix
     WHERE dimension = 'city' GROUP BY source ORDER BY source`,
    signal,
  );
  return rows.flatMap((row) => {
    const own = cities.find(({ id }) => id === row.source);
    return own === undefined
      ? []
      : [{ ...own, years: [Number(row.first_year), Number(row.last_year)] as const }];
  });
}

/** The last year of which a city has all months; without one, the last year. */
async function lastWholeYear(
  { engine, signal }: ReportInput,
  cities: readonly ReportCity[],
): Promise<number> {
  const rows = await engine.query(
    `SELECT source, ${engine.dialect.year('period_start')} AS occurred_year, COUNT(*) AS months FROM mart_series
     WHERE frequency = 'month' AND crime_category = 'All' GROUP BY source, ${engine.dialect.year('period_start')}`,
    signal,
  );
  const whole = rows
    .filter((row) => Number(row.months) === 12 && cities.some(({ id }) => id === row.source))
    .map((row) => Number(row.occurred_year));
  return Math.max(...(whole.length > 0 ? whole : cities.map(({ years }) => years[1])), 0);
}
