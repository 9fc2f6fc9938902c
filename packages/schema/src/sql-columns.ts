import type { ColumnName, ColumnType } from './columns.js';
import { COLUMN_NAMES, columnDefinition } from './columns.js';

export interface SqlColumn {
  readonly name: ColumnName;
  readonly type: string;
}

const DUCKDB_TYPES = {
  text: 'VARCHAR',
  date: 'DATE',
  time: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'BIGINT',
} as const satisfies Record<ColumnType, string>;

/** Glue and Athena DDL names. Athena has no usable `time` column type, hence text in both engines. */
const ATHENA_TYPES = {
  text: 'string',
  date: 'date',
  time: 'string',
  number: 'double',
  integer: 'bigint',
} as const satisfies Record<ColumnType, string>;

/** The columns of the incident table in catalogue order, with DuckDB types. */
export function duckDbColumns(): readonly SqlColumn[] {
  return sqlColumns(DUCKDB_TYPES);
}

/** The columns of the incident table in catalogue order, with Glue/Athena types. */
export function athenaColumns(): readonly SqlColumn[] {
  return sqlColumns(ATHENA_TYPES);
}

function sqlColumns(types: Readonly<Record<ColumnType, string>>): readonly SqlColumn[] {
  return COLUMN_NAMES.map((name) => ({ name, type: types[columnDefinition(name).type] }));
}
