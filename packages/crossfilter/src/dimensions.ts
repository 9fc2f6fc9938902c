import {
  AGE_BANDS,
  CRIME_CATEGORIES,
  LAW_CLASSES,
  LOCATION_CATEGORIES,
  RACE_GROUPS,
  SEXES,
  WEAPON_CATEGORIES,
  YES_NO,
} from '@crimetracker/schema';

/** What an incident without a value of the column is called, in filters and counts. */
const NO_PERSON = 'No person';
const NOT_RECORDED = 'Not recorded';

/**
 * Columns of the incident with a closed list of values, by which incidents are filtered and counted: values in the
 * order of the vocabulary; `absent` is the last one where the column may be null, and stands for null.
 */
export const VALUE_DIMENSIONS = {
  crime_category: { values: CRIME_CATEGORIES },
  law_class: { values: LAW_CLASSES },
  weapon_category: { values: WEAPON_CATEGORIES },
  location_category: { values: LOCATION_CATEGORIES },
  arrest_made: { values: [...YES_NO, NOT_RECORDED], absent: NOT_RECORDED },
  victim_age: { values: [...AGE_BANDS, NO_PERSON], absent: NO_PERSON },
  victim_sex: { values: [...SEXES, NO_PERSON], absent: NO_PERSON },
  victim_race_group: { values: [...RACE_GROUPS, NO_PERSON], absent: NO_PERSON },
  suspect_age: { values: [...AGE_BANDS, NOT_RECORDED], absent: NOT_RECORDED },
  suspect_sex: { values: [...SEXES, NOT_RECORDED], absent: NOT_RECORDED },
  suspect_race_group: { values: [...RACE_GROUPS, NOT_RECORDED], absent: NOT_RECORDED },
} as const satisfies Record<string, { readonly values: readonly string[]; readonly absent?: string }>;

export type ValueDimension = keyof typeof VALUE_DIMENSIONS;
export const VALUE_DIMENSION_NAMES = Object.keys(VALUE_DIMENSIONS) as readonly ValueDimension[];

/** Dimensions that describe a person: never by cell, and small counts under them are hidden. */
export const PERSON_DIMENSIONS = [
  'victim_age',
  'victim_sex',
  'victim_race_group',
  'suspect_age',
  'suspect_sex',
  'suspect_race_group',
] as const satisfies readonly ValueDimension[];

/** What an incident without a jurisdiction is counted under. */
export const NO_JURISDICTION = 'Unknown';

/** H3 resolutions of the map: about 5.2, 0.74 and 0.105 km² a cell. */
export const MAP_RESOLUTIONS = [7, 8, 9] as const;
export type MapResolution = (typeof MAP_RESOLUTIONS)[number];

export const WEEK_HOURS = 168;
