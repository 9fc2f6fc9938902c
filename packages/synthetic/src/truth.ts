import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cellText, splitCells } from './csv-cells.js';
import { DISPOSITIONS } from './dirt.js';
import { CITIES, effectsSchema } from './effects.js';
import { GenerationError } from './errors.js';

/** Folder of the truth files inside the output folder. */
export const TRUTH_FOLDER = 'truth';
export const TRUTH_FILES = {
  planted: 'planted.json',
  summary: 'summary.json',
  dirt: 'dirt.csv',
  duplicates: 'duplicates.csv',
} as const;

const count = z.int().nonnegative();
const counts = z.record(z.string(), count);

/** What one file must become. Rule ids are those of the product's catalogue. */
const fileSummary = z.strictObject({
  file: z.string(),
  source: z.enum(CITIES),
  /** Vintages of its rows; two where the formats of two are mixed in one file. */
  vintages: z.array(z.string()),
  bytes: count,
  sha256: z.string().length(64),
  records: count,
  expected: z.strictObject({
    curated: count,
    /** Records set aside, by reason. */
    quarantined: counts,
    /** Records set aside for a later one, by rule. */
    duplicates: counts,
    /** Curated rows per rule or finding in their flags. A row has at most one besides time-heaped and station-house. */
    flags: counts,
  }),
});
export type FileSummary = z.infer<typeof fileSummary>;

const summarySchema = z.strictObject({
  version: z.literal(1),
  seed: z.int(),
  rows: count,
  years: z.tuple([z.int(), z.int()]),
  dirtRate: z.number(),
  files: z.array(fileSummary),
  sources: z.partialRecord(
    z.enum(CITIES),
    z.strictObject({
      /** Distinct incidents, and all records with their repetitions. */
      incidents: count,
      records: count,
      /** Incidents before any dirt, by canonical category and year of occurrence. */
      byCategoryAndYear: z.record(z.string(), counts),
    }),
  ),
});
/** What was generated and what must come out of it. */
export type GenerationSummary = z.infer<typeof summarySchema>;

/** The planted effects, each list with the incidents that were really drawn inside each effect, in the same order. */
const plantedSchema = effectsSchema.extend({
  observed: z.strictObject({
    hotspots: z.array(count),
    peaks: z.array(count),
    anomalies: z.array(count),
    /** Per year: reports of these crimes with a recorded weapon, and those with a firearm. */
    weaponTrends: z.array(z.record(z.string(), z.strictObject({ recorded: count, firearms: count }))),
  }),
});
export type Planted = z.infer<typeof plantedSchema>;

const integerText = z.string().regex(/^\d+$/).transform(Number);

const dirtRowSchema = z.strictObject({
  file: z.string(),
  /** Counted from 1 after the header. */
  record: integerText,
  /** The column's name as published; empty for damage to the record as a whole. */
  column: z.string(),
  kind: z.string(),
  /** The text of the damaged cell, without its CSV quoting; empty for damage to the record as a whole. */
  raw_value: z.string(),
  disposition: z.enum(DISPOSITIONS),
  /** Rule or finding to expect; empty when the dirt must raise nothing. */
  rule: z.string(),
  /** Empty when no single canonical value follows. */
  canonical_column: z.string(),
  /** Empty for null. */
  canonical_value: z.string(),
});
/** One planted dirty cell and what must become of its row. */
export type DirtRow = z.infer<typeof dirtRowSchema>;

export const DUPLICATE_KINDS = ['exact', 'reformatted', 'superseded'] as const;
const duplicateRowSchema = z.strictObject({
  /** The record to set aside. */
  file: z.string(),
  record: integerText,
  /** The later record to keep. */
  of_file: z.string(),
  of_record: integerText,
  /** `exact`: the same line again; `reformatted`: the same incident in another vintage; `superseded`: and with one value changed. */
  kind: z.enum(DUPLICATE_KINDS),
});
/** Two records of one incident. */
export type DuplicateRow = z.infer<typeof duplicateRowSchema>;

export const DIRT_COLUMNS = Object.keys(dirtRowSchema.shape) as readonly (keyof DirtRow)[];
export const DUPLICATE_COLUMNS = Object.keys(duplicateRowSchema.shape) as readonly (keyof DuplicateRow)[];

export interface Truth {
  readonly summary: GenerationSummary;
  readonly planted: Planted;
  readonly dirt: readonly DirtRow[];
  readonly duplicates: readonly DuplicateRow[];
}

/** Reads and checks the truth files of a generated folder. */
export async function readTruth(folder: string): Promise<Truth> {
  const path = (name: keyof typeof TRUTH_FILES): string => join(folder, TRUTH_FOLDER, TRUTH_FILES[name]);
  const [summary, planted, dirt, duplicates] = await Promise.all([
    readJson(path('summary'), summarySchema),
    readJson(path('planted'), plantedSchema),
    readRows(path('dirt'), dirtRowSchema),
    readRows(path('duplicates'), duplicateRowSchema),
  ]);
  return { summary, planted, dirt, duplicates };
}

async function readJson<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  return checked(path, schema, JSON.parse(await readFile(path, 'utf8')));
}

async function readRows<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<readonly z.infer<Schema>[]> {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  const names = splitCells(header);
  return lines.map((line, index) => {
    const cells = splitCells(line).map(cellText);
    return checked(
      `${path}:${index + 2}`,
      schema,
      Object.fromEntries(names.map((name, at) => [name, cells[at]])),
    );
  });
}

function checked<Schema extends z.ZodType>(where: string, schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new GenerationError(
    'truth-unreadable',
    `${where} is not what this version of the generator writes: ${z.prettifyError(result.error)}`,
    'Generate the files again with this version.',
  );
}
