import type { CrimeCategory } from '@crimetracker/schema';

export const GRADES = ['comparable', 'limited', 'not comparable', 'not graded'] as const;
export type Grade = (typeof GRADES)[number];

/**
 * Whether counts of a category may be held against each other between New York and Los Angeles.
 *
 * Recorded in the same way and defined alike: comparable. Defined differently or depending on what people report:
 * limited. Made by police work, or absent from one file: not comparable. Source: docs/comparability.md.
 */
export const COMPARABILITY: Readonly<Record<CrimeCategory, Grade>> = {
  Homicide: 'comparable',
  Rape: 'limited',
  'Other sex offense': 'limited',
  Robbery: 'comparable',
  'Aggravated assault': 'limited',
  'Simple assault': 'limited',
  'Threats and harassment': 'limited',
  'Kidnapping and trafficking': 'not graded',
  Arson: 'comparable',
  Burglary: 'comparable',
  'Theft from vehicle': 'comparable',
  Shoplifting: 'comparable',
  'Other theft': 'comparable',
  'Motor vehicle theft': 'comparable',
  'Fraud and forgery': 'limited',
  'Stolen property': 'not comparable',
  Vandalism: 'comparable',
  Drugs: 'not comparable',
  'Weapon law': 'not comparable',
  'Prostitution and obscenity': 'not comparable',
  'Public order': 'not comparable',
  Trespass: 'limited',
  'DUI and traffic': 'not comparable',
  'Family and child': 'limited',
  'Court order': 'limited',
  Other: 'not graded',
};

/** Categories whose incidents exist because police looked for them; no forecast and no patrol follows them by default. */
export const DISCOVERED_BY_POLICE: readonly CrimeCategory[] = [
  'Drugs',
  'Prostitution and obscenity',
  'Weapon law',
  'Public order',
  'Trespass',
  'DUI and traffic',
];

/** Sex offences: small counts are hidden from ten down. */
export const SEX_OFFENCES: readonly CrimeCategory[] = ['Rape', 'Other sex offense'];

/** Categories never shown by cell: a place and a month would point to a victim. Trafficking is among them. */
export const WITHHELD_BY_CELL: readonly CrimeCategory[] = [...SEX_OFFENCES, 'Kidnapping and trafficking'];

/** The grade of a category by its name; an unknown one is not graded. */
export function gradeOf(category: string): Grade {
  return COMPARABILITY[category as CrimeCategory] ?? 'not graded';
}
