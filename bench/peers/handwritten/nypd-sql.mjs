/** New York complaints, by hand. Every table key below is written in the files in upper case. */

import { degrees } from './source-sql.mjs';

/** @import { SourceSql } from './source-sql.mjs' */

/** Feet, boroughs and the like are not read: nothing canonical depends on them. */
const COLUMNS = [
  'cmplnt_num',
  'cmplnt_fr_dt',
  'cmplnt_fr_tm',
  'cmplnt_to_dt',
  'cmplnt_to_tm',
  'rpt_dt',
  'ky_cd',
  'ofns_desc',
  'pd_cd',
  'pd_desc',
  'law_cat_cd',
  'addr_pct_cd',
  'prem_typ_desc',
  'juris_desc',
  'jurisdiction_code',
  'susp_age_group',
  'susp_race',
  'susp_sex',
  'vic_age_group',
  'vic_race',
  'vic_sex',
  'latitude',
  'longitude',
];

const NULLS = ['', '(null)', '(NULL)', 'NA'];

/** @param {(name: string) => string} table */
const tables = (table) => `
CREATE TABLE nypd_offences AS
  SELECT ofns_desc, coalesce(pd_desc, '') AS pd_desc, crime_category, nibrs_code, confidence
  FROM ${table('offences')};
CREATE TABLE nypd_offence_details AS
  SELECT pd_desc, first(crime_category) AS crime_category, first(nibrs_code) AS nibrs_code,
    CASE WHEN first(confidence) = 'low' THEN 'low' ELSE 'medium' END AS confidence
  FROM nypd_offences WHERE pd_desc <> '' GROUP BY pd_desc
  HAVING count(DISTINCT crime_category) = 1 AND count(DISTINCT coalesce(nibrs_code, '')) = 1;
CREATE TABLE nypd_offence_classes AS
  SELECT CAST(ky_cd AS INTEGER) AS ky_cd, crime_category, nibrs_code, confidence FROM ${table('offence-classes')};
CREATE TABLE nypd_premises AS SELECT prem_typ_desc, location_category FROM ${table('premises')};
CREATE TABLE nypd_agencies AS
  SELECT CAST(jurisdiction_code AS INTEGER) AS jurisdiction_code, juris_desc, agency FROM ${table('agencies')};
CREATE TABLE nypd_precincts AS
  SELECT CAST(precinct AS INTEGER) AS precinct, 'Precinct ' || precinct AS jurisdiction FROM ${table('precincts')};`;

/**
 * The format of the file stands first: a text that the first format does not fit costs eight times as much.
 *
 * @param {string} text
 * @param {boolean} shortYears
 */
const date = (text, shortYears) =>
  `CAST(try_strptime(${text}, ['${shortYears ? '%m/%d/%y' : '%m/%d/%Y'}', '%Y-%m-%d', '%Y-%m-%dT%H:%M:%S.%g']) AS DATE)`;

/** TIME also reads 24:00:00. @param {string} text */
const time = (text) =>
  `CASE WHEN ${text} = '24:00:00' THEN '23:59' ELSE left(CAST(TRY_CAST(${text} AS TIME) AS VARCHAR), 5) END`;

/** @param {string} text */
const ageBand = (text) =>
  `CASE WHEN ${text} IN ('<18', '18-24', '25-44', '45-64', '65+') THEN ${text} ELSE 'Unknown' END`;
/** @param {string} text */
const isJunkAge = (text) => `${text} NOT IN ('<18', '18-24', '25-44', '45-64', '65+', 'UNKNOWN')`;
/** @param {string} text */
const sex = (text) => `CASE ${text} WHEN 'F' THEN 'Female' WHEN 'M' THEN 'Male' ELSE 'Unknown' END`;
/** @param {string} text */
const raceGroup = (text) => `CASE ${text}
      WHEN 'WHITE' THEN 'White' WHEN 'BLACK' THEN 'Black'
      WHEN 'WHITE HISPANIC' THEN 'Hispanic' WHEN 'BLACK HISPANIC' THEN 'Hispanic'
      WHEN 'ASIAN / PACIFIC ISLANDER' THEN 'Asian or Pacific Islander'
      WHEN 'AMERICAN INDIAN/ALASKAN NATIVE' THEN 'American Indian or Alaska Native'
      WHEN 'OTHER' THEN 'Other' ELSE 'Unknown' END`;
const RACES = `('WHITE', 'BLACK', 'WHITE HISPANIC', 'BLACK HISPANIC', 'ASIAN / PACIFIC ISLANDER',
      'AMERICAN INDIAN/ALASKAN NATIVE', 'OTHER', 'UNKNOWN')`;

const CASE_NUMBER =
  "CASE WHEN ends_with(cmplnt_num, '.0') THEN left(cmplnt_num, -2) ELSE trim(cmplnt_num) END";

/** @param {string} raw @param {boolean} shortYears */
const parsed = (raw, shortYears) => `
SELECT r.* EXCLUDE (latitude, longitude),
  ${date('rpt_dt', shortYears)} AS report_date_0,
  ${date('cmplnt_fr_dt', shortYears)} AS occurred_date_0,
  ${time('cmplnt_fr_tm')} AS occurred_time_0,
  ${date('cmplnt_to_dt', shortYears)} AS end_date_0,
  ${time('cmplnt_to_tm')} AS end_time_0,
  o.crime_category AS exact_category, o.nibrs_code AS exact_nibrs, o.confidence AS exact_confidence,
  d.crime_category AS detail_category, d.nibrs_code AS detail_nibrs, d.confidence AS detail_confidence,
  c.crime_category AS class_category, c.nibrs_code AS class_nibrs, c.confidence AS class_confidence,
  TRY_CAST(r.ky_cd AS INTEGER) AS ky, TRY_CAST(r.pd_cd AS INTEGER) AS pd,
  p.jurisdiction, l.location_category AS known_location, a.agency AS agency_by_name, b.agency AS agency_by_code,
  coalesce(vic_sex IN ('D', 'E'), FALSE) AS is_nobody,
  ${degrees('latitude')} AS north,
  ${degrees('longitude')} AS east,
  latitude IS NULL OR longitude IS NULL AS is_place_missing
FROM ${raw} r
LEFT JOIN nypd_offences o ON trim(r.ofns_desc) = o.ofns_desc AND coalesce(r.pd_desc, '') = o.pd_desc
LEFT JOIN nypd_offence_details d ON r.pd_desc = d.pd_desc
LEFT JOIN nypd_offence_classes c ON TRY_CAST(r.ky_cd AS INTEGER) = c.ky_cd
LEFT JOIN nypd_precincts p ON TRY_CAST(r.addr_pct_cd AS INTEGER) = p.precinct
LEFT JOIN nypd_premises l ON r.prem_typ_desc = l.prem_typ_desc
LEFT JOIN nypd_agencies a ON r.juris_desc = a.juris_desc
LEFT JOIN nypd_agencies b ON TRY_CAST(r.jurisdiction_code AS INTEGER) = b.jurisdiction_code`;

/** @param {string} raw @param {boolean} shortYears */
const placed = (raw, shortYears) => `
SELECT *,
  CASE WHEN is_place_missing THEN 'Missing'
       WHEN north IS NULL OR east IS NULL THEN 'Unreadable'
       WHEN north = 0 AND east = 0 THEN 'Zero'
       WHEN north BETWEEN 40.47 AND 40.93 AND east BETWEEN -74.27 AND -73.69 THEN 'Located'
       ELSE 'Outside city' END AS coordinate_quality,
  rpt_dt IS NOT NULL AND report_date_0 IS NULL AS report_unreadable,
  cmplnt_fr_dt IS NOT NULL AND occurred_date_0 IS NULL AS occurred_unreadable
FROM (${parsed(raw, shortYears)})`;

/** @param {string} raw @param {boolean} shortYears */
const coded = (raw, shortYears) => `
SELECT
  ${CASE_NUMBER} AS case_num,
  raw_record,
  report_date_0, report_unreadable, occurred_date_0, occurred_unreadable, occurred_time_0, end_date_0, end_time_0,
  CASE WHEN pd IS NULL THEN CAST(ky AS VARCHAR) ELSE ky || '.' || pd END AS crime_code,
  coalesce(exact_category, detail_category, class_category, 'Other') AS crime_category,
  CASE WHEN exact_category IS NOT NULL THEN exact_nibrs
       WHEN detail_category IS NOT NULL THEN detail_nibrs ELSE class_nibrs END AS nibrs_code,
  coalesce(exact_confidence, detail_confidence, class_confidence, 'low') AS mapping_confidence,
  CASE law_cat_cd WHEN 'FELONY' THEN 'Felony' WHEN 'MISDEMEANOR' THEN 'Misdemeanor' WHEN 'VIOLATION' THEN 'Violation'
       WHEN 'F' THEN 'Felony' WHEN 'M' THEN 'Misdemeanor' WHEN 'V' THEN 'Violation' ELSE 'Unknown' END AS law_class,
  jurisdiction,
  coalesce(agency_by_name, juris_desc, agency_by_code, 'Jurisdiction ' || jurisdiction_code) AS agency,
  CASE WHEN prem_typ_desc IS NULL THEN 'Unknown' ELSE coalesce(known_location, 'Other') END AS location_category,
  CASE WHEN NOT is_nobody THEN ${ageBand('vic_age_group')} END AS victim_age,
  CASE WHEN NOT is_nobody THEN ${sex('vic_sex')} END AS victim_sex,
  CASE WHEN NOT is_nobody THEN ${raceGroup('vic_race')} END AS victim_race_group,
  CASE WHEN vic_sex = 'D' THEN 'Organisation' WHEN vic_sex = 'E' THEN 'State'
       WHEN vic_sex IS NOT NULL OR vic_age_group <> 'UNKNOWN' OR vic_race <> 'UNKNOWN' THEN 'Person'
       ELSE 'Unknown' END AS victim_type,
  ${ageBand('susp_age_group')} AS suspect_age,
  ${sex('susp_sex')} AS suspect_sex,
  ${raceGroup('susp_race')} AS suspect_race_group,
  coordinate_quality,
  CASE WHEN coordinate_quality = 'Located' THEN north END AS latitude,
  CASE WHEN coordinate_quality = 'Located' THEN east END AS longitude,
  NULL::VARCHAR AS arrest_made,
  'Not recorded' AS weapon_category,
  NULL::BIGINT AS victim_age_years,
  NULL::BIGINT AS suspect_age_years,
  NULL::VARCHAR AS cleared_other,
  concat_ws(';',
    CASE WHEN report_unreadable THEN 'report-date-unreadable' END,
    CASE WHEN occurred_unreadable THEN 'occurred-date-unreadable' END,
    CASE WHEN cmplnt_fr_tm IS NOT NULL AND occurred_time_0 IS NULL THEN 'occurred-time-unreadable' END,
    CASE WHEN cmplnt_fr_tm = '24:00:00' THEN 'occurred-time-24-00' END,
    CASE WHEN cmplnt_to_dt IS NOT NULL AND end_date_0 IS NULL THEN 'end-date-unreadable' END,
    CASE WHEN cmplnt_to_tm IS NOT NULL AND end_time_0 IS NULL THEN 'end-time-unreadable' END,
    CASE WHEN cmplnt_to_tm = '24:00:00' THEN 'end-time-24-00' END,
    CASE WHEN exact_category IS NULL AND detail_category IS NULL
      THEN CASE WHEN class_category IS NULL THEN 'offence-unmapped' ELSE 'offence-mapped-by-class' END END,
    CASE WHEN law_cat_cd NOT IN ('FELONY', 'MISDEMEANOR', 'VIOLATION', 'F', 'M', 'V') THEN 'law-class-unmapped' END,
    CASE WHEN prem_typ_desc IS NOT NULL AND known_location IS NULL THEN 'premises-unmapped' END,
    CASE WHEN addr_pct_cd IS NOT NULL AND jurisdiction IS NULL THEN 'jurisdiction-unmapped' END,
    CASE WHEN agency_by_name IS NULL AND (juris_desc IS NOT NULL OR (jurisdiction_code IS NOT NULL AND agency_by_code IS NULL))
      THEN 'agency-unmapped' END,
    CASE WHEN NOT is_nobody AND ${isJunkAge('vic_age_group')} THEN 'victim-age-impossible' END,
    CASE WHEN vic_sex NOT IN ('F', 'M', 'U', 'D', 'E', 'L') THEN 'victim-sex-unmapped' END,
    CASE WHEN NOT is_nobody AND vic_race NOT IN ${RACES} THEN 'victim-race-unmapped' END,
    CASE WHEN is_nobody AND (vic_age_group <> 'UNKNOWN' OR vic_race <> 'UNKNOWN') THEN 'victim-not-a-person' END,
    CASE WHEN ${isJunkAge('susp_age_group')} THEN 'suspect-age-impossible' END,
    CASE WHEN susp_sex NOT IN ('F', 'M', 'U') THEN 'suspect-sex-unmapped' END,
    CASE WHEN susp_race NOT IN ${RACES} THEN 'suspect-race-unmapped' END,
    CASE coordinate_quality WHEN 'Missing' THEN 'coordinates-missing' WHEN 'Zero' THEN 'coordinates-zero'
      WHEN 'Unreadable' THEN 'coordinates-unreadable' WHEN 'Outside city' THEN 'coordinates-outside-city' END
  ) AS findings
FROM (${placed(raw, shortYears)})`;

/** @type {SourceSql} */
export const nypdSql = {
  id: 'nypd',
  city: 'New York',
  key: 'cmplnt_num',
  columns: COLUMNS,
  nulls: NULLS,
  tables,
  reportDate: (shortYears) => date('rpt_dt', shortYears),
  reportColumn: 'rpt_dt',
  caseNumber: CASE_NUMBER,
  stationHouseOffence: 'TRY_CAST(ky_cd AS INTEGER) IN (104, 116, 233)',
  coded,
};
