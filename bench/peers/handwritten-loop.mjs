/**
 * The same table as the build, as one would write it in Node without an engine: a loop over the rows that fast-csv
 * parses, New York only: `node handwritten-loop.mjs --out DIR FILES…`. It shares no code with the build, only the code
 * tables.
 *
 * Two passes, because a year of crime does not fit in memory: the first finds repeated case numbers, station houses and
 * the last day of each file; the second makes every column, flag and reason of a row and writes it as CSV. See
 * ../README.md for what it leaves out.
 */

import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { format, parse } from 'fast-csv';
import {
  caseNumberOf,
  codeNypdRow,
  hasShortYears,
  isStationHouseOffence,
  loadNypdTables,
  placeOf,
  precinctOf,
  reportDayOf,
} from './handwritten/nypd-row.mjs';
import { judgeRow } from './handwritten/rules-row.mjs';
import { INCIDENT_COLUMNS } from './handwritten/source-sql.mjs';

/** @import { RawRow, NypdTables } from './handwritten/nypd-row.mjs' */
/** @typedef {ReturnType<typeof judgeRow>} Row */
/** @typedef {Awaited<ReturnType<typeof survey>>} Survey */

const FIRST_PASS = 'Finding repeated case numbers and station houses';

/** @param {string | URL} path @returns {AsyncIterable<RawRow>} */
const rowsOf = (path) => createReadStream(path).pipe(parse({ headers: true }));

/** @param {string} name */
async function readTable(name) {
  const rows = [];
  for await (const row of rowsOf(new URL(`../../packages/adapter-nypd/tables/${name}.csv`, import.meta.url)))
    rows.push(row);
  return rows;
}

/**
 * What must be known of a file before its rows can be judged.
 *
 * @param {string} path
 * @param {NypdTables} tables
 * @param {{ readonly seen: Set<string>, readonly repeated: Set<string> }} caseNumbers
 */
async function survey(path, tables, { seen, repeated }) {
  let records = 0;
  let shortYears = false;
  /** @type {number[]} */
  const reportDays = [];
  /** Sex crimes at each place of a precinct. @type {Map<string, Map<string, number>>} */
  const places = new Map();
  for await (const raw of rowsOf(path)) {
    if (records === 0) shortYears = hasShortYears(raw);
    records += 1;
    const caseNumber = caseNumberOf(raw);
    if (caseNumber !== null) {
      if (seen.has(caseNumber)) repeated.add(caseNumber);
      else seen.add(caseNumber);
    }
    const reportDay = reportDayOf(raw, shortYears);
    if (reportDay !== null) reportDays.push(reportDay);
    if (!isStationHouseOffence(raw)) continue;
    const jurisdiction = precinctOf(raw, tables);
    const { latitude, longitude } = placeOf(raw);
    if (jurisdiction === null || latitude === undefined) continue;
    const ofPrecinct = places.get(jurisdiction) ?? new Map();
    places.set(jurisdiction, ofPrecinct);
    const place = `${latitude},${longitude}`;
    ofPrecinct.set(place, (ofPrecinct.get(place) ?? 0) + 1);
  }
  reportDays.sort((a, b) => a - b);
  return {
    path,
    records,
    shortYears,
    lastDay: reportDays[Math.ceil(0.999 * reportDays.length) - 1] ?? Number.NEGATIVE_INFINITY,
    stationHouses: new Map([...places].map(([precinct, counts]) => [precinct, mostFrequent(counts)])),
  };
}

/** The place with most; of several the most southern, then the most western. @param {ReadonlyMap<string, number>} counts */
function mostFrequent(counts) {
  const [first] = [...counts].sort(([a, countOfA], [b, countOfB]) => {
    if (countOfA !== countOfB) return countOfB - countOfA;
    const [latitudeA = 0, longitudeA = 0] = a.split(',').map(Number);
    const [latitudeB = 0, longitudeB = 0] = b.split(',').map(Number);
    return latitudeA - latitudeB || longitudeA - longitudeB;
  });
  return first?.[0];
}

/**
 * Of the rows with one case number the latest is kept: of the file that reports up to the latest day, and there the last.
 *
 * @param {readonly { readonly row: Row, readonly fileRank: number }[]} rows of one case number
 */
function* judgeRepeated(rows) {
  const [kept] = [...rows].sort((a, b) => b.fileRank - a.fileRank || b.row.raw_record - a.row.raw_record);
  for (const { row } of rows) {
    if (kept === undefined || row === kept.row) {
      yield { table: 'incidents', row };
      continue;
    }
    const isExact = INCIDENT_COLUMNS.every((name) =>
      Object.is(inColumn(row, name), inColumn(kept.row, name)),
    );
    yield {
      table: 'duplicates',
      row: {
        ...row,
        duplicate_rule: isExact ? 'duplicate-exact' : 'duplicate-superseded',
        kept_raw_record: kept.row.raw_record,
      },
    };
  }
}

/** @param {Row} row @param {string} name */
const inColumn = (row, name) => row[/** @type {keyof Row} */ (name)];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
const { out } = values;
if (out === undefined || positionals.length === 0) {
  process.stderr.write('Usage: node handwritten-loop.mjs --out DIR FILES…\n');
  process.exit(2);
}
await mkdir(out, { recursive: true });
const tables = await loadNypdTables(readTable);
/** @type {Record<string, number>} */
const ledger = {};

/** @param {string} step */
const begin = (step) => process.stderr.write(`${step}\n`);

begin(FIRST_PASS);
const caseNumbers = { seen: new Set(), repeated: new Set() };
/** @type {Survey[]} */
const surveys = [];
for (const path of positionals) surveys.push(await survey(path, tables, caseNumbers));
const { repeated } = caseNumbers;
const ranked = [...surveys].sort((a, b) => a.lastDay - b.lastDay || a.records - b.records);

begin('Making and writing the rows');
const outputs = new Map(
  ['incidents', 'quarantined', 'duplicates'].map((table) => {
    const rows = format({ headers: true });
    return [table, { rows, written: pipeline(rows, createWriteStream(join(out, `${table}.csv`))) }];
  }),
);

/** @param {string} table @param {Row} row @param {string} rule */
async function write(table, row, rule) {
  for (const entry of [
    `${row.raw_file},${table},${rule}`,
    ...row.flags.split(';').map((flag) => `${row.raw_file},touched,${flag}`),
  ])
    ledger[entry] = (ledger[entry] ?? 0) + 1;
  const rows = outputs.get(table)?.rows;
  if (rows?.write(row) === false) await once(rows, 'drain');
}

/** @type {Map<string, { row: Row, fileRank: number }[]>} */
const held = new Map();
for (const file of surveys) {
  const { path, shortYears, stationHouses } = file;
  const fileRank = ranked.indexOf(file);
  let rawRecord = 0;
  for await (const raw of rowsOf(path)) {
    rawRecord += 1;
    const origin = { source: 'nypd', city: 'New York', rawFile: basename(path), rawRecord };
    const row = judgeRow(
      codeNypdRow(raw, tables, shortYears),
      origin,
      (jurisdiction, latitude, longitude) => stationHouses.get(jurisdiction) === `${latitude},${longitude}`,
    );
    if (row.reasons !== '') await write('quarantined', row, row.reasons.split(';', 1)[0] ?? '');
    else if (row.case_num !== null && repeated.has(row.case_num)) {
      const rows = held.get(row.case_num) ?? [];
      held.set(row.case_num, rows);
      rows.push({ row, fileRank });
    } else await write('incidents', row, '');
  }
}
for (const rows of held.values())
  for (const { table, row } of judgeRepeated(rows)) await write(table, row, '');
for (const { rows, written } of outputs.values()) {
  rows.end();
  await written;
}
const entries = format();
const written = pipeline(entries, createWriteStream(join(out, 'ledger.csv')));
for (const [entry, records] of Object.entries(ledger).sort()) entries.write([...entry.split(','), records]);
entries.end();
await written;
