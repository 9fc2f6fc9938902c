import type { DateRange } from '@crimetracker/crossfilter';

const DAY = 86_400_000;

/** The last so many years up to the end of the data, to the day. */
export function lastYears(data: DateRange, years: number): DateRange {
  const next = new Date(Date.parse(`${data.to}T00:00:00Z`) + DAY);
  // The day after the last, so many years earlier: a 29 February becomes 1 March, as it should for a first day.
  next.setUTCFullYear(next.getUTCFullYear() - years);
  const from = next.toISOString().slice(0, 10);
  return { from: [from, data.from].sort().at(-1) ?? from, to: data.to };
}

/** Years that the data touch, the newest first. */
export function wholeYears(data: DateRange): readonly string[] {
  const first = Number(data.from.slice(0, 4));
  const last = Number(data.to.slice(0, 4));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => String(last - i));
}
