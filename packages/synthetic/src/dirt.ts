import type { Random } from '@crimetracker/analysis-kit';
import type { Calendar, CivilDate } from './calendar.js';
import { cellText } from './csv-cells.js';
import type { City } from './effects.js';
import type { Vintage } from './vintage.js';

export const DISPOSITIONS = ['curated', 'quarantined', 'duplicate'] as const;
type Disposition = (typeof DISPOSITIONS)[number];

/** What a dirty cell may depend on: the incident behind the row, the same for both cities. */
export interface RowFacts {
  readonly startDay: number;
  readonly startMinute: number;
  /** -1 when the row has no end. */
  readonly endDay: number;
  readonly endMinute: number;
  readonly reportDay: number;
  readonly category: string;
  readonly code: string;
  readonly district: number;
  readonly victimIsPerson: boolean;
  /** The victim is an organisation or the State. */
  readonly victimIsNobody: boolean;
  readonly hasSuspect: boolean;
  readonly hasWeapon: boolean;
  readonly atStationHouse: boolean;
}

/** A row taken apart into cells, to be damaged. */
export class EditableRow {
  readonly cells: string[];
  readonly facts: RowFacts;
  readonly calendar: Calendar;
  readonly random: Random;
  readonly vintage: Omit<Vintage<never>, 'write'>;

  constructor(
    vintage: Omit<Vintage<never>, 'write'>,
    cells: string[],
    facts: RowFacts,
    calendar: Calendar,
    random: Random,
  ) {
    this.vintage = vintage;
    this.cells = cells;
    this.facts = facts;
    this.calendar = calendar;
    this.random = random;
  }

  get city(): City {
    return this.vintage.city;
  }

  has(column: string): boolean {
    return this.vintage.columns.includes(column);
  }

  get(column: string): string {
    return cellText(this.cells[this.vintage.columns.indexOf(column)] ?? '');
  }

  /** Writes the cells of those columns the vintage has. */
  set(texts: Readonly<Record<string, string>>): void {
    for (const [column, text] of Object.entries(texts)) {
      const index = this.vintage.columns.indexOf(column);
      if (index >= 0) this.cells[index] = this.vintage.cell(text);
    }
  }

  /** A date written the way the file writes dates. */
  date(date: CivilDate): string {
    return this.vintage.date(date);
  }

  day(day: number): string {
    return this.vintage.date(this.calendar.date(day));
  }

  one(texts: readonly string[]): string {
    return texts[this.random.below(texts.length)] ?? '';
  }
}

/** Columns that mean the same in both cities. */
export const COLUMNS = {
  id: { nypd: 'cmplnt_num', lapd: 'dr_no' },
  report: { nypd: 'rpt_dt', lapd: 'date_rptd' },
  occurred: { nypd: 'cmplnt_fr_dt', lapd: 'date_occ' },
  time: { nypd: 'cmplnt_fr_tm', lapd: 'time_occ' },
  district: { nypd: 'addr_pct_cd', lapd: 'area' },
  latitude: { nypd: 'latitude', lapd: 'lat' },
  longitude: { nypd: 'longitude', lapd: 'lon' },
  victimAge: { nypd: 'vic_age_group', lapd: 'vict_age' },
  victimSex: { nypd: 'vic_sex', lapd: 'vict_sex' },
  victimRace: { nypd: 'vic_race', lapd: 'vict_descent' },
  offence: { nypd: 'ofns_desc', lapd: 'crm_cd_desc' },
} as const satisfies Readonly<Record<string, Readonly<Record<City, string>>>>;

/** The canonical value a dirty cell must end as; null is an absent value. */
export interface Expected {
  readonly column: string;
  readonly value: string | null;
}

/** One kind of dirt: what it looks like and what the product must make of it. */
export interface DirtKind {
  readonly id: string;
  readonly cities: readonly City[];
  /** The damaged column of this row; empty for damage to the record as a whole. */
  readonly column: (row: EditableRow) => string;
  readonly disposition: Exclude<Disposition, 'duplicate'>;
  /** Rule or finding expected among the row's flags or reasons; empty for dirt that must raise nothing. */
  readonly rule: string;
  /** Whether this row can carry it. */
  readonly fits?: (row: EditableRow) => boolean;
  /** Damages the row; returns the canonical value expected, if one follows. */
  readonly plant: (row: EditableRow) => Expected | undefined;
  /** For records that are no longer CSV: the line to write. */
  readonly mangle?: (row: EditableRow) => string;
}

type Shared = Readonly<Record<City, string>>;

/** A kind that only writes texts into cells. */
export function textKind(options: {
  readonly id: string;
  readonly cities?: readonly City[];
  readonly column: Shared | string;
  readonly disposition?: 'curated' | 'quarantined';
  readonly rule: string;
  readonly fits?: (row: EditableRow) => boolean;
  readonly texts: (row: EditableRow) => Readonly<Record<string, string>> | string;
  readonly expected?: (row: EditableRow) => Expected;
}): DirtKind {
  const { column } = options;
  const columnOf = (row: EditableRow): string => (typeof column === 'string' ? column : column[row.city]);
  return {
    id: options.id,
    cities: options.cities ?? ['nypd', 'lapd'],
    column: columnOf,
    disposition: options.disposition ?? 'curated',
    rule: options.rule,
    fits: (row) => row.has(columnOf(row)) && (options.fits?.(row) ?? true),
    plant: (row) => {
      const texts = options.texts(row);
      row.set(typeof texts === 'string' ? { [columnOf(row)]: texts } : texts);
      return options.expected?.(row);
    },
  };
}

export const value = (column: string, text: string | null) => (): Expected => ({ column, value: text });
