import {
  InvalidArgumentError,
  instantsOf,
  MS_PER_HOUR,
  MS_PER_MINUTE,
  wallClockMs,
  weekdayOf,
  zoneOffsetMs,
  zoneTransitions,
} from '@crimetracker/analysis-kit';
import { HOURS_PER_WEEK, MINUTES_PER_DAY, MINUTES_PER_WEEK } from './week-slots.js';

/** What to do with an interval longer than seven days, whose hour nobody knows. */
const LONG_INTERVAL_RULES = ['uniform', 'drop'] as const;
type LongIntervalRule = (typeof LONG_INTERVAL_RULES)[number];

/** When an event happened, on the city's clocks: at the start, or at some time between start and end. */
export interface WallClockInterval {
  readonly startDate: string;
  /** HH:MM or HH:MM:SS. */
  readonly startTime?: string | undefined;
  readonly endDate?: string | undefined;
  readonly endTime?: string | undefined;
}

export interface AoristicOptions {
  /** IANA name, such as America/New_York. */
  readonly timeZone: string;
  /** Default uniform. */
  readonly longIntervals?: LongIntervalRule;
}

export type AoristicWeights =
  | {
      readonly kind: 'weighted';
      /** 168 shares of one event by weekday × hour; their sum is 1. */
      readonly weights: readonly number[];
      readonly basis: 'interval' | 'point' | 'uniform';
      /** Whether the end stood before the start and the two were swapped. */
      readonly isSwapped: boolean;
    }
  | { readonly kind: 'dropped'; readonly reason: string };

/** Intervals that begin at the same minute of the week and last equally long. */
export interface AoristicGroup {
  /** Monday = 0 to Sunday = 6. */
  readonly weekday: number;
  /** Minutes since local midnight, 0 to 1439. */
  readonly startMinute: number;
  /** Local end minus local start; 0 or null for a point in time, negative when the end stands before the start. */
  readonly durationMinutes: number | null;
  readonly count: number;
}

/** Equal intervals given with their dates, as they touch a change of the clocks. */
interface DatedIntervals extends WallClockInterval {
  readonly count: number;
}

export interface AoristicMatrixInput extends AoristicOptions {
  readonly groups: readonly AoristicGroup[];
  /** Those whose dates matter: see clockChangeWindows. */
  readonly dated?: readonly DatedIntervals[];
  /** 1440 factors by minute of the day at which an event starts, such as removeHeaping gives. */
  readonly minuteFactors?: readonly number[];
}

export interface AoristicMatrix {
  /** 168 sums of weights by weekday × hour, Monday 00:00 first. */
  readonly matrix: readonly number[];
  /** Events in the matrix; its sum. */
  readonly total: number;
  /** Events by what their weight rests on. */
  readonly points: number;
  readonly intervals: number;
  readonly uniform: number;
  /** Events whose end stood before their start. */
  readonly swapped: number;
  /** Events left out, with the reason. */
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
  /** Recorded time when no event has an interval, so that no weighting took place. */
  readonly basis: 'aoristic' | 'recorded time';
}

const LONGEST_MINUTES = MINUTES_PER_WEEK;
const TOO_LONG = 'the interval is longer than seven days';
const UNREADABLE = 'the start date or time is missing or malformed';

const localSlot = (localMs: number): number => {
  const hours = Math.floor(localMs / MS_PER_HOUR);
  return weekdayOf(Math.floor(hours / 24)) * 24 + (((hours % 24) + 24) % 24);
};

/** Adds one event spread evenly over the instants [from, to). */
function addSpread(weights: Float64Array, timeZone: string, from: number, to: number, count: number): void {
  const changes: number[] = [];
  const lastYear = new Date(to).getUTCFullYear();
  for (let year = new Date(from).getUTCFullYear(); year <= lastYear; year++) {
    for (const { atMs } of zoneTransitions(timeZone, year)) if (atMs > from && atMs < to) changes.push(atMs);
  }
  let segmentStart = from;
  for (const segmentEnd of [...changes, to]) {
    const offset = zoneOffsetMs(timeZone, segmentStart);
    let at = segmentStart;
    while (at < segmentEnd) {
      const local = at + offset;
      const next = Math.min(segmentEnd, (Math.floor(local / MS_PER_HOUR) + 1) * MS_PER_HOUR - offset);
      const slot = localSlot(local);
      weights[slot] = (weights[slot] ?? 0) + (count * (next - at)) / (to - from);
      at = next;
    }
    segmentStart = segmentEnd;
  }
}

type Spread =
  | { readonly kind: 'spread'; readonly basis: 'interval' | 'point' | 'uniform'; readonly isSwapped: boolean }
  | { readonly kind: 'dropped'; readonly reason: string };

function addInterval(
  weights: Float64Array,
  interval: WallClockInterval,
  { timeZone, longIntervals = 'uniform' }: AoristicOptions,
  count: number,
): Spread {
  const { startDate, startTime, endDate, endTime } = interval;
  const startLocal = startTime === undefined ? undefined : wallClockMs(startDate, startTime);
  if (startLocal === undefined) return { kind: 'dropped', reason: UNREADABLE };
  const endLocal = endDate === undefined || endTime === undefined ? undefined : wallClockMs(endDate, endTime);
  const starts = instantsOf(timeZone, startLocal);
  const add = (slot: number, weight: number): void => {
    weights[slot] = (weights[slot] ?? 0) + weight;
  };
  if (endLocal === undefined || endLocal === startLocal) {
    add(localSlot(starts[0] + zoneOffsetMs(timeZone, starts[0])), count);
    return { kind: 'spread', basis: 'point', isSwapped: false };
  }
  const ends = instantsOf(timeZone, endLocal);
  // A repeated hour is taken the first time round, unless only the second puts the end after the start.
  const end = ends.find((instant) => instant > starts[0]) ?? ends[0];
  const isSwapped = end < starts[0];
  const [from, to] = isSwapped ? [end, starts[0]] : [starts[0], end];
  if (to === from) {
    add(localSlot(from + zoneOffsetMs(timeZone, from)), count);
    return { kind: 'spread', basis: 'point', isSwapped: false };
  }
  if (to - from > LONGEST_MINUTES * MS_PER_MINUTE) {
    if (longIntervals === 'drop') return { kind: 'dropped', reason: TOO_LONG };
    for (let slot = 0; slot < HOURS_PER_WEEK; slot++) add(slot, count / HOURS_PER_WEEK);
    return { kind: 'spread', basis: 'uniform', isSwapped };
  }
  addSpread(weights, timeZone, from, to, count);
  return { kind: 'spread', basis: 'interval', isSwapped };
}

/**
 * Spreads one event over the 168 weekday × hour slots in proportion to the share of its interval in each.
 *
 * Time is measured between instants, so an interval over a change of the clocks has the hours that passed: none at
 * 02:xx in spring, twice 01:xx in autumn. Without an end, or with end = start, the slot of the start has it all. An
 * end before the start is swapped and said so. An interval over seven days (168 hours passed) is spread evenly or
 * dropped. A start that cannot be read is dropped; an unknown time zone throws RangeError.
 * Source: Ratcliffe & McCullagh 1998, "Aoristic crime analysis", IJGIS 12(7).
 */
export function aoristicWeights(interval: WallClockInterval, options: AoristicOptions): AoristicWeights {
  const weights = new Float64Array(HOURS_PER_WEEK);
  const result = addInterval(weights, interval, options, 1);
  if (result.kind === 'dropped') return result;
  return {
    kind: 'weighted',
    weights: [...weights],
    basis: result.basis,
    isSwapped: result.isSwapped,
  };
}

/**
 * The sum of aoristicWeights over many events, from counts by weekday, minute of the start and duration.
 *
 * A group knows no date, so its hours all last sixty minutes; intervals that touch a change of the clocks go into
 * `dated` instead. Whole hours are summed by first slot and number first, so the time does
 * not grow with durations: a million groups take well under a second.
 * Groups outside their ranges (weekday, minute, count below 0) throw InvalidArgumentError: they are errors of the query.
 */
export function aoristicMatrix(input: AoristicMatrixInput): AoristicMatrix {
  const { groups, dated = [], minuteFactors, longIntervals = 'uniform' } = input;
  const weights = new Float64Array(HOURS_PER_WEEK);
  // Whole hours by first slot and number, laid out at the end. Differences along the circle would take as little
  // time, but subtracting what was added leaves slots without any event a little above or below 0.
  const runs = new Float64Array(HOURS_PER_WEEK * (HOURS_PER_WEEK + 1));
  let uniform = 0;
  let points = 0;
  let intervals = 0;
  let swapped = 0;
  const dropped = new Map<string, number>();
  const drop = (reason: string, count: number): void => {
    dropped.set(reason, (dropped.get(reason) ?? 0) + count);
  };

  for (const { weekday, startMinute, durationMinutes, count: events } of groups) {
    if (!(weekday >= 0 && weekday < 7 && startMinute >= 0 && startMinute < MINUTES_PER_DAY && events >= 0)) {
      throw new InvalidArgumentError(
        'aoristicMatrix',
        `a group is out of range: weekday ${weekday}, minute ${startMinute}, ${events} events`,
      );
    }
    const count = minuteFactors === undefined ? events : events * (minuteFactors[startMinute] ?? 1);
    let start = weekday * MINUTES_PER_DAY + startMinute;
    let duration = durationMinutes ?? 0;
    const isSwapped = duration < 0;
    if (isSwapped) {
      start += duration;
      duration = -duration;
    }
    if (duration > LONGEST_MINUTES) {
      if (longIntervals === 'drop') {
        drop(TOO_LONG, count);
        continue;
      }
      uniform += count;
    } else {
      start = ((start % MINUTES_PER_WEEK) + MINUTES_PER_WEEK) % MINUTES_PER_WEEK;
      let slot = Math.floor(start / 60);
      if (duration === 0) {
        weights[slot] = (weights[slot] ?? 0) + count;
        points += count;
      } else {
        const perMinute = count / duration;
        const inFirst = Math.min(duration, (slot + 1) * 60 - start);
        weights[slot] = (weights[slot] ?? 0) + perMinute * inFirst;
        slot = (slot + 1) % HOURS_PER_WEEK;
        const left = duration - inFirst;
        const hours = Math.floor(left / 60);
        const run = slot * (HOURS_PER_WEEK + 1) + hours;
        runs[run] = (runs[run] ?? 0) + perMinute * 60;
        slot = (slot + hours) % HOURS_PER_WEEK;
        weights[slot] = (weights[slot] ?? 0) + perMinute * (left - hours * 60);
        intervals += count;
      }
    }
    if (isSwapped) swapped += count;
  }
  for (let first = 0; first < HOURS_PER_WEEK; first++) {
    weights[first] = (weights[first] ?? 0) + uniform / HOURS_PER_WEEK;
    for (let hours = 1; hours <= HOURS_PER_WEEK; hours++) {
      const weight = runs[first * (HOURS_PER_WEEK + 1) + hours] ?? 0;
      if (weight === 0) continue;
      for (let hour = 0; hour < hours; hour++) {
        const slot = (first + hour) % HOURS_PER_WEEK;
        weights[slot] = (weights[slot] ?? 0) + weight;
      }
    }
  }

  for (const interval of dated) {
    const minute = interval.startTime === undefined ? undefined : minuteOfDay(interval.startTime);
    const factor = minute === undefined ? 1 : (minuteFactors?.[minute] ?? 1);
    const count = interval.count * factor;
    const result = addInterval(weights, interval, input, count);
    if (result.kind === 'dropped') {
      drop(result.reason, count);
      continue;
    }
    if (result.isSwapped) swapped += count;
    if (result.basis === 'point') points += count;
    else if (result.basis === 'interval') intervals += count;
    else uniform += count;
  }

  const matrix = [...weights];
  return {
    matrix,
    total: points + intervals + uniform,
    points,
    intervals,
    uniform,
    swapped,
    dropped: [...dropped].map(([reason, count]) => ({ reason, count })),
    basis: intervals + uniform > 0 ? 'aoristic' : 'recorded time',
  };
}

function minuteOfDay(time: string): number | undefined {
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return Number.isInteger(minute) ? minute : undefined;
}
