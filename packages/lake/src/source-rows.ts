import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CityAdapter, Field } from '@crimetracker/adapter-kit';
import { digitsOf } from '@crimetracker/adapter-kit';
import type { OccurrenceWindow } from '@crimetracker/cleaning';
import { cleanSql, duplicatesSql, stationHouseSql } from '@crimetracker/cleaning';
import type { Engine } from '@crimetracker/engine';
import { COLUMN_NAMES, INCIDENT_COLUMN_NAMES } from '@crimetracker/schema';
import { buildCrosswalk } from './crosswalk.js';
import type { LakeFolder } from './lake-folder.js';
import { listUnmapped } from './ledger.js';
import type { LedgerEntry, SnapshotCrosswalk } from './snapshot.js';
import { PARTITION_COLUMNS } from './snapshot.js';
import type { StagedFile } from './stage.js';
import type { SourceTables } from './standardise-sql.js';
import { attachStagedFiles, standardisedSql } from './standardise-sql.js';

export interface SourceRowsBuild {
  readonly engine: Engine;
  readonly folder: LakeFolder;
  readonly adapter: CityAdapter;
  /** Of the adapter's code and tables; crosswalks are reused while it stays the same. */
  readonly fingerprint: string;
  readonly files: readonly StagedFile[];
  readonly window: OccurrenceWindow;
  /** Folder for temporary files of this run. */
  readonly work: string;
  /** Folder of the snapshot that is being written. */
  readonly draft: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (step: 'crosswalk' | 'clean', label: string, done: number, total?: number) => void;
}

/** What became known of a source while its rows were written. */
export interface SourceRows {
  readonly crosswalks: readonly SnapshotCrosswalk[];
  /** Codes never seen before. */
  readonly unmapped: readonly LedgerEntry[];
  /** Query of the malformed records. */
  readonly malformed: string;
  /** Date up to which each file, named by its digest, reports. */
  readonly publishedUpTo: ReadonlyMap<string, string>;
}

/**
 * Writes a source's rows into the draft of a snapshot: crosswalks, then curated, quarantined and duplicate rows, each
 * partitioned by source and year.
 */
export async function writeSourceRows(build: SourceRowsBuild): Promise<SourceRows> {
  const { engine, adapter } = build;
  const tables = await attachStagedFiles(engine, adapter, build.files);
  const crosswalks = await buildCrosswalks(build, tables);
  const unmapped: LedgerEntry[] = [];
  for (const field of tables.fieldsWithFindings) {
    unmapped.push(...(await listUnmapped(engine, adapter, field, tables.crosswalk(field))));
  }
  const publishedUpTo = await findPublishedUpTo(engine, tables);
  build.onProgress('clean', adapter.city, 0);
  const stationHouse = await findStationHouses(engine, tables);
  await findDuplicates(build, tables, stationHouse, rankFiles(build.files, publishedUpTo));
  await writeRows(build, cleanedSql(build, tables, stationHouse));
  return { crosswalks, unmapped, malformed: tables.malformed, publishedUpTo };
}

/**
 * Builds the crosswalks of all fields side by side: the engine takes one statement after the other, and works while the
 * functions answer.
 */
async function buildCrosswalks(build: SourceRowsBuild, tables: SourceTables): Promise<SnapshotCrosswalk[]> {
  const { adapter } = build;
  const fields = Object.entries(adapter.fields);
  const tell = (done: number) => build.onProgress('crosswalk', adapter.id, done, fields.length);
  let done = 0;
  tell(done);
  const crosswalks = fields.map(async ([name, field]) => {
    const crosswalk = await makeCrosswalk(build, tables, name, field);
    done += 1;
    tell(done);
    return crosswalk;
  });
  const repeated = keepRepeatedCases(build, tables);
  // All settle before the first refusal is thrown, so that nothing goes on behind the error.
  await Promise.allSettled([...crosswalks, repeated]);
  await repeated;
  return Promise.all(crosswalks);
}

async function makeCrosswalk(
  { engine, folder, adapter, fingerprint, work, draft, signal }: SourceRowsBuild,
  tables: SourceTables,
  name: string,
  field: Field,
): Promise<SnapshotCrosswalk> {
  const table = tables.crosswalk(name);
  const memory = join(folder.crosswalks, `${adapter.id}-${name}-${fingerprint}`);
  const size = await buildCrosswalk({
    engine,
    staged: tables.staged,
    field,
    table,
    memory,
    work,
    folder: join(draft, 'crosswalks'),
    signal,
  });
  if (size.withFindings > 0) tables.fieldsWithFindings.add(name);
  await forgetOtherVersions(folder.crosswalks, `${adapter.id}-${name}-`, fingerprint);
  return {
    source: adapter.id,
    field: name,
    inputs: [...field.inputs],
    outputs: [...field.outputs],
    rows: size.rows,
  };
}

/** Removes the answers that another version of the adapter gave. */
async function forgetOtherVersions(folder: string, prefix: string, fingerprint: string): Promise<void> {
  for (const old of await readdir(folder)) {
    if (old.startsWith(prefix) && !old.endsWith(fingerprint))
      await rm(join(folder, old), { recursive: true, force: true });
  }
}

/**
 * The date up to which each file reports. The latest thousandth of its report dates is left out, so that
 * a mistyped year does not make an old file the newest.
 */
async function findPublishedUpTo(engine: Engine, tables: SourceTables): Promise<ReadonlyMap<string, string>> {
  const { dialect } = engine;
  const dates = standardisedSql(dialect, tables, ['report_date', 'raw_file'], { withFindings: false });
  const rows = await engine.query(
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

/** Ranks files by how late they were published: later report dates, then more records, then the digest. */
function rankFiles(
  files: readonly StagedFile[],
  publishedUpTo: ReadonlyMap<string, string>,
): readonly (readonly [digest: string, rank: number])[] {
  const upTo = (file: StagedFile) => publishedUpTo.get(file.sha256) ?? '';
  return [...files]
    .sort(
      (a, b) => upTo(a).localeCompare(upTo(b)) || a.records - b.records || a.sha256.localeCompare(b.sha256),
    )
    .map((file, index) => [file.sha256, index]);
}

/** SQL that marks the rows standing at a station house. */
interface StationHouseSql {
  readonly expression: string;
  readonly join: string;
}

async function findStationHouses(engine: Engine, tables: SourceTables): Promise<StationHouseSql> {
  const rule = tables.adapter.stationHouse;
  if (!rule) return { expression: 'FALSE', join: '' };
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
  const relation = standardisedSql(dialect, tables, ['jurisdiction', 'latitude', 'longitude', 'raw_file'], {
    withFindings: false,
    extra: ['TRUE AS is_station_house_offence'],
  });
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

/** Every row after its rules. */
function cleanedSql(
  { engine: { dialect }, window }: SourceRowsBuild,
  tables: SourceTables,
  stationHouse: StationHouseSql,
): string {
  const standardised = standardisedSql(dialect, tables, COLUMN_NAMES, { withFindings: true });
  return cleanSql({
    dialect,
    relation: `(SELECT d.*, ${stationHouse.expression} AS at_station_house FROM (${standardised}) d ${stationHouse.join})`,
    columns: COLUMN_NAMES.filter((column) => column !== 'flags'),
    window,
  });
}

/** Keeps the case numbers that more than one record has under `repeated_cases`. */
async function keepRepeatedCases({ engine, signal }: SourceRowsBuild, tables: SourceTables): Promise<void> {
  const cases = standardisedSql(engine.dialect, tables, ['case_num'], { withFindings: false });
  await engine.keepTable(
    'repeated_cases',
    `SELECT case_num FROM (${cases}) c GROUP BY case_num HAVING COUNT(*) > 1`,
    signal,
  );
}

/** Keeps the rows to set aside as duplicates under `duplicate_rows`. */
async function findDuplicates(
  build: SourceRowsBuild,
  tables: SourceTables,
  stationHouse: StationHouseSql,
  ranks: readonly (readonly [digest: string, rank: number])[],
): Promise<void> {
  const { engine, signal } = build;
  const { dialect } = engine;
  // Few records repeat a case number: only they are cleaned here, and only their columns are compared.
  const repeated = { ...tables, staged: 'repeated_records' };
  const cases = standardisedSql(dialect, tables, ['case_num'], { withFindings: false, extra: ['s.*'] });
  const staged = tables.columns.map((column) => `c.${dialect.identifier(column)}`).join(', ');
  await engine.keepTable(
    repeated.staged,
    `SELECT ${staged} FROM (${cases}) c JOIN repeated_cases k ON c.case_num = k.case_num`,
    signal,
  );
  await engine.loadRows(
    'file_ranks',
    [
      { name: 'ranked_file', type: 'text' },
      { name: 'file_rank', type: 'bigint' },
    ],
    ranks,
  );
  const columns = [...new Set<string>([...INCIDENT_COLUMN_NAMES, 'raw_file', 'raw_record'])].map(
    (column) => `c.${dialect.identifier(column)}`,
  );
  await engine.keepTable(
    'duplicate_candidates',
    `SELECT ${columns.join(', ')}, c.reasons, r.file_rank FROM (${cleanedSql(build, repeated, stationHouse)}) c
     JOIN file_ranks r ON c.raw_file = r.ranked_file`,
    signal,
  );
  await engine.keepTable(
    'duplicate_rows',
    duplicatesSql({ dialect, relation: 'duplicate_candidates' }),
    signal,
  );
}

/** Writes curated, quarantined and duplicate rows, each partitioned by source and year. */
async function writeRows(build: SourceRowsBuild, cleaned: string): Promise<void> {
  const { engine, adapter, work, draft, signal } = build;
  const { dialect } = engine;
  const list = COLUMN_NAMES.filter((column) => column !== 'source')
    .map((column) => `c.${dialect.identifier(column)}`)
    .join(', ');
  const select = `SELECT ${list}, c.reasons,
      d.rule AS duplicate_rule, d.kept_raw_file, d.kept_raw_record,
      CASE WHEN c.reasons <> '' THEN 'quarantined' WHEN d.rule IS NOT NULL THEN 'duplicates' ELSE 'incidents' END AS disposition,
      ${dialect.literal(adapter.id)} AS source,
      COALESCE(CAST(${dialect.year('c.occurred_date')} AS ${dialect.type('text')}), 'unknown') AS occurred_year
    FROM (${cleaned}) c
    LEFT JOIN duplicate_rows d ON c.raw_file = d.raw_file AND c.raw_record = d.raw_record`;
  const location = join(work, `rows-${adapter.id}`);
  await engine.writeTable(
    { select, location, partitionBy: ['disposition', ...PARTITION_COLUMNS] },
    signal,
    (fraction) => build.onProgress('clean', adapter.city, fraction, 1),
  );
  for (const disposition of ['incidents', 'quarantined', 'duplicates']) {
    const from = join(location, `disposition=${disposition}`);
    const to = join(draft, disposition);
    await mkdir(to, { recursive: true });
    for (const partition of await readdir(from).catch(() => []))
      await rename(join(from, partition), join(to, partition));
  }
}
