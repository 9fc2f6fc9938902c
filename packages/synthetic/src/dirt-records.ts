import type { DirtKind, EditableRow } from './dirt.js';
import { COLUMNS } from './dirt.js';
import { quoteAlways } from './vintage.js';

/** The kind whose fate depends on the lines after it. */
export const OPEN_QUOTE = 'quote-open-at-end';

const lineOf = (cells: readonly string[]): string => cells.join(',');
const nothingExpected = (): undefined => undefined;

function recordKind(
  options: Pick<DirtKind, 'id' | 'rule'> & {
    readonly cities?: DirtKind['cities'];
    readonly column?: (row: EditableRow) => string;
    readonly fits?: (row: EditableRow) => boolean;
    readonly mangle: (row: EditableRow) => string;
  },
): DirtKind {
  return {
    cities: ['nypd', 'lapd'],
    column: () => '',
    disposition: 'quarantined',
    plant: nothingExpected,
    ...options,
  };
}

const offenceColumn = (row: EditableRow): string => COLUMNS.offence[row.city];
const indexOf = (row: EditableRow, column: string): number => row.vintage.columns.indexOf(column);
const isQuoted = (cell: string): boolean => cell.startsWith('"');

/** The row with one cell replaced by raw text. */
function withCell(row: EditableRow, index: number, raw: string): string {
  return lineOf(row.cells.map((cell, at) => (at === index ? raw : cell)));
}

/** Opens a quote in the last cell and leaves it open. */
function openLastCell(row: EditableRow): string {
  const last = row.cells.at(-1) ?? '';
  return withCell(row, row.cells.length - 1, `"${last.replaceAll('"', '')}`);
}

/** Records that are not CSV any more. Each costs its own line and nothing else. */
export const RECORD_DIRT: readonly DirtKind[] = [
  recordKind({
    id: 'fields-dropped',
    rule: 'fields-too-few',
    mangle: (row) => lineOf(row.cells.slice(0, row.cells.length - 1 - row.random.below(8))),
  }),
  recordKind({
    id: 'fields-added',
    rule: 'fields-too-many',
    mangle: (row) => lineOf([...row.cells, ...(row.random.chance(0.5) ? ['stray'] : ['stray', 'cells'])]),
  }),
  recordKind({
    id: 'quote-open-in-line',
    rule: 'quote-misplaced',
    column: offenceColumn,
    // The next quote in the line closes it, in the middle of another field.
    fits: (row) => {
      const index = indexOf(row, offenceColumn(row));
      return index >= 0 && row.cells.slice(index + 1).some(isQuoted) && row.get(offenceColumn(row)) !== '';
    },
    mangle: (row) => withCell(row, indexOf(row, offenceColumn(row)), `"${row.get(offenceColumn(row))}`),
  }),
  recordKind({
    // The quote runs on into the next lines, up to the first quote there; every clean NYPD line has one.
    id: OPEN_QUOTE,
    cities: ['nypd'],
    rule: 'quote-misplaced',
    mangle: openLastCell,
  }),
  recordKind({
    id: 'text-after-quote',
    rule: 'quote-misplaced',
    column: offenceColumn,
    fits: (row) => row.has(offenceColumn(row)),
    mangle: (row) =>
      withCell(row, indexOf(row, offenceColumn(row)), `${quoteAlways(row.get(offenceColumn(row)))}x`),
  }),
  recordKind({
    id: 'nul-byte',
    rule: 'nul-byte',
    column: offenceColumn,
    fits: (row) => row.has(offenceColumn(row)),
    mangle: (row) =>
      withCell(row, indexOf(row, offenceColumn(row)), `NUL\0${row.get(offenceColumn(row)).slice(0, 3)}`),
  }),
];

/** A quote never closed because no quote follows it: only the last record of a file can be that for sure. */
export const UNCLOSED_AT_END: DirtKind = recordKind({
  id: 'quote-unclosed',
  rule: 'quote-unclosed',
  mangle: openLastCell,
});

/** Kept for readers of truth files: a record damaged as a whole has no cell to look up. */
export const isRecordDirt = (kind: string): boolean =>
  kind === UNCLOSED_AT_END.id || RECORD_DIRT.some(({ id }) => id === kind);
