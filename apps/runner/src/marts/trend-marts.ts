import { writeMarts } from '@crimetracker/analysis-kit/mart-files';
import type { Engine } from '@crimetracker/engine';
import type { Snapshot, Source } from '@crimetracker/lake';
import type { AnalysesOutput } from '@crimetracker/trends';
import { ANALYSES, countMarts, MARTS_VERSION, runAnalyses } from '@crimetracker/trends';
import { analysedSources } from '../sources.js';
import type { TableManifest, TableSet } from './table-set.js';
import { storeTables } from './table-set.js';

/** What and when: the counts and answers of trends. */
export const TREND_MARTS: TableSet = {
  name: 'marts',
  version: MARTS_VERSION,
  tables: [...countMarts([]), ...ANALYSES.flatMap(({ makes }) => makes)],
};

export interface MartsInput {
  /** Has the tables of the snapshot attached. */
  readonly engine: Engine;
  readonly snapshot: Snapshot;
  readonly sources: readonly Source[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((label: string, done: number, total: number) => void) | undefined;
}

/** Computes every analysis of the snapshot, without writing anything. */
export function computeMarts(input: MartsInput): Promise<AnalysesOutput> {
  const { engine, snapshot, sources, signal, onProgress } = input;
  return runAnalyses({
    engine,
    sources: analysedSources(sources, snapshot),
    window: snapshot.manifest.window,
    analyses: ANALYSES,
    signal,
    onProgress,
  });
}

/** Computes the marts and puts them into the snapshot. */
export function buildMarts(input: MartsInput): Promise<TableManifest> {
  const { engine, snapshot, signal } = input;
  return storeTables(
    snapshot,
    TREND_MARTS,
    async (draft) => {
      const { counts, results } = await computeMarts(input);
      await writeMarts(engine, [...counts, ...results], draft, signal);
      const zones = [...new Set(input.sources.map(({ adapter }) => adapter.timeZone))];
      return {
        settings: {},
        counts: counts.map(({ mart, query, rows }) => ({ name: mart.name, query, rows: rows.length })),
        results: results.map(({ mart, analysis, rows }) => ({
          name: mart.name,
          analysis,
          reads: (ANALYSES.find(({ id }) => id === analysis)?.reads(zones) ?? []).map(({ name }) => name),
          rows: rows.length,
        })),
      };
    },
    signal,
  );
}
