/** Values of one cell, by hand. */

const DAY_MS = 86_400_000;

/** Days since 1970, or null where there is no such day. @param {number} year @param {number} month @param {number} day */
function dayOf(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.getTime() / DAY_MS;
}

/** @param {string | null} text @param {boolean} shortYears */
export function toDay(text, shortYears) {
  if (text === null) return null;
  const american = (shortYears ? /^(\d{1,2})\/(\d{1,2})\/(\d{2})$/ : /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/).exec(
    text,
  );
  if (american !== null) {
    const year = Number(american[3]);
    return dayOf(shortYears ? 2000 + year : year, Number(american[1]), Number(american[2]));
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})(T|$)/.exec(text);
  return iso === null ? null : dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
}

/** The same day so many years later; 29 February becomes 28 where there is none. @param {number} day @param {number} years */
export function addYears(day, years) {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear() + years;
  return (
    dayOf(year, date.getUTCMonth() + 1, date.getUTCDate()) ??
    /** @type {number} */ (dayOf(year, date.getUTCMonth() + 1, date.getUTCDate() - 1))
  );
}

/** @param {number | null} day */
export const toIsoDate = (day) => (day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10));

/** @param {string | null} text */
export function toTime(text) {
  if (text === '24:00:00') return '23:59';
  const match = text === null ? null : /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?$/.exec(text);
  if (match === null || Number(match[1]) > 23) return null;
  return `${(match[1] ?? '').padStart(2, '0')}:${match[2]}`;
}

/** Six decimals, halves upwards. @param {string} text */
export function toDegrees(text) {
  const degrees = Number(text);
  return Number.isFinite(degrees) ? Math.floor(degrees * 1e6 + 0.5) / 1e6 : null;
}

/** @param {string | null} text */
export function toInteger(text) {
  const number = text === null ? Number.NaN : Number(text);
  return Number.isFinite(number) ? Math.round(number) : null;
}
