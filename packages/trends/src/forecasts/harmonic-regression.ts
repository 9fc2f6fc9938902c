import type { PreparedSeries } from './count-series.js';
import { fillHarmonics } from './seasonal-factors.js';
import { solveSymmetric } from './solve-symmetric.js';

/** Poisson regression of counts on level, trend and waves of the year, older counts weighing less. */
export interface HarmonicRegression {
  /** On the log scale: level, trend per year from the first period on, then sine and cosine of each wave. */
  readonly coefficients: Float64Array;
  readonly iterations: number;
}

export interface HarmonicDesign {
  /** Row by row, `width` columns: 1, years since the first period, waves. */
  readonly rows: Float64Array;
  readonly width: number;
  /** The same column by column. */
  readonly columns: readonly Float64Array[];
  /** Weight of each period; only ratios matter, so they serve every origin. */
  readonly weights: Float64Array;
  readonly yearsPerPeriod: number;
  readonly phi: number;
}

const HARMONICS = 3;
/** After two years a count weighs half. */
const HALF_LIFE_YEARS = 2;
/** What is left of the trend after a year. */
const TREND_LEFT_AFTER_YEAR = 0.35;
/** Of a unit of information on trend and waves, so that rare events do not send them to infinity. */
const RIDGE = 0.01;
const ETA_RANGE = [-15, 25] as const;

/** The columns of a series, computed once for all origins. */
export function harmonicDesign(series: PreparedSeries): HarmonicDesign {
  const { turns } = series;
  const width = 2 + 2 * HARMONICS;
  const rows = new Float64Array(turns.length * width);
  const weights = new Float64Array(turns.length);
  const origin = turns[0] ?? 0;
  const last = turns[turns.length - 1] ?? 0;
  for (let index = 0; index < turns.length; index++) {
    const turn = turns[index] as number;
    rows[index * width] = 1;
    rows[index * width + 1] = turn - origin;
    fillHarmonics(rows.subarray(index * width, (index + 1) * width), 2, turn, HARMONICS);
    weights[index] = 2 ** ((turn - last) / HALF_LIFE_YEARS);
  }
  const yearsPerPeriod = turns.length > 1 ? (turns[1] as number) - origin : 1;
  const columns = Array.from({ length: width }, (_, column) =>
    Float64Array.from(turns, (_turn, index) => rows[index * width + column] as number),
  );
  return { rows, width, columns, weights, yearsPerPeriod, phi: TREND_LEFT_AFTER_YEAR ** yearsPerPeriod };
}

/** Writes the products of a vector with the first `count` columns, and up to three more, four at a time. */
function multiplyColumns(
  vector: Float64Array,
  columns: readonly Float64Array[],
  products: Float64Array,
  to: number,
  count: number,
): void {
  for (let first = 0; first < count; first += 4) {
    const column0 = columns[first] as Float64Array;
    const column1 = columns[first + 1] as Float64Array;
    const column2 = columns[first + 2] as Float64Array;
    const column3 = columns[first + 3] as Float64Array;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let index = 0; index < vector.length; index++) {
      const value = vector[index] as number;
      sum0 += value * (column0[index] as number);
      sum1 += value * (column1[index] as number);
      sum2 += value * (column2[index] as number);
      sum3 += value * (column3[index] as number);
    }
    products[to + first] = sum0;
    products[to + first + 1] = sum1;
    products[to + first + 2] = sum2;
    products[to + first + 3] = sum3;
  }
}

/**
 * Fits the first `end` counts by Newton's method from `warm` if given.
 * The mean is that of a Poisson or any quasi-Poisson count: dispersion does not move it.
 * Source: McCullagh & Nelder 1989, discounted as in Ameen & Harrison 1984.
 */
export function fitHarmonicRegression(
  values: Float64Array,
  end: number,
  design: HarmonicDesign,
  warm?: HarmonicRegression,
): HarmonicRegression {
  // Newton's error after a step is about the square of that step; from one origin to the next, one step does.
  const lastStep = warm === undefined ? 1e-5 : 1e-2;
  const { rows, width, columns, weights } = design;
  const newest = weights[end - 1] ?? 1;
  const coefficients = new Float64Array(width);
  if (warm === undefined) {
    let sum = 0;
    let weight = 0;
    for (let index = 0; index < end; index++) {
      sum += (weights[index] as number) * (values[index] as number);
      weight += weights[index] as number;
    }
    coefficients[0] = Math.log(Math.max(sum / weight, 1e-6));
  } else {
    coefficients.set(warm.coefficients);
  }
  const matrix = new Float64Array(width * width);
  const gradient = new Float64Array(width);
  const residuals = new Float64Array(end);
  const information = new Float64Array(end);
  const scaled = new Float64Array(end);
  let iterations = 0;
  while (iterations < 30) {
    iterations++;
    for (let index = 0; index < end; index++) {
      const from = index * width;
      let eta = 0;
      for (let a = 0; a < width; a++) eta += (coefficients[a] as number) * (rows[from + a] as number);
      const mean = Math.exp(Math.min(ETA_RANGE[1], Math.max(ETA_RANGE[0], eta)));
      const weight = (weights[index] as number) / newest;
      residuals[index] = weight * ((values[index] as number) - mean);
      information[index] = weight * mean;
    }
    multiplyColumns(residuals, columns, gradient, 0, width);
    for (let a = 0; a < width; a++) {
      const column = columns[a] as Float64Array;
      for (let index = 0; index < end; index++) {
        scaled[index] = (information[index] as number) * (column[index] as number);
      }
      multiplyColumns(scaled, columns, matrix, a * width, a + 1);
    }
    matrix[0] = (matrix[0] as number) + 1e-9;
    for (let a = 1; a < width; a++) {
      matrix[a * width + a] = (matrix[a * width + a] as number) + RIDGE;
      gradient[a] = (gradient[a] as number) - RIDGE * (coefficients[a] as number);
    }
    if (!solveSymmetric(matrix, gradient)) break;
    let largest = 0;
    for (let a = 0; a < width; a++) largest = Math.max(largest, Math.abs(gradient[a] as number));
    // A step of more than one on the log scale overshoots.
    const share = Math.min(1, 1 / largest);
    for (let a = 0; a < width; a++) {
      coefficients[a] = (coefficients[a] as number) + share * (gradient[a] as number);
    }
    if (largest < lastStep) break;
  }
  return { coefficients, iterations };
}

/** The means of the periods after the first `end`; the trend is damped from there on. */
export function forecastHarmonicRegression(
  { coefficients }: HarmonicRegression,
  { rows, width, yearsPerPeriod, phi }: HarmonicDesign,
  end: number,
  horizon: number,
): Float64Array {
  const forecast = new Float64Array(horizon);
  const slope = coefficients[1] as number;
  const atOrigin = slope * (rows[(end - 1) * width + 1] as number);
  let damped = 0;
  for (let step = 0; step < horizon; step++) {
    damped = (damped + 1) * phi;
    const from = (end + step) * width;
    let eta = (coefficients[0] as number) + atOrigin + slope * damped * yearsPerPeriod;
    for (let a = 2; a < width; a++) eta += (coefficients[a] as number) * (rows[from + a] as number);
    forecast[step] = Math.exp(Math.min(ETA_RANGE[1], eta));
  }
  return forecast;
}
