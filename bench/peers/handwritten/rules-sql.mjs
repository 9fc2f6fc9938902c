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
 * The rows of one file, repaired, with flags and with reasons to set them aside.
 *
 * @param {SourceSql} source
 * @param {{ readonly relation: string, readonly shortYears: boolean }} raw the file's columns as text
 * @param {number} file
 * @param {{ readonly from: string, readonly to: string }} window
 */
export function judgedSql(source, raw, file, window) {
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
  coalesce(occurred_date NOT BETWEEN DATE '${window.from}' AND DATE '${window.to}', FALSE) AS is_outside,
  report_date_0 IS NULL AND NOT report_unreadable AS report_missing,
  occurred_date_1 IS NULL AND NOT occurred_unreadable AS occurred_missing
FROM (${dated})`;
  return `
SELECT CAST(${file} AS USMALLINT) AS file, ${CARRIED}, is_station_house_offence, report_date, occurred_date, occurred_time,
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
 */
export const stationHousesSql = ({ id }) => `
CREATE TABLE ${id}_station_houses AS
SELECT file, jurisdiction, latitude, longitude FROM ${id}_rows
WHERE is_station_house_offence AND jurisdiction IS NOT NULL AND latitude IS NOT NULL
GROUP BY file, jurisdiction, latitude, longitude
QUALIFY row_number() OVER (PARTITION BY file, jurisdiction ORDER BY count(*) DESC, latitude, longitude) = 1`;

/**
 * Ranks the files by the day up to which they report, leaving out the last thousandth with its typing errors.
 *
 * @param {SourceSql} source
 */
export const fileRanksSql = ({ id }) => `
CREATE TABLE ${id}_file_ranks AS
SELECT file, row_number() OVER (ORDER BY quantile_disc(report_date, 0.999), count(*)) AS file_rank
FROM ${id}_rows GROUP BY file`;

/**
 * Of the rows with one case number the latest is kept: of the latest file, and there the last.
 *
 * @param {SourceSql} source
 */
export function duplicatesSql({ id }) {
  const values = INCIDENT_COLUMNS.filter((name) => !['source', 'city', 'case_num'].includes(name)).join(', ');
  return `
CREATE TABLE ${id}_duplicates AS
SELECT place, kept_place,
  CASE WHEN row_values IS NOT DISTINCT FROM kept_values THEN 'duplicate-exact' ELSE 'duplicate-superseded' END AS duplicate_rule
FROM (
  SELECT place, row_values, first_value(place) OVER latest AS kept_place, first_value(row_values) OVER latest AS kept_values
  FROM (
    SELECT r.rowid AS place, case_num, file_rank, row(${values}) AS row_values
    FROM ${id}_rows r JOIN ${id}_file_ranks USING (file)
    WHERE reasons = '' AND case_num IN (
      SELECT case_num FROM ${id}_rows WHERE reasons = '' AND case_num IS NOT NULL GROUP BY case_num HAVING count(*) > 1)
  )
  WINDOW latest AS (PARTITION BY case_num ORDER BY file_rank DESC, place DESC)
)
WHERE place <> kept_place`;
}

/**
 * Writes curated, quarantined and duplicate rows, partitioned by source and year.
 *
 * @param {SourceSql} source
 * @param {string} folder as an SQL literal
 */
export function writeSql({ id, city }, folder) {
  /** @type {Readonly<Record<string, string>>} */
  const made = {
    city: `'${city}'`,
    incident_id: `'${id}:' || r.case_num`,
    coordinate_quality: `CASE WHEN is_at_station_house THEN 'Station house' ELSE r.coordinate_quality END`,
  };
  const columns = [...INCIDENT_COLUMNS, ...COMPANION_COLUMNS]
    .filter((name) => name !== 'source')
    .map((name) => (made[name] === undefined ? `r.${name}` : `${made[name]} AS ${name}`));
  return `
COPY (
  SELECT ${columns.join(', ')},
    CASE WHEN is_at_station_house THEN concat_ws(';', nullif(r.flags, ''), 'station-house') ELSE r.flags END AS flags,
    f.name AS raw_file, r.rowid - f.first_row + 1 AS raw_record,
    r.reasons, d.duplicate_rule, k.name AS kept_raw_file, d.kept_place - k.first_row + 1 AS kept_raw_record,
    CASE WHEN r.reasons <> '' THEN 'quarantined' WHEN d.place IS NOT NULL THEN 'duplicates' ELSE 'incidents' END AS disposition,
    '${id}' AS source,
    coalesce(CAST(year(r.occurred_date) AS VARCHAR), 'unknown') AS occurred_year
  FROM (
    SELECT r.*, r.rowid, h.file IS NOT NULL AND r.coordinate_quality = 'Located' AS is_at_station_house
    FROM ${id}_rows r
    LEFT JOIN ${id}_station_houses h
      ON r.file = h.file AND r.jurisdiction = h.jurisdiction AND r.latitude = h.latitude AND r.longitude = h.longitude
  ) r
  JOIN files f ON f.file = r.file
  LEFT JOIN ${id}_duplicates d ON d.place = r.rowid
  LEFT JOIN files k ON d.kept_place >= k.first_row AND d.kept_place < k.first_row + k.records AND k.source = '${id}'
) TO ${folder} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1,
  PARTITION_BY (disposition, source, occurred_year), OVERWRITE_OR_IGNORE true)`;
}
