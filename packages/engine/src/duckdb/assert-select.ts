import { CrimeTrackerError } from '@crimetracker/schema';
import type { DuckDBConnection } from '@duckdb/node-api';
import { StatementType } from '@duckdb/node-api';
import { duckDbError } from './duckdb-error.js';
import { readRows } from './duckdb-values.js';

/**
 * How SQL that only reads begins, after comments and brackets. Looked at before the statement is prepared, because
 * DuckDB 1.5 makes the folder of an EXPORT DATABASE while preparing it.
 */
const READING =
  /^(?:[\s(]|--.*\n|\/\*(?:(?!\/\*)[\s\S])*?\*\/)*(?:select|with|from|values|table|describe|show|summarize|pivot|unpivot)\b/i;

/**
 * Table functions of DuckDB 1.5 that a SELECT can call though they change the session, write files (a log, a
 * profile; also into folders opened for reading) or read raw memory. The plan names them however they are called.
 */
const REFUSED_FUNCTION =
  /"name": "(?:(?:ENABLE|DISABLE)_\w+|(?:FORCE_)?CHECKPOINT|TRUNCATE_DUCKDB_LOGS|ARROW_SCAN\w*) ?"/;

/** Throws `engine-select-only` unless the SQL is one statement that only reads, `engine-sql` when it is no SQL. */
export async function assertSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  try {
    if (await onlyReads(connection, sql)) return;
  } catch (cause) {
    throw duckDbError(cause, sql);
  }
  throw new CrimeTrackerError('Only a single SELECT can be run here.', {
    code: 'engine-select-only',
    exitCode: 2,
    hint: 'Write one SELECT. A PIVOT needs its values listed: ON column IN (…).',
    where: { sql: sql.slice(0, 500) },
  });
}

async function onlyReads(connection: DuckDBConnection, sql: string): Promise<boolean> {
  const statements = await connection.extractStatements(sql).catch((cause: unknown) => {
    // For text without any statement the binding fails with a message that says nothing.
    if (cause instanceof Error && cause.message.includes('Parser Error')) throw cause;
    return undefined;
  });
  if (statements?.count !== 1 || !READING.test(sql)) return false;
  const statement = await statements.prepare(0);
  const kind = statement.statementType;
  statement.destroySync();
  if (kind !== StatementType.SELECT) return false;
  const plan = await readRows(await connection.run(`EXPLAIN (FORMAT json) ${sql}`));
  return !plan.some((row) => REFUSED_FUNCTION.test(String(row.explain_value)));
}
