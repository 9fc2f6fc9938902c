import type { CountSeries, Frequency, PreparedSeries } from './count-series.js';
import { FREQUENCY_PLANS, prepareSeries } from './count-series.js';

/** A series from the first week or month of 2010 on. */
export function testingSeries(
  frequency: Frequency,
  length: number,
  countAt: (index: number) => number,
): CountSeries {
  return {
    frequency,
    firstPeriod: frequency === 'week' ? '2010-01-04' : '2010-01-01',
    counts: Array.from({ length }, (_, index) => countAt(index)),
  };
}

export function testingPrepared(
  frequency: Frequency,
  length: number,
  countAt: (index: number) => number,
): PreparedSeries {
  const prepared = prepareSeries(
    testingSeries(frequency, length, countAt),
    FREQUENCY_PLANS[frequency].horizons[2],
  );
  if (prepared.kind !== 'prepared') throw new Error(prepared.reason);
  return prepared;
}
