import type { Interval } from '@crimetracker/analysis-kit';
import { wilsonInterval } from '@crimetracker/analysis-kit';

/** A share as counts. */
export interface CountedShare {
  readonly count: number;
  readonly total: number;
}

export interface ShareChange extends Interval {
  /** Later share minus earlier share, −1 to 1. */
  readonly difference: number;
}

/**
 * The change from one share to another of independent counts, with its 95 % interval; undefined when a total is 0.
 * Source: Newcombe 1998, Statistics in Medicine 17, 873–890, method 10 (from two Wilson intervals).
 */
export function shareChange(earlier: CountedShare, later: CountedShare): ShareChange | undefined {
  if (earlier.total <= 0 || later.total <= 0) return undefined;
  const from = earlier.count / earlier.total;
  const to = later.count / later.total;
  const fromInterval = wilsonInterval(earlier.count, earlier.total);
  const toInterval = wilsonInterval(later.count, later.total);
  const difference = to - from;
  return {
    difference,
    lower: difference - Math.hypot(to - toInterval.lower, fromInterval.upper - from),
    upper: difference + Math.hypot(toInterval.upper - to, from - fromInterval.lower),
  };
}
