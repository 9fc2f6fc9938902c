import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CrimeTrackerError } from '@crimetracker/schema';

/**
 * A path as DuckDB's readers want it. They take `*`, `?` and `[` for patterns, so `data [1].csv` would read
 * `data 1.csv`; a set of one character stands for itself.
 */
export function exactPath(path: string): string {
  return resolve(path).replaceAll(/[*?[]/g, '[$&]');
}

/** The Parquet files of a table's folder and its partitions, sorted; empty when there is none. */
export async function parquetFiles(location: string): Promise<readonly string[]> {
  const entries = await readdir(location, { recursive: true, withFileTypes: true }).catch(
    (cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
      throw cause;
    },
  );
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Creates the folder of a new table, runs `write`, and removes the folder again when it fails. */
export async function writeLocation<T>(location: string, write: () => Promise<T>): Promise<T> {
  await mkdir(dirname(location), { recursive: true });
  await mkdir(location).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    throw new CrimeTrackerError(`The folder ${location} exists already.`, {
      code: 'engine-location-exists',
      exitCode: 1,
      hint: 'A table is written to a new folder; remove the old one first.',
      where: { location },
      cause,
    });
  });
  try {
    return await write();
  } catch (error) {
    await rm(location, { recursive: true, force: true });
    throw error;
  }
}
