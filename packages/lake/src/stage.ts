import { createHash } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { CityAdapter, PreparedFile, ResolvedHeader } from '@crimetracker/adapter-kit';
import { prepareRawFile, recogniseSource, resolveHeader, resolveHeaderAs } from '@crimetracker/adapter-kit';
import type { Engine } from '@crimetracker/engine';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';
import type { LakeFolder } from './lake-folder.js';
import { exists, readJson, writeFileAtomically } from './lake-folder.js';

/** Raise when what is staged for the same bytes and header changes. */
const STAGING_VERSION = 3;

/** Columns of the framer's list of malformed records, in its order. */
export const MALFORMED_FIELDS = ['raw_record', 'byte_offset', 'byte_length', 'reason', 'raw_text'] as const;

const stagedFileSchema = z.object({
  version: z.literal(STAGING_VERSION),
  source: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  compression: z.string(),
  encoding: z.string(),
  vintage: z.string(),
  notes: z.array(z.string()),
  ignoredColumns: z.array(z.string()),
  missingColumns: z.array(z.string()),
  /** Whether the Parquet carries the record numbers, because malformed records were taken out. */
  numbered: z.boolean(),
  records: z.number(),
  malformed: z.number(),
});

/** A raw file as text Parquet, with what is known of it. */
export type StagedFile = z.infer<typeof stagedFileSchema> & {
  readonly folder: string;
  readonly path: string;
  readonly name: string;
};

/** Remembers which bytes a path held, so that an unchanged file is not read again. */
const sightingSchema = z.object({
  size: z.number(),
  mtimeMs: z.number(),
  ino: z.number(),
  key: z.string(),
  adapters: z.string(),
});
const sightingsSchema = z.record(z.string(), sightingSchema);
type Sighting = z.infer<typeof sightingSchema>;

export interface StageOptions {
  readonly engine: Engine;
  readonly folder: LakeFolder;
  readonly sightings: Sightings;
  readonly adapters: readonly CityAdapter[];
  /** Source to read the files as; recognised by the header when not given. */
  readonly source?: string | undefined;
  /** Folder for temporary files of this run. */
  readonly work: string;
  /** Size in bytes from which a file is imported while it is being framed. */
  readonly eagerFrom?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: 'read' | 'stage', done: number, total?: number) => void) | undefined;
}

/** Time between two writings of the list of sightings: written after each of 10,000 files it would cost an hour. */
const SAVE_SIGHTINGS_MS = 1000;

/** Which bytes every path held when it was last read. */
export class Sightings {
  readonly #file: string;
  readonly #byPath: Map<string, Sighting>;
  #savedAt = performance.now();
  #changed = false;

  private constructor(file: string, byPath: Map<string, Sighting>) {
    this.#file = file;
    this.#byPath = byPath;
  }

  static async load(folder: LakeFolder): Promise<Sightings> {
    const file = join(folder.staged, 'seen.json');
    return new Sightings(file, new Map(Object.entries((await readJson(file, sightingsSchema)) ?? {})));
  }

  get(path: string): Sighting | undefined {
    return this.#byPath.get(path);
  }

  async add(path: string, sighting: Sighting): Promise<void> {
    this.#byPath.set(path, sighting);
    this.#changed = true;
    if (performance.now() - this.#savedAt > SAVE_SIGHTINGS_MS) await this.save();
  }

  /** Forgets the paths whose staged records are gone. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const [path, { key }] of this.#byPath) {
      if (!keys.has(key)) this.#changed = this.#byPath.delete(path);
    }
  }

  async save(): Promise<void> {
    if (!this.#changed) return;
    await writeFileAtomically(this.#file, `${JSON.stringify(Object.fromEntries(this.#byPath))}\n`);
    this.#changed = false;
    this.#savedAt = performance.now();
  }
}

async function sight(path: string): Promise<Omit<Sighting, 'key' | 'adapters'> | undefined> {
  const info = await stat(path).catch(() => undefined);
  return info?.isFile() ? { size: info.size, mtimeMs: info.mtimeMs, ino: info.ino } : undefined;
}

/**
 * The raw columns that an adapter makes anything of. Only these are staged: a third of the columns of a
 * complaint file is read by nobody, and writing them takes a third of the time. The raw file keeps them.
 */
export function columnsRead({ columns, fields, texts, stationHouse }: CityAdapter): readonly string[] {
  const read = new Set([
    ...Object.values(fields).flatMap((field) => field.inputs),
    ...texts.map((text) => text.input),
  ]);
  if (stationHouse) read.add(stationHouse.column);
  return Object.keys(columns).filter((column) => read.has(column));
}

/** Digest of what decides how a header is staged: the adapter's columns, those it reads, and its vintages. */
function headerDigest(adapter: CityAdapter): string {
  const { columns, required, vintages } = adapter;
  const parts = { columns, required, vintages, read: columnsRead(adapter) };
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** Stages one raw file, unless the same bytes were staged before. `source` is a path, or `-` with a stream. */
export async function stageFile(
  input: { readonly path: string; readonly stream?: NodeJS.ReadableStream | undefined },
  options: StageOptions,
): Promise<{ readonly file: StagedFile; readonly reused: boolean }> {
  const { folder, sightings } = options;
  const path = input.stream ? input.path : resolve(input.path);
  const named = (staged: z.infer<typeof stagedFileSchema>, at: string): StagedFile => ({
    ...staged,
    folder: at,
    path,
    name: basename(path),
  });
  const adaptersKey = [...options.adapters.map(headerDigest), options.source ?? ''].join(' ');

  const before = input.stream ? undefined : await sight(path);
  const seen = before && sightings.get(path);
  if (
    seen &&
    seen.size === before.size &&
    seen.mtimeMs === before.mtimeMs &&
    seen.ino === before.ino &&
    seen.adapters === adaptersKey
  ) {
    const staged = await readStaged(folder, seen.key);
    if (staged) return { file: named(staged, join(folder.staged, seen.key)), reused: true };
  }

  const read = (names: readonly string[]) => {
    const given = options.adapters.find((adapter) => adapter.id === options.source);
    const adapter = given ?? recogniseSource(options.adapters, names);
    const header = given ? resolveHeaderAs(given, options.adapters, names) : resolveHeader(adapter, names);
    return { adapter, header };
  };
  let eager = undefined as EagerImport | undefined;
  try {
    const prepared = await prepareRawFile(input.stream ?? path, {
      folder: options.work,
      ...(options.signal && { signal: options.signal }),
      onProgress: (bytesRead) => options.onProgress?.('read', bytesRead, before?.size),
      ...(before &&
        before.size >= (options.eagerFrom ?? EAGER_BYTES) && {
          onHeader: (names, delimiter) => {
            eager = importEagerly({ path, delimiter }, () => read(names), options);
          },
        }),
    });
    const { adapter, header } = read(prepared.header);
    const key = `${adapter.id}-${prepared.sha256.slice(0, 24)}-${headerDigest(adapter)}`;
    let staged = await readStaged(folder, key);
    const reused = staged !== undefined;
    staged ??= await writeStaged(key, prepared, adapter, header, eager, options);

    const after = input.stream ? undefined : await sight(path);
    if (before && !(before.mtimeMs === after?.mtimeMs && before.size === after.size)) {
      if (!reused) await rm(join(folder.staged, key), { recursive: true, force: true });
      throw fileChanged(path);
    }
    if (after) await sightings.add(path, { ...after, key, adapters: adaptersKey });
    return { file: named(staged, join(folder.staged, key)), reused };
  } finally {
    await eager?.abandon();
  }
}

function fileChanged(path: string): CrimeTrackerError {
  return new CrimeTrackerError(`${path} changed while it was read.`, {
    code: 'raw-file-changed',
    exitCode: EXIT_CODES.source,
    hint: 'Wait until its download has ended, then build again.',
  });
}

export async function readStaged(
  folder: LakeFolder,
  key: string,
): Promise<z.infer<typeof stagedFileSchema> | undefined> {
  return readJson(join(folder.staged, key, 'staged.json'), stagedFileSchema);
}

/** What the engine is told of a well-formed file, without its number of records. */
function csvImport(
  file: { readonly path: string; readonly delimiter: string; readonly recordNumberFirst?: boolean },
  adapter: CityAdapter,
  header: ResolvedHeader,
) {
  const read = columnsRead(adapter);
  const staged = header.columnOf.map((column) => (column !== null && read.includes(column) ? column : null));
  const absent = read
    .filter((column) => !staged.includes(column))
    .map((column) => [column, header.constants[column] ?? '']);
  return {
    file: file.path,
    delimiter: file.delimiter,
    fields: file.recordNumberFirst ? ['raw_record', ...staged] : staged,
    constants: Object.fromEntries(absent) as Readonly<Record<string, string>>,
  };
}

/** Smaller files are read in less time than it takes to call off an import. */
const EAGER_BYTES = 16 << 20;

/** An import that began before the file was found clean. */
interface EagerImport {
  /** Moves what was imported to a location, unless it is not exactly so many records; says whether it did. */
  readonly moveTo: (location: string, records: number) => Promise<boolean>;
  /** Calls the import off, if it is still under way, and removes what was not moved. */
  readonly abandon: () => Promise<void>;
}

/**
 * Imports a file while its records are still being framed: most large files turn out clean, and the two readings
 * then take the time of one. Nothing is taken from it before the framer has found the file clean.
 */
function importEagerly(
  csv: { readonly path: string; readonly delimiter: string },
  read: () => { readonly adapter: CityAdapter; readonly header: ResolvedHeader },
  { engine, work, signal, onProgress }: StageOptions,
): EagerImport | undefined {
  const calledOff = new AbortController();
  const location = `${work}-eager`;
  let framed = false;
  let header: ReturnType<typeof read>;
  try {
    header = read();
  } catch {
    // A header that no adapter knows is reported when the file has been read.
    return undefined;
  }
  const importing = engine
    .importCsv(
      { ...csvImport(csv, header.adapter, header.header), location },
      signal ? AbortSignal.any([signal, calledOff.signal]) : calledOff.signal,
      (fraction) => framed && onProgress?.('stage', fraction, 1),
    )
    .catch(() => undefined);
  return {
    moveTo: async (target, records) => {
      framed = true;
      if ((await importing) !== records) return false;
      await mkdir(dirname(target), { recursive: true });
      await rename(location, target);
      return true;
    },
    abandon: async () => {
      calledOff.abort();
      await importing;
      await rm(location, { recursive: true, force: true });
    },
  };
}

async function writeStaged(
  key: string,
  prepared: PreparedFile,
  adapter: CityAdapter,
  header: ResolvedHeader,
  eager: EagerImport | undefined,
  { engine, folder, work, signal, onProgress }: StageOptions,
): Promise<z.infer<typeof stagedFileSchema>> {
  const draft = `${work}-staged`;
  const numbered = prepared.csv.recordNumberFirst;
  const location = (kind: 'records' | 'malformed') => join(draft, kind, `raw_file=${prepared.sha256}`);
  const records = prepared.records - prepared.malformed;
  if (numbered || !(await eager?.moveTo(location('records'), records))) {
    await eager?.abandon();
    await engine.importCsv(
      {
        ...csvImport(prepared.csv, adapter, header),
        records,
        lineEndsInFields: prepared.csv.lineEndsInFields,
        location: location('records'),
      },
      signal,
      (fraction) => onProgress?.('stage', fraction, 1),
    );
  }
  if (prepared.malformedPath !== null) {
    await engine.importCsv(
      {
        file: prepared.malformedPath,
        delimiter: ',',
        fields: MALFORMED_FIELDS,
        records: prepared.malformed,
        lineEndsInFields: true,
        location: location('malformed'),
      },
      signal,
    );
  }
  const record: z.infer<typeof stagedFileSchema> = {
    version: STAGING_VERSION,
    source: adapter.id,
    sha256: prepared.sha256,
    bytes: prepared.bytes,
    compression: prepared.compression,
    encoding: prepared.encoding,
    vintage: header.vintage.isExact ? header.vintage.id : `near ${header.vintage.id}`,
    notes: [...header.notes],
    ignoredColumns: [...header.ignored],
    missingColumns: [...header.missing],
    numbered,
    records: prepared.records,
    malformed: prepared.malformed,
  };
  await writeFileAtomically(join(draft, 'staged.json'), `${JSON.stringify(record, null, 2)}\n`);
  const target = join(folder.staged, key);
  if (await exists(target)) await rm(target, { recursive: true, force: true });
  await rename(draft, target);
  return record;
}
