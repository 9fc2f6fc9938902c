import { requireArgument } from '@crimetracker/analysis-kit';

/** How many events of a period were reported how many periods later. */
export interface DelayedCount {
  /** Index of the period in which it happened. */
  readonly occurrence: number;
  /** Index of the period in which it was reported, on the same scale. */
  readonly report: number;
  readonly count: number;
}

/** Counts by period and delay, summed over delays; a row has as many delays as could be seen by `lastReport`. */
export interface ReportingTriangle {
  /** `cumulative[m][d]`: of period m, reported with a delay of at most d. */
  readonly cumulative: readonly (readonly number[])[];
  /** Events whose report is dated before they happened, and those later than the longest delay: left out. */
  readonly leftOut: { readonly reportedBefore: number; readonly afterLongestDelay: number };
}

/**
 * Lays out counts by delay, for `estimateCompleteness`.
 * @param lastReport the last period whose reports are complete: reports of a period that is still running do not count
 * @param longestDelay later reports are taken as never; 24 periods by default
 */
export function layOutReports(
  rows: readonly DelayedCount[],
  lastReport: number,
  longestDelay = 24,
): ReportingTriangle {
  requireArgument(
    Number.isInteger(lastReport) && lastReport >= 0 && Number.isInteger(longestDelay) && longestDelay >= 1,
    'layOutReports',
    'the last report is an index and the longest delay at least 1',
  );
  const cumulative = Array.from({ length: lastReport + 1 }, (_, period) =>
    new Array<number>(Math.min(longestDelay, lastReport - period) + 1).fill(0),
  );
  let reportedBefore = 0;
  let afterLongestDelay = 0;
  for (const { occurrence, report, count } of rows) {
    const delay = report - occurrence;
    const row = cumulative[occurrence];
    if (delay < 0) reportedBefore += count;
    else if (delay > longestDelay) afterLongestDelay += count;
    else if (row !== undefined && report <= lastReport) row[delay] = (row[delay] ?? 0) + count;
  }
  for (const row of cumulative) {
    for (let delay = 1; delay < row.length; delay += 1)
      row[delay] = (row[delay] ?? 0) + (row[delay - 1] ?? 0);
  }
  return { cumulative, leftOut: { reportedBefore, afterLongestDelay } };
}
