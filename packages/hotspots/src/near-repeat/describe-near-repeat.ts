import type { KnoxBand, KnoxRow, KnoxTest } from './knox-test.js';
import { SAME_PLACE_METRES } from './knox-test.js';

/** The reach of repeats beyond chance, in space and time, from an incident on. */
export interface RepeatZone {
  /** Metres, 0 for the same place. */
  readonly withinMetres: number;
  /** Counts the day of the incident as 0. */
  readonly withinDays: number;
  readonly observed: number;
  readonly expected: number;
  readonly ratio: number;
}

export interface NearRepeatReading {
  /** Another incident at the very same place; undefined when there is no such band, or not beyond chance. */
  readonly samePlace: RepeatZone | undefined;
  /** Another incident nearby, the same place not counted. */
  readonly nearby: RepeatZone | undefined;
  /** For a reader, one sentence each. */
  readonly sentences: readonly string[];
}

/** A band of distance in words. */
export function distanceWords({ from, to }: KnoxBand): string {
  if (isSamePlace({ from, to })) return 'the same place';
  return from <= SAME_PLACE_METRES ? `up to ${to} m` : `${from} to ${to} m`;
}

/** A band of whole days in words, such as "7 to 13 days". */
export function dayWords({ from, to }: KnoxBand): string {
  const [first, last] = [Math.ceil(from), Math.ceil(to) - 1];
  if (last === 0) return 'the same day';
  if (first === last) return `${last} ${last === 1 ? 'day' : 'days'}`;
  return `${first} to ${last} days`;
}

/**
 * What the Knox test means in practice: after an incident, within how many metres and days others come more often.
 *
 * A zone begins at the place and day of the incident and takes in as many bands as are all significant (q below
 * `significance`); of several such zones the one with the most pairs beyond chance.
 */
export function describeNearRepeat({ rows }: KnoxTest, significance = 0.05): NearRepeatReading {
  const samePlace = widestZone(
    rows.filter(({ distance }) => isSamePlace(distance)),
    significance,
  );
  const nearby = widestZone(
    rows.filter(({ distance }) => !isSamePlace(distance)),
    significance,
  );
  const sentences: string[] = [];
  if (samePlace !== undefined) {
    sentences.push(
      `After an incident, another at the same place within ${daysOf(samePlace)} is ${timesOf(samePlace)} as ` +
        'frequent as by chance; where places are published by block, that is the same block.',
    );
  }
  if (nearby !== undefined) {
    sentences.push(
      `After an incident, another within ${nearby.withinMetres} m and ${daysOf(nearby)} is ${timesOf(nearby)} as ` +
        'frequent as by chance.',
    );
  }
  if (sentences.length === 0) {
    sentences.push('Incidents are not followed by others nearby more often than by chance.');
  }
  return { samePlace, nearby, sentences };
}

function isSamePlace({ to }: KnoxBand): boolean {
  return to <= SAME_PLACE_METRES;
}

function daysOf({ withinDays }: RepeatZone): string {
  if (withinDays === 0) return 'the same day';
  return withinDays === 1 ? '1 day' : `${withinDays} days`;
}

function timesOf({ ratio }: RepeatZone): string {
  return `${ratio.toFixed(1)} times`;
}

function widestZone(rows: readonly KnoxRow[], significance: number): RepeatZone | undefined {
  let best: RepeatZone | undefined;
  for (const corner of rows) {
    const inside = rows.filter(
      ({ distance, days }) => distance.to <= corner.distance.to && days.to <= corner.days.to,
    );
    if (!inside.every(({ qValue }) => qValue < significance)) continue;
    const observed = inside.reduce((sum, row) => sum + row.observed, 0);
    const expected = inside.reduce((sum, row) => sum + row.expected, 0);
    if (expected === 0 || observed - expected <= (best === undefined ? 0 : best.observed - best.expected)) {
      continue;
    }
    best = {
      withinMetres: isSamePlace(corner.distance) ? 0 : corner.distance.to,
      withinDays: Math.ceil(corner.days.to) - 1,
      observed,
      expected,
      ratio: observed / expected,
    };
  }
  return best;
}
