/**
 * What a good engineer would write by hand in DuckDB for the same files: `node handwritten-duckdb.mjs --out DIR FILES…`.
 *
 * Each file becomes Parquet of the columns needed, because a join in DuckDB does not keep the order of rows and only
 * Parquet can number them afterwards. One query parses, looks up and judges every row; station houses and duplicates
 * are found beforehand from the few rows concerned; one COPY writes the result. See ../README.md for what it leaves out.
 */

import { mkdir, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { lapdSql } from './handwritten/lapd-sql.mjs';
import { nypdSql } from './handwritten/nypd-sql.mjs';
import { duplicatesSql, stationHousesSql, writeSql } from './handwritten/rules-sql.mjs';

/** @import { DuckDBConnection } from '@duckdb/node-api' */
/** @import { RawFile } from './handwritten/rules-sql.mjs' */
/** @import { SourceSql } from './handwritten/source-sql.mjs' */

const SOURCES = [nypdSql, lapdSql];

/** @param {string} text */
const literal = (text) => `'${text.replaceAll("'", "''")}'`;

/** @param {string} path */
async function headerOf(path) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const [line = ''] = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/, 1);
    return line.split(',').map((name) =>
      name
        .replaceAll('"', '')
        .trim()
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_'),
    );
  } finally {
    await file.close();
  }
}

/**
 * @param {string} path
 * @param {readonly string[]} header
 * @param {SourceSql} source
 */
function rawSql(path, header, { columns, nulls }) {
  const types = header.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const wanted = columns
    .map((name) => (header.includes(name) ? name : `NULL::VARCHAR AS ${name}`))
    .join(', ');
  return `(SELECT ${wanted} FROM read_csv(${literal(path)}, auto_detect = false, header = true, delim = ',', quote = '"',
    escape = '"', columns = {${types}}, nullstr = [${nulls.map(literal).join(', ')}], store_rejects = true, rejects_limit = 0))`;
}

/**
 * @param {DuckDBConnection} connection
 * @param {string} sql
 * @returns {Promise<Record<string, unknown>[]>}
 */
async function rowsOf(connection, sql) {
  const result = await connection.runAndReadAll(sql);
  return result.getRowObjectsJson();
}

/**
 * @param {DuckDBConnection} connection
 * @param {SourceSql} source
 * @param {readonly { readonly path: string, readonly header: readonly string[], readonly file: number }[]} files
 * @param {string} out
 */
async function build(connection, source, files, out) {
  const { id } = source;
  const tables = fileURLToPath(new URL(`../../packages/adapter-${id}/tables/`, import.meta.url));
  await connection.run(
    source.tables((name) => `read_csv(${literal(join(tables, `${name}.csv`))}, all_varchar = true)`),
  );
  /** @type {RawFile[]} */
  const raw = [];
  for (const { path, header, file } of files) {
    begin(`Staging ${basename(path)}`);
    const staged = literal(join(out, 'staged', `${file}.parquet`));
    await connection.run(`COPY ${rawSql(path, header, source)} TO ${staged} (FORMAT parquet)`);
    await connection.run(`
      INSERT INTO files SELECT ${file}, '${id}', ${literal(basename(path))}, count(DISTINCT line) FROM reject_errors;
      DROP TABLE reject_errors; DROP TABLE reject_scans`);
    const relation = `(SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS raw_record
      FROM read_parquet(${staged}, file_row_number = true))`;
    const [first] = await rowsOf(
      connection,
      `SELECT ${source.reportColumn} AS date FROM ${relation} LIMIT 1`,
    );
    raw.push({ file, relation, shortYears: /\/\d\d$/.test(String(first?.date)) });
  }
  begin(`Finding station houses of ${id}`);
  await connection.run(stationHousesSql(source, raw));
  begin(`Finding duplicates of ${id}`);
  await connection.run(duplicatesSql(source, raw));
  begin(`Writing ${id}`);
  await connection.run(writeSql(source, raw, literal(out)));
}

/** The ledger: what became of every record, and how many rows each rule touched. @param {DuckDBConnection} connection @param {string} out */
async function writeLedger(connection, out) {
  const written = `read_parquet(${literal(`${out}/disposition=*/*/*/*.parquet`)}, hive_partitioning = true, hive_types_autocast = false)`;
  await connection.run(`
COPY (
  WITH counted AS (
    SELECT source, raw_file, disposition, reasons, duplicate_rule, flags, count(*) AS records FROM ${written} GROUP BY ALL
  )
  SELECT source, raw_file, disposition AS kind, coalesce(nullif(split_part(reasons, ';', 1), ''), duplicate_rule, '') AS rule,
    sum(records) AS records FROM counted GROUP BY ALL
  UNION ALL
  SELECT source, name, 'malformed', '', malformed FROM files WHERE malformed > 0
  UNION ALL
  SELECT source, raw_file, 'touched', rule, sum(records)
  FROM (SELECT source, raw_file, unnest(string_split(flags, ';')) AS rule, records FROM counted WHERE flags <> '') GROUP BY ALL
  ORDER BY ALL
) TO ${literal(join(out, 'ledger.csv'))} (FORMAT csv, HEADER true)`);
}

/** @param {string} step */
const begin = (step) => process.stderr.write(`${step}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    threads: { type: 'string' },
    memory: { type: 'string', default: '2GB' },
  },
});
if (values.out === undefined || positionals.length === 0) {
  process.stderr.write('Usage: node handwritten-duckdb.mjs --out DIR [--threads N] [--memory 2GB] FILES…\n');
  process.exit(2);
}
const staged = join(values.out, 'staged');
await mkdir(staged, { recursive: true });
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(
  `SET memory_limit = ${literal(values.memory)}; SET temp_directory = ${literal(join(values.out, 'spill'))}`,
);
if (values.threads !== undefined) await connection.run(`SET threads = ${Number(values.threads)}`);
await connection.run('CREATE TABLE files (file INTEGER, source VARCHAR, name VARCHAR, malformed BIGINT)');
const inputs = await Promise.all(
  positionals.map(async (path, file) => ({ path, file, header: await headerOf(path) })),
);
for (const source of SOURCES) {
  const own = inputs.filter(({ header }) => header.includes(source.key));
  if (own.length > 0) await build(connection, source, own, values.out);
}
begin('Writing the ledger');
await writeLedger(connection, values.out);
connection.closeSync();
instance.closeSync();
await rm(staged, { recursive: true });
