import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '@crimetracker/engine';
import type { CountMart, ResultMart, ResultRow } from './mart.js';

/** A table that is held here, in rows. */
export interface MartRows {
  readonly mart: CountMart | ResultMart;
  readonly rows: readonly ResultRow[];
}

/** Writes tables as Parquet, one folder each under its name; replaces what stands there. */
export async function writeMarts(
  engine: Engine,
  tables: readonly MartRows[],
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  for (const { mart, rows } of tables) {
    const columns = mart.columns.map(({ name, type }) => ({ name, type }));
    await engine.loadRows('mart_rows', columns, inColumnOrder(mart, rows));
    const location = join(folder, mart.name);
    await rm(location, { recursive: true, force: true });
    await engine.writeTable({ select: 'SELECT * FROM mart_rows', location }, signal);
  }
  await engine.dropTable('mart_rows');
}

function* inColumnOrder(mart: CountMart | ResultMart, rows: readonly ResultRow[]) {
  for (const row of rows) yield mart.columns.map(({ name }) => row[name] ?? null);
}

/** Makes written marts readable on an engine, each under its name with `mart_` in front. */
export async function attachMarts(
  engine: Engine,
  folder: string,
  marts: readonly (CountMart | ResultMart)[],
): Promise<void> {
  for (const { name, columns } of marts) {
    const types = columns.map((column) => ({ name: column.name, type: column.type }));
    await engine.attachTable(`mart_${name}`, { location: join(folder, name), columns: types });
  }
}
