import type { SqlValue } from '@crimetracker/engine';

/** What makes a spreadsheet run a cell: OWASP, CSV injection; full-width forms are taken alike in some locales. */
const RUN_BY_SPREADSHEETS = /^[=+\-@\t\r\n＝＋－＠]/;

/** A value for a CSV cell: texts that a spreadsheet would run get an apostrophe before them, numbers stay numbers. */
export function spreadsheetSafe(value: SqlValue | undefined): SqlValue {
  if (typeof value !== 'string') return value ?? null;
  const text = value.toWellFormed().replaceAll('\u0000', '\ufffd');
  return RUN_BY_SPREADSHEETS.test(text) ? `'${text}` : text;
}
