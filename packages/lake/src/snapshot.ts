import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine, TableColumn } from '@crimetracker/engine';
import type { ColumnName } from '@crimetracker/schema';
import { COLUMN_NAMES, CrimeTrackerError, columnDefinition, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';
import type { LakeFolder } from './lake-folder.js';
import { exists, readJson, writeFileAtomically } from './lake-folder.js';

const pointerSchema = z.object({
  current: z.string(),
  /** Snapshots kept, oldest first; the current one is the last. */
  published: z.array(z.string()).min(1),
});
export type SnapshotPointer = z.infer<typeof pointerSchema>;

const fileSchema = z.object({
  path: z.string(),
  name: z.string(),
  source: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  encoding: z.string(),
  compression: z.string(),
  vintage: z.string(),
  notes: z.array(z.string()),
  ignoredColumns: z.array(z.string()),
  missingColumns: z.array(z.string()),
  records: z.number(),
  malformed: z.number(),
  /** Date up to which the file reports; decides which of two versions of an incident is the later. */
  publishedUpTo: z.string().nullable(),
  /** Other paths given to the build whose bytes are the same. */
  sameBytesAs: z.array(z.string()),
});
export type SnapshotFile = z.infer<typeof fileSchema>;

const crosswalkSchema = z.object({
  source: z.string(),
  field: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  rows: z.number(),
});
export type SnapshotCrosswalk = z.infer<typeof crosswalkSchema>;

const ledgerEntrySchema = z.object({
  source: z.string(),
  raw_file: z.string(),
  file: z.string(),
  kind: z.enum(['records', 'curated', 'quarantined', 'duplicate', 'touched', 'unmapped']),
  rule: z.string(),
  detail: z.string(),
  records: z.number(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

const snapshotManifestSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  /** Digest of everything the snapshot depends on; an equal one means nothing to do. */
  inputsDigest: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  sources: z.array(z.object({ id: z.string(), city: z.string(), fingerprint: z.string() })),
  files: z.array(fileSchema),
  crosswalks: z.array(crosswalkSchema),
  ledger: z.array(ledgerEntrySchema),
});
export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>;

export interface Snapshot {
  readonly manifest: SnapshotManifest;
  readonly path: string;
}

/**
 * Reads which snapshot is published; undefined when none ever was. Throws `lake-damaged` for a pointer that
 * cannot be read: taking that for an empty lake would sweep every snapshot in it.
 */
export async function readPointer(folder: LakeFolder): Promise<SnapshotPointer | undefined> {
  const pointer = await readJson(folder.currentFile, pointerSchema);
  if (pointer === undefined && (await exists(folder.currentFile))) {
    throw new CrimeTrackerError(`${folder.currentFile} is damaged: it does not name a snapshot.`, {
      code: 'lake-damaged',
      exitCode: EXIT_CODES.usage,
      hint: `The snapshots are still in ${folder.snapshots}; build into a new folder, or restore the file.`,
    });
  }
  return pointer;
}

/** Makes a snapshot that already stands in its place the current one, and removes those past `keep`. */
export async function publishSnapshot(folder: LakeFolder, id: string, keep: number): Promise<void> {
  const published = [...((await readPointer(folder))?.published ?? []), id];
  const kept = published.slice(-Math.max(1, keep));
  await writeFileAtomically(folder.currentFile, `${JSON.stringify({ current: id, published: kept })}\n`);
  for (const old of published) {
    if (!kept.includes(old)) await rm(join(folder.snapshots, old), { recursive: true, force: true });
  }
}

/** Opens a published snapshot, the current one unless `id` names another. Throws `snapshot-missing`. */
export async function openSnapshot(folder: LakeFolder, id?: string): Promise<Snapshot> {
  const pointer = await readPointer(folder);
  const wanted = id ?? pointer?.current;
  if (wanted === undefined || !pointer?.published.includes(wanted)) {
    throw new CrimeTrackerError(
      wanted === undefined
        ? `No snapshot has been published in ${folder.root}.`
        : `There is no published snapshot ${wanted} in ${folder.root}.`,
      {
        code: 'snapshot-missing',
        exitCode: EXIT_CODES.usage,
        hint: pointer
          ? `Published: ${pointer.published.join(', ')}`
          : 'Build one: crimetracker build FILES… --lake DIR',
      },
    );
  }
  const path = join(folder.snapshots, wanted);
  const text = await readFile(join(path, 'manifest.json'), 'utf8');
  return { manifest: snapshotManifestSchema.parse(JSON.parse(text)), path };
}

/** The SQL column of a canonical column. */
export function tableColumn(name: ColumnName): TableColumn {
  switch (columnDefinition(name).type) {
    case 'date':
      return { name, type: 'date' };
    case 'number':
      return { name, type: 'double' };
    case 'integer':
      return { name, type: 'bigint' };
    case 'text':
    case 'time':
      return { name, type: 'text' };
  }
}

/** Columns that stand in the folder names of a snapshot's tables. */
export const PARTITION_COLUMNS = ['source', 'occurred_year'] as const;

const canonicalColumns: readonly TableColumn[] = COLUMN_NAMES.map(tableColumn);
const fileColumns = canonicalColumns.filter((column) => column.name !== 'source');
const text = (name: string): TableColumn => ({ name, type: 'text' });
const bigint = (name: string): TableColumn => ({ name, type: 'bigint' });

/** Columns inside the Parquet files of each table of a snapshot. */
export const SNAPSHOT_FILE_COLUMNS = {
  incidents: fileColumns,
  quarantined: [...fileColumns, text('reasons')],
  duplicates: [...fileColumns, text('duplicate_rule'), text('kept_raw_file'), bigint('kept_raw_record')],
  malformed: [
    text('source'),
    text('raw_file'),
    bigint('raw_record'),
    bigint('byte_offset'),
    bigint('byte_length'),
    text('reason'),
    text('raw_text'),
  ],
} as const satisfies Record<string, readonly TableColumn[]>;

/** Columns of a crosswalk that follow its inputs and outputs. */
export const CROSSWALK_NOTE_COLUMNS: readonly TableColumn[] = [
  text('findings'),
  text('rule'),
  text('confidence'),
  text('note'),
];

/** Input columns carry a prefix, because raw and canonical names differ only in their case. */
export const rawColumn = (input: string): string => `raw_${input}`;

export function crosswalkColumns(
  crosswalk: Pick<SnapshotCrosswalk, 'inputs' | 'outputs'>,
): readonly TableColumn[] {
  return [
    ...crosswalk.inputs.map((input) => text(rawColumn(input))),
    ...crosswalk.outputs.map((output) => tableColumn(output as ColumnName)),
    ...CROSSWALK_NOTE_COLUMNS,
    bigint('row_count'),
  ];
}

/**
 * Makes the tables of a snapshot readable on an engine: incidents, quarantine, duplicates, ledger, files and
 * one crosswalk_<source>_<field> each.
 */
export async function attachSnapshot(engine: Engine, snapshot: Snapshot): Promise<readonly string[]> {
  const { dialect } = engine;
  const name = (column: string) => dialect.identifier(column);
  const list = (columns: readonly TableColumn[]) => columns.map((column) => name(column.name)).join(', ');
  const partitioned = { partitionBy: PARTITION_COLUMNS };

  await engine.attachTable('incident_files', {
    location: join(snapshot.path, 'incidents'),
    columns: SNAPSHOT_FILE_COLUMNS.incidents,
    ...partitioned,
  });
  await engine.defineView('incidents', `SELECT ${list(canonicalColumns)} FROM incident_files`);

  await engine.attachTable('quarantined_files', {
    location: join(snapshot.path, 'quarantined'),
    columns: SNAPSHOT_FILE_COLUMNS.quarantined,
    ...partitioned,
  });
  await engine.attachTable('malformed_files', {
    location: join(snapshot.path, 'malformed'),
    columns: SNAPSHOT_FILE_COLUMNS.malformed,
  });
  const fromMalformed: Record<string, string> = {
    source: 'source',
    raw_file: 'raw_file',
    raw_record: 'raw_record',
    flags: 'reason',
  };
  const nullOf = (column: TableColumn) => `CAST(NULL AS ${dialect.type(column.type)})`;
  await engine.defineView(
    'quarantine',
    `SELECT reasons, ${nullOf(text('raw_text'))} AS raw_text, ${nullOf(bigint('byte_offset'))} AS byte_offset, ${list(canonicalColumns)}
     FROM quarantined_files
     UNION ALL
     SELECT reason, raw_text, byte_offset, ${canonicalColumns.map((column) => fromMalformed[column.name] ?? nullOf(column)).join(', ')}
     FROM malformed_files`,
  );

  await engine.attachTable('duplicate_files', {
    location: join(snapshot.path, 'duplicates'),
    columns: SNAPSHOT_FILE_COLUMNS.duplicates,
    ...partitioned,
  });
  await engine.defineView(
    'duplicates',
    `SELECT duplicate_rule, kept_raw_file, kept_raw_record, ${list(canonicalColumns)} FROM duplicate_files`,
  );

  await engine.loadRows(
    'ledger',
    [
      text('source'),
      text('raw_file'),
      text('file'),
      text('kind'),
      text('rule'),
      text('detail'),
      bigint('records'),
    ],
    snapshot.manifest.ledger.map((e) => [e.source, e.raw_file, e.file, e.kind, e.rule, e.detail, e.records]),
  );
  await engine.loadRows(
    'files',
    [
      text('raw_file'),
      text('source'),
      text('name'),
      text('path'),
      text('vintage'),
      bigint('records'),
      bigint('malformed'),
    ],
    snapshot.manifest.files.map((file) => [
      file.sha256,
      file.source,
      file.name,
      file.path,
      file.vintage,
      file.records,
      file.malformed,
    ]),
  );

  const names = ['incidents', 'quarantine', 'duplicates', 'ledger', 'files'];
  for (const crosswalk of snapshot.manifest.crosswalks) {
    const table = `crosswalk_${crosswalk.source}_${crosswalk.field}`;
    await engine.attachTable(table, {
      location: join(snapshot.path, 'crosswalks', table),
      columns: crosswalkColumns(crosswalk),
    });
    names.push(table);
  }
  return names;
}
