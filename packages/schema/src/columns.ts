import {
  AGE_BANDS,
  CONFIDENCES,
  COORDINATE_QUALITIES,
  CRIME_CATEGORIES,
  LAW_CLASSES,
  LOCATION_CATEGORIES,
  RACE_GROUPS,
  SEXES,
  VICTIM_TYPES,
  WEAPON_CATEGORIES,
  YES_NO,
} from './vocabularies.js';

/** Where a value comes from: the city's adapter, or the build itself. */
export type ColumnOrigin = 'adapter' | 'build';

export type ColumnType = 'text' | 'date' | 'time' | 'number' | 'integer';

export interface ColumnDefinition {
  /** `date` is ISO civil date, `time` is `HH:MM` civil time, both of the city. */
  readonly type: ColumnType;
  readonly origin: ColumnOrigin;
  readonly nullable: boolean;
  readonly unit?: string;
  readonly vocabulary?: readonly string[];
  readonly description: string;
  /** Per source: what is special about this column there. */
  readonly notes?: Readonly<Record<string, string>>;
}

/** The twenty columns of the product, with exactly these names, in this order. */
export const INCIDENT_COLUMNS = {
  report_date: {
    type: 'date',
    origin: 'adapter',
    nullable: false,
    description: 'Civil date on which the incident was reported to the police.',
    notes: {
      nypd: 'RPT_DT. The open data is released by this date.',
      lapd: 'Date Rptd; its 12:00 AM is a dummy.',
    },
  },
  occurred_date: {
    type: 'date',
    origin: 'adapter',
    nullable: false,
    description: 'Civil date on which the incident happened, or began when an interval is known.',
    notes: {
      nypd: 'CMPLNT_FR_DT, the start of an interval when CMPLNT_TO_DT is filled.',
      lapd: 'DATE OCC, one date; the earliest plausible one when unknown.',
    },
  },
  occurred_time: {
    type: 'time',
    origin: 'adapter',
    nullable: true,
    unit: 'local time of day, HH:MM',
    description: 'Local time of day at which the incident happened, or began when an interval is known.',
    notes: { nypd: 'CMPLNT_FR_TM.', lapd: 'TIME OCC, 24-hour digits; 12:00 is also a placeholder.' },
  },
  crime_code: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    description: 'The offence code of the source, as text.',
    notes: {
      nypd: 'KY_CD and PD_CD as `341.338`, or KY_CD alone where PD_CD is blank (all murders).',
      lapd: 'Crm Cd.',
    },
  },
  latitude: {
    type: 'number',
    origin: 'adapter',
    nullable: true,
    unit: 'degrees north, WGS84, 6 decimals',
    description: 'Latitude as published (already moved to a block or an intersection by the source).',
    notes: {
      nypd: 'Mid-block or intersection; sex crimes stand at the station house.',
      lapd: 'Hundred block.',
    },
  },
  longitude: {
    type: 'number',
    origin: 'adapter',
    nullable: true,
    unit: 'degrees east, WGS84, 6 decimals',
    description: 'Longitude as published (already moved to a block or an intersection by the source).',
  },
  jurisdiction: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    description: 'The precinct, area or district responsible for the place.',
    notes: { nypd: '`Precinct 75`, from ADDR_PCT_CD.', lapd: 'One of 21 area names, from AREA.' },
  },
  arrest_made: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    vocabulary: YES_NO,
    description: 'Whether an arrest is recorded; null where the source has no such field or it is blank.',
    notes: {
      nypd: 'Always null: the source has no such field.',
      lapd: 'From Status: AA, JA are Yes; IC, AO, JO are No; CC and blank are null. As at export.',
    },
  },
  victim_age: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    unit: 'years, as a band',
    vocabulary: AGE_BANDS,
    description: 'Age band of the victim; null where the victim is not a person.',
    notes: {
      nypd: 'The published band; junk values are Unknown.',
      lapd: 'From Vict Age; 0, negative and above 110 are Unknown.',
    },
  },
  victim_sex: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    vocabulary: SEXES,
    description: 'Sex of the victim; null where the victim is not a person.',
    notes: { nypd: 'D (organisation) and E (the State) are null.', lapd: 'X, H, - and blank are Unknown.' },
  },
  suspect_age: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    unit: 'years, as a band',
    vocabulary: AGE_BANDS,
    description: 'Age band of the suspect; null where the source publishes no suspects.',
    notes: { lapd: 'Always null: the source publishes no suspects.' },
  },
  suspect_sex: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    vocabulary: SEXES,
    description: 'Sex of the suspect; null where the source publishes no suspects.',
    notes: { lapd: 'Always null: the source publishes no suspects.' },
  },
  source: {
    type: 'text',
    origin: 'build',
    nullable: false,
    description: 'Id of the source, the agency’s short name in lower case.',
  },
  crime_category: {
    type: 'text',
    origin: 'adapter',
    nullable: false,
    vocabulary: CRIME_CATEGORIES,
    description: 'One of 26 categories aligned with NIBRS; not every category is comparable between cities.',
    notes: { nypd: 'From (OFNS_DESC, PD_DESC), else KY_CD.', lapd: 'From Crm Cd.' },
  },
  weapon_category: {
    type: 'text',
    origin: 'adapter',
    nullable: false,
    vocabulary: WEAPON_CATEGORIES,
    description:
      'Weapon used; Not applicable where the form is blank by practice, Not recorded where the source has no such field.',
    notes: { nypd: 'Always Not recorded.', lapd: 'From Weapon Used Cd.' },
  },
  city: {
    type: 'text',
    origin: 'build',
    nullable: false,
    description: 'Name of the city.',
  },
  location_category: {
    type: 'text',
    origin: 'adapter',
    nullable: false,
    vocabulary: LOCATION_CATEGORIES,
    description: 'Kind of place.',
    notes: { nypd: 'From PREM_TYP_DESC.', lapd: 'From Premis Cd and Premis Desc.' },
  },
  victim_race_group: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    vocabulary: RACE_GROUPS,
    description:
      'Race group of the victim, the finest that all cities share; null where the victim is not a person.',
    notes: { nypd: 'BLACK HISPANIC and WHITE HISPANIC are Hispanic.', lapd: 'From Vict Descent.' },
  },
  case_num: {
    type: 'text',
    origin: 'adapter',
    nullable: false,
    description: 'Case number of the source, as text.',
    notes: {
      nypd: 'CMPLNT_NUM; newer ones carry a suffix such as H1.',
      lapd: 'DR_NO, nine digits; a lost leading zero is put back.',
    },
  },
  suspect_race_group: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    vocabulary: RACE_GROUPS,
    description: 'Race group of the suspect; null where the source publishes no suspects.',
    notes: { lapd: 'Always null: the source publishes no suspects.' },
  },
} as const satisfies Record<string, ColumnDefinition>;

/** The companions that follow the twenty. */
export const COMPANION_COLUMNS = {
  incident_id: {
    type: 'text',
    origin: 'build',
    nullable: false,
    description: 'Source and case number, as `nypd:968417082`.',
  },
  agency: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    description: 'Agency responsible for the case.',
    notes: { nypd: 'From JURIS_DESC: patrol, transit, housing and other forces.', lapd: 'Always LAPD.' },
  },
  law_class: {
    type: 'text',
    origin: 'adapter',
    nullable: false,
    vocabulary: LAW_CLASSES,
    description: 'Level of the offence in the law or the reporting programme of the source.',
    notes: { nypd: 'LAW_CAT_CD: Felony, Misdemeanor, Violation.', lapd: 'Part 1-2: Part 1, Part 2.' },
  },
  nibrs_code: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    description: 'NIBRS offence code nearest to the source’s offence.',
  },
  mapping_confidence: {
    type: 'text',
    origin: 'adapter',
    nullable: false,
    vocabulary: CONFIDENCES,
    description: 'How sure the mapping from the source’s offence to crime_category is.',
  },
  occurred_end_date: {
    type: 'date',
    origin: 'adapter',
    nullable: true,
    description: 'Civil date on which the occurrence interval ends.',
    notes: { lapd: 'Always null: the source publishes no interval.' },
  },
  occurred_end_time: {
    type: 'time',
    origin: 'adapter',
    nullable: true,
    unit: 'local time of day, HH:MM',
    description: 'Local time of day at which the occurrence interval ends.',
    notes: { lapd: 'Always null: the source publishes no interval.' },
  },
  victim_type: {
    type: 'text',
    origin: 'adapter',
    nullable: false,
    vocabulary: VICTIM_TYPES,
    description: 'Whether the victim is a person, an organisation or the State.',
  },
  victim_age_years: {
    type: 'integer',
    origin: 'adapter',
    nullable: true,
    unit: 'years',
    description: 'Exact age of the victim where the source publishes one.',
    notes: { nypd: 'Always null: bands only.' },
  },
  suspect_age_years: {
    type: 'integer',
    origin: 'adapter',
    nullable: true,
    unit: 'years',
    description: 'Exact age of the suspect where the source publishes one.',
  },
  cleared_other: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    vocabulary: YES_NO,
    description:
      'Whether the case was cleared other than by arrest; null where the source has no such field.',
    notes: { nypd: 'Always null: the source has no such field.', lapd: 'AO and JO are Yes.' },
  },
  h3_r7: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    unit: 'H3 cell, resolution 7',
    description: 'H3 cell of the coordinates, about 5.2 km².',
  },
  h3_r8: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    unit: 'H3 cell, resolution 8',
    description: 'H3 cell of the coordinates, about 0.74 km².',
  },
  h3_r9: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    unit: 'H3 cell, resolution 9',
    description: 'H3 cell of the coordinates, about 0.105 km².',
  },
  h3_r10: {
    type: 'text',
    origin: 'adapter',
    nullable: true,
    unit: 'H3 cell, resolution 10',
    description: 'H3 cell of the coordinates, about 0.015 km².',
  },
  coordinate_quality: {
    type: 'text',
    origin: 'adapter',
    nullable: false,
    vocabulary: COORDINATE_QUALITIES,
    description: 'What the coordinates are good for; only Located belongs in spatial work.',
    notes: { nypd: 'Station house is set by the cleaning rule of that name.' },
  },
  flags: {
    type: 'text',
    origin: 'build',
    nullable: false,
    description:
      'Ids of the findings and cleaning rules that touched the row, in catalogue order, joined by a semicolon; empty when none.',
  },
  raw_file: {
    type: 'text',
    origin: 'build',
    nullable: false,
    description: 'SHA-256 of the raw file (of its bytes as delivered).',
  },
  raw_record: {
    type: 'integer',
    origin: 'build',
    nullable: false,
    description: 'Number of the record in the raw file, counted from 1 after the header.',
  },
} as const satisfies Record<string, ColumnDefinition>;

export const COLUMNS = { ...INCIDENT_COLUMNS, ...COMPANION_COLUMNS };

export type IncidentColumnName = keyof typeof INCIDENT_COLUMNS;
export type ColumnName = keyof typeof COLUMNS;

/** Columns that a city adapter must produce. */
export type AdapterColumnName = {
  [Name in ColumnName]: (typeof COLUMNS)[Name]['origin'] extends 'adapter' ? Name : never;
}[ColumnName];

export const INCIDENT_COLUMN_NAMES = Object.keys(INCIDENT_COLUMNS) as readonly IncidentColumnName[];
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];
export const ADAPTER_COLUMN_NAMES = COLUMN_NAMES.filter(
  (name): name is AdapterColumnName => COLUMNS[name].origin === 'adapter',
);

/** The definition of a column, widened so that optional parts can be read. */
export function columnDefinition(name: ColumnName): ColumnDefinition {
  return COLUMNS[name];
}
