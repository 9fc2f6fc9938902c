import { collapse, indexBy, offenceRow, readCodeTable } from '@crimetracker/adapter-kit';
import {
  CONFIDENCES,
  CrimeTrackerError,
  EXIT_CODES,
  LOCATION_CATEGORIES,
  RACE_GROUPS,
  SEXES,
  WEAPON_CATEGORIES,
  YES_NO,
} from '@crimetracker/schema';
import { z } from 'zod';

const digits = z.string().regex(/^[1-9]\d*$/, 'must be a number without leading zeros');
const digitsOrEmpty = z.union([z.literal(''), digits]);
const word = z.string().min(1);
const mapping = { confidence: z.enum(CONFIDENCES), note: z.string() } as const;

const offence = z.object({
  crm_cd: digits,
  description: word,
  /** Wordings of other vintages, separated by ` | `. */
  other_descriptions: z.string(),
  ...offenceRow,
  part: z.enum(['1', '2']),
  /** Seen in published rows, or read off LAPD's COMPSTAT list of Part 1 codes. */
  part_basis: z.enum(['published rows', 'COMPSTAT list']),
  /** Whether the weapon is always recorded for this code; where not, a blank means that none was used. */
  weapon_recorded: z.enum(['yes', 'no']),
  /** Distinct reports measured, and how many of them carry a weapon; empty where none was seen. */
  weapon_rows: digitsOrEmpty,
  weapon_filled: z.union([z.literal(''), z.literal('0'), digits]),
});

const weapon = z.object({
  weapon_used_cd: digits,
  weapon_desc: z.string(),
  weapon_category: z.enum(WEAPON_CATEGORIES),
  nibrs_weapon_code: z.string(),
  ...mapping,
});

const premises = z.object({
  /** Empty where only the wording is known. */
  premis_cd: digitsOrEmpty,
  premis_desc: z.string(),
  location_type: word,
  location_category: z.enum(LOCATION_CATEGORIES),
  ...mapping,
});

const area = z.object({ area: digits, area_name: word, other_names: z.string() });
const descent = z.object({
  vict_descent: word,
  word: z.string(),
  victim_race_group: z.enum(RACE_GROUPS),
  note: z.string(),
});
const sex = z.object({ vict_sex: word, word: z.string(), victim_sex: z.enum(SEXES), note: z.string() });
const yesNoOrEmpty = z.union([z.literal(''), z.enum(YES_NO)]);
const status = z.object({
  status: word,
  status_desc: word,
  arrest_made: yesNoOrEmpty,
  cleared_other: yesNoOrEmpty,
  note: z.string(),
});

export type OffenceRow = z.infer<typeof offence>;
export type WeaponRow = z.infer<typeof weapon>;
export type PremisesRow = z.infer<typeof premises>;
export type AreaRow = z.infer<typeof area>;
type DescentRow = z.infer<typeof descent>;
type SexRow = z.infer<typeof sex>;
export type StatusRow = z.infer<typeof status>;

/** Rows of a code table, to be found by number or letter, and by wording where the code is blank. */
export interface CodeTable<Row> {
  readonly rows: readonly Row[];
  readonly byCode: ReadonlyMap<string, Row>;
  readonly byWording: ReadonlyMap<string, Row>;
}

export interface CodeTables {
  readonly offences: CodeTable<OffenceRow>;
  readonly weapons: CodeTable<WeaponRow>;
  readonly premises: CodeTable<PremisesRow>;
  readonly areas: CodeTable<AreaRow>;
  readonly descents: CodeTable<DescentRow>;
  readonly sexes: CodeTable<SexRow>;
  readonly statuses: CodeTable<StatusRow>;
}

/**
 * The form in which wordings are compared: upper case, runs of blanks as one, without the trailing asterisk
 * that LAPD prints behind some premises and the four digits that older exports glued behind some offences.
 */
export function wordingKey(wording: string): string {
  return collapse(wording)
    .toUpperCase()
    .replace(/ ?\d{4}$/, '')
    .replace(/ ?\*$/, '');
}

/**
 * Reads the seven code tables of LAPD.
 *
 * Throws `code-table-invalid` and the like when a table has mistakes or a wording that means two things.
 */
export async function readCodeTables(): Promise<CodeTables> {
  const read = <S extends z.ZodType>(name: string, schema: S) =>
    readCodeTable(new URL(`../tables/${name}.csv`, import.meta.url), schema);
  const [offences, weapons, premisesRows, areas, descents, sexes, statuses] = await Promise.all([
    read('offences', offence),
    read('weapons', weapon),
    read('premises', premises),
    read('areas', area),
    read('descents', descent),
    read('sexes', sex),
    read('statuses', status),
  ]);
  return {
    offences: codeTable(
      'offences.csv',
      offences,
      (row) => row.crm_cd,
      (row) => [row.description, ...row.other_descriptions.split(' | ')],
      (row) => row.crime_category,
    ),
    weapons: codeTable(
      'weapons.csv',
      weapons,
      (row) => row.weapon_used_cd,
      (row) => [row.weapon_desc],
      (row) => row.weapon_category,
    ),
    premises: codeTable(
      'premises.csv',
      premisesRows,
      (row) => row.premis_cd,
      (row) => [row.premis_desc],
      (row) => row.location_category,
    ),
    areas: codeTable(
      'areas.csv',
      areas,
      (row) => row.area,
      (row) => [row.area_name, row.other_names],
      (row) => row.area_name,
    ),
    descents: codeTable(
      'descents.csv',
      descents,
      (row) => row.vict_descent,
      (row) => [row.word],
      (row) => row.victim_race_group,
    ),
    sexes: codeTable(
      'sexes.csv',
      sexes,
      (row) => row.vict_sex,
      (row) => [row.word],
      (row) => row.victim_sex,
    ),
    statuses: codeTable(
      'statuses.csv',
      statuses,
      (row) => row.status,
      (row) => [row.status_desc],
      (row) => row.arrest_made,
    ),
  };
}

/** Indexes a table; two rows may share a wording (a withdrawn number) as long as they mean the same. */
function codeTable<Row>(
  name: string,
  rows: readonly Row[],
  codeOf: (row: Row) => string,
  wordingsOf: (row: Row) => readonly string[],
  meaningOf: (row: Row) => string,
): CodeTable<Row> {
  const byWording = new Map<string, Row>();
  const contradictions: string[] = [];
  for (const row of rows) {
    for (const key of wordingsOf(row).map(wordingKey)) {
      const known = byWording.get(key);
      if (key === '') continue;
      if (known === undefined) byWording.set(key, row);
      else if (meaningOf(known) !== meaningOf(row)) contradictions.push(key);
    }
  }
  if (contradictions.length > 0) {
    throw new CrimeTrackerError(`${name} gives two meanings to: ${contradictions.join(', ')}.`, {
      code: 'code-table-contradiction',
      exitCode: EXIT_CODES.bug,
      hint: 'Give rows with the same wording the same meaning.',
    });
  }
  return {
    rows,
    byCode: indexBy(
      rows.filter((row) => codeOf(row) !== ''),
      codeOf,
      name,
    ),
    byWording,
  };
}
