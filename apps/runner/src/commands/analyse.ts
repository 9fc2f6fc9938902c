import type { Engine, SqlRow } from '@crimetracker/engine';
import type { Snapshot } from '@crimetracker/lake';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { Analysis } from '@crimetracker/trends';
import { ANALYSES } from '@crimetracker/trends';
import { createProgress, seconds } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { checkFolder, writeCsvFolder } from '../marts/csv-folder.js';
import { drawAnalysis } from '../marts/draw-analyses.js';
import type { TableManifest } from '../marts/table-set.js';
import { attachTables } from '../marts/table-set.js';
import { buildMarts, TREND_MARTS } from '../marts/trend-marts.js';
import { loadSources } from '../sources.js';

export interface AnalyseFlags {
  readonly csv?: string;
  readonly fresh?: boolean;
  readonly overwrite?: boolean;
  readonly snapshot?: string;
}

/** The rows of the tables that an analysis makes, by name. */
export type ResultTables = ReadonlyMap<string, readonly SqlRow[]>;

/**
 * Answers what and when over a published snapshot. The first time every analysis is computed and kept in the snapshot as
 * marts; later calls read them.
 */
export async function runAnalyse(
  context: CommandContext,
  what: readonly string[],
  flags: AnalyseFlags,
): Promise<ExitCode> {
  const { console, settings } = context;
  const wanted = chooseAnalyses(what);
  if (flags.csv !== undefined) await checkFolder(flags.csv, '--csv', flags.overwrite ?? false);
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const engine = await openEngine(context);
  try {
    await attachSnapshot(engine, snapshot);
    const manifest = await ensureMarts(context, engine, snapshot, flags.fresh ?? false);
    for (const [index, analysis] of wanted.entries()) {
      const tables = await readTables(engine, analysis, context.signal);
      if (flags.csv !== undefined) await writeCsvFolder(flags.csv, tables);
      if (console.json) {
        // One array, written piece by piece: all tables together are large.
        console.out.write(index === 0 ? '[' : ',');
        console.out.write(JSON.stringify(jsonOf(analysis, tables, manifest)));
      } else console.out.write(`${drawAnalysis(analysis, tables, console.colours)}\n`);
    }
    if (console.json) console.out.write(']\n');
    else {
      const { dim } = console.colours;
      console.out.write(
        `${dim(`  Snapshot ${manifest.snapshot}. Recorded crime is not crime; every number is a row of a mart_ table: crimetracker query "SELECT * FROM mart_crime_mix LIMIT 5"`)}\n`,
      );
      if (flags.csv !== undefined) console.out.write(`  CSV       ${flags.csv}\n`);
    }
  } finally {
    await engine.close();
  }
  return EXIT_CODES.ok;
}

function chooseAnalyses(what: readonly string[]): readonly Analysis[] {
  const unknown = what.filter((id) => !ANALYSES.some((analysis) => analysis.id === id));
  if (unknown.length > 0) {
    throw new CrimeTrackerError(`There is no analysis "${unknown.join('", "')}".`, {
      code: 'analysis-unknown',
      exitCode: EXIT_CODES.usage,
      hint: `Analyses: ${ANALYSES.map(({ id }) => id).join(', ')}.`,
    });
  }
  return what.length === 0 ? ANALYSES : ANALYSES.filter(({ id }) => what.includes(id));
}

/** Reads the snapshot's marts, after computing them when it has none. */
export async function ensureMarts(
  context: CommandContext,
  engine: Engine,
  snapshot: Snapshot,
  fresh: boolean,
): Promise<TableManifest> {
  const kept = fresh ? undefined : await attachTables(engine, snapshot, TREND_MARTS);
  if (kept) return kept;
  const progress = createProgress(context.console);
  const started = performance.now();
  try {
    const manifest = await buildMarts({
      engine,
      snapshot,
      sources: await loadSources(),
      signal: context.signal,
      onProgress: (label, done, total) => progress.step(label, done, total),
    });
    progress.stop();
    context.console.err.write(`Analysed in ${seconds(performance.now() - started)}.\n`);
    await attachTables(engine, snapshot, TREND_MARTS);
    return manifest;
  } finally {
    progress.stop();
  }
}

async function readTables(engine: Engine, analysis: Analysis, signal: AbortSignal): Promise<ResultTables> {
  const tables = new Map<string, readonly SqlRow[]>();
  for (const { name } of analysis.makes) {
    tables.set(
      name,
      await engine.query(`SELECT * FROM ${engine.dialect.identifier(`mart_${name}`)}`, signal),
    );
  }
  return tables;
}

function jsonOf(analysis: Analysis, tables: ResultTables, manifest: TableManifest) {
  return {
    analysis: analysis.id,
    title: analysis.title,
    snapshot: manifest.snapshot,
    tables: analysis.makes.map(({ name, description }) => {
      const reads = manifest.results.find((result) => result.name === name)?.reads ?? [];
      return {
        name: `mart_${name}`,
        description,
        computed_from: manifest.counts.filter((count) => reads.includes(count.name)),
        rows: tables.get(name) ?? [],
      };
    }),
  };
}
