/**
 * Compares the answers of the build with those of the handwritten peer on the same files:
 * `node bench/compare-answers.mjs --lake LAKE --peer DIR [--examples 3] [--json]`.
 *
 * Counts per file and disposition, per reason and rule; then per column a checksum of each side and, row by row, the
 * values that differ. A row is found again by its file, its case number and its place among the rows that share both, so
 * that a record which only one side took for malformed does not shift all others. Ends with 1 when anything differs.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { drawTable } from './lib/draw-table.mjs';
import { COMPANION_COLUMNS, INCIDENT_COLUMNS } from './peers/handwritten/source-sql.mjs';

/** @import { DuckDBConnection } from '@duckdb/node-api' */

const HELP = `Usage: node bench/compare-answers.mjs --lake LAKE --peer DIR [--examples 3] [--json]

  --lake      lake built by crimetracker
  --peer      folder written by bench/peers/handwritten-duckdb.mjs from the same files
  --examples  differing values to show per column
`;

const DISPOSITIONS = ['incidents', 'quarantined', 'duplicates'];
const COMPARED = [
  ...INCIDENT_COLUMNS,
  ...COMPANION_COLUMNS,
  'flags',
  'reasons',
  'duplicate_rule',
  'raw_record',
  'kept_raw_record',
  'disposition',
];

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
 * One relation of every row of one side, its files by name, and `place` among the rows of a case number.
 *
 * @param {DuckDBConnection} connection
 * @param {string} table
 * @param {(disposition: string) => string} folderOf
 * @param {string} fileName SQL that makes the file's name of raw_file
 */
async function load(connection, table, folderOf, fileName) {
  const selects = [];
  for (const disposition of DISPOSITIONS) {
    const pattern = literal(`${folderOf(disposition)}/*/*/*.parquet`);
    const found = await connection.runAndReadAll(`SELECT count(*) AS files FROM glob(${pattern})`);
    if (Number(found.getRowObjectsJson()[0]?.files) === 0) continue;
    /** @type {readonly string[]} */
    const own =
      { quarantined: ['reasons'], duplicates: ['duplicate_rule', 'kept_raw_record'] }[disposition] ?? [];
    const columns = COMPARED.map((name) => {
      if (name === 'disposition') return `${literal(disposition)} AS disposition`;
      if (ELSEWHERE.includes(name) && !own.includes(name))
        return `CAST(NULL AS ${name === 'kept_raw_record' ? 'BIGINT' : 'VARCHAR'}) AS ${name}`;
      return name;
    });
    selects.push(`SELECT ${columns.join(', ')}, raw_file
      FROM read_parquet(${pattern}, hive_partitioning = true, hive_types_autocast = false, union_by_name = true)`);
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
await load(
  connection,
  'ours',
  (disposition) => join(snapshot, disposition),
  '(SELECT name FROM names WHERE sha256 = raw_file)',
);
await load(connection, 'theirs', (disposition) => join(peer, `disposition=${disposition}`), 'raw_file');

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
for (const name of COMPARED) {
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
