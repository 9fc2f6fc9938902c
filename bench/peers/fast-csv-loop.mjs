/**
 * What a Node engineer would write first: a loop over the rows that fast-csv parses from New York complaint files, each
 * turned into the twenty columns in plain JavaScript and written as CSV: `node fast-csv-loop.mjs --out DIR FILES…`.
 *
 * It does less than the build: no companions, no repairs, no flags, no station houses, no duplicates. Rows without a
 * case number or without readable dates, and rows outside the window, are counted and left out.
 */

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { format, parse } from 'fast-csv';

/** @typedef {Readonly<Record<string, string>>} Row */

const WINDOW = { from: '2010-01-01', to: '2023-12-31' };
const NULLS = new Set(['', '(null)', '(NULL)', 'NA']);
const AGE_BANDS = new Set(['<18', '18-24', '25-44', '45-64', '65+']);
const SEXES = new Map([
  ['F', 'Female'],
  ['M', 'Male'],
]);
const RACE_GROUPS = new Map([
  ['WHITE', 'White'],
  ['BLACK', 'Black'],
  ['WHITE HISPANIC', 'Hispanic'],
  ['BLACK HISPANIC', 'Hispanic'],
  ['ASIAN / PACIFIC ISLANDER', 'Asian or Pacific Islander'],
  ['AMERICAN INDIAN/ALASKAN NATIVE', 'American Indian or Alaska Native'],
  ['OTHER', 'Other'],
]);
const BOUNDS = { south: 40.47, north: 40.93, west: -74.27, east: -73.69 };

/**
 * @param {string} name
 * @param {(row: Row) => string} keyOf
 * @param {string} column
 */
async function readCodes(name, keyOf, column) {
  const codes = new Map();
  const path = new URL(`../../packages/adapter-nypd/tables/${name}.csv`, import.meta.url);
  for await (const row of createReadStream(path).pipe(parse({ headers: true })))
    codes.set(keyOf(row), row[column]);
  return codes;
}

const [offences, offenceClasses, premises, precincts] = await Promise.all([
  readCodes('offences', (row) => `${row.ofns_desc}|${row.pd_desc}`, 'crime_category'),
  readCodes('offence-classes', (row) => row.ky_cd ?? '', 'crime_category'),
  readCodes('premises', (row) => row.prem_typ_desc ?? '', 'location_category'),
  readCodes('precincts', (row) => row.precinct ?? '', 'precinct'),
]);

/** @param {string | undefined} text */
const known = (text) => (text === undefined || NULLS.has(text) ? '' : text.trim());

/** @param {string | undefined} text @returns {string | null} */
function toDate(text) {
  const [month = '', day = '', year = ''] = known(text).slice(0, 10).split('/');
  const date = new Date(
    Date.UTC(Number(year.length === 2 ? `20${year}` : year), Number(month) - 1, Number(day)),
  );
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.toISOString().slice(0, 10) : null;
}

/** @param {string | undefined} text @returns {string | null} */
function toTime(text) {
  const time = known(text).padStart(8, '0').slice(0, 5);
  if (time === '24:00') return '23:59';
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : null;
}

/** @param {string | undefined} text */
const toDegrees = (text) => (known(text) === '' ? Number.NaN : Math.round(Number(text) * 1e6) / 1e6);

/** @param {Row} row */
function toIncident(row) {
  const code = known(row.KY_CD).replace(/\.0$/, '');
  const detail = known(row.PD_CD).replace(/\.0$/, '');
  const precinct = precincts.get(known(row.ADDR_PCT_CD).replace(/\.0$/, ''));
  const victimSex = known(row.VIC_SEX);
  const victimAge = known(row.VIC_AGE_GROUP);
  const suspectAge = known(row.SUSP_AGE_GROUP);
  const isNobody = victimSex === 'D' || victimSex === 'E';
  const latitude = toDegrees(row.Latitude);
  const longitude = toDegrees(row.Longitude);
  const isLocated =
    latitude >= BOUNDS.south &&
    latitude <= BOUNDS.north &&
    longitude >= BOUNDS.west &&
    longitude <= BOUNDS.east;
  return {
    report_date: toDate(row.RPT_DT),
    occurred_date: toDate(row.CMPLNT_FR_DT),
    occurred_time: toTime(row.CMPLNT_FR_TM),
    crime_code: detail === '' ? code : `${code}.${detail}`,
    latitude: isLocated ? latitude : null,
    longitude: isLocated ? longitude : null,
    jurisdiction: precinct === undefined ? null : `Precinct ${precinct}`,
    arrest_made: null,
    victim_age: isNobody ? null : AGE_BANDS.has(victimAge) ? victimAge : 'Unknown',
    victim_sex: isNobody ? null : (SEXES.get(victimSex) ?? 'Unknown'),
    suspect_age: AGE_BANDS.has(suspectAge) ? suspectAge : 'Unknown',
    suspect_sex: SEXES.get(known(row.SUSP_SEX)) ?? 'Unknown',
    source: 'nypd',
    crime_category:
      offences.get(`${known(row.OFNS_DESC)}|${known(row.PD_DESC)}`) ?? offenceClasses.get(code) ?? 'Other',
    weapon_category: 'Not recorded',
    city: 'New York',
    location_category: premises.get(known(row.PREM_TYP_DESC)) ?? 'Unknown',
    victim_race_group: isNobody ? null : (RACE_GROUPS.get(known(row.VIC_RACE)) ?? 'Unknown'),
    case_num: known(row.CMPLNT_NUM),
    suspect_race_group: RACE_GROUPS.get(known(row.SUSP_RACE)) ?? 'Unknown',
  };
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
if (values.out === undefined || positionals.length === 0) {
  process.stderr.write('Usage: node fast-csv-loop.mjs --out DIR FILES…\n');
  process.exit(2);
}
await mkdir(values.out, { recursive: true });
const counts = { records: 0, written: 0 };
async function* incidents() {
  for (const path of positionals) {
    for await (const row of createReadStream(path).pipe(parse({ headers: true }))) {
      counts.records += 1;
      const incident = toIncident(row);
      const { case_num, report_date, occurred_date } = incident;
      if (case_num === '' || report_date === null || occurred_date === null) continue;
      if (occurred_date < WINDOW.from || occurred_date > WINDOW.to) continue;
      counts.written += 1;
      yield incident;
    }
  }
}
await pipeline(incidents, format({ headers: true }), createWriteStream(join(values.out, 'incidents.csv')));
process.stdout.write(`${JSON.stringify(counts)}\n`);
