import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { CityAdapter, RawRow } from '@crimetracker/adapter-kit';
import { rawRowReader, resolveHeader } from '@crimetracker/adapter-kit';

/** The shared folder beside the repository: real open data and the reference tables; not part of the repository. */
const SHARED = new URL('../../../../../shared/', import.meta.url);

export const SAMPLE_FILES = [
  'historic-24col-2015',
  'historic-35col-2010',
  'historic-35col-pandas-2006-2019',
  'ytd-35col-excel-2019',
  'ytd-36col-quoted-2017-2023',
] as const;
export type SampleFile = (typeof SAMPLE_FILES)[number];

interface Sample {
  readonly vintageId: string;
  readonly rows: readonly RawRow[];
}

/** Why tests of real data cannot run here, or undefined when they can. */
export function whyNoSharedFolder(): string | undefined {
  return existsSync(SHARED)
    ? undefined
    : 'the folder "shared" with real open data does not lie beside the repository';
}

/** Address of a reference table. */
export function referenceTable(name: string): URL {
  return new URL(`reference/tables/${name}`, SHARED);
}

/** Reads a sample file whole, as raw rows of the adapter. */
export async function readSample(adapter: CityAdapter, file: SampleFile): Promise<Sample> {
  const bytes = gunzipSync(await readFile(new URL(`data/nypd/${file}.csv.gz`, SHARED)));
  const [header = [], ...records] = parseCsv(bytes.toString('utf8'));
  const resolved = resolveHeader(adapter, header);
  return { vintageId: resolved.vintage.id, rows: records.map(rawRowReader(adapter, resolved)) };
}

/** Splits well-formed CSV into records of fields. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const [whole, quoted, plain = '', end] = match;
    if (whole === '' && record.length === 0) break;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      records.push(record);
      record = [];
    }
  }
  return records;
}
