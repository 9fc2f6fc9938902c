/**
 * @typedef {object} SourceSql What is written by hand for one city.
 * @property {string} id
 * @property {string} city
 * @property {string} key Raw column that only this city's files have.
 * @property {readonly string[]} columns Raw columns to read; those a file does not have are NULL.
 * @property {readonly string[]} nulls Texts that mean "no value".
 * @property {(table: (name: string) => string) => string} tables Loads the code tables.
 * @property {(shortYears: boolean) => string} reportDate The report date, from the raw columns.
 * @property {string} reportColumn Raw column of the report date; its first text shows how the file writes years.
 * @property {string} caseNumber The case number, from the raw columns.
 * @property {string} [stationHouseOffence] Whether a raw row is of an offence that is placed at the station house.
 * @property {(raw: string, shortYears: boolean) => string} coded Every row parsed and looked up, with its findings, before the rules.
 */

/** The twenty columns, in their order. */
export const INCIDENT_COLUMNS = [
  'report_date',
  'occurred_date',
  'occurred_time',
  'crime_code',
  'latitude',
  'longitude',
  'jurisdiction',
  'arrest_made',
  'victim_age',
  'victim_sex',
  'suspect_age',
  'suspect_sex',
  'source',
  'crime_category',
  'weapon_category',
  'city',
  'location_category',
  'victim_race_group',
  'case_num',
  'suspect_race_group',
];

/** Their companions, without the four H3 cells: DuckDB has no H3 of its own. */
export const COMPANION_COLUMNS = [
  'incident_id',
  'agency',
  'law_class',
  'nibrs_code',
  'mapping_confidence',
  'occurred_end_date',
  'occurred_end_time',
  'victim_type',
  'victim_age_years',
  'suspect_age_years',
  'cleared_other',
  'coordinate_quality',
];

/**
 * Six decimals, halves upwards: `round` takes them away from zero, and one in a hundred longitudes of eight decimals is
 * such a half.
 *
 * @param {string} text
 */
export const degrees = (text) => `floor(TRY_CAST(${text} AS DOUBLE) * 1e6 + 0.5) / 1e6`;
