import { requireArgument } from './invalid-argument.js';

/**
 * Kendall's tau-b of two rankings, −1 to 1, for instance of the crime mix of two years or of the cells of two maps;
 * undefined when one of them is constant. Cost grows with n log n. No value may be NaN.
 * Source: Kendall (1945), computed as in Knight (1966); as scipy.stats.kendalltau.
 */
export function kendallTauB(first: ArrayLike<number>, second: ArrayLike<number>): number | undefined {
  const length = first.length;
  requireArgument(length === second.length, 'kendallTauB', 'both rankings have the same length');
  const x = Float64Array.from(first);
  const y = Float64Array.from(second);
  requireArgument(!x.some(Number.isNaN) && !y.some(Number.isNaN), 'kendallTauB', 'no value is NaN');

  const order = Uint32Array.from(x.keys()).sort((i, j) => compare(x, i, j) || compare(y, i, j));
  const inOrder = (values: Float64Array) => Float64Array.from(order, (i) => values[i] as number);
  const [sortedX, yByX] = [inOrder(x), inOrder(y)];
  const tiedInX = pairsWithin(length, (i) => sortedX[i] === sortedX[i - 1]);
  const tiedInBoth = pairsWithin(length, (i) => sortedX[i] === sortedX[i - 1] && yByX[i] === yByX[i - 1]);
  // Ties in x stand in the order of y, so every inversion is a pair in opposite order.
  const opposite = sortCountingInversions(yByX);
  const tiedInY = pairsWithin(length, (i) => yByX[i] === yByX[i - 1]);

  const pairs = (length * (length - 1)) / 2;
  const untiedX = pairs - tiedInX;
  const untiedY = pairs - tiedInY;
  if (untiedX === 0 || untiedY === 0) return undefined;
  return (untiedX - tiedInY + tiedInBoth - 2 * opposite) / Math.sqrt(untiedX * untiedY);
}

function compare(values: Float64Array, i: number, j: number): number {
  const [a, b] = [values[i] as number, values[j] as number];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Pairs within runs of equal neighbours. */
function pairsWithin(length: number, equalsPrevious: (i: number) => boolean): number {
  let pairs = 0;
  let before = 0;
  for (let i = 1; i < length; i += 1) {
    before = equalsPrevious(i) ? before + 1 : 0;
    pairs += before;
  }
  return pairs;
}

/** Sorts ascending, in place, by merging; returns how many pairs stood in descending order. */
function sortCountingInversions(values: Float64Array<ArrayBuffer>): number {
  const { length } = values;
  let inversions = 0;
  let from = values;
  let to = new Float64Array(length);
  for (let width = 1; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = Math.min(start + width, length);
      const end = Math.min(start + 2 * width, length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at += 1) {
        if (left < middle && (right === end || (from[left] as number) <= (from[right] as number))) {
          to[at] = from[left] as number;
          left += 1;
        } else {
          to[at] = from[right] as number;
          right += 1;
          inversions += middle - left;
        }
      }
    }
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return inversions;
}
