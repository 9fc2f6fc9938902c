import { reportingCounts } from '../marts/count-marts.js';
import { isoDateOf } from '../peak-hours/civil-date.js';
import { estimateCompleteness } from '../series/completeness.js';
import { layOutReports } from '../series/reporting-triangle.js';
import type { AnalysisContext, Counts } from './context.js';
import { rowsOf } from './context.js';

/** First day of a month that is counted as year × 12 + month − 1. */
export function firstDayOf(month: number): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/**
 * The last month whose reports are all there. The latest thousandth of the reports is left out, so that a mistyped year
 * does not make a month of its own, and so is a month with less than half of the reports of the one before: it is still
 * running.
 */
function lastReportedMonth(rows: readonly { readonly report: number; readonly count: number }[]): number {
  const byMonth = new Map<number, number>();
  for (const { report, count } of rows) byMonth.set(report, (byMonth.get(report) ?? 0) + count);
  const months = [...byMonth].sort(([a], [b]) => a - b);
  const total = months.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  let last = months[0]?.[0] ?? 0;
  for (const [month, count] of months) {
    if (seen < total * 0.999) last = month;
    seen += count;
  }
  const [ofLast, ofOneBefore] = [byMonth.get(last) ?? 0, byMonth.get(last - 1) ?? 0];
  return ofLast * 2 < ofOneBefore ? last - 1 : last;
}

/**
 * The last day up to which a source's incidents are reported nearly completely: the last day of the last complete
 * month of occurrence, or the last observed day where that is earlier. Undefined for a source without incidents.
 *
 * The last months of a file look like a fall because their reports are still to come; nothing may be compared with
 * them or learnt from them.
 */
export function completeUntil(
  source: string,
  counts: Counts,
  { observed }: AnalysisContext,
): string | undefined {
  const period = observed.get(source);
  if (period === undefined) return undefined;
  const rows = rowsOf(counts, reportingCounts)
    .filter((row) => row.source === source)
    .map((row) => ({
      occurrence: Number(row.occurred_month),
      report: Number(row.report_month),
      count: Number(row.incidents),
    }));
  const first = Math.min(...rows.map(({ occurrence }) => occurrence));
  if (!Number.isFinite(first)) return period.to;
  const last = lastReportedMonth(rows);
  const { cumulative } = layOutReports(
    rows.map((row) => ({ ...row, occurrence: row.occurrence - first, report: row.report - first })),
    Math.max(0, last - first),
  );
  const estimate = estimateCompleteness(cumulative);
  if (estimate.kind !== 'ok') return period.to;
  const until = isoDateOf(
    Math.floor(Date.parse(firstDayOf(first + estimate.lastComplete + 1)) / 86_400_000) - 1,
  );
  return until.localeCompare(period.to) < 0 ? until : period.to;
}
