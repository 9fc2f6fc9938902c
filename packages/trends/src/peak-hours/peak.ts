import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { median, notEnoughData, poissonInterval, requireArgument } from '@crimetracker/analysis-kit';
import { HOURS_PER_WEEK, slotAt, slotText } from './week-slots.js';

export interface PeakInput {
  /** 168 counts by weekday × hour, Monday 00:00 first; weighted ones need not be whole. */
  readonly matrix: readonly number[];
  /** The same after removeHeaping; the same array when nothing is heaped. */
  readonly matrixWithoutHeaping: readonly number[];
  /** 168 hours by weekday × hour, from weekSlotExposure. */
  readonly exposureHours: readonly number[];
}

export interface PeakOptions {
  /** Hours in a block, 4 by default: half a patrol shift. */
  readonly blockHours?: number;
  /** Chance of naming a peak where there is none, over all slots together; .05 by default. */
  readonly significance?: number;
}

/** A slot or a block of slots, with events per hour. */
interface PeakWindow {
  /** Place of the first slot, 0 to 167, and its parts. */
  readonly index: number;
  readonly weekday: number;
  readonly hour: number;
  readonly hours: number;
  /** Such as "Friday 22:00–23:00". */
  readonly text: string;
  readonly count: number;
  readonly exposureHours: number;
  readonly rate: number;
  /** Exact Poisson interval of the rate, 95 %, for this window alone. */
  readonly lower: number;
  readonly upper: number;
  /** Rate ÷ median rate of all windows. */
  readonly timesMedian: number;
}

interface PassedOver {
  readonly window: PeakWindow;
  readonly reason: string;
}

export type PeakHours =
  | {
      readonly kind: 'peak';
      readonly slot: PeakWindow;
      /** Undefined when no block stands out. */
      readonly block: PeakWindow | undefined;
      readonly medianRate: number;
      /** Slots with a higher rate that are no peak, and why. */
      readonly passedOver: readonly PassedOver[];
    }
  | { readonly kind: 'no-peak'; readonly reason: string; readonly passedOver: readonly PassedOver[] }
  | NotEnoughData;

const LEAST_EVENTS = 2 * HOURS_PER_WEEK;
const MOST_PASSED_OVER = 5;

interface Windows {
  readonly counts: readonly number[];
  readonly exposures: readonly number[];
  readonly medianRate: number;
}

/** Counts and exposures of all windows of so many hours around the week. */
function windowsOf(matrix: readonly number[], exposure: readonly number[], hours: number): Windows {
  const around = (values: readonly number[]): number[] =>
    values.map((_, first) => {
      let sum = 0;
      for (let hour = 0; hour < hours; hour++) sum += values[(first + hour) % HOURS_PER_WEEK] ?? 0;
      return sum;
    });
  const counts = around(matrix);
  const exposures = around(exposure);
  const rates = counts.flatMap((count, index) => {
    const hoursSeen = exposures[index] ?? 0;
    return hoursSeen > 0 ? [count / hoursSeen] : [];
  });
  return { counts, exposures, medianRate: median(rates) ?? 0 };
}

/** Whether the rate of a window is above the median window even when all 168 are looked at. */
function standsOut(windows: Windows, index: number, significance: number): boolean {
  const exposure = windows.exposures[index] ?? 0;
  if (exposure <= 0) return false;
  const level = 1 - significance / HOURS_PER_WEEK;
  return poissonInterval(windows.counts[index] ?? 0, { level, exposure }).lower > windows.medianRate;
}

function describeWindow(windows: Windows, index: number, hours: number): PeakWindow {
  const count = windows.counts[index] ?? 0;
  const exposure = windows.exposures[index] ?? 0;
  const rate = count / exposure;
  return {
    index,
    ...slotAt(index),
    hours,
    text: slotText(index, hours),
    count,
    exposureHours: exposure,
    rate,
    ...poissonInterval(count, { exposure }),
    timesMedian: rate / windows.medianRate,
  };
}

function search(
  { matrix, matrixWithoutHeaping, exposureHours }: PeakInput,
  hours: number,
  significance: number,
): { readonly peak: PeakWindow | undefined; readonly passedOver: readonly PassedOver[] } {
  const all = windowsOf(matrix, exposureHours, hours);
  const kept = windowsOf(matrixWithoutHeaping, exposureHours, hours);
  const rateOf = (index: number): number => (all.counts[index] ?? 0) / (all.exposures[index] ?? 1);
  const order = all.counts
    .map((_, index) => index)
    .filter((index) => (all.exposures[index] ?? 0) > 0)
    .sort((a, b) => rateOf(b) - rateOf(a) || a - b);
  const passedOver: PassedOver[] = [];
  for (const index of order) {
    const window = describeWindow(all, index, hours);
    if (!standsOut(all, index, significance)) {
      const reason = `${window.text} is not above the median hour by more than chance allows among ${HOURS_PER_WEEK} hours`;
      // Rates only fall from here on; what stands out less is not looked at.
      if (passedOver.length === 0) passedOver.push({ window, reason });
      break;
    }
    if (standsOut(kept, index, significance)) return { peak: window, passedOver };
    if (passedOver.length < MOST_PASSED_OVER) {
      const reason = `${window.text} stands out only through times that forms give when the true time is unknown`;
      passedOver.push({ window, reason });
    }
  }
  return { peak: undefined, passedOver };
}

/**
 * The weekday × hour slot, and the block of hours, with the highest rate of events per hour.
 *
 * A peak is named only if the exact Poisson interval of its rate lies above the median slot, with the chance of error
 * divided by the 168 slots it was picked from, and if that also holds without heaped times; otherwise the next
 * highest is tried, or the reason is given. A weighted count enters as it is, which is cautious: its variance is less
 * than that of as many whole events. A block has a fixed length, so that blocks of different offences compare.
 * Fewer than two events a slot, or a median of none, is a stated reason. Arrays that are not 168 long throw.
 * Source: Garwood 1936 (interval), Bonferroni (168 slots).
 */
export function findPeakHours(input: PeakInput, options: PeakOptions = {}): PeakHours {
  const { blockHours = 4, significance = 0.05 } = options;
  for (const values of [input.matrix, input.matrixWithoutHeaping, input.exposureHours]) {
    requireArgument(
      values.length === HOURS_PER_WEEK,
      'findPeakHours',
      `a week has 168 slots, got ${values.length}`,
    );
  }
  const total = input.matrix.reduce((sum, count) => sum + count, 0);
  if (total < LEAST_EVENTS) {
    return notEnoughData(
      `${Math.round(total)} events are fewer than ${LEAST_EVENTS}, two for each hour of the week`,
    );
  }
  const { medianRate } = windowsOf(input.matrix, input.exposureHours, 1);
  if (medianRate <= 0)
    return notEnoughData('more than half of the hours of the week have no event or were not observed');
  const { peak, passedOver } = search(input, 1, significance);
  if (peak === undefined) {
    return { kind: 'no-peak', reason: passedOver[0]?.reason ?? 'no hour was observed', passedOver };
  }
  return {
    kind: 'peak',
    slot: peak,
    block: search(input, blockHours, significance).peak,
    medianRate,
    passedOver,
  };
}
