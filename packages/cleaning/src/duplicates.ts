import type { Dialect } from '@crimetracker/engine';
import type { IncidentColumnName } from '@crimetracker/schema';
import { INCIDENT_COLUMN_NAMES } from '@crimetracker/schema';
import type { RowValue } from './evaluate.js';
import type { DuplicateRuleId } from './rules.js';

/** What the set rule reads of a row: the twenty columns, where it comes from, and why it is quarantined, if it is. */
export interface DuplicateCandidate extends Readonly<Record<IncidentColumnName, RowValue>> {
  /** Place of the file among the files of the build; the later published has the greater. */
  readonly file_rank: number;
  readonly raw_file: string;
  readonly raw_record: number;
  /** Ids joined by a semicolon; empty when the row is not quarantined. */
  readonly reasons: string;
}

/** A row that is set aside, and the row that is kept in its place. */
export interface Duplicate {
  readonly raw_file: string;
  readonly raw_record: number;
  readonly rule: DuplicateRuleId;
  readonly kept_raw_file: string;
  readonly kept_raw_record: number;
}

/**
 * Finds the rows that repeat a case number of their source: of the rows not quarantined the one from the
 * latest file, and there with the greatest record number, is kept; the others are duplicates. Rows are never
 * compared by content alone: different incidents are often identical apart from their case number.
 */
export function findDuplicates(rows: Iterable<DuplicateCandidate>): readonly Duplicate[] {
  const cases = new Map<string, DuplicateCandidate[]>();
  for (const row of rows) {
    if (row.reasons !== '' || row.source === null || row.case_num === null) continue;
    const key = JSON.stringify([row.source, row.case_num]);
    const known = cases.get(key);
    if (known === undefined) cases.set(key, [row]);
    else known.push(row);
  }
  return [...cases.values()].flatMap((repeated) => {
    const [kept, ...others] = repeated.sort(latestFirst);
    return kept === undefined ? [] : others.map((other) => duplicate(other, kept));
  });
}

function latestFirst(a: DuplicateCandidate, b: DuplicateCandidate): number {
  return b.file_rank - a.file_rank || b.raw_record - a.raw_record || (a.raw_file < b.raw_file ? 1 : -1);
}

function duplicate(row: DuplicateCandidate, kept: DuplicateCandidate): Duplicate {
  const same = INCIDENT_COLUMN_NAMES.every((name) => row[name] === kept[name]);
  return {
    raw_file: row.raw_file,
    raw_record: row.raw_record,
    rule: same ? 'duplicate-exact' : 'duplicate-superseded',
    kept_raw_file: kept.raw_file,
    kept_raw_record: kept.raw_record,
  };
}

export interface DuplicatesSql {
  readonly dialect: Dialect;
  /** What follows FROM, without alias: a relation with the columns of `DuplicateCandidate`. It is read twice. */
  readonly relation: string;
}

/** The query of `findDuplicates`: the columns of `Duplicate`, unsorted. */
export function duplicatesSql({ dialect, relation }: DuplicatesSql): string {
  const name = (column: string): string => dialect.identifier(column);
  const text = (id: DuplicateRuleId): string => dialect.literal(id);
  const caseKey = ['source', 'case_num'];
  const usable = `${name('reasons')} = '' AND ${caseKey.map((column) => `${name(column)} IS NOT NULL`).join(' AND ')}`;
  const keys = caseKey.map(name).join(', ');
  const sameCase = (a: string, b: string): string =>
    caseKey.map((column) => `${a}.${name(column)} = ${b}.${name(column)}`).join(' AND ');
  const order = `${name('file_rank')} DESC, ${name('raw_record')} DESC, ${name('raw_file')} DESC`;
  const carried = [...new Set<string>([...INCIDENT_COLUMN_NAMES, 'file_rank', 'raw_file', 'raw_record'])];

  // Few case numbers repeat: they are found first, so that only their rows are sorted.
  const repeated = `SELECT ${keys} FROM ${relation} WHERE ${usable} GROUP BY ${keys} HAVING COUNT(*) > 1`;
  const rows = `SELECT ${carried.map(name).join(', ')} FROM ${relation} WHERE ${usable}`;
  const ranked =
    `SELECT ${carried.map((column) => `candidate.${name(column)}`).join(', ')}, ROW_NUMBER() OVER (` +
    `PARTITION BY ${caseKey.map((column) => `candidate.${name(column)}`).join(', ')} ORDER BY ${order}) AS ${name('place')} ` +
    `FROM (${rows}) AS candidate JOIN (${repeated}) AS repeated ON ${sameCase('candidate', 'repeated')}`;
  const same = INCIDENT_COLUMN_NAMES.filter((column) => !caseKey.includes(column))
    .map((column) => `other.${name(column)} IS NOT DISTINCT FROM kept.${name(column)}`)
    .join(' AND ');
  return (
    `WITH ranked AS (${ranked}) ` +
    `SELECT other.${name('raw_file')} AS ${name('raw_file')}, other.${name('raw_record')} AS ${name('raw_record')}, ` +
    `CASE WHEN ${same} THEN ${text('duplicate-exact')} ELSE ${text('duplicate-superseded')} END AS ${name('rule')}, ` +
    `kept.${name('raw_file')} AS ${name('kept_raw_file')}, kept.${name('raw_record')} AS ${name('kept_raw_record')} ` +
    `FROM ranked AS other JOIN ranked AS kept ON ${sameCase('other', 'kept')} AND kept.${name('place')} = 1 ` +
    `WHERE other.${name('place')} > 1`
  );
}
