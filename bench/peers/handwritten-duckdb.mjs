/**
 * What a good engineer would write by hand in DuckDB for the same files: `node handwritten-duckdb.mjs --out DIR FILES…`.
 *
 * One pass over each file parses, looks up and judges its rows into a table in memory; station houses and duplicates
 * are found there; one COPY writes the result. See ../README.md for what it leaves out.
 */

import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { lapdSql } from './handwritten/lapd-sql.mjs';
import { nypdSql } from './handwritten/nypd-sql.mjs';
import { duplicatesSql, fileRanksSql, judgedSql, stationHousesSql, writeSql } from './handwritten/rules-sql.mjs';

/** @import { DuckDBConnection } from '@duckdb/node-api' */
/** @import { SourceSql } from './handwritten/source-sql.mjs' */

const SOURCES = [nypdSql, lapdSql];
const WINDOW = { from: '2010-01-01', to: '2023-12-31' };

/** @param {string} text */
const literal = (text) => `'${text.replaceAll("'", "''")}'`;

/** @param {string} path */
async function headerOf(path) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '').split(/\r?\n/, 1);
    return line.split(',').map((name) => name.replaceAll('"', '').trim().toLowerCase().replace(/[^a-z0-9]+/g, '_'));
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
  const wanted = columns.map((name) => (header.includes(name) ? name : `NULL::VARCHAR AS ${name}`)).join(', ');
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
 * @param {readonly { readonly path: string, readonly header: readonly string[] }[]} files
 * @param {string} out
 */
async function build(connection, source, files, out) {
  const step = steps();
  const tables = fileURLToPath(new URL(`../../packages/adapter-${source.id}/tables/`, import.meta.url));
  for (const sql of source.tables((name) => `read_csv(${literal(join(tables, `${name}.csv`))}, all_varchar = true)`).split(';\n')) {
    await connection.run(sql);
  }
  let records = 0;
  for (const [index, { path, header }] of files.entries()) {
    const relation = rawSql(path, header, source);
    const [first] = await rowsOf(connection, `SELECT ${source.dateColumn} AS date FROM ${relation} LIMIT 1`);
    const shortYears = /\/\d\d$/.test(String(first?.['date']));
    const judged = judgedSql(source, { relation, shortYears }, index, WINDOW);
    const before = records;
    await connection.run(index === 0 ? `CREATE TABLE ${source.id}_rows AS ${judged}` : `INSERT INTO ${source.id}_rows ${judged}`);
    const [count] = await rowsOf(connection, `SELECT count(*) AS records FROM ${source.id}_rows`);
    records = Number(count?.['records']);
    const [bad] = await rowsOf(connection, 'SELECT count(DISTINCT line) AS malformed FROM reject_errors');
    await connection.run('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans');
    await connection.run(
      `INSERT INTO files VALUES ('${source.id}', ${index}, ${literal(basename(path))}, ${before}, ${records - before}, ${Number(bad?.['malformed'])})`,
    );
    step(`${source.id} read ${basename(path)}`);
  }
  await connection.run(stationHousesSql(source));
  await connection.run(fileRanksSql(source));
  await connection.run(duplicatesSql(source));
  step(`${source.id} station houses and duplicates`);
  await connection.run(writeSql(source, literal(out)));
  for (const table of ['rows', 'duplicates']) await connection.run(`DROP TABLE ${source.id}_${table}`);
  step(`${source.id} write`);
}

/** The ledger: what became of every record, and how many rows each rule touched. @param {DuckDBConnection} connection @param {string} out */
async function writeLedger(connection, out) {
  const written = `read_parquet(${literal(`${out}/*/*/*/*.parquet`)}, hive_partitioning = true, hive_types_autocast = false)`;
  await connection.run(`
COPY (
  WITH counted AS (
    SELECT source, raw_file, disposition, reasons, duplicate_rule, flags, count(*) AS records FROM ${written} GROUP BY ALL
  )
  SELECT source, raw_file, disposition AS kind, coalesce(nullif(split_part(reasons, ';', 1), ''), duplicate_rule, '') AS rule,
    sum(records) AS records FROM counted GROUP BY ALL
  UNION ALL
  SELECT source, name, 'malformed', '', malformed FROM files
  UNION ALL
  SELECT source, raw_file, 'touched', rule, sum(records)
  FROM (SELECT source, raw_file, unnest(string_split(flags, ';')) AS rule, records FROM counted WHERE flags <> '') GROUP BY ALL
  ORDER BY ALL
) TO ${literal(join(out, 'ledger.csv'))} (FORMAT csv, HEADER true)`);
}

function steps() {
  let since = performance.now();
  let cpu = process.cpuUsage();
  return (/** @type {string} */ label) => {
    const used = process.cpuUsage(cpu);
    process.stderr.write(
      `${label}: ${((performance.now() - since) / 1000).toFixed(2)} s, CPU ${((used.user + used.system) / 1e6).toFixed(2)} s\n`,
    );
    since = performance.now();
    cpu = process.cpuUsage();
  };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, threads: { type: 'string' }, memory: { type: 'string', default: '2GB' } },
});
if (values.out === undefined || positionals.length === 0) {
  process.stderr.write('Usage: node handwritten-duckdb.mjs --out DIR [--threads N] [--memory 2GB] FILES…\n');
  process.exit(2);
}
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(`SET memory_limit = ${literal(values.memory)}; SET temp_directory = ${literal(join(values.out, 'spill'))}`);
if (values.threads !== undefined) await connection.run(`SET threads = ${Number(values.threads)}`);
await connection.run(
  'CREATE TABLE files (source VARCHAR, file USMALLINT, name VARCHAR, first_row BIGINT, records BIGINT, malformed BIGINT)',
);
const inputs = await Promise.all(positionals.map(async (path) => ({ path, header: await headerOf(path) })));
for (const source of SOURCES) {
  const own = inputs.filter(({ header }) => header.includes(source.key));
  if (own.length > 0) await build(connection, source, own, values.out);
}
await writeLedger(connection, values.out);
connection.closeSync();
instance.closeSync();
