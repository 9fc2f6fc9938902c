/** The answer of a method that cannot say anything about its input; the reason is one sentence for a reader. */
export interface NotEnoughData {
  readonly kind: 'not-enough-data';
  readonly reason: string;
}

/** A stated reason in place of a result. */
export function notEnoughData(reason: string): NotEnoughData {
  return { kind: 'not-enough-data', reason };
}

/** Both ends belong to the interval. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
