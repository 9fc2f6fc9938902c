/**
 * What a field function can notice about the raw text it reads, beside the value it returns.
 * Cleaning gives each finding its action; an adapter only reports it.
 */
export const FINDINGS = {
  'report-date-unreadable': { column: 'report_date', sentence: 'The report date is not a date.' },
  'occurred-date-unreadable': { column: 'occurred_date', sentence: 'The occurrence date is not a date.' },
  'occurred-time-unreadable': {
    column: 'occurred_time',
    sentence: 'The occurrence time is not a time of day.',
  },
  'occurred-time-24-00': {
    column: 'occurred_time',
    sentence: 'The time 24:00 was read as 23:59 of the same day.',
  },
  'end-date-unreadable': { column: 'occurred_end_date', sentence: 'The end date is not a date.' },
  'end-time-unreadable': { column: 'occurred_end_time', sentence: 'The end time is not a time of day.' },
  'end-time-24-00': {
    column: 'occurred_end_time',
    sentence: 'The end time 24:00 was read as 23:59 of the same day.',
  },
  'offence-unmapped': {
    column: 'crime_category',
    sentence: 'The offence code was never seen before and became Other.',
  },
  'offence-mapped-by-class': {
    column: 'crime_category',
    sentence: 'The offence wording is new; its three-digit class was used.',
  },
  'law-class-unmapped': {
    column: 'law_class',
    sentence: 'The law class is not in the code table and became Unknown.',
  },
  'weapon-unmapped': {
    column: 'weapon_category',
    sentence: 'The weapon code was never seen before and became Other.',
  },
  'premises-unmapped': {
    column: 'location_category',
    sentence: 'The premises were never seen before and became Other.',
  },
  'jurisdiction-unmapped': {
    column: 'jurisdiction',
    sentence: 'The precinct or area is not one of the city and became null.',
  },
  'agency-unmapped': {
    column: 'agency',
    sentence: 'The responsible agency is not in the code table and is given as published.',
  },
  'status-unmapped': {
    column: 'arrest_made',
    sentence: 'The case status is not in the code table, so whether an arrest was made is null.',
  },
  'victim-age-impossible': {
    column: 'victim_age',
    sentence: 'The victim age is not an age and became Unknown.',
  },
  'victim-sex-unmapped': {
    column: 'victim_sex',
    sentence: 'The victim sex code is not in the code table and became Unknown.',
  },
  'victim-race-unmapped': {
    column: 'victim_race_group',
    sentence: 'The victim race code is not in the code table and became Unknown.',
  },
  'victim-not-a-person': {
    column: 'victim_age',
    sentence: 'An organisation or the State carried a race or an age band; both became null.',
  },
  'suspect-age-impossible': {
    column: 'suspect_age',
    sentence: 'The suspect age is not an age and became Unknown.',
  },
  'suspect-sex-unmapped': {
    column: 'suspect_sex',
    sentence: 'The suspect sex code is not in the code table and became Unknown.',
  },
  'suspect-race-unmapped': {
    column: 'suspect_race_group',
    sentence: 'The suspect race code is not in the code table and became Unknown.',
  },
  'coordinates-missing': { column: 'latitude', sentence: 'No coordinates were published.' },
  'coordinates-zero': {
    column: 'latitude',
    sentence: 'The coordinates are (0, 0), which this source writes for missing.',
  },
  'coordinates-unreadable': {
    column: 'latitude',
    sentence: 'The coordinates are not numbers and became null.',
  },
  'coordinates-outside-city': {
    column: 'latitude',
    sentence: 'The coordinates lie outside the city and became null.',
  },
} as const satisfies Record<string, { readonly column: string; readonly sentence: string }>;

export type FindingId = keyof typeof FINDINGS;

/** Every finding, in catalogue order: the order in which a row lists them. */
export const FINDING_IDS = Object.keys(FINDINGS) as readonly FindingId[];
