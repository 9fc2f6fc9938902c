import { HOURS, KIND, valuePlaces } from './codes.js';
import type { MapResolution } from './dimensions.js';

/**
 * Incidents of one city and year as small numbers. Rows are sorted by jurisdiction, category and day, so a segment of
 * rows has one jurisdiction and one category, and its days ascend.
 */
export interface Shard {
  readonly source: string;
  readonly year: number;
  readonly rows: number;
  /** Of each segment: places of jurisdiction and category in their lists, and its first row; `starts` ends with `rows`. */
  readonly jurisdictions: Uint16Array;
  readonly categories: Uint8Array;
  readonly starts: Uint32Array;
  /** Of each row: days since 1 January of the year. */
  readonly days: Uint16Array;
  /** Of each row: codes of the groups KIND, VICTIM and SUSPECT. */
  readonly kinds: Uint16Array;
  readonly victims: Uint16Array;
  readonly suspects: Uint16Array;
  /** Of each row: weekday (Monday 0) × HOURS + hour, which is NO_TIME without a time. */
  readonly slots: Uint16Array;
  /** Of each row: weapon × 12 + month. */
  readonly weaponMonths: Uint16Array;
  /** Of each row: its place in the city's list of places, or NO_PLACE. */
  readonly places: Uint32Array;
}

/**
 * Where incidents are counted on the map. A place is a triple of cells, one of each resolution: each is of the point
 * itself, as a cell of a finer resolution lies only nearly in its parent.
 */
export interface Places {
  readonly cells: { readonly [resolution in MapResolution]: readonly string[] };
  /** Of each place, where its cell stands in `cells`. */
  readonly cellOf: { readonly [resolution in MapResolution]: Uint32Array };
}

export const DAYS_OF_YEAR = 366;
export const MONTHS_OF_YEAR = 12;

export interface Calendar {
  /** Of each day of the year: Monday 0 to Sunday 6, January 0 to December 11. */
  readonly weekdayOf: Uint8Array;
  readonly monthOf: Uint8Array;
}
const calendars = new Map<number, Calendar>();

export function calendar(year: number): Calendar {
  const known = calendars.get(year);
  if (known !== undefined) return known;
  const weekdayOf = new Uint8Array(DAYS_OF_YEAR);
  const monthOf = new Uint8Array(DAYS_OF_YEAR);
  for (let day = 0; day < DAYS_OF_YEAR; day += 1) {
    const date = new Date(Date.UTC(year, 0, 1 + day));
    weekdayOf[day] = (date.getUTCDay() + 6) % 7;
    monthOf[day] = date.getUTCMonth();
  }
  const made = { weekdayOf, monthOf };
  calendars.set(year, made);
  return made;
}

const WEAPON_OF_KIND = valuePlaces(KIND, 'weapon_category');

/** Adds what follows from the other columns: it is in memory, so that counting is quick, and not in the file. */
export function completeShard(shard: Omit<Shard, 'slots' | 'weaponMonths'>, hours: Uint8Array): Shard {
  const { weekdayOf, monthOf } = calendar(shard.year);
  const { days, kinds } = shard;
  const slots = new Uint16Array(shard.rows);
  const weaponMonths = new Uint16Array(shard.rows);
  for (let row = 0; row < shard.rows; row += 1) {
    const day = days[row] as number;
    slots[row] = (weekdayOf[day] as number) * HOURS + (hours[row] as number);
    weaponMonths[row] =
      (WEAPON_OF_KIND[kinds[row] as number] as number) * MONTHS_OF_YEAR + (monthOf[day] as number);
  }
  return { ...shard, slots, weaponMonths };
}

/** The hours of a shard, 0 to 23 or NO_TIME. */
export const hoursOf = ({ slots }: Shard): Uint8Array => Uint8Array.from(slots, (slot) => slot % HOURS);
