import type { Count } from '@crimetracker/crossfilter';

/** A cell of a table: null is a value that there is none of. */
export type TableCell = string | number | null;

/** The numbers of a panel, for the table below it and for its CSV. */
export interface PanelTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** What stands where a count is hidden. */
export const HIDDEN = 'fewer than 5';
export const HIDDEN_SEX_OFFENCE = 'fewer than 10';

/** A count as a cell of a table: a hidden one says so. */
export function countCell(count: Count | undefined, hidden: string = HIDDEN): TableCell {
  return count === undefined ? null : (count ?? hidden);
}
