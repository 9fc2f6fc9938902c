import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FileName } from './city-files.js';
import { FILE_NAMES } from './city-files.js';
import { setUpCity } from './city-setup.js';
import type { VintageId } from './city-stream.js';
import { lapdStream, nypdStream, VINTAGES } from './city-stream.js';
import type { City, Effects } from './effects.js';
import { CITIES, effectsSchema } from './effects.js';
import { GenerationError } from './errors.js';
import type { CityJob, CityResult } from './generate-city.js';
import { generateCity } from './generate-city.js';
import { TextSink } from './text-sink.js';
import type { DirtRow, DuplicateRow, GenerationSummary, Planted } from './truth.js';
import { DIRT_COLUMNS, DUPLICATE_COLUMNS, TRUTH_FILES, TRUTH_FOLDER } from './truth.js';
import { DIRT_KINDS } from './truth-file.js';

export interface GenerateOptions {
  /** Folder to write to; made if absent. */
  readonly out: string;
  /** Records of all files together. */
  readonly rows: number;
  readonly seed: number;
  readonly cities?: readonly City[];
  /** Share of the rows that NYPD gets when both cities are written; 0.7 unless given. */
  readonly nypdShare?: number;
  /** First and last year of occurrence; 2010 and 2023 unless given. */
  readonly years?: readonly [number, number];
  /** Share of rows with one planted defect; 0.01 unless given, 0 for none. */
  readonly dirtRate?: number;
  /** Kinds of dirt to plant, by id; all unless given. */
  readonly dirtKinds?: readonly string[];
  /** Whether 0.4 % of the records repeat another one; true unless given. */
  readonly duplicates?: boolean;
  /** Replaces the default planted effects, kind by kind. */
  readonly effects?: Partial<Effects>;
  /** Writes a file in another vintage of its city. */
  readonly vintages?: Readonly<Partial<Record<FileName, VintageId>>>;
  /** Write into a folder that is not empty, over files of the same names. */
  readonly overwrite?: boolean;
  /** Size of the write buffer; the files do not depend on it. */
  readonly chunkBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly rows: number;
  readonly total: number;
  readonly city: City;
}

const EXACT_SHARE = 0.0025;
const SHARED_SHARE = 0.0015;

const optionsSchema = z.object({
  out: z.string().min(1),
  rows: z.int().positive(),
  seed: z.int(),
  cities: z
    .array(z.enum(CITIES))
    .min(1)
    .default([...CITIES]),
  nypdShare: z.number().min(0).max(1).default(0.7),
  years: z
    .tuple([z.int().min(2006), z.int().max(2099)])
    .refine(([first, last]) => first <= last)
    .default([2010, 2023]),
  dirtRate: z.number().min(0).max(0.5).default(0.01),
  dirtKinds: z.array(z.enum(DIRT_KINDS.map(({ id }) => id))).optional(),
  duplicates: z.boolean().default(true),
  effects: effectsSchema.partial().optional(),
  vintages: z
    .partialRecord(z.enum(FILE_NAMES), z.enum(VINTAGES))
    .refine(
      (vintages) => Object.entries(vintages).every(([file, id]) => file.slice(0, 4) === id?.slice(0, 4)),
      {
        error: 'a file needs a vintage of its own city',
      },
    )
    .default({}),
  overwrite: z.boolean().default(false),
  chunkBytes: z
    .int()
    .min(4096)
    .default(1 << 20),
});

/**
 * Writes raw NYPD and LAPD files of any size into a folder, and beside them in `truth/` what is planted in them.
 *
 * The bytes depend on rows, seed and options only. Throws GenerationError for wishes that cannot be met; on an error
 * or an abort the files written so far are removed.
 */
export async function generateRawFiles(options: GenerateOptions): Promise<GenerationSummary> {
  const wishes = parsed(options);
  const { out, seed } = wishes;
  const years = wishes.years;
  await prepareFolder(out, wishes.overwrite);
  const truthFolder = join(out, TRUTH_FOLDER);
  const sinks = {
    dirt: await TextSink.create<DirtRow>(join(truthFolder, TRUTH_FILES.dirt), DIRT_COLUMNS),
    duplicates: await TextSink.create<DuplicateRow>(
      join(truthFolder, TRUTH_FILES.duplicates),
      DUPLICATE_COLUMNS,
    ),
  };
  const shares = rowsPerCity(wishes);
  const results: (readonly [City, CityResult])[] = [];
  try {
    let before = 0;
    for (const [city, rows] of shares) {
      const setup = setUpCity({
        city,
        seed,
        years,
        ...(wishes.effects !== undefined && { effects: withoutAbsent(wishes.effects) }),
      });
      const job: CityJob = {
        folder: out,
        rows,
        dirtRate: wishes.dirtRate,
        dirtKinds: wishes.dirtRate === 0 ? [] : chosenKinds(wishes.dirtKinds),
        repeats: wishes.duplicates
          ? { exact: Math.round(rows * EXACT_SHARE), shared: Math.round(rows * SHARED_SHARE) }
          : { exact: 0, shared: 0 },
        vintages: withoutAbsent(wishes.vintages),
        chunkBytes: wishes.chunkBytes,
        sinks,
        signal: options.signal,
        onRows: (done) => options.onProgress?.({ rows: before + done, total: wishes.rows, city }),
      };
      options.signal?.throwIfAborted();
      results.push([
        city,
        city === 'nypd'
          ? await generateCity(setup, nypdStream, job)
          : await generateCity(setup, lapdStream, job),
      ]);
      before += rows;
    }
    await sinks.dirt.flush(true);
    await sinks.duplicates.flush(true);
    await Promise.all([sinks.dirt.close(), sinks.duplicates.close()]);
    const summary = summarise(wishes, results);
    await writeJson(join(truthFolder, TRUTH_FILES.summary), summary);
    await writeJson(join(truthFolder, TRUTH_FILES.planted), plantedOf(results.map(([, result]) => result)));
    return summary;
  } catch (error) {
    await Promise.allSettled([sinks.dirt.close(), sinks.duplicates.close()]);
    await removeOurs(out);
    throw error;
  }
}

type Wishes = z.output<typeof optionsSchema>;

function parsed(options: GenerateOptions): Wishes {
  const result = optionsSchema.safeParse(options);
  if (result.success) return result.data;
  throw new GenerationError(
    'synthetic-options',
    `These files cannot be generated: ${z.prettifyError(result.error)}`,
    'Rows and seed are whole numbers, years a first and a last year from 2006 on, shares between 0 and 1.',
  );
}

/** Objects from zod hold undefined for what was left out; exact optional types do not. */
function withoutAbsent<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>;
  };
}

const chosenKinds = (ids: readonly string[] | undefined): typeof DIRT_KINDS =>
  ids === undefined ? DIRT_KINDS : DIRT_KINDS.filter(({ id }) => ids.includes(id));

function rowsPerCity({ cities, rows, nypdShare }: Wishes): readonly (readonly [City, number])[] {
  if (cities.length === 1) return [[cities[0] as City, rows]];
  const nypd = Math.round(rows * nypdShare);
  const shares = [
    ['nypd', nypd],
    ['lapd', rows - nypd],
  ] as const;
  return shares.filter(([, count]) => count > 0);
}

async function prepareFolder(out: string, overwrite: boolean): Promise<void> {
  await mkdir(out, { recursive: true });
  const found = await readdir(out);
  if (found.length > 0 && !overwrite) {
    throw new GenerationError(
      'synthetic-folder-not-empty',
      `The folder ${out} is not empty (${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}).`,
      'Choose an empty folder, or allow overwriting.',
    );
  }
  await removeOurs(out);
  await mkdir(join(out, TRUTH_FOLDER), { recursive: true });
}

async function removeOurs(out: string): Promise<void> {
  await Promise.all([
    ...FILE_NAMES.map((name) => rm(join(out, name), { force: true })),
    ...Object.values(TRUTH_FILES).map((name) => rm(join(out, TRUTH_FOLDER, name), { force: true })),
  ]);
}

function summarise(wishes: Wishes, results: readonly (readonly [City, CityResult])[]): GenerationSummary {
  const sources = Object.fromEntries(
    results.map(([city, { files, incidents, observer }]) => [
      city,
      {
        incidents,
        records: files.reduce((sum, { records }) => sum + records, 0),
        byCategoryAndYear: observer.byCategoryAndYear(),
      },
    ]),
  );
  const files = results.flatMap(([, result]) => result.files);
  return {
    version: 1,
    seed: wishes.seed,
    rows: files.reduce((sum, { records }) => sum + records, 0),
    years: wishes.years,
    dirtRate: wishes.dirtRate,
    files,
    sources,
  };
}

function plantedOf(results: readonly CityResult[]): Planted {
  const planted = results.map(({ observer }) => observer.planted);
  const effects = planted.map((one) => one.effects);
  const observed = planted.map((one) => one.observed);
  return {
    hotspots: effects.flatMap(({ hotspots }) => hotspots),
    peaks: effects.flatMap(({ peaks }) => peaks),
    weaponTrends: effects.flatMap(({ weaponTrends }) => weaponTrends),
    anomalies: effects.flatMap(({ anomalies }) => anomalies),
    levelShifts: effects.flatMap(({ levelShifts }) => levelShifts),
    observed: {
      hotspots: observed.flatMap(({ hotspots }) => hotspots),
      peaks: observed.flatMap(({ peaks }) => peaks),
      anomalies: observed.flatMap(({ anomalies }) => anomalies),
      weaponTrends: observed.flatMap(({ weaponTrends }) => weaponTrends),
    },
  };
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
