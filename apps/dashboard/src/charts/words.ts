import { dateText, monthText } from '@crimetracker/analysis-kit/words';
import type { Count, DateRange, Filters, Grain } from '@crimetracker/crossfilter';
import { namesSexOffence } from '@crimetracker/crossfilter';

/** Made once: a thousand numbers are written at each change of a filter. */
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });

/** A number with commas, without decimals. */
export const number = (value: number): string => whole.format(value).replace('-', '−');

/** A share in per cent with one decimal; the sign stays on the line of the number, and little is not nothing. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1\u00a0%';
  return `${tenth.format(100 * share)}\u00a0%`;
}

/** A change such as 0.12 as `+12 %`. */
export function change(ratio: number): string {
  const text = whole.format(Math.abs(100 * ratio));
  return `${text === '0' ? '±' : ratio < 0 ? '−' : '+'}${text}\u00a0%`;
}

/** A factor with two digits. */
export const factor = (value: number): string => twoDigits.format(value);

/** What stands where a count is hidden. */
export const hiddenText = (filters: Filters): string =>
  namesSexOffence(filters) ? 'fewer than 10' : 'fewer than 5';

/** A count, or what stands for a hidden one. */
export const countText = (count: Count, hidden: string): string => (count === null ? hidden : number(count));

/** A count with its noun. */
export const incidentsText = (count: Count, hidden: string): string =>
  `${countText(count, hidden)} ${count === 1 ? 'incident' : 'incidents'}`;

/** A period by its first day. */
export function periodText(grain: Grain, start: string): string {
  switch (grain) {
    case 'day':
      return dateText(start);
    case 'week':
      return `week of ${dateText(start)}`;
    case 'month':
      return monthText(start);
    case 'quarter':
      return `quarter from ${monthText(start)}`;
    case 'year':
      return start.slice(0, 4);
  }
}

/** Days of a range as a title says them. */
export const rangeText = ({ from, to }: DateRange): string => `${dateText(from)} to ${dateText(to)}`;
