import type { NotEnoughData } from '@crimetracker/analysis-kit';
import type { PeriodJudgement, WatchedSeries } from './agree.js';
import { farringtonOptions, judgePeriod, quietPeriod } from './agree.js';
import { detectByFarringtonFlexible } from './farrington.js';
import { detectByPoissonBand } from './poisson-bands.js';
import { findSamePeriods } from './reference-periods.js';

const YEARS = 5;

const FEWEST_ALIKE = 9;

/**
 * Whether a month lies among the same months of five earlier years and their neighbours, not as one of the two lowest
 * or two highest. Farrington's p-value of such a month inside the Poisson band is above 0.15 (3,000 simulated months
 * with means of 3 to 400, dispersion of 1 to 2, season and trend, seen 2026-11-27), so it is no anomaly, and as no
 * p-value above the false discovery rate plays a part in what is selected, it need not be known.
 */
function isLikeEarlierYears(counts: readonly (number | null)[], at: number): boolean {
  const observed = counts[at] ?? 0;
  let alike = 0;
  let notAbove = 0;
  let notBelow = 0;
  for (let year = 1; year <= YEARS; year += 1) {
    for (let index = at - 12 * year - 1; index <= at - 12 * year + 1; index += 1) {
      const count = counts[index] ?? null;
      if (count === null) continue;
      alike += 1;
      if (count <= observed) notAbove += 1;
      if (count >= observed) notBelow += 1;
    }
  }
  return alike >= FEWEST_ALIKE && notAbove >= 2 && notBelow >= 2;
}

/**
 * As `judgePeriod` of months, but the costly detectors are asked only where they can still make an agreement: the season
 * is estimated anew for every month, and hardly any month needs it.
 */
export function judgeMonth(
  watched: Omit<WatchedSeries, 'period' | 'weekStarts'>,
  at: number,
): PeriodJudgement | NotEnoughData {
  const { counts, masked } = watched;
  if (masked?.[at] !== true) {
    const training = counts.map((count, i) => (masked?.[i] === true ? null : count));
    const band = detectByPoissonBand(training, at);
    if (band.kind === 'ok' && band.alarm === undefined) {
      if (isLikeEarlierYears(training, at)) return quietPeriod(band, at, 1);
      const references = findSamePeriods(at, 12, YEARS).filter((index) => index >= 0);
      const farrington = detectByFarringtonFlexible(
        { counts: training, at, references },
        farringtonOptions(12),
      );
      if (farrington.kind === 'ok' && farrington.alarm === undefined)
        return quietPeriod(farrington, at, farrington.pValue);
    }
  }
  return judgePeriod({ ...watched, period: 12 }, at);
}
