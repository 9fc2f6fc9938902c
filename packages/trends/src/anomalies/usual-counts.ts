import { estimateCountNoise } from '@crimetracker/analysis-kit';
import { runningLevel } from '../series/running-level.js';

export interface UsualCountsOptions {
  /** The place of each period in the year, from 0. */
  readonly places: readonly number[];
  /** Periods in a year: 52 or 12. */
  readonly period: number;
}

/** Rounds in which level and season learn from each other. */
const ROUNDS = 3;
/** Fewer years do not spare their highest and lowest. */
const YEARS_TO_TRIM = 5;
/** Weeks on each side that share a season; months have one of their own. */
const SHARED_WEEKS = 3;
/** Standard deviations from the weeks around beyond which a week of the year has a season of its own, as holidays do. */
const OWN_SEASON = 4;

/**
 * What is usual in each period of a series, with hindsight: the level of the half year around it times the season, which
 * is the same in all years. A step or slope of the level is usual, an odd week or a few are not. Counts that must not
 * train are null.
 *
 * Sources: `runningLevel`; season by the ratio to the level, as in classical decomposition (Kendall and Stuart 1966),
 * without the highest and lowest year, and averaged over seven weeks.
 */
export function estimateUsualCounts(
  counts: readonly (number | null)[],
  { places, period }: UsualCountsOptions,
): readonly number[] {
  const known = [...counts.keys()].filter((i) => counts[i] !== null);
  const { dispersion } = estimateCountNoise(
    known.map((i) => counts[i] ?? 0),
    known.map(() => 1),
  );
  let season = places.map(() => 1);
  // Half a year on each side sees every season once.
  let level = runningLevel(counts, season, period / 2, dispersion);
  for (let round = 0; round < ROUNDS; round += 1) {
    const factors = seasonalFactors(counts, level, places, period, dispersion);
    season = places.map((place) => factors[place] ?? 1);
    level = runningLevel(counts, season, period / 4, dispersion);
  }
  return level.map((value, i) => value * (season[i] ?? 1));
}

interface Sums {
  readonly count: number;
  readonly usual: number;
}

function seasonalFactors(
  counts: readonly (number | null)[],
  level: readonly number[],
  places: readonly number[],
  period: number,
  dispersion: number,
): readonly number[] {
  const byPlace = Array.from({ length: period }, (): Sums[] => []);
  for (const [i, count] of counts.entries())
    if (count !== null) byPlace[places[i] ?? 0]?.push({ count, usual: level[i] ?? 1 });
  const sums = byPlace.map((years) => {
    const inOrder = years.toSorted((a, b) => a.count / a.usual - b.count / b.usual);
    return sumOf(years.length < YEARS_TO_TRIM ? inOrder : inOrder.slice(1, -1));
  });
  const shared = period > 12 ? SHARED_WEEKS : 0;
  const factors = sums.map((own, place) => {
    if (shared === 0) return ratioOf(own);
    const around: Sums[] = [];
    for (let step = -shared; step <= shared; step += 1)
      if (step !== 0) around.push(sums[(place + step + period) % period] ?? own);
    const others = ratioOf(sumOf(around));
    const distance = 2 * Math.abs(Math.sqrt(own.count) - Math.sqrt(own.usual * others));
    return distance > OWN_SEASON * Math.sqrt(dispersion) ? ratioOf(own) : ratioOf(sumOf([...around, own]));
  });
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / period;
  return factors.map((factor) => (mean > 0 ? Math.max(0.01, factor / mean) : 1));
}

function sumOf(years: readonly Sums[]): Sums {
  return years.reduce((sum, { count, usual }) => ({ count: sum.count + count, usual: sum.usual + usual }), {
    count: 0,
    usual: 0,
  });
}

function ratioOf({ count, usual }: Sums): number {
  return usual > 0 ? count / usual : 1;
}
