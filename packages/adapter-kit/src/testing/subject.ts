import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AdapterColumnName, FindingId } from '@crimetracker/schema';
import { parseString } from 'fast-csv';
import type { CityAdapter } from '../city-adapter.js';
import type { CityAdapterModule } from '../define-city-adapter.js';
import type { Value } from '../field.js';
import type { RawRow } from '../row-path.js';
import type { FieldSurvey } from './survey-fields.js';
import { surveyFields } from './survey-fields.js';

/** A row whose answer is known: the raw columns that matter and the canonical values they must give. */
export interface GoldenRow {
  readonly name?: string;
  readonly raw: RawRow;
  readonly expected: Readonly<Partial<Record<AdapterColumnName, Value>>>;
  /** Exactly these findings; not checked when left out. */
  readonly findings?: readonly FindingId[];
}

/** A file of the source, with what is known of it. */
export interface SampleFile {
  /** Path of the file, plain or gzip. */
  readonly file: string;
  readonly expect?: {
    /** Id of the vintage its header must be. */
    readonly vintage?: string;
    /** Records after the header that are whole. */
    readonly records?: number;
    /** Records with each finding; findings not named are not checked. */
    readonly findings?: Readonly<Partial<Record<FindingId, number>>>;
  };
}

export interface ConformanceOptions {
  /** The adapter's code tables: every cell is tried in every field. */
  readonly tables?: readonly URL[];
  readonly golden?: readonly GoldenRow[];
  readonly samples?: readonly SampleFile[];
  /** Fields that may say nothing of a text never seen before, each with the reason. */
  readonly silent?: Readonly<Record<string, string>>;
  /** Seed of the random texts. */
  readonly seed?: number;
}

/** An adapter under test, loaded once, and what was found by trying its fields, computed once. */
export interface Subject {
  readonly adapter: CityAdapter;
  readonly options: ConformanceOptions;
  readonly survey: () => FieldSurvey;
}

const SEED = 20_240_601;

/** Loads an adapter and its tables for the checks. */
export async function loadSubject(
  module: CityAdapterModule,
  options: ConformanceOptions = {},
): Promise<Subject> {
  const adapter = await module.load();
  const rows = (await Promise.all((options.tables ?? []).map(readTableRows))).flat();
  let survey: FieldSurvey | undefined;
  return { adapter, options, survey: () => (survey ??= surveyFields(adapter, rows, options.seed ?? SEED)) };
}

async function readTableRows(url: URL): Promise<readonly (readonly string[])[]> {
  const text = await readFile(fileURLToPath(url), 'utf8');
  return new Promise((resolve, reject) => {
    const rows: string[][] = [];
    parseString<string[], string[]>(text, { headers: false })
      .on('data', (row: string[]) => rows.push(row))
      .on('error', reject)
      .on('end', () => resolve(rows.slice(1)));
  });
}
