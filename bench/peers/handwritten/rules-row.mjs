/** What holds for every city, one row at a time: the repairs, the flags, and the reasons to set a row aside. */

import { latLngToCell } from 'h3-js';
import { addYears, toIsoDate } from './read-values.mjs';

/** @typedef {ReturnType<typeof import('./nypd-row.mjs').codeNypdRow>} CodedRow */

const WINDOW = { from: Date.UTC(2010, 0, 1) / 86_400_000, to: Date.UTC(2023, 11, 31) / 86_400_000 };
const HEAPED = new Set(['12:00', '00:00', '00:01']);

/**
 * A year typed a hundred or a thousand years too early, put right where the right one makes an ordinary time to report.
 *
 * @param {number | null} typed
 * @param {number | null} other
 * @param {(repaired: number) => number} delay
 */
function centuryTypo(typed, other, delay) {
  if (typed === null || other === null || other - typed < 36_000 || other - typed > 400_000) return null;
  for (const years of [100, 1000]) {
    const moved = addYears(typed, years);
    if (delay(moved) >= 0 && delay(moved) <= 366) return moved;
  }
  return null;
}

/**
 * @param {CodedRow} coded
 * @param {{ readonly source: string, readonly city: string, readonly rawFile: string, readonly rawRecord: number }} origin
 * @param {(jurisdiction: string, latitude: number, longitude: number) => boolean} isStationHouse
 */
export function judgeRow(coded, { source, city, rawFile, rawRecord }, isStationHouse) {
  const { caseNumber, values, place } = coded;
  const isFromEnd = coded.startDay === null && !coded.isStartUnreadable && coded.endDay !== null;
  const typedStart = isFromEnd ? coded.endDay : coded.startDay;
  const time = isFromEnd ? (coded.startClock ?? coded.endClock) : coded.startClock;
  const reportRepaired = centuryTypo(coded.reportDay, typedStart, (day) => day - (typedStart ?? 0));
  const reportDay = reportRepaired ?? coded.reportDay;
  const startRepaired = centuryTypo(typedStart, reportDay, (day) => (reportDay ?? 0) - day);
  const startDay = startRepaired ?? typedStart;
  const endRepaired = centuryTypo(coded.endDay, reportDay, (day) => (reportDay ?? 0) - day);
  const endDay = endRepaired ?? coded.endDay;
  const endsBeforeStart =
    endDay !== null &&
    startDay !== null &&
    (endDay < startDay ||
      (endDay === startDay && coded.endClock !== null && time !== null && coded.endClock < time));
  const isOutside = startDay !== null && (startDay < WINDOW.from || startDay > WINDOW.to);
  const isReportMissing = coded.reportDay === null && !coded.isReportUnreadable;
  const isStartMissing = typedStart === null && !coded.isStartUnreadable;
  const { latitude, longitude } = place;
  const isLocated = latitude !== undefined && longitude !== undefined;
  const isAtStationHouse =
    isLocated && values.jurisdiction !== null && isStationHouse(values.jurisdiction, latitude, longitude);

  const flags = [...coded.findings];
  if (caseNumber === null) flags.push('case-number-missing');
  if (isReportMissing) flags.push('report-date-missing');
  if (isFromEnd) flags.push('occurred-date-from-end');
  if (isStartMissing) flags.push('occurred-date-missing');
  if (reportRepaired !== null) flags.push('report-century-typo');
  if (startRepaired !== null) flags.push('occurred-century-typo');
  if (endRepaired !== null) flags.push('end-century-typo');
  if (reportDay !== null && startDay !== null) {
    if (reportDay < startDay) flags.push('reported-before-occurred');
    if (reportDay - startDay > 18_000 && reportDay > addYears(startDay, 50))
      flags.push('reported-decades-later');
  }
  if (isOutside) flags.push('occurred-outside-window');
  if (endsBeforeStart) flags.push('end-before-start');
  if (time !== null && HEAPED.has(time)) flags.push('time-heaped');
  if (isAtStationHouse) flags.push('station-house');

  const reasons = [];
  if (coded.isReportUnreadable) reasons.push('report-date-unreadable');
  if (coded.isStartUnreadable) reasons.push('occurred-date-unreadable');
  if (caseNumber === null) reasons.push('case-number-missing');
  if (isReportMissing) reasons.push('report-date-missing');
  if (isStartMissing) reasons.push('occurred-date-missing');
  if (isOutside) reasons.push('occurred-outside-window');

  /** @param {number} resolution */
  const cell = (resolution) => (isLocated ? latLngToCell(latitude, longitude, resolution) : null);
  return {
    report_date: toIsoDate(reportDay),
    occurred_date: toIsoDate(startDay),
    occurred_time: time,
    crime_code: values.crime_code,
    latitude: latitude ?? null,
    longitude: longitude ?? null,
    jurisdiction: values.jurisdiction,
    arrest_made: values.arrest_made,
    victim_age: values.victim_age,
    victim_sex: values.victim_sex,
    suspect_age: values.suspect_age,
    suspect_sex: values.suspect_sex,
    source,
    crime_category: values.crime_category,
    weapon_category: values.weapon_category,
    city,
    location_category: values.location_category,
    victim_race_group: values.victim_race_group,
    case_num: caseNumber,
    suspect_race_group: values.suspect_race_group,
    incident_id: caseNumber === null ? null : `${source}:${caseNumber}`,
    agency: values.agency,
    law_class: values.law_class,
    nibrs_code: values.nibrs_code,
    mapping_confidence: values.mapping_confidence,
    occurred_end_date: endsBeforeStart ? null : toIsoDate(endDay),
    occurred_end_time: endsBeforeStart ? null : coded.endClock,
    victim_type: values.victim_type,
    victim_age_years: values.victim_age_years,
    suspect_age_years: values.suspect_age_years,
    cleared_other: values.cleared_other,
    coordinate_quality: isAtStationHouse ? 'Station house' : place.quality,
    h3_r7: cell(7),
    h3_r8: cell(8),
    h3_r9: cell(9),
    h3_r10: cell(10),
    flags: flags.join(';'),
    raw_file: rawFile,
    raw_record: rawRecord,
    reasons: reasons.join(';'),
  };
}
