import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CityAdapter } from '@crimetracker/adapter-kit';
import { digitsOf } from '@crimetracker/adapter-kit';
import type { OccurrenceWindow } from '@crimetracker/cleaning';
import { cleanSql, duplicatesSql, stationHouseSql } from '@crimetracker/cleaning';
import type { Engine } from '@crimetracker/engine';
import { holdFileLock } from '@crimetracker/engine/duckdb';
import { COLUMN_NAMES, CrimeTrackerError, EXIT_CODES, INCIDENT_COLUMN_NAMES } from '@crimetracker/schema';
import { buildCrosswalk, writeCrosswalk } from './crosswalk.js';
import type { LakeFolder } from './lake-folder.js';
import {
  createLakeFolder,
  lakeError,
  moveIntoPlace,
  sweepLitter,
  writeFileAtomically,
} from './lake-folder.js';
import { assertBalanced, countLedger, listUnmapped } from './ledger.js';
import type { LedgerEntry, Snapshot, SnapshotCrosswalk, SnapshotFile, SnapshotManifest } from './snapshot.js';
import {
  attachSnapshot,
  openSnapshot,
  PARTITION_COLUMNS,
  publishSnapshot,
  readPointer,
  SNAPSHOT_FILE_COLUMNS,
} from './snapshot.js';
import type { StagedFile } from './stage.js';
import { Sightings, stageFile } from './stage.js';
import type { SourceTables } from './standardise-sql.js';
import { attachStagedFiles, standardisedSql } from './standardise-sql.js';

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
    for (const source of used) {
      const own = staged.filter((file) => file.source === source.adapter.id);
      const tables = await attachStagedFiles(this.#engine, source.adapter, own);
      crosswalks.push(...(await this.#buildCrosswalks(source, tables, draft)));
      for (const field of tables.fieldsWithFindings) {
        unmapped.push(...(await listUnmapped(this.#engine, source.adapter, field, tables.crosswalk(field))));
      }
      const publishedUpTo = await this.#publishedUpTo(tables);
      files.push(
        ...own.map((file) =>
          snapshotFile(file, publishedUpTo.get(file.sha256) ?? null, sameBytes.get(file.sha256) ?? []),
        ),
      );
      await this.#writeRows(
        tables,
        rankFiles(files.filter((file) => file.source === source.adapter.id)),
        draft,
      );
      if (tables.malformed !== '') malformed.push(tables.malformed);
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

  async #buildCrosswalks(
    { adapter, fingerprint }: Source,
    tables: SourceTables,
    draft: string,
  ): Promise<SnapshotCrosswalk[]> {
    const crosswalks: SnapshotCrosswalk[] = [];
    const fields = Object.entries(adapter.fields);
    for (const [index, [name, field]] of fields.entries()) {
      this.#tell('crosswalk', `${adapter.id} ${name}`, index, fields.length);
      const table = tables.crosswalk(name);
      const prefix = `${adapter.id}-${name}-`;
      const memory = join(this.#folder.crosswalks, `${prefix}${fingerprint}`);
      const size = await buildCrosswalk({
        engine: this.#engine,
        staged: tables.staged,
        field,
        table,
        memory,
        signal: this.#options.signal,
      });
      for (const old of await readdir(this.#folder.crosswalks)) {
        if (old.startsWith(prefix) && !old.endsWith(fingerprint)) {
          await rm(join(this.#folder.crosswalks, old), { recursive: true, force: true });
        }
      }
      if (size.withFindings > 0) tables.fieldsWithFindings.add(name);
      await writeCrosswalk(this.#engine, field, table, join(draft, 'crosswalks'));
      crosswalks.push({
        source: adapter.id,
        field: name,
        inputs: [...field.inputs],
        outputs: [...field.outputs],
        rows: size.rows,
      });
    }
    return crosswalks;
  }

  /**
   * The date up to which each file reports. The latest thousandth of its report dates is left out, so that
   * a mistyped year does not make an old file the newest.
   */
  async #publishedUpTo(tables: SourceTables): Promise<Map<string, string>> {
    const { dialect } = this.#engine;
    const dates = standardisedSql(dialect, tables, ['report_date', 'raw_file'], { withFindings: false });
    const rows = await this.#engine.query(
      `SELECT raw_file, ${dialect.isoDate('report_date')} AS report_date, COUNT(*) AS records FROM (${dates}) d
       WHERE report_date IS NOT NULL GROUP BY raw_file, report_date ORDER BY raw_file, report_date`,
    );
    const totals = new Map<string, number>();
    for (const row of rows)
      totals.set(String(row.raw_file), (totals.get(String(row.raw_file)) ?? 0) + Number(row.records));
    const seen = new Map<string, number>();
    const upTo = new Map<string, string>();
    for (const row of rows) {
      const file = String(row.raw_file);
      const before = seen.get(file) ?? 0;
      if (before < (totals.get(file) ?? 0) * 0.999) upTo.set(file, String(row.report_date));
      seen.set(file, before + Number(row.records));
    }
    return upTo;
  }

  /** Writes a source's rows: curated, quarantined and duplicates, each partitioned by source and year. */
  async #writeRows(tables: SourceTables, ranks: ReadonlyMap<string, number>, draft: string): Promise<void> {
    const { adapter } = tables;
    const engine = this.#engine;
    const { dialect } = engine;
    const { window, signal } = this.#options;
    const name = (column: string) => dialect.identifier(column);
    this.#tell('clean', adapter.city, 0);

    const atStationHouse = await this.#findStationHouses(tables);
    const standardised = standardisedSql(dialect, tables, COLUMN_NAMES, { withFindings: true });
    const relation = `(SELECT d.*, ${atStationHouse.expression} AS at_station_house FROM (${standardised}) d ${atStationHouse.join})`;
    const columns = COLUMN_NAMES.filter((column) => column !== 'flags');
    const cleaned = cleanSql({ dialect, relation, columns, window });

    await this.#findDuplicates(tables, cleaned, ranks);
    const list = COLUMN_NAMES.filter((column) => column !== 'source')
      .map((column) => `c.${name(column)}`)
      .join(', ');
    const select = `SELECT ${list}, c.reasons,
        d.rule AS duplicate_rule, d.kept_raw_file, d.kept_raw_record,
        CASE WHEN c.reasons <> '' THEN 'quarantined' WHEN d.rule IS NOT NULL THEN 'duplicates' ELSE 'incidents' END AS disposition,
        ${dialect.literal(adapter.id)} AS source,
        COALESCE(CAST(${dialect.year('c.occurred_date')} AS ${dialect.type('text')}), 'unknown') AS occurred_year
      FROM (${cleaned}) c
      LEFT JOIN duplicate_rows d ON c.raw_file = d.raw_file AND c.raw_record = d.raw_record`;
    const location = join(this.#work, `rows-${adapter.id}`);
    await engine.writeTable(
      { select, location, partitionBy: ['disposition', ...PARTITION_COLUMNS] },
      signal,
      (fraction) => this.#tell('clean', adapter.city, fraction, 1),
    );
    for (const disposition of ['incidents', 'quarantined', 'duplicates']) {
      const from = join(location, `disposition=${disposition}`);
      const to = join(draft, disposition);
      await mkdir(to, { recursive: true });
      for (const partition of await readdir(from).catch(() => []))
        await rename(join(from, partition), join(to, partition));
    }
  }

  /** Finds the coordinates of station houses; returns the SQL that marks rows standing there. */
  async #findStationHouses({
    adapter,
    ...tables
  }: SourceTables): Promise<{ expression: string; join: string }> {
    const rule = adapter.stationHouse;
    if (!rule) return { expression: 'FALSE', join: '' };
    const engine = this.#engine;
    const { dialect } = engine;
    const column = dialect.identifier(rule.column);
    const texts = await engine.query(
      `SELECT DISTINCT ${column} AS text FROM ${dialect.identifier(tables.staged)}`,
    );
    const matching = texts
      .map((row) => String(row.text))
      .filter((text) => rule.values.includes(digitsOf(text)));
    if (matching.length === 0) return { expression: 'FALSE', join: '' };
    const isOffence = `s.${column} IN (${matching.map((text) => dialect.literal(text)).join(', ')})`;
    const relation = standardisedSql(
      dialect,
      { adapter, ...tables },
      ['jurisdiction', 'latitude', 'longitude', 'raw_file'],
      { withFindings: false, extra: [`TRUE AS is_station_house_offence`] },
    );
    await engine.keepTable(
      'station_houses',
      stationHouseSql({ dialect, relation: `(${relation}\nWHERE ${isOffence})` }),
    );
    return {
      expression: '(h.raw_file IS NOT NULL)',
      join: `LEFT JOIN station_houses h ON d.raw_file = h.raw_file AND d.jurisdiction = h.jurisdiction
             AND d.latitude = h.latitude AND d.longitude = h.longitude`,
    };
  }

  /** Keeps the rows to set aside as duplicates under `duplicate_rows`. */
  async #findDuplicates(
    tables: SourceTables,
    cleaned: string,
    ranks: ReadonlyMap<string, number>,
  ): Promise<void> {
    const engine = this.#engine;
    const { dialect } = engine;
    const { signal } = this.#options;
    const cases = standardisedSql(dialect, tables, ['case_num'], { withFindings: false });
    await engine.keepTable(
      'repeated_cases',
      `SELECT case_num FROM (${cases}) c GROUP BY case_num HAVING COUNT(*) > 1 AND case_num IS NOT NULL`,
      signal,
    );
    await engine.loadRows(
      'file_ranks',
      [
        { name: 'ranked_file', type: 'text' },
        { name: 'file_rank', type: 'bigint' },
      ],
      [...ranks],
    );
    const columns = [...new Set<string>([...INCIDENT_COLUMN_NAMES, 'raw_file', 'raw_record'])].map(
      (column) => `c.${dialect.identifier(column)}`,
    );
    const candidates = `SELECT ${columns.join(', ')}, c.reasons, r.file_rank FROM (${cleaned}) c
      JOIN repeated_cases k ON c.case_num = k.case_num
      JOIN file_ranks r ON c.raw_file = r.ranked_file`;
    await engine.keepTable('duplicate_candidates', candidates, signal);
    await engine.keepTable(
      'duplicate_rows',
      duplicatesSql({ dialect, relation: 'duplicate_candidates' }),
      signal,
    );
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

/** Ranks files by how late they were published: later report dates, then more records, then the digest. */
function rankFiles(files: readonly SnapshotFile[]): ReadonlyMap<string, number> {
  const ordered = [...files].sort(
    (a, b) =>
      (a.publishedUpTo ?? '').localeCompare(b.publishedUpTo ?? '') ||
      a.records - b.records ||
      a.sha256.localeCompare(b.sha256),
  );
  return new Map(ordered.map((file, index) => [file.sha256, index]));
}
