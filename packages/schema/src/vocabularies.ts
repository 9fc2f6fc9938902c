/** Closed vocabularies of the canonical incident, in the spelling that is published. */

export const CRIME_CATEGORIES = [
  'Homicide',
  'Rape',
  'Other sex offense',
  'Robbery',
  'Aggravated assault',
  'Simple assault',
  'Threats and harassment',
  'Kidnapping and trafficking',
  'Arson',
  'Burglary',
  'Theft from vehicle',
  'Shoplifting',
  'Other theft',
  'Motor vehicle theft',
  'Fraud and forgery',
  'Stolen property',
  'Vandalism',
  'Drugs',
  'Weapon law',
  'Prostitution and obscenity',
  'Public order',
  'Trespass',
  'DUI and traffic',
  'Family and child',
  'Court order',
  'Other',
] as const;
export type CrimeCategory = (typeof CRIME_CATEGORIES)[number];

export const WEAPON_CATEGORIES = [
  'Firearm',
  'Simulated or air gun',
  'Knife',
  'Blunt object',
  'Vehicle',
  'Bodily force',
  'Chemical or poison',
  'Fire or explosive',
  'Threat only',
  'Other',
  'Unknown',
  'None',
  'Not applicable',
  'Not recorded',
] as const;
export type WeaponCategory = (typeof WEAPON_CATEGORIES)[number];

export const LOCATION_CATEGORIES = [
  'Commercial',
  'Education',
  'Government',
  'Healthcare',
  'Hotel',
  'Leisure',
  'Open space',
  'Residence',
  'Retail',
  'Street',
  'Transportation',
  'Vehicle',
  'Utility',
  'Online',
  'Other',
  'Unknown',
] as const;
export type LocationCategory = (typeof LOCATION_CATEGORIES)[number];

export const RACE_GROUPS = [
  'White',
  'Black',
  'Hispanic',
  'Asian or Pacific Islander',
  'American Indian or Alaska Native',
  'Other',
  'Unknown',
] as const;
export type RaceGroup = (typeof RACE_GROUPS)[number];

export const SEXES = ['Female', 'Male', 'Other', 'Unknown'] as const;
export type Sex = (typeof SEXES)[number];

export const AGE_BANDS = ['<18', '18-24', '25-44', '45-64', '65+', 'Unknown'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

export const YES_NO = ['Yes', 'No'] as const;
export type YesNo = (typeof YES_NO)[number];

export const LAW_CLASSES = ['Felony', 'Misdemeanor', 'Violation', 'Part 1', 'Part 2', 'Unknown'] as const;
export type LawClass = (typeof LAW_CLASSES)[number];

export const VICTIM_TYPES = ['Person', 'Organisation', 'State', 'Unknown'] as const;
export type VictimType = (typeof VICTIM_TYPES)[number];

export const CONFIDENCES = ['high', 'medium', 'low'] as const;
/** How sure a mapping is: `high` stated by the source or by a published crosswalk, `low` a judgement. */
export type Confidence = (typeof CONFIDENCES)[number];

export const COORDINATE_QUALITIES = [
  'Located',
  'Station house',
  'Missing',
  'Zero',
  'Outside city',
  'Unreadable',
] as const;
export type CoordinateQuality = (typeof COORDINATE_QUALITIES)[number];
