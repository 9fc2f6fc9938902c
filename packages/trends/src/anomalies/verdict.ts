import type { NotEnoughData } from '@crimetracker/analysis-kit';

export type Direction = 'above' | 'below';

/** What one detector says of one period. */
export interface Verdict {
  readonly kind: 'ok';
  readonly observed: number;
  readonly expected: number;
  /** The band of the detector; a count outside it is an alarm. */
  readonly lower: number;
  readonly upper: number;
  /** Distance from the expected count in units of the detector; its sign is that of the difference. */
  readonly score: number;
  /** Two-sided, under the detector's own model. */
  readonly pValue: number;
  /** Undefined when there is no alarm. */
  readonly alarm: Direction | undefined;
}

export type DetectorResult = Verdict | NotEnoughData;
