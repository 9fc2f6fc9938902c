import type { Count } from '@crimetracker/crossfilter';

/** One value with its counts in the cities that are shown, in their order. */
export interface ValueRow {
  readonly value: string;
  readonly counts: readonly Count[];
  /** Of the counts of the city that are not hidden; null where the count is hidden or the city has none. */
  readonly shares: readonly (number | null)[];
}

/** Sum of the counts that are not hidden. */
export function sumOf(counts: readonly Count[]): number {
  let sum = 0;
  for (const count of counts) sum += count ?? 0;
  return sum;
}

/** The share of each count among those that are not hidden. */
export function sharesOf(counts: readonly Count[]): readonly (number | null)[] {
  const sum = sumOf(counts);
  return counts.map((count) => (count === null || sum === 0 ? null : count / sum));
}

/**
 * Values with their counts. By size: those that come first have the largest share on average over the cities, because
 * counts of cities are never added; hidden counts come last before zero. Else in the order of the vocabulary.
 */
export function valueRows(
  values: readonly string[],
  cities: readonly (readonly Count[])[],
  order: 'size' | 'vocabulary',
): readonly ValueRow[] {
  const shares = cities.map(sharesOf);
  const rows = values.map((value, place) => ({
    value,
    counts: cities.map((counts) => counts[place] ?? null),
    shares: shares.map((ofCity) => ofCity[place] ?? null),
  }));
  if (order === 'vocabulary') return rows;
  const size = (row: ValueRow): number => row.shares.reduce<number>((sum, share) => sum + (share ?? 0), 0);
  const isHidden = (row: ValueRow): number => Number(row.counts.includes(null));
  return rows
    .map((row, place) => ({ row, place, size: size(row) }))
    .sort((a, b) => b.size - a.size || isHidden(b.row) - isHidden(a.row) || a.place - b.place)
    .map(({ row }) => row);
}

/** Whether a city's file lacks a column: its incidents have only the value that stands for that. */
export function isNotRecorded(values: readonly string[], counts: readonly Count[]): boolean {
  const absent = values.indexOf('Not recorded');
  if (absent === -1 || (counts[absent] ?? 1) === 0) return false;
  return counts.every((count, place) => place === absent || count === 0);
}

/** The largest share of all, which gets the longest bar. */
export function largestShare(rows: readonly ValueRow[]): number {
  let largest = 0;
  for (const { shares } of rows)
    for (const share of shares) if (share !== null && share > largest) largest = share;
  return largest;
}
