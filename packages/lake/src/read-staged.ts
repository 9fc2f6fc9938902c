import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CityAdapter, RawRow } from '@crimetracker/adapter-kit';
import type { Engine } from '@crimetracker/engine';
import type { LakeFolder } from './lake-folder.js';
import { columnsRead, readStaged } from './stage.js';
import { attachStagedFiles } from './standardise-sql.js';

/**
 * Reads one record of a raw file back from its staged text, with '' for columns that nobody reads; undefined
 * when it is not staged or malformed.
 */
export async function readStagedRecord(
  engine: Engine,
  folder: LakeFolder,
  adapter: CityAdapter,
  record: { readonly rawFile: string; readonly rawRecord: number },
): Promise<RawRow | undefined> {
  const prefix = `${adapter.id}-${record.rawFile.slice(0, 24)}-`;
  for (const key of await readdir(folder.staged)) {
    const staged = key.startsWith(prefix) ? await readStaged(folder, key) : undefined;
    if (!staged) continue;
    const file = { ...staged, folder: join(folder.staged, key), path: '', name: '' };
    const { staged: relation } = await attachStagedFiles(engine, adapter, [file]);
    const names = columnsRead(adapter);
    const [row] = await engine.query(
      `SELECT ${names.map((name) => engine.dialect.identifier(name)).join(', ')}
       FROM ${engine.dialect.identifier(relation)} WHERE raw_record = ${engine.dialect.literal(record.rawRecord)}`,
    );
    return (
      row && Object.fromEntries(Object.keys(adapter.columns).map((name) => [name, String(row[name] ?? '')]))
    );
  }
  return undefined;
}
