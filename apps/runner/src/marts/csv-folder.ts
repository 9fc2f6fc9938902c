import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SqlRow } from '@crimetracker/engine';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { format } from 'fast-csv';

/** Throws `folder-not-empty` for a folder that holds something, unless it may be overwritten. */
export async function checkFolder(folder: string, flag: string, overwrite: boolean): Promise<void> {
  const there = await readdir(folder).catch(() => []);
  if (there.length === 0 || overwrite) return;
  throw new CrimeTrackerError(`${folder} is not empty.`, {
    code: 'folder-not-empty',
    exitCode: EXIT_CODES.usage,
    hint: `Give ${flag} a new folder, or add --overwrite.`,
  });
}

/** Writes every table into a folder as CSV, one file each. */
export async function writeCsvFolder(
  folder: string,
  tables: ReadonlyMap<string, readonly SqlRow[]>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, rows] of tables) {
    const file = createWriteStream(join(folder, `${name}.csv`));
    await pipeline(Readable.from(rows), format({ headers: true }), file);
  }
}
