/** One New York complaint at a time, by hand. Every table key below is written in the files in upper case. */

import { toDay, toDegrees, toInteger, toTime } from './read-values.mjs';

/** @typedef {Readonly<Record<string, string>>} RawRow */
/** @typedef {{ readonly crime_category: string, readonly nibrs_code: string, readonly confidence: string }} Mapping */
/** @typedef {Awaited<ReturnType<typeof loadNypdTables>>} NypdTables */

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
const LAW_CLASSES = new Map([
  ['FELONY', 'Felony'],
  ['MISDEMEANOR', 'Misdemeanor'],
  ['VIOLATION', 'Violation'],
  ['F', 'Felony'],
  ['M', 'Misdemeanor'],
  ['V', 'Violation'],
]);
const VICTIM_SEXES = new Set(['F', 'M', 'U', 'D', 'E', 'L']);
const SUSPECT_SEXES = new Set(['F', 'M', 'U']);
const STATION_HOUSE_OFFENCES = new Set([104, 116, 233]);
const BOUNDS = { south: 40.47, north: 40.93, west: -74.27, east: -73.69 };

/**
 * @param {(name: string) => Promise<readonly RawRow[]>} read the rows of a code table of the adapter
 */
export async function loadNypdTables(read) {
  const [offences, classes, premises, agencies, precincts] = await Promise.all(
    ['offences', 'offence-classes', 'premises', 'agencies', 'precincts'].map(read),
  );
  /** @type {Map<string, Mapping>} */
  const byPair = new Map();
  /** @type {Map<string, Mapping[]>} */
  const byDetail = new Map();
  for (const row of offences ?? []) {
    const mapping = /** @type {Mapping & RawRow} */ (row);
    byPair.set(`${row.ofns_desc}|${row.pd_desc}`, mapping);
    if (row.pd_desc) byDetail.set(row.pd_desc, [...(byDetail.get(row.pd_desc) ?? []), mapping]);
  }
  /** Details that mean one thing in every pair. @type {Map<string, Mapping>} */
  const details = new Map();
  for (const [detail, mappings] of byDetail) {
    const [first] = mappings;
    const isSame = mappings.every(
      ({ crime_category, nibrs_code }) =>
        crime_category === first?.crime_category && nibrs_code === first.nibrs_code,
    );
    if (first !== undefined && isSame)
      details.set(detail, { ...first, confidence: first.confidence === 'low' ? 'low' : 'medium' });
  }
  return {
    byPair,
    details,
    classes: new Map(
      (classes ?? []).map((row) => [Number(row.ky_cd), /** @type {Mapping & RawRow} */ (row)]),
    ),
    premises: new Map((premises ?? []).map((row) => [row.prem_typ_desc, row.location_category])),
    agencies: new Map((agencies ?? []).map((row) => [row.juris_desc, row.agency])),
    agenciesByCode: new Map((agencies ?? []).map((row) => [Number(row.jurisdiction_code), row.agency])),
    precincts: new Map((precincts ?? []).map((row) => [Number(row.precinct), `Precinct ${row.precinct}`])),
  };
}

/** @param {string | undefined} text */
const known = (text) => (text === undefined || NULLS.has(text) ? null : text);

/** @param {RawRow} raw */
export function caseNumberOf(raw) {
  const text = known(raw.CMPLNT_NUM);
  if (text === null) return null;
  return text.endsWith('.0') ? text.slice(0, -2) : text.trim();
}

/** @param {RawRow} raw @param {boolean} shortYears */
export const reportDayOf = (raw, shortYears) => toDay(known(raw.RPT_DT), shortYears);

/** The first report date shows how a file writes years. @param {RawRow} raw */
export const hasShortYears = (raw) => /\/\d\d$/.test(raw.RPT_DT ?? '');

/** Whether the offence is placed at the station house. @param {RawRow} raw */
export const isStationHouseOffence = (raw) => STATION_HOUSE_OFFENCES.has(toInteger(known(raw.KY_CD)) ?? -1);

/** @param {string | null} text */
const isJunkAge = (text) => text !== null && text !== 'UNKNOWN' && !AGE_BANDS.has(text);
/** @param {string | null} text */
const isJunkRace = (text) => text !== null && text !== 'UNKNOWN' && !RACE_GROUPS.has(text);
/** @param {string | null} text */
const ageBand = (text) => (text !== null && AGE_BANDS.has(text) ? text : 'Unknown');
/** @param {string | null} text */
const sexOf = (text) => SEXES.get(text ?? '') ?? 'Unknown';
/** @param {string | null} text */
const raceGroupOf = (text) => RACE_GROUPS.get(text ?? '') ?? 'Unknown';

/** Where it happened, and what is wrong with that. @param {RawRow} raw */
export function placeOf(raw) {
  const latitudeText = known(raw.Latitude);
  const longitudeText = known(raw.Longitude);
  if (latitudeText === null || longitudeText === null)
    return { quality: 'Missing', finding: 'coordinates-missing' };
  const latitude = toDegrees(latitudeText);
  const longitude = toDegrees(longitudeText);
  if (latitude === null || longitude === null)
    return { quality: 'Unreadable', finding: 'coordinates-unreadable' };
  if (latitude === 0 && longitude === 0) return { quality: 'Zero', finding: 'coordinates-zero' };
  const isInside =
    latitude >= BOUNDS.south &&
    latitude <= BOUNDS.north &&
    longitude >= BOUNDS.west &&
    longitude <= BOUNDS.east;
  if (!isInside) return { quality: 'Outside city', finding: 'coordinates-outside-city' };
  return { quality: 'Located', latitude, longitude };
}

/** @param {RawRow} raw @param {NypdTables} tables */
export function precinctOf(raw, tables) {
  return tables.precincts.get(toInteger(known(raw.ADDR_PCT_CD)) ?? -1) ?? null;
}

/**
 * A row parsed and looked up, with its findings, before the rules. Days are numbers since 1970.
 *
 * @param {RawRow} raw
 * @param {NypdTables} tables
 * @param {boolean} shortYears
 */
export function codeNypdRow(raw, tables, shortYears) {
  const startText = known(raw.CMPLNT_FR_DT);
  const startTime = known(raw.CMPLNT_FR_TM);
  const endText = known(raw.CMPLNT_TO_DT);
  const endTimeText = known(raw.CMPLNT_TO_TM);
  const reportText = known(raw.RPT_DT);
  const reportDay = toDay(reportText, shortYears);
  const startDay = toDay(startText, shortYears);
  const startClock = toTime(startTime);
  const endDay = toDay(endText, shortYears);
  const endClock = toTime(endTimeText);

  const code = toInteger(known(raw.KY_CD));
  const detail = toInteger(known(raw.PD_CD));
  const pair = tables.byPair.get(`${(known(raw.OFNS_DESC) ?? '').trim()}|${known(raw.PD_DESC) ?? ''}`);
  const byDetail = tables.details.get(known(raw.PD_DESC) ?? '');
  const byClass = tables.classes.get(code ?? -1);
  const mapping = pair ?? byDetail ?? byClass;

  const lawText = known(raw.LAW_CAT_CD);
  const premisesText = known(raw.PREM_TYP_DESC);
  const location = tables.premises.get(premisesText ?? '');
  const precinctText = known(raw.ADDR_PCT_CD);
  const jurisdiction = precinctOf(raw, tables);
  const agencyText = known(raw.JURIS_DESC);
  const agencyCode = known(raw.JURISDICTION_CODE);
  const agencyByName = tables.agencies.get(agencyText ?? '');
  const agencyByCode = tables.agenciesByCode.get(toInteger(agencyCode) ?? -1);

  const victimAge = known(raw.VIC_AGE_GROUP);
  const victimSex = known(raw.VIC_SEX);
  const victimRace = known(raw.VIC_RACE);
  const suspectAge = known(raw.SUSP_AGE_GROUP);
  const suspectSex = known(raw.SUSP_SEX);
  const suspectRace = known(raw.SUSP_RACE);
  const isNobody = victimSex === 'D' || victimSex === 'E';
  const isDescribed =
    victimSex !== null ||
    (victimAge !== null && victimAge !== 'UNKNOWN') ||
    (victimRace !== null && victimRace !== 'UNKNOWN');
  const place = placeOf(raw);

  const findings = [];
  if (reportText !== null && reportDay === null) findings.push('report-date-unreadable');
  if (startText !== null && startDay === null) findings.push('occurred-date-unreadable');
  if (startTime !== null && startClock === null) findings.push('occurred-time-unreadable');
  if (startTime === '24:00:00') findings.push('occurred-time-24-00');
  if (endText !== null && endDay === null) findings.push('end-date-unreadable');
  if (endTimeText !== null && endClock === null) findings.push('end-time-unreadable');
  if (endTimeText === '24:00:00') findings.push('end-time-24-00');
  if (pair === undefined && byDetail === undefined)
    findings.push(byClass === undefined ? 'offence-unmapped' : 'offence-mapped-by-class');
  if (lawText !== null && !LAW_CLASSES.has(lawText)) findings.push('law-class-unmapped');
  if (premisesText !== null && location === undefined) findings.push('premises-unmapped');
  if (precinctText !== null && jurisdiction === null) findings.push('jurisdiction-unmapped');
  if (
    agencyByName === undefined &&
    (agencyText !== null || (agencyCode !== null && agencyByCode === undefined))
  )
    findings.push('agency-unmapped');
  if (!isNobody && isJunkAge(victimAge)) findings.push('victim-age-impossible');
  if (victimSex !== null && !VICTIM_SEXES.has(victimSex)) findings.push('victim-sex-unmapped');
  if (!isNobody && isJunkRace(victimRace)) findings.push('victim-race-unmapped');
  if (
    isNobody &&
    ((victimAge !== null && victimAge !== 'UNKNOWN') || (victimRace !== null && victimRace !== 'UNKNOWN'))
  )
    findings.push('victim-not-a-person');
  if (isJunkAge(suspectAge)) findings.push('suspect-age-impossible');
  if (suspectSex !== null && !SUSPECT_SEXES.has(suspectSex)) findings.push('suspect-sex-unmapped');
  if (isJunkRace(suspectRace)) findings.push('suspect-race-unmapped');
  if (place.finding !== undefined) findings.push(place.finding);

  return {
    caseNumber: caseNumberOf(raw),
    reportDay,
    isReportUnreadable: reportText !== null && reportDay === null,
    startDay,
    isStartUnreadable: startText !== null && startDay === null,
    startClock,
    endDay,
    endClock,
    findings,
    place,
    values: {
      crime_code: code === null ? null : detail === null ? String(code) : `${code}.${detail}`,
      jurisdiction,
      arrest_made: null,
      victim_age: isNobody ? null : ageBand(victimAge),
      victim_sex: isNobody ? null : sexOf(victimSex),
      suspect_age: ageBand(suspectAge),
      suspect_sex: sexOf(suspectSex),
      crime_category: mapping?.crime_category ?? 'Other',
      weapon_category: 'Not recorded',
      location_category: premisesText === null ? 'Unknown' : (location ?? 'Other'),
      victim_race_group: isNobody ? null : raceGroupOf(victimRace),
      suspect_race_group: raceGroupOf(suspectRace),
      agency:
        agencyByName ??
        agencyText ??
        agencyByCode ??
        (agencyCode === null ? null : `Jurisdiction ${agencyCode}`),
      law_class: LAW_CLASSES.get(lawText ?? '') ?? 'Unknown',
      nibrs_code: mapping?.nibrs_code || null,
      mapping_confidence: mapping?.confidence ?? 'low',
      victim_type:
        victimSex === 'D' ? 'Organisation' : victimSex === 'E' ? 'State' : isDescribed ? 'Person' : 'Unknown',
      victim_age_years: null,
      suspect_age_years: null,
      cleared_other: null,
    },
  };
}
