/** Dates as ISO text in the proleptic Gregorian calendar, which SQL engines also use; no time zone, no Date. */

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function parts(iso: string): readonly [year: number, month: number, day: number] {
  return [Number(iso.slice(0, -6)), Number(iso.slice(-5, -3)), Number(iso.slice(-2))];
}

/** The calendar year of an ISO date. */
export function yearOf(iso: string): number {
  return parts(iso)[0];
}

/** The number of days since 0000-03-01 of an ISO date from year 0 on. */
export function dayNumber(iso: string): number {
  const [year, month, day] = parts(iso);
  // A year that begins in March ends with the leap day, so months before it never depend on it.
  const marchYear = month < 3 ? year - 1 : year;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((marchMonth * 153 + 2) / 5) + day - 1;
}

/** The same month and day some years later; 29 February becomes 28 February where needed. */
export function addYearsTo(iso: string, years: number): string {
  const [year, month, day] = parts(iso);
  const target = year + years;
  const lastDay = month === 2 && day === 29 && !isLeapYear(target) ? 28 : day;
  return `${String(target).padStart(4, '0')}${iso.slice(-6, -2)}${String(lastDay).padStart(2, '0')}`;
}
