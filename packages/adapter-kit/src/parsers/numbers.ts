import type { AgeBand } from '@crimetracker/schema';

const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?(?:e[+-]?\d+)?$|^[+-]?\.\d+$/i;
// An exponent is refused for integers: `1.03584E+08` is what Excel leaves of a code whose last digits it dropped.
const INTEGER = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.0*)?$/;

/** Reads a decimal number, with thousands commas if any; null when blank, not a number or not finite. */
export function readNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return null;
  const value = Number(trimmed.includes(',') ? trimmed.replaceAll(',', '') : trimmed);
  return Number.isFinite(value) ? value : null;
}

/** Reads an integer written as `75`, `75.0`, ` 75 ` or `1,035,836`; null when blank, not an integer or above 2^53. */
export function readInteger(text: string): number | null {
  const digits = digitsOf(text);
  if (digits === '') return null;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : null;
}

/** The normal form of a numeric code: `75.0`, `075` and ` 75 ` are all `75`; the empty string when not an integer. */
export function digitsOf(text: string): string {
  const match = INTEGER.exec(text.trim());
  if (match === null) return '';
  const [, sign = '', written = ''] = match;
  const digits = written.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** The age band that all cities share; `Unknown` for a negative age and for what is not a number. */
export function ageBand(years: number): AgeBand {
  if (!(years >= 0)) return 'Unknown';
  if (years < 18) return '<18';
  if (years < 25) return '18-24';
  if (years < 45) return '25-44';
  if (years < 65) return '45-64';
  return '65+';
}
