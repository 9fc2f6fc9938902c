import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CityAdapter, PreparedFile, ResolvedHeader } from '@crimetracker/adapter-kit';
import {
  foldHeader,
  prepareRawFile,
  recogniseSource,
  resolveHeader,
  resolveHeaderAs,
} from '@crimetracker/adapter-kit';
import type { Engine } from '@crimetracker/engine';
import { CrimeTrackerError } from '@crimetracker/schema';
import { observe } from './observations.js';
import { printable } from './printable.js';
import type { ProfiledColumn, ProfiledRelation } from './profile-column.js';
import { profileColumn, text, whole } from './profile-column.js';
import type { CoordinatePair } from './profile-coordinates.js';
import { findCoordinates, profileCoordinates } from './profile-coordinates.js';
import type { IdColumn } from './profile-duplicates.js';
import { findIdColumn, profileDuplicates } from './profile-duplicates.js';
import type { ColumnProfile, FileFacts, Profile } from './profile-schema.js';
import { PROFILE_VERSION } from './profile-schema.js';

const RELATION = 'profile_records';
const MALFORMED = 'profile_malformed';

interface ProfileProgress {
  readonly label: string;
  readonly done: number;
  readonly total?: number;
}

export interface ProfileOptions {
  readonly engine: Engine;
  readonly adapters: readonly CityAdapter[];
  /** Empty folder for temporary files; its owner removes it. */
  readonly work: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onProgress?: (progress: ProfileProgress) => void;
  /** For tests: the number of different values above which shapes are sampled. */
  readonly shapedValues?: number;
}

/** Header names that name a column without doubt: blank and repeated ones get their position. */
function labelsOf(header: readonly string[]): readonly string[] {
  const shown = header.map((name) => printable(name.trim()));
  return shown.map((name, index) => {
    const position = index + 1;
    if (name === '') return `column ${position}`;
    return shown.indexOf(name) === shown.lastIndexOf(name) ? name : `${name} (${position})`;
  });
}

/** What an adapter says of a header, or why none does. */
interface Recognised {
  readonly adapter: CityAdapter | null;
  readonly header: ResolvedHeader | null;
  readonly reason: string | null;
}

/** Recognises the source of a header. Throws only when the source was named by the user. */
function recognise(
  adapters: readonly CityAdapter[],
  header: readonly string[],
  given: string | undefined,
): Recognised {
  const named = adapters.find(({ id }) => id === given);
  if (named) return { adapter: named, header: resolveHeaderAs(named, adapters, header), reason: null };
  let adapter: CityAdapter | null = null;
  try {
    adapter = recogniseSource(adapters, header);
    return { adapter, header: resolveHeader(adapter, header), reason: null };
  } catch (error) {
    if (!(error instanceof CrimeTrackerError)) throw error;
    return { adapter, header: null, reason: error.message };
  }
}

/** Profiles a raw file of any header. `source` names the source when the user did. */
export async function profileFile(
  input: { readonly path: string; readonly stream?: NodeJS.ReadableStream; readonly bytes?: number },
  source: string | undefined,
  options: ProfileOptions,
): Promise<Profile> {
  const { engine, adapters, work, signal, onProgress = () => {} } = options;
  const started = performance.now();
  const prepared = await prepareRawFile(input.stream ?? input.path, {
    folder: join(work, 'prepared'),
    signal,
    onProgress: (done) =>
      onProgress({ label: 'Reading the file', done, ...(input.bytes && { total: input.bytes }) }),
  });
  const recognised = recognise(adapters, prepared.header, source);
  const columns = describeColumns(prepared.header, recognised);
  const records = await stage(prepared, columns, options);
  const malformedByReason = await countMalformed(prepared, options);
  await rm(join(work, 'prepared'), { recursive: true, force: true });

  const subject: ProfiledRelation = {
    engine,
    relation: RELATION,
    sourceColumn: null,
    signal,
    ...(options.shapedValues !== undefined && { shapedValues: options.shapedValues }),
  };
  const profiles: ColumnProfile[] = [];
  for (const column of columns) {
    onProgress({ label: 'Profiling columns', done: profiles.length, total: columns.length });
    profiles.push(await profileColumn(subject, column));
  }
  onProgress({ label: 'Looking for duplicates', done: 0 });
  const id = idOf(columns, recognised) ?? findIdColumn(profiles, records);
  const duplicates = records === 0 ? null : await profileDuplicates(subject, columns, profiles, id);
  const pair = coordinatesOf(columns, recognised) ?? findCoordinates(columns);
  const scope = {
    source: recognised.adapter?.id ?? null,
    bounds: recognised.adapter?.bounds ?? null,
    where: '',
  };
  const coordinates = pair && records > 0 ? [await profileCoordinates(subject, pair, scope)] : [];

  const found = {
    records,
    file: factsOf(input.path, prepared, recognised, malformedByReason),
    snapshot: null,
    columns: profiles,
    duplicates,
    coordinates,
  };
  return {
    version: PROFILE_VERSION,
    created_at: options.now().toISOString(),
    seconds: Math.round(performance.now() - started) / 1000,
    title: input.path.split(/[\\/]/).at(-1) ?? input.path,
    observations: observe(found),
    ...found,
  };
}

/** The raw column that each header position feeds, by the adapter. */
function rawColumn({ adapter, header }: Recognised, name: string, index: number): string | null {
  if (header) return header.columnOf[index] ?? null;
  const folded = foldHeader(name);
  return adapter && Object.hasOwn(adapter.columns, folded) ? folded : null;
}

function describeColumns(header: readonly string[], recognised: Recognised): readonly ProfiledColumn[] {
  const labels = labelsOf(header);
  return header.map((name, index) => {
    const raw = rawColumn(recognised, name, index);
    return {
      position: index + 1,
      name,
      label: labels[index] ?? name,
      description: raw === null ? null : (recognised.adapter?.columns[raw]?.description ?? null),
      column: `c${index + 1}`,
    };
  });
}

async function stage(
  prepared: PreparedFile,
  columns: readonly ProfiledColumn[],
  options: ProfileOptions,
): Promise<number> {
  const { engine, work, signal, onProgress } = options;
  const location = join(work, `records-${randomUUID()}`);
  const names = columns.map(({ column }) => column);
  const records = await engine.importCsv(
    {
      file: prepared.csv.path,
      delimiter: prepared.csv.delimiter,
      fields: prepared.csv.recordNumberFirst ? [null, ...names] : names,
      location,
    },
    signal,
    (fraction) => onProgress?.({ label: 'Staging', done: Math.round(fraction * 100), total: 100 }),
  );
  if (records + prepared.malformed !== prepared.records) {
    throw new Error(
      `The engine read ${records} records; the framer counted ${prepared.records} with ${prepared.malformed} malformed.`,
    );
  }
  await engine.attachTable(RELATION, {
    location,
    columns: names.map((name) => ({ name, type: 'text' as const })),
  });
  return records;
}

async function countMalformed(
  prepared: PreparedFile,
  { engine, work, signal }: ProfileOptions,
): Promise<FileFacts['malformed_by_reason']> {
  if (prepared.malformedPath === null) return [];
  const location = join(work, `malformed-${randomUUID()}`);
  await engine.importCsv(
    {
      file: prepared.malformedPath,
      delimiter: ',',
      fields: ['raw_record', null, null, 'reason', null],
      location,
    },
    signal,
  );
  await engine.attachTable(MALFORMED, {
    location,
    columns: [
      { name: 'raw_record', type: 'bigint' },
      { name: 'reason', type: 'text' },
    ],
  });
  const rows = await engine.query(
    `SELECT reason, COUNT(*) AS n, MIN(raw_record) AS first_record FROM ${MALFORMED} GROUP BY reason ORDER BY n DESC, reason`,
    signal,
  );
  return rows.map((row) => ({
    reason: text(row.reason),
    records: whole(row.n),
    first_record: whole(row.first_record),
  }));
}

/** The position of the column that an adapter's canonical column is read from. */
function positionOf(
  columns: readonly ProfiledColumn[],
  recognised: Recognised,
  raw: string | undefined,
): ProfiledColumn | undefined {
  return raw === undefined
    ? undefined
    : columns.find(({ name }, index) => rawColumn(recognised, name, index) === raw);
}

function idOf(columns: readonly ProfiledColumn[], recognised: Recognised): IdColumn | null {
  const raw = recognised.adapter?.texts.find(({ output }) => output === 'case_num')?.input;
  const column = positionOf(columns, recognised, raw);
  return column ? { position: column.position, knownBy: 'source' } : null;
}

function coordinatesOf(columns: readonly ProfiledColumn[], recognised: Recognised): CoordinatePair | null {
  const field = Object.values(recognised.adapter?.fields ?? {}).find(({ outputs }) =>
    outputs.includes('latitude'),
  );
  const latitude = positionOf(columns, recognised, field?.inputs[0]);
  const longitude = positionOf(columns, recognised, field?.inputs[1]);
  return latitude && longitude ? { latitude, longitude } : null;
}

function factsOf(
  path: string,
  prepared: PreparedFile,
  { adapter, header, reason }: Recognised,
  malformedByReason: FileFacts['malformed_by_reason'],
): FileFacts {
  return {
    path,
    bytes: prepared.bytes,
    sha256: prepared.sha256,
    encoding: prepared.encoding,
    compression: prepared.compression,
    delimiter: prepared.delimiter,
    header: [...prepared.header],
    malformed: prepared.malformed,
    malformed_by_reason: malformedByReason,
    source: adapter && {
      id: adapter.id,
      agency: adapter.agency,
      city: adapter.city,
      vintage: header && {
        id: header.vintage.id,
        description: header.vintage.description,
        is_exact: header.vintage.isExact,
        similarity: header.vintage.similarity,
      },
      missing: [...(header?.missing ?? [])],
      ignored: [...(header?.ignored ?? [])],
      notes: [...(header?.notes ?? [])],
    },
    not_recognised: reason,
  };
}
