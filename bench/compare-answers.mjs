/**
 * Compares the answers of the build with those of a handwritten peer on the same files:
 * `node bench/compare-answers.mjs --lake LAKE --peer DIR [--examples 3] [--json]`.
 *
 * Counts per file and disposition, per reason and rule; then per column a checksum of each side and, row by row, the
 * values that differ. A row is found again by its file, its case number and its place among the rows that share both, so
 * that a record which only one side took for malformed does not shift all others. Ends with 1 when anything differs.
 */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { drawTable } from './lib/draw-table.mjs';
import { COMPANION_COLUMNS, INCIDENT_COLUMNS } from './peers/handwritten/source-sql.mjs';

/** @import { DuckDBConnection } from '@duckdb/node-api' */

const HELP = `Usage: node bench/compare-answers.mjs --lake LAKE --peer DIR [--examples 3] [--json]

  --lake      lake built by crimetracker
  --peer      folder written by bench/peers/handwritten-duckdb.mjs or handwritten-loop.mjs from the same files
  --examples  differing values to show per column
`;

const DISPOSITIONS = ['incidents', 'quarantined', 'duplicates'];

/** DuckDB has no H3 of its own, so only the loop makes these. */
const H3_COLUMNS = ['h3_r7', 'h3_r8', 'h3_r9', 'h3_r10'];
const JUDGED_COLUMNS = ['flags', 'reasons', 'duplicate_rule', 'raw_record', 'kept_raw_record', 'disposition'];

/** Columns that not every disposition has. */
const ELSEWHERE = ['reasons', 'duplicate_rule', 'kept_raw_record'];

/** @param {string} text */
const literal = (text) => `'${text.replaceAll("'", "''")}'`;

/**
 * The folder of the snapshot that readers of a lake see.
 *
 * @param {string} lake
 */
async function currentSnapshot(lake) {
  const pointer = JSON.parse(await readFile(join(lake, 'current'), 'utf8'));
  return join(lake, 'snapshots', String(pointer.current));
}

/**
 * The rows of one disposition that were written as Parquet, partitioned; undefined where there are none.
 *
 * @param {DuckDBConnection} connection
 * @param {string} folder
 */
async function parquetRows(connection, folder) {
  const pattern = literal(`${folder}/*/*/*.parquet`);
  const [found] = await rowsOf(connection, `SELECT count(*) AS files FROM glob(${pattern})`);
  return Number(found?.files) === 0
    ? undefined
    : `read_parquet(${pattern}, hive_partitioning = true, hive_types_autocast = false, union_by_name = true)`;
}

/** Types of the columns that are not text. @type {Readonly<Record<string, string>>} */
const TYPES = {
  report_date: 'DATE',
  occurred_date: 'DATE',
  occurred_end_date: 'DATE',
  latitude: 'DOUBLE',
  longitude: 'DOUBLE',
  victim_age_years: 'BIGINT',
  suspect_age_years: 'BIGINT',
  raw_record: 'BIGINT',
  kept_raw_record: 'BIGINT',
};

/** The rows of one disposition that the loop wrote; a blank cell is NULL but for flags. @param {string} path */
const csvRows = (path) =>
  `(SELECT * REPLACE (coalesce(flags, '') AS flags) FROM read_csv(${literal(path)}, header = true, all_varchar = true, delim = ',', quote = '"'))`;

/**
 * One relation of every row of one side, its files by name, and `place` among the rows of a case number.
 *
 * @param {DuckDBConnection} connection
 * @param {string} table
 * @param {(disposition: string) => string | undefined | Promise<string | undefined>} rowsOfDisposition
 * @param {string} fileName SQL that makes the file's name of raw_file
 */
async function load(connection, table, rowsOfDisposition, fileName) {
  const selects = [];
  for (const disposition of DISPOSITIONS) {
    const rows = await rowsOfDisposition(disposition);
    if (rows === undefined) continue;
    /** @type {readonly string[]} */
    const own =
      { quarantined: ['reasons'], duplicates: ['duplicate_rule', 'kept_raw_record'] }[disposition] ?? [];
    const columns = compared.map((name) => {
      if (name === 'disposition') return `${literal(disposition)} AS disposition`;
      if (ELSEWHERE.includes(name) && !own.includes(name))
        return `CAST(NULL AS ${TYPES[name] ?? 'VARCHAR'}) AS ${name}`;
      return `CAST(${name} AS ${TYPES[name] ?? 'VARCHAR'}) AS ${name}`;
    });
    selects.push(`SELECT ${columns.join(', ')}, raw_file FROM ${rows}`);
  }
  await connection.run(`CREATE TABLE ${table} AS
    SELECT *, row_number() OVER (PARTITION BY file, case_num ORDER BY raw_record) AS place
    FROM (SELECT * EXCLUDE (raw_file), ${fileName} AS file FROM (${selects.join('\nUNION ALL\n')}))`);
}

/**
 * @param {DuckDBConnection} connection
 * @param {string} sql
 * @returns {Promise<Record<string, string | number | boolean | null>[]>}
 */
async function rowsOf(connection, sql) {
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  return /** @type {Record<string, string | number | boolean | null>[]} */ (rows);
}

const { values } = parseArgs({
  options: {
    lake: { type: 'string' },
    peer: { type: 'string' },
    examples: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help || values.lake === undefined || values.peer === undefined) {
  process.stdout.write(HELP);
  process.exit(values.help ? 0 : 2);
}
const { lake, peer } = values;
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const snapshot = await currentSnapshot(lake);
const manifest = JSON.parse(await readFile(join(snapshot, 'manifest.json'), 'utf8'));
await connection.run('CREATE TABLE names (sha256 VARCHAR, name VARCHAR)');
for (const { sha256, name } of manifest.files) {
  await connection.run(`INSERT INTO names VALUES (${literal(sha256)}, ${literal(name)})`);
}
const isLoop = existsSync(join(peer, 'incidents.csv'));
const compared = [
  ...INCIDENT_COLUMNS,
  ...COMPANION_COLUMNS,
  ...(isLoop ? H3_COLUMNS : []),
  ...JUDGED_COLUMNS,
];
await load(
  connection,
  'ours',
  (disposition) => parquetRows(connection, join(snapshot, disposition)),
  '(SELECT name FROM names WHERE sha256 = raw_file)',
);
await load(
  connection,
  'theirs',
  (disposition) =>
    isLoop
      ? csvRows(join(peer, `${disposition}.csv`))
      : parquetRows(connection, join(peer, `disposition=${disposition}`)),
  'raw_file',
);

/** A value with its row as one text: DuckDB's hash of several values is linear in each, so swapped ones would not show. @param {string} name */
const identified = (name) =>
  `concat_ws(chr(31), file, coalesce(case_num, chr(30)), place, coalesce(CAST(${name} AS VARCHAR), chr(30)))`;

/** @param {string} kind @param {string} rule @param {string} [from] */
const counts = (kind, rule, from = '') => `
  SELECT file, ${literal(kind)} AS kind, rule, count(*) FILTER (side = 'ours') AS ours, count(*) FILTER (side = 'peer') AS peer
  FROM (
    SELECT 'ours' AS side, file, ${rule} AS rule FROM ours ${from}
    UNION ALL SELECT 'peer', file, ${rule} FROM theirs ${from}
  ) GROUP BY ALL`;
const ledger = await rowsOf(
  connection,
  `${counts('disposition', 'disposition')}
   UNION ALL ${counts('reason', "split_part(reasons, ';', 1)", 'WHERE reasons IS NOT NULL')}
   UNION ALL ${counts('duplicate', 'duplicate_rule', 'WHERE duplicate_rule IS NOT NULL')}
   UNION ALL ${counts('touched', "unnest(string_split(flags, ';'))", "WHERE flags <> ''")}
   ORDER BY file, kind, rule`,
);

await connection.run(`CREATE TABLE pairs AS
  SELECT o AS ours, p AS theirs, o.file IS NOT NULL AND p.file IS NOT NULL AS is_pair, p.file IS NULL AS only_ours FROM ours o FULL JOIN theirs p
  ON o.file = p.file AND o.case_num IS NOT DISTINCT FROM p.case_num AND o.place = p.place`);
const [paired] = await rowsOf(
  connection,
  `SELECT count(*) FILTER (is_pair) AS both_sides, count(*) FILTER (only_ours) AS only_ours,
     count(*) FILTER (NOT is_pair AND NOT only_ours) AS only_peer FROM pairs`,
);
const columns = [];
for (const name of compared) {
  const [sums] = await rowsOf(
    connection,
    `SELECT (SELECT CAST(sum(hash(${identified(name)})) AS VARCHAR) FROM ours) AS ours,
       (SELECT CAST(sum(hash(${identified(name)})) AS VARCHAR) FROM theirs) AS peer,
       (SELECT count(*) FROM pairs WHERE is_pair AND ours.${name} IS DISTINCT FROM theirs.${name}) AS differing`,
  );
  const examples =
    sums?.differing === '0'
      ? []
      : await rowsOf(
          connection,
          `SELECT ours.${name} AS ours, theirs.${name} AS peer, count(*) AS rows, min(ours.file || ':' || ours.raw_record) AS example
           FROM pairs WHERE is_pair AND ours.${name} IS DISTINCT FROM theirs.${name}
           GROUP BY ALL ORDER BY rows DESC, ours, peer LIMIT ${Number(values.examples)}`,
        );
  columns.push({
    column: name,
    equal: sums?.ours === sums?.peer,
    ours: String(sums?.ours),
    peer: String(sums?.peer),
    differing: Number(sums?.differing),
    examples,
  });
}
connection.closeSync();
instance.closeSync();

const unequal = ledger.filter(({ ours, peer: other }) => ours !== other);
const same = unequal.length === 0 && columns.every(({ equal }) => equal);
if (values.json) {
  process.stdout.write(`${JSON.stringify({ same, paired, ledger, columns }, null, 2)}\n`);
} else {
  const write = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
  write(
    `Rows on both sides: ${paired?.both_sides}, only ours: ${paired?.only_ours}, only the peer's: ${paired?.only_peer}\n`,
  );
  write(
    drawTable(
      ['file', 'disposition', 'ours', 'peer'],
      ledger.filter(({ kind }) => kind === 'disposition').map(cells),
    ),
  );
  write(`\n${ledger.length} counts by disposition, reason and rule, ${unequal.length} of them different.`);
  if (unequal.length > 0)
    write(
      drawTable(
        ['file', 'kind', 'rule', 'ours', 'peer'],
        unequal.map((row) => [row.file, row.kind, ...cells(row).slice(1)]),
      ),
    );
  write('');
  write(
    drawTable(
      ['column', 'checksum', 'values that differ'],
      columns.map(({ column, equal, ours, differing }) => [column, equal ? ours : 'differs', differing]),
    ),
  );
  for (const { column, examples } of columns) {
    for (const { ours, peer: other, rows, example } of examples) {
      write(
        `  ${column}: ours ${JSON.stringify(ours)}, peer ${JSON.stringify(other)} on ${rows} rows, such as ${example}`,
      );
    }
  }
}
process.exitCode = same ? 0 : 1;

/** @param {Record<string, string | number | boolean | null>} row */
function cells({ file, rule, ours, peer: other }) {
  return [file, rule, ours, other];
}
