import type { AnalysedSource, Period } from '@crimetracker/analysis-kit';
import { dayIndexOf, isoDateOf } from '@crimetracker/analysis-kit';
import type { SqlRow } from '@crimetracker/engine';
import type { DailyCounts } from '../peak-hours/seasons-and-holidays.js';

/** What an analysis is given besides counts. */
export interface AnalysisContext {
  readonly sources: readonly AnalysedSource[];
  /** First and last day of the snapshot's window, ISO dates, both included. */
  readonly window: Period;
  /** First and last day with an incident, per source; none for a source without incidents. */
  readonly observed: ReadonlyMap<string, Period>;
}

/** Rows of the count marts by name. */
export type Counts = Readonly<Record<string, readonly SqlRow[]>>;

/** All categories together, in tables by category. */
export const ALL_CATEGORIES = 'All';

/** The rows of a count mart; throws when the analysis did not ask for it. */
export function rowsOf(counts: Counts, mart: { readonly name: string }): readonly SqlRow[] {
  const rows = counts[mart.name];
  if (rows === undefined) throw new Error(`The analysis reads ${mart.name} without asking for it.`);
  return rows;
}

/** Rows in groups of the same values in some columns, in the order of their first row. */
export function groupBy(rows: readonly SqlRow[], ...columns: readonly string[]): Map<string, SqlRow[]> {
  const groups = new Map<string, SqlRow[]>();
  for (const row of rows) {
    const key = columns.map((column) => String(row[column])).join('\u0000');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** The city of a source; the id itself where the context does not know it. */
export function cityOf({ sources }: AnalysisContext, source: unknown): string {
  return sources.find(({ id }) => id === source)?.city ?? String(source);
}

/** Counts of a source by day (`day`, `incidents`), from its first observed day to its last; undefined without any. */
export function dailySeries(
  rows: readonly SqlRow[],
  { observed }: AnalysisContext,
  source: string,
): DailyCounts | undefined {
  const period = observed.get(source);
  const first = period && dayIndexOf(period.from);
  const last = period && dayIndexOf(period.to);
  if (first === undefined || last === undefined) return undefined;
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const row of rows) {
    const place = Number(row.day) - first;
    counts[place] = (counts[place] ?? 0) + Number(row.incidents);
  }
  return { firstDate: isoDateOf(first), counts };
}
