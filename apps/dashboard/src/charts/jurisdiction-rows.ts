import type { Count, DateRange, ManySeries } from '@crimetracker/crossfilter';
import { isWholePeriod } from '@crimetracker/crossfilter';
import type { CityEntry } from '../documents.js';
import { sharesOf } from './value-shares.js';

export interface JurisdictionRow {
  readonly source: string;
  readonly city: string;
  readonly name: string;
  readonly count: Count;
  readonly share: number | null;
  /** Last year against the year before it, such as 0.1 for a tenth more; null where it is not known. */
  readonly change: number | null;
  /** Whether the change is more than chance alone gives in 19 of 20 cases, counts taken as Poisson. */
  readonly isClear: boolean;
  readonly series: readonly Count[];
}

export const COLUMNS = ['name', 'city', 'count', 'share', 'change'] as const;
export type SortColumn = (typeof COLUMNS)[number];
export interface SortOrder {
  readonly column: SortColumn;
  readonly isDescending: boolean;
}

/** Two runs of periods, a year each, by their places. */
export interface ComparedYears {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** First days of the first and the last period of the later year. */
  readonly from: string;
  readonly to: string;
}

const PERIODS_A_YEAR: Readonly<Record<string, number>> = { month: 12, quarter: 4 };

/** The last whole and completely reported year of the range against the year before, when the range has both. */
export function comparedYears(
  { grain, starts }: Pick<ManySeries, 'grain' | 'starts'>,
  range: DateRange,
  completeness: CityEntry['completeness'],
): ComparedYears | undefined {
  const length = PERIODS_A_YEAR[grain];
  if (length === undefined) return undefined;
  const firstOpen = completeness.find(({ isComplete }) => isComplete === false)?.month.slice(0, 7);
  const usable = starts.flatMap((start, place) =>
    isWholePeriod(grain, start, range) && isBeforeOpen(grain, start, firstOpen) ? [place] : [],
  );
  const after = usable.slice(-length);
  const before = usable.slice(-2 * length, -length);
  const [first, last] = [starts[after[0] ?? -1], starts[after.at(-1) ?? -1]];
  if (before.length < length || first === undefined || last === undefined) return undefined;
  return { before, after, from: first, to: last };
}

/** Whether a period ends before the first month that is not complete. */
function isBeforeOpen(grain: string, start: string, open: string | undefined): boolean {
  if (open === undefined) return true;
  const months = grain === 'quarter' ? 2 : 0;
  const last = new Date(Date.UTC(Number(start.slice(0, 4)), Number(start.slice(5, 7)) - 1 + months, 1))
    .toISOString()
    .slice(0, 7);
  return last < open;
}

function sumAt(series: readonly Count[], places: readonly number[]): Count {
  let sum = 0;
  for (const place of places) {
    const count = series[place] ?? null;
    if (count === null) return null;
    sum += count;
  }
  return sum;
}

/** The rows of a city, with the shares of its counts that are not hidden. */
export function jurisdictionRows(
  { source, city, jurisdictions }: Pick<CityEntry, 'source' | 'city' | 'jurisdictions'>,
  counts: readonly Count[],
  series: ManySeries,
  years: ComparedYears | undefined,
): readonly JurisdictionRow[] {
  const shares = sharesOf(counts);
  return jurisdictions.map((name, place) => {
    const own = series.counts[place] ?? [];
    const [before, after] =
      years === undefined ? [null, null] : [sumAt(own, years.before), sumAt(own, years.after)];
    return {
      source,
      city,
      name,
      count: counts[place] ?? null,
      share: shares[place] ?? null,
      change: before === null || after === null || before === 0 ? null : after / before - 1,
      isClear:
        before !== null && after !== null && Math.abs(after - before) > 1.96 * Math.sqrt(after + before),
      series: own,
    };
  });
}

const collator = new Intl.Collator('en', { numeric: true });

/** A hidden count is more than none and less than any that is shown. */
function sortValue(row: JurisdictionRow, column: SortColumn): string | number | null {
  if ((column === 'count' || column === 'share') && row.count === null) return Number.MIN_VALUE;
  return row[column];
}

/** Rows whose name or city holds the words, in an order; a change that is not known comes last in both directions. */
export function shownRows(
  rows: readonly JurisdictionRow[],
  { column, isDescending }: SortOrder,
  words: string,
): readonly JurisdictionRow[] {
  const wanted = words.trim().toLowerCase();
  const sign = isDescending ? -1 : 1;
  const byName = (a: JurisdictionRow, b: JurisdictionRow): number =>
    collator.compare(a.name, b.name) || collator.compare(a.city, b.city);
  const compare = (a: JurisdictionRow, b: JurisdictionRow): number => {
    const [one, other] = [sortValue(a, column), sortValue(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const order =
      typeof one === 'string' || typeof other === 'string'
        ? collator.compare(String(one), String(other))
        : one - other;
    return sign * order;
  };
  return rows
    .filter(({ name, city }) => wanted === '' || `${name} ${city}`.toLowerCase().includes(wanted))
    .sort((a, b) => compare(a, b) || byName(a, b));
}

/** A line through counts in a box, its foot at zero; hidden counts interrupt it. */
export function sparkline(counts: readonly Count[], width: number, height: number): string {
  let most = 1;
  for (const count of counts) if (count !== null && count > most) most = count;
  const step = counts.length > 1 ? width / (counts.length - 1) : 0;
  let path = '';
  let isDrawing = false;
  for (const [place, count] of counts.entries()) {
    if (count === null) {
      isDrawing = false;
      continue;
    }
    path += `${isDrawing ? 'L' : 'M'}${(place * step).toFixed(1)},${(height - (height * count) / most).toFixed(1)}`;
    isDrawing = true;
  }
  return path;
}
