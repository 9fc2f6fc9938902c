import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { resolveHeader } from '@crimetracker/adapter-kit';
import type { Engine } from '@crimetracker/engine';
import type { BuildResult, SnapshotFile, Source } from '@crimetracker/lake';
import { accountsOf, attachSnapshot, buildSnapshot } from '@crimetracker/lake';
import { CrimeTrackerError } from '@crimetracker/schema';
import type { Mutant } from './mutate.js';
import type { ReferenceReading } from './reference-framer.js';
import { readByReference } from './reference-framer.js';

export const WINDOW = { from: '2010-01-01', to: '2023-12-31' } as const;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What a file may be refused for. Any other code is a fault. */
const REFUSALS = new Set([
  'raw-file-empty',
  'raw-file-not-csv',
  'raw-file-truncated',
  'raw-file-damaged',
  'raw-header-unreadable',
  'header-unknown',
  'header-duplicate',
]);
/** Refusals that are about the names in a header that could be read. */
const HEADER_REFUSALS = new Set(['header-unknown', 'header-duplicate']);

export interface FuzzOptions {
  readonly engine: Engine;
  readonly sources: readonly Source[];
  /** Lake that the builds of a run share. */
  readonly lake: string;
  /** Where the damaged files are written. */
  readonly folder: string;
  /** A build that takes longer hangs. */
  readonly timeoutMs: number;
  /** Import every file while it is being framed, as builds do with large ones. */
  readonly eagerly: boolean;
}

export interface FuzzOutcome {
  /** Undefined when every file of the batch was refused. */
  readonly build: BuildResult | undefined;
  readonly paths: readonly string[];
  /** What became of the i-th file: a refusal's code, `read`, or `same bytes` as another. */
  readonly outcomes: readonly string[];
  readonly records: number;
  readonly reasons: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

/**
 * Builds a snapshot of damaged files together, then holds every file against the reference: what may be read is
 * read, with the same records, the same reasons and the same texts, and every record is accounted for once.
 */
export async function fuzzBatch(
  mutants: readonly Mutant[],
  name: string,
  options: FuzzOptions,
): Promise<FuzzOutcome> {
  await mkdir(options.folder, { recursive: true });
  const paths: string[] = [];
  for (const [index, { bytes }] of mutants.entries()) {
    const path = join(options.folder, `${name}-${index}.csv`);
    await writeFile(path, bytes);
    paths.push(path);
  }
  const problems: string[] = [];
  const outcomes: string[] = [];
  const reasons = new Map<string, number>();
  let records = 0;

  const { build, failed } = await tryBuild(paths, options, problems);
  const readings = mutants.map(({ bytes }) => readByReference(bytes));
  const files = new Map((build?.manifest.files ?? []).map((file) => [file.sha256, file]));
  for (const [index, mutant] of mutants.entries()) {
    const path = paths[index] ?? '';
    const where = `${basename(path)} (${mutant.sample.name}: ${mutant.steps.join(', ')})`;
    const reading = readings[index];
    const refusal = failed?.get(path);
    const file = files.get(sha256(mutant.bytes));
    if (refusal !== undefined) {
      problems.push(...refusalProblems(refusal, reading, mutant).map((problem) => `${where}: ${problem}`));
      outcomes.push(refusal.code);
    } else if (file && file.path !== path) {
      if (!file.sameBytesAs.includes(path))
        problems.push(`${where}: is neither read, nor refused, nor listed as a copy`);
      outcomes.push('same bytes');
    } else if (file) {
      problems.push(...readingProblems(file, reading).map((problem) => `${where}: ${problem}`));
      outcomes.push('read');
      records += file.records;
      for (const reason of reading?.malformed.values() ?? [])
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    } else {
      if (failed) problems.push(`${where}: is neither read nor refused`);
      outcomes.push('lost');
    }
  }
  if (build) {
    problems.push(...(await ledgerProblems(options.engine, build)));
    const byDigest = new Map(mutants.map(({ bytes }, index) => [sha256(bytes), readings[index]]));
    problems.push(...(await textProblems(build, byDigest, options)));
  }
  return { build, paths, outcomes, records, reasons, problems };
}

type Refusal = BuildResult['failed'][number];

async function tryBuild(
  paths: readonly string[],
  options: FuzzOptions,
  problems: string[],
): Promise<{ readonly build?: BuildResult; readonly failed?: ReadonlyMap<string, Refusal> }> {
  const abort = new AbortController();
  const building = buildSnapshot({
    lake: options.lake,
    engine: options.engine,
    sources: options.sources,
    inputs: paths.map((path) => ({ path })),
    window: WINDOW,
    keep: 1,
    force: true,
    ...(options.eagerly && { eagerFrom: 0 }),
    now: () => new Date(),
    signal: abort.signal,
  });
  try {
    const done = await Promise.race([
      building,
      pause(options.timeoutMs, 'late' as const, { signal: abort.signal, ref: false }),
    ]);
    if (done === 'late') {
      problems.push(
        `the build of ${paths.map((path) => basename(path)).join(', ')} took longer than ${options.timeoutMs} ms`,
      );
      return {};
    }
    return { build: done, failed: new Map(done.failed.map((file) => [file.path, file])) };
  } catch (error) {
    const refused = refusedAll(error, paths);
    if (refused) return { failed: refused };
    problems.push(
      `the build of ${paths.length} files throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return {};
  } finally {
    abort.abort();
    await building.catch(() => {});
  }
}

/** The refusals of a build that had nothing to read: one file's error, or the list of several in the message. */
function refusedAll(error: unknown, paths: readonly string[]): ReadonlyMap<string, Refusal> | undefined {
  if (!(error instanceof CrimeTrackerError)) return undefined;
  const [only] = paths;
  if (paths.length === 1 && only !== undefined && REFUSALS.has(error.code)) {
    return new Map([
      [
        only,
        { path: only, code: error.code, message: error.message, ...(error.hint && { hint: error.hint }) },
      ],
    ]);
  }
  if (error.code !== 'all-files-failed' || !paths.every((path) => error.message.includes(path)))
    return undefined;
  return new Map(
    paths.map((path) => [
      path,
      { path, code: 'all-files-failed', message: error.message, hint: error.hint ?? '' },
    ]),
  );
}

function refusalProblems(
  refusal: Refusal,
  reading: ReferenceReading | undefined,
  mutant: Mutant,
): readonly string[] {
  const { code, message, hint = '' } = refusal;
  if (code === 'all-files-failed') return [];
  const problems: string[] = [];
  if (!REFUSALS.has(code)) problems.push(`refused with ${code}: ${message}`);
  if (message.length < 10 || hint.length < 10)
    problems.push(`refused with ${code} and too few words: "${message}" "${hint}"`);
  const originalHeader = (mutant.sample.lines[0] ?? '')
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .replaceAll('"', '')
    .trimEnd();
  if (reading?.header.join(',') === originalHeader)
    problems.push(`refused with ${code} though its header is whole`);
  if (HEADER_REFUSALS.has(code) && !reading)
    problems.push(`refused with ${code} though the reference finds no header`);
  return problems;
}

function readingProblems(file: SnapshotFile, reading: ReferenceReading | undefined): readonly string[] {
  if (!reading) return ['read, though the reference finds no header'];
  const problems: string[] = [];
  if (file.encoding !== reading.encoding)
    problems.push(`read as ${file.encoding}, the reference says ${reading.encoding}`);
  if (file.records !== reading.records)
    problems.push(`${file.records} records, the reference counts ${reading.records}`);
  if (file.malformed !== reading.malformed.size) {
    problems.push(`${file.malformed} malformed records, the reference counts ${reading.malformed.size}`);
  }
  return problems;
}

/** Every record of every file stands in exactly one of the three tables, and the ledger says the same. */
async function ledgerProblems(engine: Engine, build: BuildResult): Promise<readonly string[]> {
  const problems: string[] = [];
  await attachSnapshot(engine, build);
  const rows = await engine.query(
    `SELECT raw_file, COUNT(*) AS placed, COUNT(DISTINCT raw_record) AS records, MIN(raw_record) AS first_record, MAX(raw_record) AS last_record FROM (
       SELECT raw_file, raw_record FROM incidents UNION ALL SELECT raw_file, raw_record FROM duplicates
       UNION ALL SELECT raw_file, raw_record FROM quarantine) r GROUP BY raw_file`,
  );
  const placed = new Map(rows.map((row) => [String(row.raw_file), row]));
  for (const account of accountsOf(build.manifest.ledger)) {
    const { file, records, curated, quarantined, duplicates } = account;
    const row = placed.get(account.raw_file);
    if (records !== curated + quarantined + duplicates) problems.push(`${file}: the ledger does not balance`);
    if (records === 0 ? row !== undefined : row?.placed !== records || row.records !== records) {
      problems.push(
        `${file}: ${String(row?.placed)} rows of ${String(row?.records)} records are placed, ${records} came in`,
      );
    } else if (row && (row.first_record !== 1 || row.last_record !== records)) {
      problems.push(`${file}: record numbers do not run from 1 to ${records}`);
    }
  }
  return problems;
}

/** The staged Parquet holds the very texts of the files, and the quarantine the very reasons. */
async function textProblems(
  build: BuildResult,
  readings: ReadonlyMap<string, ReferenceReading | undefined>,
  { engine, sources }: FuzzOptions,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const nameOf = new Map(build.manifest.files.map((file) => [file.sha256, file.name]));
  const differs = (file: unknown, record: unknown, found: unknown, expected: unknown) => {
    if (problems.length > 20) return;
    problems.push(
      `${nameOf.get(String(file))}:${String(record)} is ${JSON.stringify(found)}, the reference says ${JSON.stringify(expected)}`,
    );
  };
  for (const row of await engine.query(
    'SELECT raw_file, raw_record, reasons FROM quarantine WHERE raw_text IS NOT NULL',
  )) {
    const expected = readings.get(String(row.raw_file))?.malformed.get(Number(row.raw_record));
    if (row.reasons !== expected) differs(row.raw_file, row.raw_record, row.reasons, expected);
  }
  for (const { adapter } of sources) {
    const files = build.manifest.files.filter((file) => file.source === adapter.id);
    if (files.length === 0) continue;
    const columns = [
      ...new Set([
        ...Object.values(adapter.fields).flatMap((field) => field.inputs),
        ...adapter.texts.map((text) => text.input),
      ]),
    ];
    const headers = new Map(
      files.map((file) => [file.sha256, resolveHeader(adapter, readings.get(file.sha256)?.header ?? [])]),
    );
    const list = columns.map((column) => engine.dialect.identifier(column)).join(', ');
    // The build leaves its relation of staged text on the engine.
    const rows = await engine.query(`SELECT raw_file, raw_record, ${list} FROM staged_${adapter.id}`);
    const expectedRows = files.reduce((sum, file) => sum + (readings.get(file.sha256)?.fields.size ?? 0), 0);
    if (rows.length !== expectedRows)
      problems.push(`${adapter.id}: ${rows.length} records are staged, the reference counts ${expectedRows}`);
    for (const row of rows) {
      const header = headers.get(String(row.raw_file));
      const fields = readings.get(String(row.raw_file))?.fields.get(Number(row.raw_record));
      for (const column of columns) {
        const at = header?.columnOf.indexOf(column) ?? -1;
        const expected = at >= 0 ? fields?.[at] : (header?.constants[column] ?? '');
        if (row[column] !== expected)
          differs(row.raw_file, `${String(row.raw_record)} ${column}`, row[column], expected);
      }
    }
  }
  return problems;
}
