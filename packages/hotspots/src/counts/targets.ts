import { DISCOVERED_BY_POLICE, WITHHELD_BY_CELL } from '@crimetracker/analysis-kit';
import { CRIME_CATEGORIES } from '@crimetracker/schema';

/** What is mapped: one category, or several together. */
export interface Target {
  readonly name: string;
  /** Places of its categories among `MAPPED_CATEGORIES`. */
  readonly categories: readonly number[];
  /** Whether people report it. What exists because police look for it follows police, not crime. */
  readonly isReported: boolean;
}

/** Every category but those that are never shown by cell. */
export const MAPPED_CATEGORIES: readonly string[] = CRIME_CATEGORIES.filter(
  (category) => !WITHHELD_BY_CELL.includes(category),
);

const isDiscovered = (category: string): boolean =>
  DISCOVERED_BY_POLICE.some((discovered) => discovered === category);

/** All categories that people report, together. */
const REPORTED = 'Reported by victims';
/** All mapped categories together. */
const ALL = 'All';

const places = MAPPED_CATEGORIES.map((_, place) => place);

export const TARGETS: readonly Target[] = [
  { name: ALL, categories: places, isReported: false },
  {
    name: REPORTED,
    categories: places.filter((place) => !isDiscovered(MAPPED_CATEGORIES[place] ?? '')),
    isReported: true,
  },
  ...MAPPED_CATEGORIES.map((name, place) => ({
    name,
    categories: [place],
    isReported: !isDiscovered(name),
  })),
];
