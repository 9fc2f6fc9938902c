import type { Interval, NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, studentTCdf } from '@crimetracker/analysis-kit';

export interface YearShare {
  readonly year: number;
  readonly count: number;
  readonly total: number;
}

export interface LogOddsSlope extends Interval {
  readonly kind: 'slope';
  /** Change of the log odds per year. */
  readonly slope: number;
  readonly standardError: number;
  /** Pearson's χ²/df, at least 1. */
  readonly dispersion: number;
  /** Two-sided, by Student's t on the degrees of freedom left. */
  readonly pValue: number;
  readonly degreesOfFreedom: number;
}

const LEAST_YEARS = 4;

/** The t that Student's distribution exceeds with probability `tail`, by bisection. */
function upperStudentT(tail: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = 1;
  while (studentTCdf(-high, degreesOfFreedom) > tail) high *= 2;
  for (let step = 0; step < 100 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (studentTCdf(-middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * How fast a share rises or falls: logistic regression of yearly shares on the year, with 95 % interval.
 *
 * Years may scatter more than chance has it: the standard error is multiplied by the root of the dispersion, never
 * below 1. Fewer than four years with a total, or a share of 0 or 1 in all of them, is a stated reason.
 * Source: McCullagh & Nelder 1989, quasi-binomial, as R's glm(family = quasibinomial) where the dispersion is over 1.
 */
export function logOddsSlope(years: readonly YearShare[]): LogOddsSlope | NotEnoughData {
  const used = years.filter(({ total }) => total > 0);
  if (used.length < LEAST_YEARS) {
    return notEnoughData(`${used.length} of the ${LEAST_YEARS} years that a slope needs`);
  }
  const counts = used.reduce((sum, { count }) => sum + count, 0);
  const totals = used.reduce((sum, { total }) => sum + total, 0);
  if (counts === 0 || counts === totals) return notEnoughData('the share is the same extreme in every year');
  const middle = used.reduce((sum, { year }) => sum + year, 0) / used.length;
  let intercept = Math.log(counts / (totals - counts));
  let slope = 0;
  let variance = Number.NaN;
  for (let iteration = 0; iteration < 50; iteration++) {
    let g0 = 0;
    let g1 = 0;
    let i00 = 0;
    let i01 = 0;
    let i11 = 0;
    for (const { year, count, total } of used) {
      const x = year - middle;
      const share = 1 / (1 + Math.exp(-intercept - slope * x));
      const weight = total * share * (1 - share);
      g0 += count - total * share;
      g1 += x * (count - total * share);
      i00 += weight;
      i01 += weight * x;
      i11 += weight * x * x;
    }
    const determinant = i00 * i11 - i01 * i01;
    const step0 = (i11 * g0 - i01 * g1) / determinant;
    const step1 = (i00 * g1 - i01 * g0) / determinant;
    if (!Number.isFinite(step0) || !Number.isFinite(step1) || Math.abs(slope) > 20) {
      return notEnoughData('the share jumps from one extreme to the other, so it has no slope');
    }
    intercept += step0;
    slope += step1;
    variance = i00 / determinant;
    if (Math.abs(step0) + Math.abs(step1) < 1e-12) break;
  }
  let pearson = 0;
  for (const { year, count, total } of used) {
    const share = 1 / (1 + Math.exp(-intercept - slope * (year - middle)));
    pearson += (count - total * share) ** 2 / (total * share * (1 - share));
  }
  const degreesOfFreedom = used.length - 2;
  const dispersion = Math.max(1, pearson / degreesOfFreedom);
  const standardError = Math.sqrt(variance * dispersion);
  const reach = upperStudentT(0.025, degreesOfFreedom) * standardError;
  return {
    kind: 'slope',
    slope,
    standardError,
    dispersion,
    pValue: 2 * studentTCdf(-Math.abs(slope) / standardError, degreesOfFreedom),
    degreesOfFreedom,
    lower: slope - reach,
    upper: slope + reach,
  };
}
