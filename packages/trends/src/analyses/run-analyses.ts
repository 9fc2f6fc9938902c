import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CountMart, Result, ResultMart } from '@crimetracker/analysis-kit';
import type { Engine, SqlRow, SqlValue } from '@crimetracker/engine';
import { countMarts } from '../marts/count-marts.js';
import type { Period } from '../peak-hours/exposure.js';
import type { Analysis } from './analysis.js';
import { anomaliesAnalysis } from './anomalies-analysis.js';
import type { AnalysedSource, AnalysisContext } from './context.js';
import { crimeMixAnalysis } from './crime-mix-analysis.js';
import { forecastsAnalysis } from './forecasts-analysis.js';
import { peakHoursAnalysis } from './peak-hours-analysis.js';
import { seriesAnalysis } from './series-analysis.js';
import { weaponsAnalysis } from './weapons-analysis.js';

/** Raise when the same snapshot would give other marts. */
export const MARTS_VERSION = 2;

/** Every analysis, in the order in which a report tells them. */
export const ANALYSES: readonly Analysis[] = [
  crimeMixAnalysis,
  peakHoursAnalysis,
  weaponsAnalysis,
  seriesAnalysis,
  anomaliesAnalysis,
  forecastsAnalysis,
];

export interface AnalysesInput {
  /** Has the relation `incidents`. */
  readonly engine: Engine;
  readonly sources: readonly AnalysedSource[];
  readonly window: Period;
  readonly analyses: readonly Analysis[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((label: string, done: number, total: number) => void) | undefined;
}

export interface AnalysesOutput {
  /** The counts that were read, in the order of their names, with their query. */
  readonly counts: readonly {
    readonly mart: CountMart;
    readonly query: string;
    readonly rows: readonly SqlRow[];
  }[];
  readonly results: readonly (Result & { readonly analysis: string })[];
}

/**
 * Counts on the engine what the analyses ask for, then answers. Each count is one query; what is computed from it sees
 * aggregates only. Throws what the engine throws; few or odd data are reasons in the tables.
 */
export async function runAnalyses(input: AnalysesInput): Promise<AnalysesOutput> {
  const { engine, sources, window, analyses, signal } = input;
  const timeZones = [...new Set(sources.map(({ timeZone }) => timeZone))].sort();
  const wanted = new Set(analyses.flatMap((analysis) => analysis.reads(timeZones).map(({ name }) => name)));
  const marts = countMarts(timeZones).filter(({ name }) => wanted.has(name));
  const total = marts.length + analyses.length;
  let done = 0;
  const tell = (label: string) => {
    input.onProgress?.(label, done, total);
    done += 1;
  };
  // All counts are asked for at once, in the order in which they are needed: the engine counts on while an analysis
  // takes this thread.
  const context = observedPeriods(engine, signal).then(
    (observed): AnalysisContext => ({ sources, window, observed }),
  );
  const counting = new Map(
    marts.map((mart) => {
      const query = mart.select(engine.dialect);
      const rows = engine.query(query, signal).then((found) => {
        tell(`Counted ${mart.name}`);
        return found;
      });
      return [mart.name, { mart, query, rows }] as const;
    }),
  );
  try {
    const results: (Result & { analysis: string })[] = [];
    for (const analysis of analyses) {
      const counts: Record<string, readonly SqlRow[]> = {};
      for (const { name } of analysis.reads(timeZones)) counts[name] = (await counting.get(name)?.rows) ?? [];
      // Lets the engine begin the next count first.
      await setImmediate();
      signal?.throwIfAborted();
      tell(analysis.title);
      results.push(
        ...analysis.run(counts, await context).map((result) => ({ ...result, analysis: analysis.id })),
      );
    }
    const counts = await Promise.all(
      [...counting.values()].map(async ({ mart, query, rows }) => ({ mart, query, rows: await rows })),
    );
    return { counts, results };
  } finally {
    // Nothing goes on behind an error.
    await Promise.allSettled([context, ...[...counting.values()].map(({ rows }) => rows)]);
  }
}

async function observedPeriods(
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Period>> {
  const { dialect } = engine;
  const rows = await engine.query(
    `SELECT source, ${dialect.isoDate('MIN(occurred_date)')} AS first_day, ${dialect.isoDate('MAX(occurred_date)')} AS last_day
     FROM incidents GROUP BY source ORDER BY source`,
    signal,
  );
  return new Map(
    rows.map((row) => [String(row.source), { from: String(row.first_day), to: String(row.last_day) }]),
  );
}

/** The rows of a result in the order of its columns. */
export function resultValues({ mart, rows }: Result): readonly (readonly SqlValue[])[] {
  return rows.map((row) => mart.columns.map(({ name }) => row[name] ?? null));
}

/** Writes counts and results as Parquet, one folder a table. The folder must not hold these tables yet. */
export async function writeMarts(
  engine: Engine,
  { counts, results }: AnalysesOutput,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const tables: readonly {
    readonly mart: CountMart | ResultMart;
    readonly values: readonly (readonly SqlValue[])[];
  }[] = [
    ...counts.map(({ mart, rows }) => ({
      mart,
      values: rows.map((row) => mart.columns.map(({ name }) => row[name] ?? null)),
    })),
    ...results.map((result) => ({ mart: result.mart, values: resultValues(result) })),
  ];
  for (const { mart, values } of tables) {
    const columns = mart.columns.map(({ name, type }) => ({ name, type }));
    await engine.loadRows('mart_rows', columns, values);
    const location = join(folder, mart.name);
    await rm(location, { recursive: true, force: true });
    await engine.writeTable({ select: 'SELECT * FROM mart_rows', location }, signal);
  }
  await engine.dropTable('mart_rows');
}

/** Makes written marts readable on an engine, each under its name with `mart_` in front. */
export async function attachMarts(
  engine: Engine,
  folder: string,
  marts: readonly (CountMart | ResultMart)[],
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const mart of marts) {
    const name = `mart_${mart.name}`;
    const columns = mart.columns.map((column) => ({ name: column.name, type: column.type }));
    await engine.attachTable(name, { location: join(folder, mart.name), columns });
    names.push(name);
  }
  return names;
}
