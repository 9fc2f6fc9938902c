import { WEEKDAYS } from '@crimetracker/analysis-kit';
import { dateText, monthText, number, percent, signed } from '@crimetracker/analysis-kit/words';
import type { SqlValue } from '@crimetracker/engine';
import type { ColumnKind } from './report.js';

/** What stands where a row has no value. */
export const NO_VALUE = '–';

const DATE = /^\d{4}-\d{2}-\d{2}/;

/** A value as it is written in sentences and tables. Text stays as it is: escaping is the renderer's. */
export function valueText(value: SqlValue | undefined, kind: ColumnKind): string {
  if (value === null || value === undefined) return NO_VALUE;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') {
    if (kind === 'date' && DATE.test(value)) return dateText(value);
    if (kind === 'month' && DATE.test(value)) return monthText(value);
    return value;
  }
  switch (kind) {
    case 'count':
      return number(value);
    case 'amount':
      return number(value, Math.abs(value) < 10 ? 2 : Math.abs(value) < 1000 ? 1 : 0);
    case 'share':
      return percent(value);
    case 'change':
      return signed(`${number(100 * (value - 1), 1)} %`, Number((100 * (value - 1)).toFixed(1)));
    case 'percent':
      return signed(`${number(value, 1)} %`, Number(value.toFixed(1)));
    case 'points':
      return signed(`${number(100 * value, 1)} points`, Number((100 * value).toFixed(1)));
    case 'probability':
      return value < 0.001 ? 'below 0.001' : number(value, 3);
    case 'weekday':
      return WEEKDAYS[value] ?? String(value);
    case 'hour':
      return `${String(value).padStart(2, '0')}:00`;
    case 'text':
    case 'date':
    case 'month':
      return String(value);
  }
}

/** Whether values of the kind are numbers, which stand at the right. */
export function isNumeric(kind: ColumnKind): boolean {
  return !['text', 'date', 'month', 'weekday', 'hour'].includes(kind);
}
