import { setImmediate } from 'node:timers/promises';
import type { AnalysedSource, CountMart, Period, Result } from '@crimetracker/analysis-kit';
import { observedPeriods } from '@crimetracker/analysis-kit';
import type { Engine, SqlRow } from '@crimetracker/engine';
import { countMarts } from '../marts/count-marts.js';
import type { Analysis } from './analysis.js';
import { anomaliesAnalysis } from './anomalies-analysis.js';
import type { AnalysisContext } from './context.js';
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
