import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CityAdapter } from '@crimetracker/adapter-kit';
import type { OccurrenceWindow } from '@crimetracker/cleaning';
import type { Engine } from '@crimetracker/engine';
import { holdFileLock } from '@crimetracker/engine/duckdb';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { LakeFolder } from './lake-folder.js';
import {
  createLakeFolder,
  lakeError,
  moveIntoPlace,
  sweepLitter,
  writeFileAtomically,
} from './lake-folder.js';
import { assertBalanced, countLedger } from './ledger.js';
import type { LedgerEntry, Snapshot, SnapshotCrosswalk, SnapshotFile, SnapshotManifest } from './snapshot.js';
import {
  attachSnapshot,
  openSnapshot,
  publishSnapshot,
  readPointer,
  SNAPSHOT_FILE_COLUMNS,
} from './snapshot.js';
import { writeSourceRows } from './source-rows.js';
import type { StagedFile } from './stage.js';
import { Sightings, stageFile } from './stage.js';

/** Raise when the same staged text and crosswalks would give another snapshot. */
const BUILD_VERSION = 1;

/** A city adapter with the fingerprint of its code and tables; crosswalks are reused while it stays the same. */
export interface Source {
  readonly adapter: CityAdapter;
  readonly fingerprint: string;
}

export interface BuildInput {
  readonly path: string;
  /** Read instead of the path, for standard input. */
  readonly stream?: NodeJS.ReadableStream;
}

/** What a build tells while it works. `total` is absent where it is not known beforehand. */
export interface BuildProgress {
  readonly step: 'read' | 'stage' | 'crosswalk' | 'clean' | 'check' | 'publish';
  readonly label: string;
  readonly done: number;
  readonly total?: number;
}

export interface BuildOptions {
  readonly lake: string;
  readonly engine: Engine;
  readonly sources: readonly Source[];
  readonly inputs: readonly BuildInput[];
  /** Read every file as this source instead of recognising it by its header. */
  readonly source?: string;
  readonly window: OccurrenceWindow;
  /** Published snapshots to keep. */
  readonly keep: number;
  /** Build even when nothing has changed. */
  readonly force?: boolean;
  /** Size in bytes from which a file is imported while it is being framed; 16 MiB when not given. */
  readonly eagerFrom?: number;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
}

export interface FailedFile {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export interface BuildResult extends Snapshot {
  /** Nothing had changed, so the current snapshot stands. */
  readonly unchanged: boolean;
  readonly failed: readonly FailedFile[];
  /** Files that were already staged. */
  readonly reused: number;
}

/**
 * Builds a snapshot from raw files: stage, crosswalk, clean, balance, publish. Files that cannot be read are
 * left out and listed; when none can, the first one's error is thrown. The lake is locked meanwhile, and an
 * interrupted build leaves the published snapshot as it was.
 */
export async function buildSnapshot(options: BuildOptions): Promise<BuildResult> {
  return buildAlone(options).catch((error: unknown) => {
    throw lakeError(resolve(options.lake), error);
  });
}

async function buildAlone(options: BuildOptions): Promise<BuildResult> {
  const folder = await createLakeFolder(options.lake);
  const lock = await holdFileLock(folder.lockFile);
  try {
    await sweepLitter(folder, (await readPointer(folder))?.published ?? []);
    const work = join(folder.work, randomUUID());
    await mkdir(work, { recursive: true });
    try {
      return await new SnapshotBuild(options, folder, work).run();
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } finally {
    await lock.release();
  }
}

class SnapshotBuild {
  readonly #options: BuildOptions;
  readonly #folder: LakeFolder;
  readonly #work: string;
  readonly #engine: Engine;

  constructor(options: BuildOptions, folder: LakeFolder, work: string) {
    this.#options = options;
    this.#folder = folder;
    this.#work = work;
    this.#engine = options.engine;
  }

  async run(): Promise<BuildResult> {
    const { staged, failed, reused, sameBytes } = await this.#stageAll();
    const used = this.#options.sources.filter(({ adapter }) =>
      staged.some((file) => file.source === adapter.id),
    );
    const inputsDigest = this.#digest(staged, used);

    const pointer = await readPointer(this.#folder);
    if (pointer && !this.#options.force) {
      const current = await openSnapshot(this.#folder);
      if (current.manifest.inputsDigest === inputsDigest) {
        return { ...current, unchanged: true, failed, reused };
      }
    }

    const id = `${this.#options
      .now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, '')}-${inputsDigest.slice(0, 8)}`;
    const draft = join(this.#work, 'snapshot');
    await mkdir(draft);
    const files: SnapshotFile[] = [];
    const crosswalks: SnapshotCrosswalk[] = [];
    const unmapped: LedgerEntry[] = [];
    const malformed: string[] = [];
    for (const { adapter, fingerprint } of used) {
      const own = staged.filter((file) => file.source === adapter.id);
      const rows = await writeSourceRows({
        engine: this.#engine,
        folder: this.#folder,
        adapter,
        fingerprint,
        files: own,
        window: this.#options.window,
        work: this.#work,
        draft,
        signal: this.#options.signal,
        onProgress: (step, label, done, total) => this.#tell(step, label, done, total),
      });
      crosswalks.push(...rows.crosswalks);
      unmapped.push(...rows.unmapped);
      malformed.push(rows.malformed);
      for (const file of own) {
        const publishedUpTo = rows.publishedUpTo.get(file.sha256) ?? null;
        files.push(snapshotFile(file, publishedUpTo, sameBytes.get(file.sha256) ?? []));
      }
    }
    await this.#writeMalformed(malformed, draft);

    this.#tell('check', 'Balancing the ledger', 0);
    const manifest: SnapshotManifest = {
      id,
      createdAt: this.#options.now().toISOString(),
      inputsDigest,
      window: { ...this.#options.window },
      sources: used.map(({ adapter, fingerprint }) => ({ id: adapter.id, city: adapter.city, fingerprint })),
      files,
      crosswalks,
      ledger: [],
    };
    await attachSnapshot(this.#engine, { manifest, path: draft });
    const ledger = await countLedger(
      this.#engine,
      files,
      {
        curated: 'incident_files',
        quarantined: 'quarantined_files',
        duplicates: 'duplicate_files',
        malformed: 'malformed_files',
      },
      unmapped,
    );
    assertBalanced(ledger);
    const complete: SnapshotManifest = { ...manifest, ledger };
    await writeFileAtomically(join(draft, 'manifest.json'), `${JSON.stringify(complete, null, 2)}\n`);

    this.#tell('publish', 'Publishing', 0);
    this.#options.signal?.throwIfAborted();
    const path = join(this.#folder.snapshots, id);
    await moveIntoPlace(draft, path);
    await publishSnapshot(this.#folder, id, this.#options.keep);
    await this.#forgetUnusedStaging(staged);
    return { manifest: complete, path, unchanged: false, failed, reused };
  }

  #tell(step: BuildProgress['step'], label: string, done: number, total?: number): void {
    this.#options.onProgress?.({ step, label, done, ...(total !== undefined && { total }) });
  }

  async #stageAll() {
    const sightings = await Sightings.load(this.#folder);
    try {
      return await this.#stageEach(sightings);
    } finally {
      await sightings.save();
    }
  }

  async #stageEach(sightings: Sightings) {
    const staged: StagedFile[] = [];
    const failed: FailedFile[] = [];
    const sameBytes = new Map<string, string[]>();
    let reused = 0;
    let firstError: unknown;
    for (const [index, input] of this.#options.inputs.entries()) {
      this.#options.signal?.throwIfAborted();
      try {
        const result = await stageFile(input, {
          engine: this.#engine,
          folder: this.#folder,
          sightings,
          adapters: this.#options.sources.map(({ adapter }) => adapter),
          source: this.#options.source,
          work: join(this.#work, `file-${index}`),
          eagerFrom: this.#options.eagerFrom,
          signal: this.#options.signal,
          onProgress: (step, done, total) => this.#tell(step, input.path, done, total),
        });
        await rm(join(this.#work, `file-${index}`), { recursive: true, force: true });
        if (result.reused) reused += 1;
        const twin = staged.find((file) => file.sha256 === result.file.sha256);
        if (twin) sameBytes.set(twin.sha256, [...(sameBytes.get(twin.sha256) ?? []), result.file.path]);
        else staged.push(result.file);
      } catch (error) {
        if (!(error instanceof CrimeTrackerError) || endsBuild(error)) throw error;
        firstError ??= error;
        failed.push({
          path: input.path,
          code: error.code,
          message: error.message,
          ...(error.hint && { hint: error.hint }),
        });
      }
    }
    if (staged.length === 0) {
      if (failed.length === 1) throw firstError;
      throw new CrimeTrackerError(
        failed.length === 0
          ? 'There are no files to build from.'
          : `None of the ${failed.length} files could be read:\n${failed.map((file) => `  ${file.path}: ${file.message}`).join('\n')}`,
        {
          code: failed.length === 0 ? 'no-input' : 'all-files-failed',
          exitCode: EXIT_CODES.source,
          hint:
            failed.length === 0
              ? 'Give at least one raw file.'
              : 'Nothing was published; correct or leave out these files.',
          cause: firstError,
        },
      );
    }
    return { staged, failed, reused, sameBytes };
  }

  #digest(staged: readonly StagedFile[], sources: readonly Source[]): string {
    const parts = {
      build: BUILD_VERSION,
      files: staged.map((file) => [file.source, file.sha256, file.folder.split(/[\\/]/).at(-1)]).sort(),
      sources: sources.map(({ adapter, fingerprint }) => [adapter.id, fingerprint]),
      window: this.#options.window,
    };
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  }

  async #writeMalformed(selects: readonly string[], draft: string): Promise<void> {
    const location = join(draft, 'malformed');
    const list = SNAPSHOT_FILE_COLUMNS.malformed
      .map((column) => this.#engine.dialect.identifier(column.name))
      .join(', ');
    await this.#engine.writeTable({
      select: `SELECT ${list} FROM (${selects.join('\nUNION ALL\n')}) m`,
      location,
    });
  }

  /** Removes staged files that neither a kept snapshot nor this build uses. */
  async #forgetUnusedStaging(staged: readonly StagedFile[]): Promise<void> {
    const used = new Set(staged.map((file) => file.sha256.slice(0, 24)));
    for (const id of (await readPointer(this.#folder))?.published ?? []) {
      const { manifest } = await openSnapshot(this.#folder, id);
      for (const file of manifest.files) used.add(file.sha256.slice(0, 24));
    }
    const kept = new Set<string>();
    for (const name of await readdir(this.#folder.staged)) {
      if (name.endsWith('.json')) continue;
      if (used.has(name.split('-')[1] ?? '')) kept.add(name);
      else await rm(join(this.#folder.staged, name), { recursive: true, force: true });
    }
    const sightings = await Sightings.load(this.#folder);
    sightings.keepOnly(kept);
    await sightings.save();
  }
}

/** Errors that concern the whole build, not one file. */
function endsBuild(error: CrimeTrackerError): boolean {
  return (
    ['disk-full', 'engine-cancelled', 'cancelled', 'engine-out-of-memory'].includes(error.code) ||
    error.exitCode === EXIT_CODES.bug
  );
}

function snapshotFile(
  file: StagedFile,
  publishedUpTo: string | null,
  sameBytesAs: readonly string[],
): SnapshotFile {
  const { path, name, source, sha256, bytes, encoding, compression, vintage, records, malformed } = file;
  return {
    path,
    name,
    source,
    sha256,
    bytes,
    encoding,
    compression,
    vintage,
    notes: file.notes,
    ignoredColumns: file.ignoredColumns,
    missingColumns: file.missingColumns,
    records,
    malformed,
    publishedUpTo,
    sameBytesAs: [...sameBytesAs],
  };
}
