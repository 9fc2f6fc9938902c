import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountMart, ResultMart } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import type { Snapshot, Source } from '@crimetracker/lake';
import type { AnalysesOutput } from '@crimetracker/trends';
import {
  ANALYSES,
  attachMarts,
  countMarts,
  MARTS_VERSION,
  runAnalyses,
  writeMarts,
} from '@crimetracker/trends';
import * as z from 'zod';

const manifestSchema = z.object({
  version: z.literal(MARTS_VERSION),
  snapshot: z.string(),
  createdAt: z.string(),
  /** Counts: each is one query over `incidents` of the snapshot. */
  counts: z.array(z.object({ name: z.string(), query: z.string(), rows: z.number() })),
  /** Answers: each is computed by an analysis from the counts it reads. */
  results: z.array(
    z.object({ name: z.string(), analysis: z.string(), reads: z.array(z.string()), rows: z.number() }),
  ),
});
export type MartsManifest = z.infer<typeof manifestSchema>;

export interface MartsInput {
  /** Has the tables of the snapshot attached. */
  readonly engine: Engine;
  readonly snapshot: Snapshot;
  readonly sources: readonly Source[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((label: string, done: number, total: number) => void) | undefined;
}

const folderOf = (snapshot: Snapshot): string => join(snapshot.path, 'marts');

/** What the snapshot's marts hold; undefined when it has none, or those of another version of the program. */
async function readMarts(snapshot: Snapshot): Promise<MartsManifest | undefined> {
  const text = await readFile(join(folderOf(snapshot), 'marts.json'), 'utf8').catch(() => null);
  if (text === null) return undefined;
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  return parsed.success && parsed.data.snapshot === snapshot.manifest.id ? parsed.data : undefined;
}

/** Computes every analysis of the snapshot, without writing anything. */
export function computeMarts({
  engine,
  snapshot,
  sources,
  signal,
  onProgress,
}: MartsInput): Promise<AnalysesOutput> {
  const { manifest } = snapshot;
  return runAnalyses({
    engine,
    sources: sources
      .filter(({ adapter }) => manifest.sources.some(({ id }) => id === adapter.id))
      .map(({ adapter }) => ({ id: adapter.id, city: adapter.city, timeZone: adapter.timeZone })),
    window: manifest.window,
    analyses: ANALYSES,
    signal,
    onProgress,
  });
}

/** Computes the marts and puts them into the snapshot; a reader sees the old ones or the new ones, never a part. */
export async function buildMarts(input: MartsInput): Promise<MartsManifest> {
  const { engine, snapshot, signal } = input;
  const folder = folderOf(snapshot);
  for (const name of await readdir(snapshot.path)) {
    if (/^marts\..*\.draft$/.test(name))
      await rm(join(snapshot.path, name), { recursive: true, force: true });
  }
  const draft = `${folder}.${randomUUID()}.draft`;
  try {
    await mkdir(draft);
    const output = await computeMarts(input);
    await writeMarts(engine, output, draft, signal);
    const zones = [...new Set(input.sources.map(({ adapter }) => adapter.timeZone))];
    const manifest: MartsManifest = {
      version: MARTS_VERSION,
      snapshot: snapshot.manifest.id,
      createdAt: new Date().toISOString(),
      counts: output.counts.map(({ mart, query, rows }) => ({ name: mart.name, query, rows: rows.length })),
      results: output.results.map(({ mart, analysis, rows }) => ({
        name: mart.name,
        analysis,
        reads: (ANALYSES.find(({ id }) => id === analysis)?.reads(zones) ?? []).map(({ name }) => name),
        rows: rows.length,
      })),
    };
    await writeFile(join(draft, 'marts.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    signal?.throwIfAborted();
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    return manifest;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Every table a manifest names, counts first. */
function martsOf(manifest: MartsManifest): readonly (CountMart | ResultMart)[] {
  const known = [...countMarts([]), ...ANALYSES.flatMap(({ makes }) => makes)];
  return [...manifest.counts, ...manifest.results].flatMap(({ name }) => {
    const mart = known.find((one) => one.name === name);
    return mart ? [mart] : [];
  });
}

/** Makes the snapshot's marts readable as `mart_<name>`; does nothing when it has none. */
export async function attachStoredMarts(
  engine: Engine,
  snapshot: Snapshot,
): Promise<MartsManifest | undefined> {
  const manifest = await readMarts(snapshot);
  if (manifest) await attachMarts(engine, folderOf(snapshot), martsOf(manifest));
  return manifest;
}
