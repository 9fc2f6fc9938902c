/**
 * Local regression of degree 0 or 1 with tricube weights at whole-numbered places, the smoother inside STL.
 * Source: Cleveland, Cleveland, McRae and Terpenning (1990), section 2; windows, skipped places and limits as in
 * statsmodels, so that results agree to rounding.
 */
export interface LoessShape {
  /** Odd number of values that take part in one fit. */
  readonly window: number;
  readonly degree: 0 | 1;
  /** A fit at every jump-th place, straight lines in between. */
  readonly jump: number;
}

/** (1 − |distance / reach|³)³, flat near the centre and 0 at the end, as in the original program. */
function tricube(distance: number, reach: number): number {
  if (distance > 0.999 * reach) return 0;
  if (distance <= 0.001 * reach) return 1;
  const ratio = distance / reach;
  const rest = 1 - ratio * ratio * ratio;
  return rest * rest * rest;
}

/**
 * The fit at one place, which may lie one step outside the values; places count from 0. NaN when all weights are 0.
 * @param values what is smoothed; the first `count` are used
 * @param weights one for each value, or undefined
 */
export function fitLoessAt(
  values: Float64Array,
  count: number,
  shape: LoessShape,
  place: number,
  left: number,
  right: number,
  weights: Float64Array | undefined,
): number {
  const { window, degree } = shape;
  let reach = Math.max(place - left, right - place);
  if (window > count) reach += Math.floor((window - count) / 2);
  let sum = 0;
  let first = 0;
  let second = 0;
  let product = 0;
  let firstProduct = 0;
  for (let j = left; j <= right; j += 1) {
    const step = j - place;
    let weight = tricube(Math.abs(step), reach);
    if (weights !== undefined) weight *= weights[j] as number;
    const value = weight * (values[j] as number);
    sum += weight;
    product += value;
    first += weight * step;
    firstProduct += value * step;
    second += weight * step * step;
  }
  if (!(sum > 0)) return Number.NaN;
  return solve(sum, first, second, product, firstProduct, reach > 0 ? degree : 0, count);
}

function solve(
  sum: number,
  first: number,
  second: number,
  product: number,
  firstProduct: number,
  degree: 0 | 1,
  count: number,
): number {
  const level = product / sum;
  if (degree === 0) return level;
  const centre = first / sum;
  const spread = second / sum - centre * centre;
  if (!(spread > 0) || Math.sqrt(spread) <= 0.001 * (count - 1)) return level;
  return level - (centre / spread) * (firstProduct / sum - centre * level);
}

/** Smooths the first `count` values into `out`; a place without any weight keeps its value. */
export type Loess = (
  values: Float64Array,
  count: number,
  weights: Float64Array | undefined,
  out: Float64Array,
) => void;

/** A smoother that keeps the weights of all places far from both ends, where they are the same. */
export function createLoess(shape: LoessShape): Loess {
  const { window, degree } = shape;
  const half = (window - 1) / 2;
  const kernel = Float64Array.from({ length: window }, (_, k) => tricube(Math.abs(k - half), half));
  const kernelSum = kernel.reduce((sum, weight) => sum + weight, 0);

  /** The fit where the window lies evenly around the place. */
  function fitInside(
    values: Float64Array,
    count: number,
    left: number,
    weights: Float64Array | undefined,
  ): number {
    let product = 0;
    if (weights === undefined) {
      // Even weights have their centre at the place: the slope plays no part.
      for (let k = 0; k < window; k += 1) product += (kernel[k] as number) * (values[left + k] as number);
      return product / kernelSum;
    }
    let sum = 0;
    let first = 0;
    let second = 0;
    let firstProduct = 0;
    for (let k = 0; k < window; k += 1) {
      const step = k - half;
      const weight = (kernel[k] as number) * (weights[left + k] as number);
      const value = weight * (values[left + k] as number);
      const moment = weight * step;
      sum += weight;
      product += value;
      first += moment;
      firstProduct += value * step;
      second += moment * step;
    }
    if (!(sum > 0)) return Number.NaN;
    return solve(sum, first, second, product, firstProduct, degree, count);
  }

  return (values, count, weights, out) => {
    if (count < 2) {
      out[0] = values[0] as number;
      return;
    }
    const jump = Math.min(shape.jump, count - 1);
    const last = count - 1;
    let left = 0;
    let right = Math.min(window, count) - 1;
    const fitPlace = (place: number): void => {
      const isEven = window < count && place - left === half && right - place === half;
      const value = isEven
        ? fitInside(values, count, left, weights)
        : fitLoessAt(values, count, shape, place, left, right, weights);
      out[place] = Number.isNaN(value) ? (values[place] as number) : value;
    };
    for (let place = 0; place < count; place += jump) {
      if (window < count) {
        left = Math.max(0, Math.min(place - half, count - window));
        right = left + window - 1;
      }
      fitPlace(place);
    }
    if (jump === 1) return;
    for (let place = 0; place + jump < count; place += jump) drawLine(out, place, place + jump);
    const lastFit = Math.floor(last / jump) * jump;
    if (lastFit === last) return;
    fitPlace(last);
    drawLine(out, lastFit, last);
  };
}

/** Fills what lies between two places on a straight line. */
function drawLine(out: Float64Array, from: number, to: number): void {
  const start = out[from] as number;
  const slope = ((out[to] as number) - start) / (to - from);
  for (let place = from + 1; place < to; place += 1) out[place] = start + slope * (place - from);
}
