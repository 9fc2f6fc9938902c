import type { RateRatio } from '@crimetracker/analysis-kit';
import { estimateCountNoise, rateRatioInterval } from '@crimetracker/analysis-kit';
import type { Count, DateRange, Series } from '@crimetracker/crossfilter';
import { daysIn, isWholePeriod } from '@crimetracker/crossfilter';

const FEWEST_MONTHS = 24;
const MONTHS_OF_YEAR = 12;

/**
 * Variance over mean of sums over months, at least 1, from the whole months of a city: how far they lie apart beyond what
 * the days of the month and the usual season explain. Hidden months are left out; undefined with less than two years.
 * Source: estimateCountNoise.
 */
export function monthlyDispersion(months: Series, data: DateRange): number | undefined {
  const whole = months.starts.flatMap((start, i) => {
    const count = months.counts[i] ?? null;
    return count !== null && isWholePeriod('month', start, data) ? [{ start, count }] : [];
  });
  if (whole.length < FEWEST_MONTHS) return undefined;
  const days = whole.map(({ start }) => daysOfMonth(start));
  const total = whole.reduce((sum, { count }) => sum + count, 0);
  const allDays = days.reduce((sum, one) => sum + one, 0);
  if (total === 0) return 1;
  const season = Array.from({ length: MONTHS_OF_YEAR }, (_, month) => {
    let count = 0;
    let length = 0;
    whole.forEach((one, i) => {
      if (Number(one.start.slice(5, 7)) - 1 !== month) return;
      count += one.count;
      length += days[i] ?? 0;
    });
    return length === 0 || count === 0 ? 1 : count / length / (total / allDays);
  });
  return estimateCountNoise(
    whole.map(({ count }) => count),
    whole.map(({ start }, i) => (days[i] ?? 0) * (season[Number(start.slice(5, 7)) - 1] ?? 1)),
  ).longRun;
}

function daysOfMonth(start: string): number {
  return new Date(Date.UTC(Number(start.slice(0, 4)), Number(start.slice(5, 7)), 0)).getUTCDate();
}

export interface Change {
  /** Ratios of incidents a day, 1 is no change. */
  readonly ratio: RateRatio;
  readonly direction: 'more' | 'fewer' | 'no clear change';
}

/** Incidents a day in a range against those before; undefined when one of them is hidden or not there. */
export function changeOf(
  total: Count,
  range: DateRange,
  before: { readonly range: DateRange; readonly total: Count } | null,
  dispersion: number | undefined,
): Change | undefined {
  if (total === null || before === null || before.total === null || total + before.total === 0)
    return undefined;
  if (daysIn(range) < 1 || daysIn(before.range) < 1) return undefined;
  const ratio = rateRatioInterval(
    { count: total, exposure: daysIn(range) },
    { count: before.total, exposure: daysIn(before.range) },
    { dispersion: dispersion ?? 1 },
  );
  const isAbove = ratio.lower > 1;
  const isBelow = ratio.upper !== undefined && ratio.upper < 1;
  return { ratio, direction: isAbove ? 'more' : isBelow ? 'fewer' : 'no clear change' };
}
