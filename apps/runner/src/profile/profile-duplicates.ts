import type { ProfiledColumn, ProfiledRelation } from './profile-column.js';
import { one, whole } from './profile-column.js';
import type { ColumnProfile, DuplicateProfile } from './profile-schema.js';
import * as sql from './profile-sql.js';

const NEAR_UNIQUE = 0.95;
/** Longer texts are descriptions, not ids. */
const LONGEST_ID = 64;
const ID_NAME = /(^|_)(id|ids|num|number|no|nbr|nr|key|case|code|uuid|guid|index)(_|$)/;
const MAX_EXAMPLES = 5;

export interface IdColumn {
  readonly position: number;
  readonly knownBy: 'source' | 'values';
}

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '_');

/** Finds the column that numbers the records by its values: nearly all different, and named like an id if one is. */
export function findIdColumn(columns: readonly ColumnProfile[], records: number): IdColumn | null {
  const candidates = columns.filter(
    ({ distinct, kinds, lengths, numbers, dates, times }) =>
      records > 1 &&
      distinct >= NEAR_UNIQUE * records &&
      dates === null &&
      times === null &&
      (kinds.decimal ?? 0) <= (numbers ? numbers.records / 2 : 0) &&
      (lengths?.max ?? 0) <= LONGEST_ID,
  );
  const found = candidates.find(({ name }) => ID_NAME.test(fold(name))) ?? candidates[0];
  return found ? { position: found.position, knownBy: 'values' } : null;
}

/**
 * Looks for repeated ids, and for rows that are equal in everything, or in everything but the id.
 *
 * `others` are further columns that only number the records; unnamed unique ones (the index that pandas writes)
 * are found here.
 */
export async function profileDuplicates(
  subject: ProfiledRelation,
  columns: readonly ProfiledColumn[],
  profiles: readonly ColumnProfile[],
  id: IdColumn | null,
  others: readonly string[] = [],
): Promise<DuplicateProfile> {
  const idProfile = profiles.find(({ position }) => position === id?.position);
  const numbersRecords = ({ position, name }: ProfiledColumn): boolean => {
    const profile = profiles.find((known) => known.position === position);
    const isIndex =
      name.trim() === '' &&
      profile !== undefined &&
      profile.distinct > 1 &&
      profile.repeated.values === 0 &&
      !profile.kinds.empty;
    return position === id?.position || others.includes(name) || isIndex;
  };
  const excluded = columns.filter(numbersRecords);
  const compared = columns.filter((column) => !excluded.includes(column));
  const names = (list: readonly ProfiledColumn[]) => list.map(({ column }) => column);
  const idColumn = columns.find(({ position }) => position === id?.position)?.column ?? null;
  await subject.engine.keepTable(
    sql.ROWS_TABLE,
    sql.rowsSelect(subject.relation, idColumn, names(compared), names(columns)),
    subject.signal,
  );
  const groups = async (select: string) => {
    const row = await one(subject, select);
    return { groups: whole(row.groups), records: whole(row.records) };
  };
  const repeatedIds = idProfile?.repeated ?? { values: 0, records: 0 };
  return {
    id_column: idProfile?.label ?? null,
    id_known_by: idProfile ? (id?.knownBy ?? null) : null,
    id_empty: idProfile?.kinds.empty ?? 0,
    repeated_ids: repeatedIds.values,
    repeated_id_records: repeatedIds.records,
    repeated_ids_with_different_rows:
      idColumn && repeatedIds.values > 0 ? (await groups(sql.REPEATED_IDS_DIFFERENT)).groups : 0,
    examples: (idProfile?.top ?? []).filter(({ records }) => records > 1).slice(0, MAX_EXAMPLES),
    identical_rows: await groups(sql.IDENTICAL_ROWS),
    identical_except_id: idColumn && compared.length > 0 ? await groups(sql.IDENTICAL_EXCEPT_ID) : null,
    excluded: excluded.map(({ label }) => label),
  };
}
