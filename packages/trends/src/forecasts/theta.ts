/** Simple exponential smoothing of the first values, with the best weight and start. */
export interface SimpleSmoothing {
  readonly alpha: number;
  readonly initialLevel: number;
  readonly sse: number;
}

const ALPHA_RANGE = [1e-4, 1 - 1e-4] as const;
const GRID = [1e-4, 0.01, 0.03, 0.07, 0.13, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 1 - 1e-4] as const;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** For a weight, the least-squares first level and its sum of squares: errors are linear in that level. */
function profileLevel(values: ArrayLike<number>, end: number, alpha: number): SimpleSmoothing {
  const keep = 1 - alpha;
  let level = 0;
  let power = 1;
  let cross = 0;
  let squares = 0;
  let total = 0;
  for (let index = 0; index < end; index++) {
    const error = (values[index] as number) - level;
    level += alpha * error;
    cross += power * error;
    squares += power * power;
    total += error * error;
    power *= keep;
  }
  const initialLevel = cross / squares;
  return { alpha, initialLevel, sse: Math.max(0, total - cross * initialLevel) };
}

/** Fits simple exponential smoothing by least squares: a grid of weights, then golden section around the best. */
export function fitSimpleSmoothing(values: ArrayLike<number>, end: number): SimpleSmoothing {
  let best = profileLevel(values, end, GRID[0]);
  let place = 0;
  for (const [index, alpha] of GRID.entries()) {
    const found = profileLevel(values, end, alpha);
    if (found.sse < best.sse) {
      best = found;
      place = index;
    }
  }
  let low = GRID[place - 1] ?? ALPHA_RANGE[0];
  let high = GRID[place + 1] ?? ALPHA_RANGE[1];
  let left = profileLevel(values, end, high - GOLDEN * (high - low));
  let right = profileLevel(values, end, low + GOLDEN * (high - low));
  while (high - low > 1e-7) {
    if (left.sse <= right.sse) {
      high = right.alpha;
      right = left;
      left = profileLevel(values, end, high - GOLDEN * (high - low));
    } else {
      low = left.alpha;
      left = right;
      right = profileLevel(values, end, low + GOLDEN * (high - low));
    }
  }
  for (const found of [left, right]) if (found.sse < best.sse) best = found;
  return best;
}

/**
 * The Theta forecast of values without season: simple exponential smoothing plus half the slope of the straight line
 * through all values.
 * Source: Assimakopoulos & Nikolopoulos 2000, in the form of Hyndman & Billah 2003, as R's forecast::thetaf.
 */
export function forecastTheta(
  values: ArrayLike<number>,
  end: number,
  { alpha, initialLevel }: SimpleSmoothing,
  horizon: number,
): Float64Array {
  let level = initialLevel;
  let cross = 0;
  const middle = (end - 1) / 2;
  for (let index = 0; index < end; index++) {
    const value = values[index] as number;
    level += alpha * (value - level);
    cross += (index - middle) * value;
  }
  const slope = end > 1 ? cross / ((end * (end * end - 1)) / 12) : 0;
  const head = (1 - (1 - alpha) ** end) / alpha;
  return Float64Array.from({ length: horizon }, (_, step) => level + (slope / 2) * (step + head));
}
