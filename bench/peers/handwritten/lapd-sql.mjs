/** Los Angeles crime reports, by hand: the vintages with 28 columns. */

import { degrees } from './source-sql.mjs';

/** @import { SourceSql } from './source-sql.mjs' */

const COLUMNS = [
  'dr_no',
  'date_rptd',
  'date_occ',
  'time_occ',
  'area',
  'part_1_2',
  'crm_cd',
  'vict_age',
  'vict_sex',
  'vict_descent',
  'premis_cd',
  'premis_desc',
  'weapon_used_cd',
  'status',
  'lat',
  'lon',
];

/** @param {(name: string) => string} table */
const tables = (table) => `
CREATE TABLE lapd_offences AS
  SELECT CAST(crm_cd AS INTEGER) AS crm_cd, crime_category, nibrs_code, confidence, part, weapon_recorded = 'yes' AS weapon_recorded
  FROM ${table('offences')};
CREATE TABLE lapd_premises AS
  SELECT CAST(premis_cd AS INTEGER) AS premis_cd, location_category FROM ${table('premises')} WHERE premis_cd IS NOT NULL;
CREATE TABLE lapd_weapons AS
  SELECT CAST(weapon_used_cd AS INTEGER) AS weapon_used_cd, weapon_category FROM ${table('weapons')};
CREATE TABLE lapd_areas AS SELECT CAST(area AS INTEGER) AS area, area_name FROM ${table('areas')};
CREATE TABLE lapd_descents AS SELECT vict_descent, victim_race_group FROM ${table('descents')};
CREATE TABLE lapd_statuses AS SELECT status, arrest_made, cleared_other FROM ${table('statuses')};
CREATE TABLE lapd_times AS
  SELECT CAST(hour * 100 + minute AS INTEGER) AS digits, format('{:02d}:{:02d}', hour, minute) AS time
  FROM range(24) h(hour), range(60) m(minute)
  UNION ALL SELECT 2400, '23:59';`;

/** The time after the date is a dummy, in four spellings within one file. @param {string} text */
const date = (text) =>
  `CAST(try_strptime(split_part(${text}, ' ', 1), ['%m/%d/%Y', '%Y-%m-%d', '%Y-%m-%dT%H:%M:%S.%g']) AS DATE)`;

/** Spreadsheets drop the zero of 2001 to 2009. */
const CASE_NUMBER =
  "lpad(CASE WHEN ends_with(dr_no, '.0') THEN left(dr_no, -2) ELSE trim(dr_no) END, 9, '0')";

/** @param {string} raw */
const parsed = (raw) => `
SELECT r.* EXCLUDE (status),
  ${date('date_rptd')} AS report_date_0,
  ${date('date_occ')} AS occurred_date_0,
  t.time AS occurred_time_0,
  TRY_CAST(r.crm_cd AS INTEGER) AS code,
  o.crime_category, o.nibrs_code, o.confidence, o.part, o.weapon_recorded,
  a.area_name, p.location_category AS known_location, w.weapon_category AS known_weapon,
  d.victim_race_group AS known_race,
  r.status, s.status AS known_status, s.arrest_made, s.cleared_other,
  TRY_CAST(vict_age AS INTEGER) AS years,
  ${degrees('lat')} AS north,
  ${degrees('lon')} AS east
FROM ${raw} r
LEFT JOIN lapd_times t ON TRY_CAST(replace(r.time_occ, ',', '') AS INTEGER) = t.digits
LEFT JOIN lapd_offences o ON TRY_CAST(r.crm_cd AS INTEGER) = o.crm_cd
LEFT JOIN lapd_areas a ON TRY_CAST(r.area AS INTEGER) = a.area
LEFT JOIN lapd_premises p ON TRY_CAST(r.premis_cd AS INTEGER) = p.premis_cd
LEFT JOIN lapd_weapons w ON TRY_CAST(r.weapon_used_cd AS INTEGER) = w.weapon_used_cd
LEFT JOIN lapd_descents d ON r.vict_descent = d.vict_descent
LEFT JOIN lapd_statuses s ON r.status = s.status`;

/** @param {string} raw */
const placed = (raw) => `
SELECT * EXCLUDE (years),
  CASE WHEN years BETWEEN 1 AND 110 THEN CAST(years AS BIGINT) END AS victim_age_years,
  CASE vict_sex WHEN 'F' THEN 'Female' WHEN 'M' THEN 'Male' ELSE 'Unknown' END AS victim_sex,
  coalesce(known_race, 'Unknown') AS victim_race_group,
  vict_age IS NOT NULL AND (years IS NULL OR years NOT BETWEEN 0 AND 110) AS is_age_impossible,
  CASE WHEN lat IS NULL OR lon IS NULL THEN 'Missing'
       WHEN north IS NULL OR east IS NULL THEN 'Unreadable'
       WHEN north = 0 AND east = 0 THEN 'Zero'
       WHEN north BETWEEN 33.6 AND 34.4 AND east BETWEEN -118.75 AND -118.1 THEN 'Located'
       ELSE 'Outside city' END AS coordinate_quality,
  date_rptd IS NOT NULL AND report_date_0 IS NULL AS report_unreadable,
  date_occ IS NOT NULL AND occurred_date_0 IS NULL AS occurred_unreadable
FROM (${parsed(raw)})`;

/** @param {string} raw */
const coded = (raw) => `
SELECT
  ${CASE_NUMBER} AS case_num,
  raw_record,
  report_date_0, report_unreadable, occurred_date_0, occurred_unreadable, occurred_time_0,
  NULL::DATE AS end_date_0, NULL::VARCHAR AS end_time_0,
  coalesce(CAST(code AS VARCHAR), crm_cd) AS crime_code,
  coalesce(crime_category, 'Other') AS crime_category,
  nibrs_code,
  coalesce(confidence, 'low') AS mapping_confidence,
  CASE coalesce(part_1_2, part) WHEN '1' THEN 'Part 1' WHEN '2' THEN 'Part 2' ELSE 'Unknown' END AS law_class,
  area_name AS jurisdiction,
  'LAPD' AS agency,
  CASE WHEN premis_cd IS NULL AND premis_desc IS NULL THEN 'Unknown' ELSE coalesce(known_location, 'Other') END
    AS location_category,
  CASE WHEN weapon_used_cd IS NOT NULL THEN coalesce(known_weapon, 'Other')
       WHEN coalesce(weapon_recorded, TRUE) THEN 'Unknown' ELSE 'Not applicable' END AS weapon_category,
  arrest_made, cleared_other,
  CASE WHEN victim_age_years IS NULL THEN 'Unknown' WHEN victim_age_years < 18 THEN '<18' WHEN victim_age_years < 25 THEN '18-24'
       WHEN victim_age_years < 45 THEN '25-44' WHEN victim_age_years < 65 THEN '45-64' ELSE '65+' END AS victim_age,
  victim_age_years, victim_sex, victim_race_group,
  CASE WHEN victim_age_years IS NOT NULL OR victim_sex <> 'Unknown' OR victim_race_group <> 'Unknown' THEN 'Person'
       ELSE 'Unknown' END AS victim_type,
  NULL::VARCHAR AS suspect_age, NULL::BIGINT AS suspect_age_years, NULL::VARCHAR AS suspect_sex,
  NULL::VARCHAR AS suspect_race_group,
  coordinate_quality,
  CASE WHEN coordinate_quality = 'Located' THEN north END AS latitude,
  CASE WHEN coordinate_quality = 'Located' THEN east END AS longitude,
  concat_ws(';',
    CASE WHEN report_unreadable THEN 'report-date-unreadable' END,
    CASE WHEN occurred_unreadable THEN 'occurred-date-unreadable' END,
    CASE WHEN time_occ IS NOT NULL AND occurred_time_0 IS NULL THEN 'occurred-time-unreadable' END,
    CASE WHEN time_occ = '2400' THEN 'occurred-time-24-00' END,
    CASE WHEN crime_category IS NULL THEN 'offence-unmapped' END,
    CASE WHEN part_1_2 NOT IN ('1', '2') THEN 'law-class-unmapped' END,
    CASE WHEN weapon_used_cd IS NOT NULL AND known_weapon IS NULL THEN 'weapon-unmapped' END,
    CASE WHEN known_location IS NULL AND (premis_cd IS NOT NULL OR premis_desc IS NOT NULL) THEN 'premises-unmapped' END,
    CASE WHEN area_name IS NULL THEN 'jurisdiction-unmapped' END,
    CASE WHEN status IS NOT NULL AND known_status IS NULL THEN 'status-unmapped' END,
    CASE WHEN is_age_impossible THEN 'victim-age-impossible' END,
    CASE WHEN vict_sex NOT IN ('F', 'M', 'X', 'H', '-') THEN 'victim-sex-unmapped' END,
    CASE WHEN vict_descent IS NOT NULL AND known_race IS NULL THEN 'victim-race-unmapped' END,
    CASE coordinate_quality WHEN 'Missing' THEN 'coordinates-missing' WHEN 'Zero' THEN 'coordinates-zero'
      WHEN 'Unreadable' THEN 'coordinates-unreadable' WHEN 'Outside city' THEN 'coordinates-outside-city' END
  ) AS findings
FROM (${placed(raw)})`;

/** @type {SourceSql} */
export const lapdSql = {
  id: 'lapd',
  city: 'Los Angeles',
  key: 'dr_no',
  columns: COLUMNS,
  nulls: [''],
  tables,
  reportDate: () => date('date_rptd'),
  reportColumn: 'date_rptd',
  caseNumber: CASE_NUMBER,
  coded,
};
