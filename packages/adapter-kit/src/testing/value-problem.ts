import type { AdapterColumnName } from '@crimetracker/schema';
import { COLUMNS, columnDefinition } from '@crimetracker/schema';
import { getResolution, isValidCell } from 'h3-js';
import { roundDegrees } from '../fields/coordinates-field.js';
import { isIsoDate } from '../parsers/dates.js';

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
const OLDEST = 130;

/** Says in words why a value does not belong in a column, or null when it does. */
export function valueProblem(column: AdapterColumnName, value: unknown): string | null {
  if (!Object.hasOwn(COLUMNS, column)) return `${column} is not a column`;
  const { type, nullable, vocabulary } = columnDefinition(column);
  if (value === undefined) return `${column} has no value; null is the value for absent`;
  if (value === null) {
    // Dates and case numbers may be null here: cleaning quarantines such rows by name.
    return nullable || vocabulary === undefined
      ? null
      : `${column} is null; its vocabulary has a word for that`;
  }
  const shown = `${column} is ${typeof value === 'string' ? JSON.stringify(value).slice(0, 80) : String(value)}`;
  if (vocabulary !== undefined) {
    return typeof value === 'string' && vocabulary.includes(value)
      ? null
      : `${shown}, not one of: ${vocabulary.join(', ')}`;
  }
  switch (type) {
    case 'date':
      return typeof value === 'string' && isIsoDate(value)
        ? null
        : `${shown}, not a real day written yyyy-mm-dd`;
    case 'time':
      return typeof value === 'string' && TIME_OF_DAY.test(value)
        ? null
        : `${shown}, not a time of day written HH:MM`;
    case 'integer':
      return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= OLDEST
        ? null
        : `${shown}, not a whole number of years from 0 to ${OLDEST}`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && roundDegrees(value) === value
        ? null
        : `${shown}, not a finite number of degrees with at most 6 decimals`;
    case 'text':
      return textProblem(column, value, shown);
  }
}

function textProblem(column: AdapterColumnName, value: unknown, shown: string): string | null {
  if (typeof value !== 'string') return `${shown}, not text`;
  if (value === '') return `${column} is the empty string; null is the value for absent`;
  if (column === 'nibrs_code')
    return /^\d{2}[0-9A-Z]$/.test(value) ? null : `${shown}, not a NIBRS code such as 13A`;
  const resolution = /^h3_r(\d+)$/.exec(column)?.[1];
  if (resolution === undefined) return null;
  return isValidCell(value) && getResolution(value) === Number(resolution)
    ? null
    : `${shown}, not an H3 cell of resolution ${resolution}`;
}
