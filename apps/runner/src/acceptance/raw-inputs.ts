import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { VintageId } from '@crimetracker/synthetic';
import { writeVintage } from '@crimetracker/synthetic';

/** A clean raw file in memory: its header line and its record lines, without line ends. */
export interface RawLines {
  readonly header: string;
  readonly records: readonly string[];
}

/** Lines of a synthetic file of one vintage. Different seeds give different NYPD case numbers. */
export async function rawLines(
  folder: string,
  vintage: VintageId,
  rows: number,
  seed: number,
): Promise<RawLines> {
  const path = join(folder, `${vintage}-${rows}-${seed}.csv`);
  await writeVintage({ path, vintage, rows, seed });
  const [header = '', ...records] = (await readFile(path, 'utf8'))
    .split(/\r?\n/)
    .filter((line) => line !== '');
  await rm(path);
  return { header, records };
}

/** A file's text: header, then records, each line ended. */
export function textOf({ header, records }: RawLines, lineEnd = '\n'): string {
  return [header, ...records].map((line) => line + lineEnd).join('');
}
