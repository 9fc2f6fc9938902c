/** What holds for every city, by hand: the rules on a row, station houses, duplicates, and the written tables. */

import { COMPANION_COLUMNS, INCIDENT_COLUMNS } from './source-sql.mjs';

/** @import { SourceSql } from './source-sql.mjs' */

/** Columns that the rules below make, or that are the same in every row of a city. */
const MADE = [
  'source',
  'city',
  'incident_id',
  'report_date',
  'occurred_date',
  'occurred_time',
  'occurred_end_date',
  'occurred_end_time',
];
const CARRIED = [...INCIDENT_COLUMNS, ...COMPANION_COLUMNS].filter((name) => !MADE.includes(name)).join(', ');

/**
 * A year typed a hundred or a thousand years too early, put right where the right one makes an ordinary time to
 * report; NULL elsewhere.
 *
 * @param {string} typed
 * @param {string} other
 * @param {(repaired: string) => string} delay
 */
function centuryTypo(typed, other, delay) {
  const moved = (/** @type {number} */ years) => `CAST(${typed} + INTERVAL ${years} YEAR AS DATE)`;
  return `CASE WHEN ${other} - ${typed} BETWEEN 36000 AND 400000 THEN CASE
    WHEN ${delay(moved(100))} BETWEEN 0 AND 366 THEN ${moved(100)}
    WHEN ${delay(moved(1000))} BETWEEN 0 AND 366 THEN ${moved(1000)} END END`;
}

/**
 * @typedef {object} RawFile
 * @property {number} file
 * @property {string} relation The file's columns as text, and raw_record.
 * @property {boolean} shortYears
 */

/**
 * The rows of the files, repaired, with flags and with reasons to set them aside.
 *
 * @param {SourceSql} source
 * @param {readonly RawFile[]} files
 * @param {string} [where] the raw rows wanted
 */
const rowsSql = (source, files, where = 'TRUE') =>
  files
    .map((raw) => judgedSql(source, { ...raw, relation: `(SELECT * FROM ${raw.relation} WHERE ${where})` }))
    .join('\nUNION ALL\n');

/** @param {SourceSql} source @param {RawFile} raw */
function judgedSql(source, raw) {
  const started = `
SELECT *,
  CASE WHEN is_from_end THEN end_date_0 ELSE occurred_date_0 END AS occurred_date_1,
  CASE WHEN is_from_end THEN coalesce(occurred_time_0, end_time_0) ELSE occurred_time_0 END AS occurred_time
FROM (SELECT *, occurred_date_0 IS NULL AND NOT occurred_unreadable AND end_date_0 IS NOT NULL AS is_from_end
  FROM (${source.coded(raw.relation, raw.shortYears)}))`;
  const reported = `
SELECT *, coalesce(report_repaired, report_date_0) AS report_date
FROM (SELECT *,
    ${centuryTypo('report_date_0', 'occurred_date_1', (repaired) => `${repaired} - occurred_date_1`)} AS report_repaired
  FROM (${started}))`;
  const dated = `
SELECT *, coalesce(occurred_repaired, occurred_date_1) AS occurred_date, coalesce(end_repaired, end_date_0) AS end_date_1
FROM (SELECT *,
    ${centuryTypo('occurred_date_1', 'report_date', (repaired) => `report_date - ${repaired}`)} AS occurred_repaired,
    ${centuryTypo('end_date_0', 'report_date', (repaired) => `report_date - ${repaired}`)} AS end_repaired
  FROM (${reported}))`;
  const compared = `
SELECT *,
  coalesce(end_date_1 < occurred_date OR (end_date_1 = occurred_date AND end_time_0 < occurred_time), FALSE)
    AS ends_before_start,
  coalesce(occurred_date NOT BETWEEN DATE '2010-01-01' AND DATE '2023-12-31', FALSE) AS is_outside,
  report_date_0 IS NULL AND NOT report_unreadable AS report_missing,
  occurred_date_1 IS NULL AND NOT occurred_unreadable AS occurred_missing
FROM (${dated})`;
  return `
SELECT ${raw.file} AS file, raw_record, ${CARRIED}, report_date, occurred_date, occurred_time,
  CASE WHEN NOT ends_before_start THEN end_date_1 END AS occurred_end_date,
  CASE WHEN NOT ends_before_start THEN end_time_0 END AS occurred_end_time,
  concat_ws(';',
    nullif(findings, ''),
    CASE WHEN case_num IS NULL THEN 'case-number-missing' END,
    CASE WHEN report_missing THEN 'report-date-missing' END,
    CASE WHEN is_from_end THEN 'occurred-date-from-end' END,
    CASE WHEN occurred_missing THEN 'occurred-date-missing' END,
    CASE WHEN report_repaired IS NOT NULL THEN 'report-century-typo' END,
    CASE WHEN occurred_repaired IS NOT NULL THEN 'occurred-century-typo' END,
    CASE WHEN end_repaired IS NOT NULL THEN 'end-century-typo' END,
    CASE WHEN report_date < occurred_date THEN 'reported-before-occurred' END,
    CASE WHEN report_date - occurred_date > 18000
      THEN CASE WHEN report_date > occurred_date + INTERVAL 50 YEAR THEN 'reported-decades-later' END END,
    CASE WHEN is_outside THEN 'occurred-outside-window' END,
    CASE WHEN ends_before_start THEN 'end-before-start' END,
    CASE WHEN occurred_time IN ('12:00', '00:00', '00:01') THEN 'time-heaped' END
  ) AS flags,
  concat_ws(';',
    CASE WHEN report_unreadable THEN 'report-date-unreadable' END,
    CASE WHEN occurred_unreadable THEN 'occurred-date-unreadable' END,
    CASE WHEN case_num IS NULL THEN 'case-number-missing' END,
    CASE WHEN report_missing THEN 'report-date-missing' END,
    CASE WHEN occurred_missing THEN 'occurred-date-missing' END,
    CASE WHEN is_outside THEN 'occurred-outside-window' END
  ) AS reasons
FROM (${compared})`;
}

/**
 * The coordinates with most sex crimes of a precinct, in each file: its station house.
 *
 * @param {SourceSql} source
 * @param {readonly RawFile[]} files
 */
export const stationHousesSql = (source, files) => `
CREATE TABLE ${source.id}_station_houses AS
SELECT file, jurisdiction, latitude, longitude FROM (${rowsSql(source, files, source.stationHouseOffence ?? 'FALSE')})
WHERE jurisdiction IS NOT NULL AND latitude IS NOT NULL
GROUP BY file, jurisdiction, latitude, longitude
QUALIFY row_number() OVER (PARTITION BY file, jurisdiction ORDER BY count(*) DESC, latitude, longitude) = 1`;

/**
 * Of the rows with one case number the latest is kept: of the file that reports up to the latest day, leaving out the
 * last thousandth with its typing errors, and there the last. Few case numbers repeat, so they are found first.
 *
 * @param {SourceSql} source
 * @param {readonly RawFile[]} files
 */
export function duplicatesSql(source, files) {
  const { id, caseNumber, reportDate } = source;
  const values = INCIDENT_COLUMNS.filter((name) => !['source', 'city', 'case_num'].includes(name)).join(', ');
  const numbers = files
    .map(({ relation }) => `SELECT ${caseNumber} AS case_num FROM ${relation}`)
    .join(' UNION ALL ');
  const ends = files.map(
    ({ file, relation, shortYears }) =>
      `SELECT ${file} AS file, quantile_disc(${reportDate(shortYears)}, 0.999) AS last_date, count(*) AS records FROM ${relation}`,
  );
  return `
CREATE TABLE ${id}_repeated AS
SELECT case_num FROM (${numbers}) WHERE case_num IS NOT NULL GROUP BY case_num HAVING count(*) > 1;
CREATE TABLE ${id}_file_ranks AS
SELECT file, row_number() OVER (ORDER BY last_date, records) AS file_rank FROM (${ends.join(' UNION ALL ')});
CREATE TABLE ${id}_duplicates AS
SELECT file, raw_record, kept.file AS kept_file, kept.raw_record AS kept_record,
  CASE WHEN row_values IS NOT DISTINCT FROM kept_values THEN 'duplicate-exact' ELSE 'duplicate-superseded' END AS duplicate_rule
FROM (
  SELECT file, raw_record, row_values, first_value(row_values) OVER latest AS kept_values,
    first_value({'file': file, 'raw_record': raw_record}) OVER latest AS kept
  FROM (
    SELECT file, raw_record, case_num, file_rank, row(${values}) AS row_values
    FROM (${rowsSql(source, files, `${caseNumber} IN (FROM ${id}_repeated)`)}) JOIN ${id}_file_ranks USING (file)
    WHERE reasons = ''
  )
  WINDOW latest AS (PARTITION BY case_num ORDER BY file_rank DESC, raw_record DESC)
)
WHERE file <> kept.file OR raw_record <> kept.raw_record`;
}

/**
 * Writes curated, quarantined and duplicate rows, partitioned by source and year.
 *
 * @param {SourceSql} source
 * @param {readonly RawFile[]} files
 * @param {string} folder as an SQL literal
 */
export function writeSql(source, files, folder) {
  const { id, city } = source;
  const isAtStationHouse = "(h.file IS NOT NULL AND r.coordinate_quality = 'Located')";
  /** @type {Readonly<Record<string, string>>} */
  const made = {
    city: `'${city}'`,
    incident_id: `'${id}:' || r.case_num`,
    coordinate_quality: `CASE WHEN ${isAtStationHouse} THEN 'Station house' ELSE r.coordinate_quality END`,
  };
  const columns = [...INCIDENT_COLUMNS, ...COMPANION_COLUMNS]
    .filter((name) => name !== 'source')
    .map((name) => (made[name] === undefined ? `r.${name}` : `${made[name]} AS ${name}`));
  return `
COPY (
  SELECT ${columns.join(', ')},
    CASE WHEN ${isAtStationHouse} THEN concat_ws(';', nullif(r.flags, ''), 'station-house') ELSE r.flags END AS flags,
    f.name AS raw_file, r.raw_record,
    r.reasons, d.duplicate_rule, k.name AS kept_raw_file, d.kept_record AS kept_raw_record,
    CASE WHEN r.reasons <> '' THEN 'quarantined' WHEN d.file IS NOT NULL THEN 'duplicates' ELSE 'incidents' END AS disposition,
    '${id}' AS source,
    coalesce(CAST(year(r.occurred_date) AS VARCHAR), 'unknown') AS occurred_year
  FROM (${rowsSql(source, files)}) r
  LEFT JOIN ${id}_station_houses h
    ON r.file = h.file AND r.jurisdiction = h.jurisdiction AND r.latitude = h.latitude AND r.longitude = h.longitude
  LEFT JOIN ${id}_duplicates d ON r.file = d.file AND r.raw_record = d.raw_record
  JOIN files f ON r.file = f.file
  LEFT JOIN files k ON d.kept_file = k.file
) TO ${folder} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1,
  PARTITION_BY (disposition, source, occurred_year), OVERWRITE_OR_IGNORE true)`;
}
