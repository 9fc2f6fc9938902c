import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { dayIndexOf, isoDateOf, notEnoughData } from '@crimetracker/analysis-kit';
import { reportingCounts } from '../marts/count-marts.js';
import type { PeriodCompleteness } from '../series/completeness.js';
import { estimateCompleteness } from '../series/completeness.js';
import { layOutReports } from '../series/reporting-triangle.js';
import { BREAK_REGISTER } from './break-register.js';
import type { AnalysisContext, Counts } from './context.js';
import { rowsOf } from './context.js';

/** The time that a source can be judged by. Months are counted as year × 12 + month − 1, days from 1 January 1970. */
export interface SourcePeriods {
  /** First and last day that lie in the window and between the first and the last incident. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** First and last whole month; the last lies before the first when there is none. */
  readonly firstMonth: number;
  readonly lastMonth: number;
  /** The last whole month whose reports are nearly all there; the last whole one where that is not known. */
  readonly lastCompleteMonth: number;
  /** Completeness by month, or why it is not known. */
  readonly reporting:
    | { readonly kind: 'ok'; readonly byMonth: ReadonlyMap<number, PeriodCompleteness> }
    | NotEnoughData;
}

/** Fewer months do not show the reports that come up to a year late. */
const FEWEST_MONTHS = 13;

/** The whole months of a source, and how complete they are; undefined for a source without incidents in the window. */
export function periodsOf(
  source: string,
  counts: Counts,
  { window, observed }: AnalysisContext,
): SourcePeriods | undefined {
  const own = observed.get(source);
  if (own === undefined) return undefined;
  const firstDay = Math.max(...[own.from, window.from].map((date) => dayIndexOf(date) ?? Number.NaN));
  const lastDay = Math.min(...[own.to, window.to].map((date) => dayIndexOf(date) ?? Number.NaN));
  if (!(firstDay <= lastDay)) return undefined;
  const firstMonth = monthOf(firstDay - 1) + 1;
  const lastMonth = monthOf(lastDay + 1) - 1;
  const rows = rowsOf(counts, reportingCounts)
    .filter((row) => row.source === source)
    .map((row) => ({
      occurrence: Number(row.occurred_month),
      report: Number(row.report_month),
      count: Number(row.incidents),
    }));
  const first = rows.reduce((least, { occurrence }) => Math.min(least, occurrence), Number.POSITIVE_INFINITY);
  const last = lastReportedMonth(rows);
  const estimate =
    last - first + 1 >= FEWEST_MONTHS
      ? estimateCompleteness(
          layOutReports(
            rows.map((row) => ({ ...row, occurrence: row.occurrence - first, report: row.report - first })),
            last - first,
          ).cumulative,
        )
      : notEnoughData(`Less than ${FEWEST_MONTHS} months of reports do not tell how many are still to come.`);
  if (estimate.kind !== 'ok') {
    return { firstDay, lastDay, firstMonth, lastMonth, lastCompleteMonth: lastMonth, reporting: estimate };
  }
  return {
    firstDay,
    lastDay,
    firstMonth,
    lastMonth,
    lastCompleteMonth: Math.min(lastMonth, first + estimate.lastComplete),
    reporting: {
      kind: 'ok',
      byMonth: new Map(estimate.periods.map((period, i) => [first + i, period])),
    },
  };
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
  return (byMonth.get(last) ?? 0) * 2 < (byMonth.get(last - 1) ?? 0) ? last - 1 : last;
}

/** The share of a month's incidents that is reported, and whether that is enough; null where it is not known. */
export function completenessOf(
  { reporting }: SourcePeriods,
  month: number,
): { readonly completeness: number | null; readonly isComplete: boolean | null } {
  if (reporting.kind !== 'ok') return { completeness: null, isComplete: null };
  const own = reporting.byMonth.get(month);
  // A month after the triangle is one whose reports are still running.
  return own === undefined
    ? { completeness: null, isComplete: false }
    : { completeness: own.completeness, isComplete: own.isComplete };
}

/** The month of a day. */
export function monthOf(day: number): number {
  const date = isoDateOf(day);
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

/** The first day of a month, as ISO date. */
export function firstDayOf(month: number): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/** The first day of a month, as a number. */
export function dayOfMonth(month: number): number {
  return dayIndexOf(firstDayOf(month)) ?? 0;
}

/** Events of the register of a source that begin in a period, or touch it, joined; null without any. */
export function eventsIn(
  source: string,
  firstDay: number,
  lastDay: number,
  how: 'begin' | 'touch',
): string | null {
  const [from, to] = [isoDateOf(firstDay), isoDateOf(lastDay)];
  const events = BREAK_REGISTER.filter(
    (entry) =>
      entry.source === source &&
      entry.from <= to &&
      (how === 'begin' ? entry.from >= from : entry.to >= from),
  ).map(({ event }) => event);
  return events.length === 0 ? null : events.join('; ');
}
