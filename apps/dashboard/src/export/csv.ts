import { spreadsheetSafe } from '@crimetracker/analysis-kit';
import type { PanelTable, TableCell } from './panel-table.js';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvCell = (cell: TableCell): string => quoted(String(spreadsheetSafe(cell) ?? ''));

/** A table as CSV (RFC 4180), its texts safe for spreadsheets, its numbers as they are. */
export function csvOf({ columns, rows }: PanelTable): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
