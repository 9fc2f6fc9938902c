import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import { MINUTES_PER_DAY } from './week-slots.js';

/** A time of day, or all times with the same minute, at which forms are filled in when the true time is unknown. */
const HEAPING_POINTS = ['12:00', '00:00', '00:01', ':00', ':30'] as const;
export type HeapingPoint = (typeof HEAPING_POINTS)[number];

interface HeapingIndex {
  readonly point: HeapingPoint;
  readonly count: number;
  /** Events at the point ÷ what its neighbours let expect; undefined when the neighbours have none. */
  readonly index: number | undefined;
  /** Whether the index is over 3, or events stand where the neighbours have none. */
  readonly isHeaped: boolean;
}

export interface DateHeaping {
  /** Share of events on the first day of a month ÷ the share of days that are one, 12/365.25. */
  readonly firstOfMonthIndex: number;
  /** Share of events on 1 January × 365.25. */
  readonly firstOfJanuaryIndex: number;
}

export type HeapingResult =
  | { readonly kind: 'heaping'; readonly total: number; readonly indices: readonly HeapingIndex[] }
  | NotEnoughData;

export interface HeapingRemoved {
  /** 1440 counts in which heaped minutes have the mean of their neighbours. */
  readonly counts: readonly number[];
  /** 1440 factors, count without the excess ÷ count: 1 where nothing changed, never above 1. */
  readonly factors: readonly number[];
  readonly removed: number;
}

const FLAG_ABOVE = 3;
const NEAREST_MINUTES = 5;
const FARTHEST_MINUTES = 30;

const minutesOf: Readonly<Record<HeapingPoint, readonly number[]>> = {
  '12:00': [720],
  '00:00': [0],
  '00:01': [1],
  ':00': Array.from({ length: 24 }, (_, hour) => hour * 60),
  ':30': Array.from({ length: 24 }, (_, hour) => hour * 60 + 30),
};

function checkedMinutes(counts: readonly number[]): void {
  requireArgument(
    counts.length === MINUTES_PER_DAY,
    'heaping',
    `counts are ${MINUTES_PER_DAY}, one a minute of the day, got ${counts.length}`,
  );
}

/** The mean count 5 to 30 minutes before and after, around midnight if need be, leaving some minutes out. */
function neighbourMean(
  counts: readonly number[],
  minute: number,
  leftOut: ReadonlySet<number>,
): number | undefined {
  let sum = 0;
  let used = 0;
  for (let distance = NEAREST_MINUTES; distance <= FARTHEST_MINUTES; distance++) {
    for (const neighbour of [minute - distance, minute + distance]) {
      const wrapped = (neighbour + MINUTES_PER_DAY) % MINUTES_PER_DAY;
      if (leftOut.has(wrapped)) continue;
      sum += counts[wrapped] ?? 0;
      used++;
    }
  }
  return used === 0 ? undefined : sum / used;
}

const NONE: ReadonlySet<number> = new Set();

/**
 * How far counts pile up at the times that stand for "unknown": count(t) ÷ mean count 5 to 30 minutes away on both
 * sides; for all :00 and all :30 the sums of both. `counts` are 1440 numbers by minute of the day; another length
 * throws InvalidArgumentError, no event at all is a stated reason.
 */
export function heapingIndices(counts: readonly number[]): HeapingResult {
  checkedMinutes(counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return notEnoughData('no event has a time of day');
  const indices = HEAPING_POINTS.map((point): HeapingIndex => {
    let count = 0;
    let expected = 0;
    for (const minute of minutesOf[point]) {
      count += counts[minute] ?? 0;
      expected += neighbourMean(counts, minute, NONE) ?? 0;
    }
    const index = expected > 0 ? count / expected : undefined;
    return { point, count, index, isHeaped: index === undefined ? count > 0 : index > FLAG_ABOVE };
  });
  return { kind: 'heaping', total, indices };
}

/**
 * How far dates pile up on the first of a month (D1) and on 1 January (J1); 1 is what chance gives over whole years.
 * No event is a stated reason.
 */
export function dateHeaping(counts: {
  readonly total: number;
  readonly onFirstOfMonth: number;
  readonly onFirstOfJanuary: number;
}): ({ readonly kind: 'date-heaping' } & DateHeaping) | NotEnoughData {
  if (counts.total <= 0) return notEnoughData('no event has a date');
  return {
    kind: 'date-heaping',
    firstOfMonthIndex: counts.onFirstOfMonth / counts.total / (12 / 365.25),
    firstOfJanuaryIndex: (counts.onFirstOfJanuary / counts.total) * 365.25,
  };
}

/**
 * Takes the excess off the heaped points: each of their minutes gets the mean of its neighbours 5 to 30 minutes away
 * that are not heaped themselves, if that is less. `points` default to those that heapingIndices flags.
 */
export function removeHeaping(counts: readonly number[], points?: readonly HeapingPoint[]): HeapingRemoved {
  checkedMinutes(counts);
  let heaped = points;
  if (heaped === undefined) {
    const found = heapingIndices(counts);
    heaped =
      found.kind === 'heaping'
        ? found.indices.filter(({ isHeaped }) => isHeaped).map(({ point }) => point)
        : [];
  }
  const minutes = new Set(heaped.flatMap((point) => minutesOf[point]));
  const smoothed = [...counts];
  const factors = counts.map(() => 1);
  let removed = 0;
  for (const minute of minutes) {
    const count = counts[minute] ?? 0;
    const mean = neighbourMean(counts, minute, minutes) ?? count;
    if (mean >= count) continue;
    smoothed[minute] = mean;
    factors[minute] = mean / count;
    removed += count - mean;
  }
  return { counts: smoothed, factors, removed };
}
