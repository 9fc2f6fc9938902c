import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, studentTCdf } from '@crimetracker/analysis-kit';

export type DieboldMariano =
  | {
      readonly kind: 'diebold-mariano';
      /** Negative when the first forecast has the smaller loss. */
      readonly statistic: number;
      readonly pValue: number;
      /** Whether the variance is Bartlett's, as the rectangular estimate was not above 0. */
      readonly usesBartlett: boolean;
    }
  | NotEnoughData;

/**
 * Tests whether two forecasts lose the same on average, from their losses at successive origins.
 *
 * `horizon` is in origins: losses up to horizon − 1 apart overlap, and their autocovariances enter the variance.
 * `alternative` says what the first forecast is under the alternative. Fewer than four origins, or equal losses
 * throughout, are a stated reason.
 * Source: Diebold & Mariano 1995 with the correction of Harvey, Leybourne & Newbold 1997, as R's forecast::dm.test.
 */
export function dieboldMariano(
  firstLosses: ArrayLike<number>,
  secondLosses: ArrayLike<number>,
  horizon: number,
  alternative: 'better' | 'different' = 'different',
): DieboldMariano {
  const count = Math.min(firstLosses.length, secondLosses.length);
  if (count < 4 || count <= horizon) {
    return notEnoughData(`${count} origins are too few for the Diebold–Mariano test at ${horizon} steps`);
  }
  const differences = Float64Array.from(
    { length: count },
    (_, index) => (firstLosses[index] as number) - (secondLosses[index] as number),
  );
  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let index = lag; index < count; index++) {
      sum += ((differences[index] as number) - mean) * ((differences[index - lag] as number) - mean);
    }
    return sum / count;
  };
  const variances = Array.from({ length: horizon }, (_, lag) => covariance(lag));
  const own = variances[0] ?? 0;
  if (own <= 1e-20 * Math.max(1, mean * mean)) {
    return notEnoughData('the losses of the two forecasts do not differ from origin to origin');
  }
  const pooled = (weightOf: (lag: number) => number): number =>
    variances.reduce((sum, value, lag) => sum + (lag === 0 ? value : 2 * weightOf(lag) * value), 0) / count;
  let variance = pooled(() => 1);
  const usesBartlett = !(variance > 1e-12 * own);
  if (usesBartlett) variance = pooled((lag) => 1 - lag / horizon);
  const correction = Math.sqrt((count + 1 - 2 * horizon + (horizon * (horizon - 1)) / count) / count);
  const statistic = (correction * mean) / Math.sqrt(variance);
  const below = studentTCdf(statistic, count - 1);
  const pValue = alternative === 'better' ? below : 2 * studentTCdf(-Math.abs(statistic), count - 1);
  return { kind: 'diebold-mariano', statistic, pValue, usesBartlett };
}
