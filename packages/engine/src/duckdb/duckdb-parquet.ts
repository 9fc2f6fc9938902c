import { relative, resolve, sep } from 'node:path';
import { CrimeTrackerError } from '@crimetracker/schema';
import type { ParquetSource, TableColumn } from '../engine.js';
import { duckDbDialect } from './duckdb-dialect.js';
import { exactPath, parquetFiles } from './duckdb-files.js';

const { identifier, literal, cast } = duckDbDialect;

/** Hive's and DuckDB's folder value for NULL. */
const NULL_PARTITION = '__HIVE_DEFAULT_PARTITION__';

interface PartitionedFile {
  readonly file: string;
  /** Text of each partition column, in the order of `partitionBy`. */
  readonly values: readonly (string | null)[];
}

/** The query that reads a table's Parquet files; an empty relation of the declared columns when there is none. */
export async function parquetRelation(source: ParquetSource): Promise<string> {
  const locations = typeof source.location === 'string' ? [source.location] : source.location;
  const files: PartitionedFile[] = [];
  for (const location of locations) {
    const found = await parquetFiles(location);
    if (source.recordNumber !== undefined && found.length > 1) {
      throw new CrimeTrackerError(`${location} holds ${found.length} files; a CSV import is one.`, {
        code: 'engine-not-a-csv-import',
        exitCode: 1,
        where: { location },
      });
    }
    for (const file of found) files.push({ file, values: partitionValues(source, location, file) });
  }
  if (files.length === 0) return emptyRelation(source);
  return duckDbFindsPartitions(source, locations, files)
    ? select(
        source,
        files.map(({ file }) => file),
        true,
        identifier,
      )
    : files
        .map(({ file, values }) =>
          select(source, [file], false, (name) => {
            const value = values[source.partitionBy?.indexOf(name) ?? -1];
            return value === undefined ? identifier(name) : cast(literal(value), 'text');
          }),
        )
        .join(' UNION ALL ');
}

/** The declared columns, then the partition columns that are not among them. */
function columnsOf(source: ParquetSource): readonly TableColumn[] {
  const declared = new Set(source.columns.map(({ name }) => name));
  const folders = (source.partitionBy ?? []).filter((name) => !declared.has(name));
  return [...source.columns, ...folders.map((name) => ({ name, type: 'text' }) as const)];
}

function partitionValues(source: ParquetSource, location: string, file: string): readonly (string | null)[] {
  const folders = new Map(
    relative(resolve(location), resolve(file))
      .split(sep)
      .slice(0, -1)
      .map((folder) => {
        const at = folder.indexOf('=');
        return [decodeURIComponent(folder.slice(0, at)), folder.slice(at + 1)] as const;
      }),
  );
  return (source.partitionBy ?? []).map((name) => {
    const value = folders.get(name);
    if (value === undefined) {
      throw new CrimeTrackerError(`${file} does not stand in a folder ${name}=….`, {
        code: 'engine-partition-missing',
        exitCode: 1,
        where: { file, column: name },
      });
    }
    return value === NULL_PARTITION ? null : decodeURIComponent(value);
  });
}

/**
 * Whether DuckDB 1.5 reads the partition folders right: it takes the texts NULL and null for NULL, does not decode
 * names that it encoded itself, and prefers a folder above the table to one inside it.
 */
function duckDbFindsPartitions(
  source: ParquetSource,
  locations: readonly string[],
  files: readonly PartitionedFile[],
): boolean {
  const names = source.partitionBy ?? [];
  const isAbove = (location: string, name: string): boolean =>
    resolve(location)
      .split(sep)
      .some((folder) => folder.startsWith(`${name}=`));
  return (
    names.every(
      (name) => /^[\w.~-]+$/.test(name) && !locations.some((location) => isAbove(location, name)),
    ) && !files.some(({ values }) => values.some((value) => value !== null && /^null$/i.test(value)))
  );
}

function select(
  source: ParquetSource,
  files: readonly string[],
  partitioned: boolean,
  expression: (name: string) => string,
): string {
  const selected = columnsOf(source).map(
    ({ name, type }) => `${cast(expression(name), type)} AS ${identifier(name)}`,
  );
  if (source.recordNumber !== undefined)
    selected.push(`file_row_number + 1 AS ${identifier(source.recordNumber)}`);
  const paths = files.map((file) => literal(exactPath(file)));
  const partitions = partitioned && source.partitionBy !== undefined && source.partitionBy.length > 0;
  return `SELECT ${selected.join(', ')} FROM read_parquet([${paths.join(', ')}], hive_partitioning = ${partitions}, \
hive_types_autocast = false, file_row_number = ${source.recordNumber !== undefined})`;
}

function emptyRelation(source: ParquetSource): string {
  const columns = [...columnsOf(source)];
  if (source.recordNumber !== undefined) columns.push({ name: source.recordNumber, type: 'bigint' });
  const selected = columns.map(({ name, type }) => `${cast('NULL', type)} AS ${identifier(name)}`);
  return `SELECT ${selected.join(', ')} WHERE FALSE`;
}
