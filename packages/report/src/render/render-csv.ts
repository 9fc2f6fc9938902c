import { spreadsheetSafe } from '@crimetracker/analysis-kit';
import { writeToString } from 'fast-csv';
import type { Report, ReportTable } from '../report.js';
import { tablesOf } from '../report.js';

/** Every table of a report as a CSV file by name, with all its rows and columns as the query gives them. */
export async function renderCsvFiles(report: Report): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const table of tablesOf(report)) files.set(`${table.id}.csv`, await csvOf(table));
  return files;
}

function csvOf({ columns, rows }: ReportTable): Promise<string> {
  const names = Object.keys(rows[0] ?? Object.fromEntries(columns.map(({ name }) => [name, null])));
  const cells = rows.map((row) => names.map((name) => spreadsheetSafe(row[name])));
  return writeToString(cells, { headers: names, alwaysWriteHeaders: true, includeEndRowDelimiter: true });
}
