/** What each Dialect member means, as plain TypeScript. */

const MS_PER_DAY = 86_400_000;

export function trim(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

export function upper(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

export function stripPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

export function stripSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

export function padStart(text: string, length: number, fill: string): string {
  const missing = length - [...text].length;
  return text === '' || missing <= 0 ? text : fill.repeat(missing) + text;
}

export function joinTexts(separator: string, texts: readonly (string | null)[]): string {
  return texts.filter((text) => text !== null).join(separator);
}

const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY;

export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

export function addYears(iso: string, years: number): string {
  const year = String(Number(iso.slice(0, 4)) + years).padStart(4, '0');
  const sameDay = `${year}${iso.slice(4)}`;
  return new Date(dayNumber(sameDay) * MS_PER_DAY).toISOString().slice(0, 10) === sameDay
    ? sameDay
    : `${year}-02-28`;
}

/** ISO text of the day this many days after 1 January 1900. */
export function isoDay(days: number): string {
  return new Date((dayNumber('1900-01-01') + days) * MS_PER_DAY).toISOString().slice(0, 10);
}
