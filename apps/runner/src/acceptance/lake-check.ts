import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { accountsOf, attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';

export interface LakeCheck {
  readonly snapshot: string;
  readonly records: number;
  readonly files: number;
  /** What does not hold, in sentences; empty for a sound lake. */
  readonly problems: readonly string[];
}

/**
 * Reads the published snapshot of a lake the way a stranger would: opens it read-only, decodes every value of
 * every Parquet file, and holds the rows found against the ledger, file by file.
 */
export async function checkLake(lake: string): Promise<LakeCheck> {
  const snapshot = await openSnapshot(await openLakeFolder(lake));
  const engine = await openDuckDb({ threads: 2, readableFolders: [snapshot.path] });
  try {
    const problems: string[] = [];
    const tables = await attachSnapshot(engine, snapshot);
    for (const table of tables) await decodeAll(engine, table);

    const found = new Map<string, number>();
    for (const table of ['incidents', 'quarantine', 'duplicates']) {
      for (const row of await engine.query(
        `SELECT raw_file, COUNT(*) AS records FROM ${table} GROUP BY raw_file`,
      )) {
        found.set(`${table} ${String(row.raw_file)}`, Number(row.records));
      }
    }
    const accounts = accountsOf(snapshot.manifest.ledger);
    for (const account of accounts) {
      const { file, raw_file, records, curated, quarantined, duplicates } = account;
      if (records !== curated + quarantined + duplicates)
        problems.push(`${file}: the ledger does not balance`);
      for (const [table, expected] of [
        ['incidents', curated],
        ['quarantine', quarantined],
        ['duplicates', duplicates],
      ] as const) {
        const rows = found.get(`${table} ${raw_file}`) ?? 0;
        found.delete(`${table} ${raw_file}`);
        if (rows !== expected) problems.push(`${file}: ${rows} rows in ${table}, ${expected} in the ledger`);
      }
    }
    for (const [key, rows] of found) problems.push(`${rows} rows of ${key}, which the ledger does not know`);
    if (accounts.length !== snapshot.manifest.files.length)
      problems.push('the ledger and the manifest list other files');

    const [keys] = await engine.query(
      `SELECT COUNT(*) AS records, COUNT(DISTINCT raw_file || ':' || CAST(raw_record AS VARCHAR)) AS keys FROM (
         SELECT raw_file, raw_record FROM incidents UNION ALL SELECT raw_file, raw_record FROM duplicates
         UNION ALL SELECT raw_file, raw_record FROM quarantine) r`,
    );
    if (keys?.records !== keys?.keys) problems.push('a record stands in the snapshot twice');
    const [bare] = await engine.query(
      `SELECT COUNT(*) AS records FROM quarantine WHERE reasons IS NULL OR reasons = ''`,
    );
    if (bare?.records !== 0) problems.push('a quarantined row has no reason');
    const records = accounts.reduce((sum, account) => sum + account.records, 0);
    return { snapshot: snapshot.manifest.id, records, files: accounts.length, problems };
  } finally {
    await engine.close();
  }
}

/** Throws when a page of the table's Parquet cannot be read: a hash needs every value. */
async function decodeAll(engine: Engine, table: string): Promise<void> {
  await engine.query(
    `SELECT COUNT(*) AS records, CAST(bit_xor(hash(t)) AS VARCHAR) AS digest FROM ${table} t`,
  );
}

/** Every file of a lake with its size and time of writing, but the lock; for telling what a command changed. */
export async function listLake(lake: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(lake, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(lake, path).replaceAll('\\', '/');
    if (name === 'lock.duckdb') continue;
    const info = await stat(path);
    files.set(name, entry.isDirectory() ? 'folder' : `${info.size} bytes, ${info.mtimeMs}`);
  }
  return files;
}

/** Files below a folder and their bytes; for telling whether litter grows. */
export async function sizeOf(folder: string): Promise<{ readonly files: number; readonly bytes: number }> {
  let files = 0;
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    files += 1;
    bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return { files, bytes };
}
