import { betaCdf } from '@crimetracker/analysis-kit';
import type { PreparedSeries } from './count-series.js';
import { FREQUENCY_PLANS } from './count-series.js';
import { solveSymmetric } from './solve-symmetric.js';

const WEEKLY_HARMONICS = 3;
const LEAST_FACTOR = 0.1;
const SIGNIFICANCE = 0.05;

/** The centred moving average over one year, NaN at both ends. Source: 2 × m average of classical decomposition. */
function movingAverage(values: Float64Array, end: number, period: number): Float64Array {
  const half = period / 2;
  const averages = new Float64Array(end).fill(Number.NaN);
  let sum = 0;
  for (let index = 0; index < period; index++) sum += values[index] as number;
  for (let index = half; index + half < end; index++) {
    const ahead = values[index + half] as number;
    const behind = values[index - half] as number;
    averages[index] = (sum + (ahead - behind) / 2) / period;
    sum += ahead - behind;
  }
  return averages;
}

/** P(F > f) for `terms` and `left` degrees of freedom. */
function upperTailF(f: number, terms: number, left: number): number {
  return betaCdf(left / (left + terms * f), left / 2, terms / 2);
}

/**
 * What each period has of the yearly level, for all periods of the series and its horizon, learnt from the first `end`
 * values; all 1 when they have no season beyond chance (F-test at 5 %) or are fewer than two years and a half.
 *
 * Months: classical multiplicative decomposition. Weeks: three harmonics of the ratio to the moving average, weighted
 * by that average, on the turn of the year and not on 52 weeks, which drift a day each year.
 * A factor is at least 0.1. Source: Hyndman & Athanasopoulos ch. 3.4, as R's decompose(type = "multiplicative"). The
 * test is not the autocorrelation at one year, which fails on three years of a smooth season.
 */
export function seasonalFactors(series: PreparedSeries, end: number): Float64Array {
  const { values, turns, frequency } = series;
  const { period } = FREQUENCY_PLANS[frequency];
  const factors = new Float64Array(turns.length).fill(1);
  if (end < 2.5 * period) return factors;
  const averages = movingAverage(values, end, period);
  const found = frequency === 'month' ? monthFactors(series, averages) : weekFactors(series, averages);
  if (found === undefined) return factors;
  let without = 0;
  let withSeason = 0;
  let used = 0;
  for (let index = 0; index < end; index++) {
    const average = averages[index] as number;
    if (!(average > 0)) continue;
    used++;
    // Counts vary in proportion to their level.
    without += ((values[index] as number) - average) ** 2 / average;
    withSeason += ((values[index] as number) - average * (found[index] as number)) ** 2 / average;
  }
  const terms = frequency === 'month' ? period - 1 : 2 * WEEKLY_HARMONICS;
  const left = used - terms - 1;
  if (left < 1 || withSeason >= without) return factors;
  const f = (without - withSeason) / terms / (withSeason / left);
  return withSeason === 0 || upperTailF(f, terms, left) < SIGNIFICANCE ? found : factors;
}

function monthFactors({ values, turns }: PreparedSeries, averages: Float64Array): Float64Array | undefined {
  const period = 12;
  const sums = new Float64Array(period);
  const used = new Float64Array(period);
  for (const [index, average] of averages.entries()) {
    if (!(average > 0)) continue;
    const place = index % period;
    sums[place] = (sums[place] as number) + (values[index] as number) / average;
    used[place] = (used[place] as number) + 1;
  }
  if (used.some((count) => count === 0)) return undefined;
  const figure = sums.map((sum, place) => sum / (used[place] as number));
  const mean = figure.reduce((sum, value) => sum + value, 0) / period;
  return turns.map((_, index) => Math.max(LEAST_FACTOR, (figure[index % period] as number) / mean));
}

function weekFactors({ values, turns }: PreparedSeries, averages: Float64Array): Float64Array | undefined {
  const size = 2 * WEEKLY_HARMONICS;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const row = new Float64Array(size);
  for (const [index, average] of averages.entries()) {
    if (!(average > 0)) continue;
    fillHarmonics(row, 0, turns[index] as number, WEEKLY_HARMONICS);
    for (let a = 0; a < size; a++) {
      const left = row[a] as number;
      right[a] = (right[a] as number) + left * ((values[index] as number) - average);
      for (let b = 0; b <= a; b++) {
        matrix[a * size + b] = (matrix[a * size + b] as number) + left * (row[b] as number) * average;
      }
    }
  }
  if (!solveSymmetric(matrix, right)) return undefined;
  return turns.map((turn) => {
    fillHarmonics(row, 0, turn, WEEKLY_HARMONICS);
    let factor = 1;
    for (let a = 0; a < size; a++) factor += (right[a] as number) * (row[a] as number);
    return Math.max(LEAST_FACTOR, factor);
  });
}

/** Writes sine and cosine of 1 to `harmonics` waves a year into a row. */
export function fillHarmonics(row: Float64Array, from: number, turn: number, harmonics: number): void {
  for (let wave = 1; wave <= harmonics; wave++) {
    const angle = 2 * Math.PI * wave * turn;
    row[from + 2 * wave - 2] = Math.sin(angle);
    row[from + 2 * wave - 1] = Math.cos(angle);
  }
}
