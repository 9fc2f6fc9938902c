import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountMart, ResultMart } from '@crimetracker/analysis-kit';
import { attachMarts } from '@crimetracker/analysis-kit/mart-files';
import type { Engine } from '@crimetracker/engine';
import type { Snapshot } from '@crimetracker/lake';
import * as z from 'zod';

/** Tables that are computed together and kept in one folder of a snapshot, whole or not at all. */
export interface TableSet {
  /** Name of the folder, and of the manifest inside it. */
  readonly name: string;
  /** Raised when the same snapshot would give other tables. */
  readonly version: number;
  readonly tables: readonly (CountMart | ResultMart)[];
}

const manifestSchema = z.object({
  version: z.number(),
  snapshot: z.string(),
  createdAt: z.string(),
  /** What was chosen when they were computed. */
  settings: z.record(z.string(), z.unknown()).default({}),
  /** Counts: each is one query over `incidents` of the snapshot. */
  counts: z.array(z.object({ name: z.string(), query: z.string(), rows: z.number() })),
  /** Answers: each is computed by an analysis from the counts it reads. */
  results: z.array(
    z.object({ name: z.string(), analysis: z.string(), reads: z.array(z.string()), rows: z.number() }),
  ),
});
export type TableManifest = z.infer<typeof manifestSchema>;

export const folderOf = (snapshot: Snapshot, { name }: TableSet): string => join(snapshot.path, name);

/** What the snapshot holds of a set; undefined when nothing, or that of another version of the program. */
export async function readManifest(snapshot: Snapshot, set: TableSet): Promise<TableManifest | undefined> {
  const text = await readFile(join(folderOf(snapshot, set), `${set.name}.json`), 'utf8').catch(() => null);
  if (text === null) return undefined;
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  const { version, snapshot: id } = parsed.data;
  return version === set.version && id === snapshot.manifest.id ? parsed.data : undefined;
}

/** Makes the snapshot's tables of a set readable as `mart_<name>`; does nothing when it has none. */
export async function attachTables(
  engine: Engine,
  snapshot: Snapshot,
  set: TableSet,
): Promise<TableManifest | undefined> {
  const manifest = await readManifest(snapshot, set);
  if (manifest) {
    const names = [...manifest.counts, ...manifest.results].map(({ name }) => name);
    await attachMarts(
      engine,
      folderOf(snapshot, set),
      set.tables.filter(({ name }) => names.includes(name)),
    );
  }
  return manifest;
}

/** Puts the tables that `fill` writes into the snapshot; a reader sees the old ones or the new ones, never a part. */
export async function storeTables(
  snapshot: Snapshot,
  set: TableSet,
  fill: (draft: string) => Promise<Pick<TableManifest, 'settings' | 'counts' | 'results'>>,
  signal?: AbortSignal,
): Promise<TableManifest> {
  return replaceFolder(
    snapshot,
    set.name,
    async (draft) => {
      const manifest: TableManifest = {
        version: set.version,
        snapshot: snapshot.manifest.id,
        createdAt: new Date().toISOString(),
        ...(await fill(draft)),
      };
      await writeFile(join(draft, `${set.name}.json`), `${JSON.stringify(manifest, null, 2)}\n`);
      return manifest;
    },
    signal,
  );
}

/** Puts a folder that `fill` writes into the snapshot in place of the one of that name, whole or not at all. */
export async function replaceFolder<Made>(
  snapshot: Snapshot,
  name: string,
  fill: (draft: string) => Promise<Made>,
  signal?: AbortSignal,
): Promise<Made> {
  const folder = join(snapshot.path, name);
  for (const left of await readdir(snapshot.path)) {
    if (left.startsWith(`${name}.`) && left.endsWith('.draft'))
      await rm(join(snapshot.path, left), { recursive: true, force: true });
  }
  const draft = `${folder}.${randomUUID()}.draft`;
  try {
    await mkdir(draft);
    const made = await fill(draft);
    signal?.throwIfAborted();
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    return made;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
