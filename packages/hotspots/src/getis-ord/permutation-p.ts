import { InvalidArgumentError, requireArgument } from '@crimetracker/analysis-kit';
import type { Neighbours } from '../cells/neighbours.js';

/** Sums are told apart up to this many steps; larger counts are rounded to them. */
const MOST_STEPS = 4096;

const REMEMBERED_COUNTS = 64;

/**
 * The two-sided conditional permutation p-value of every unit's neighbourhood sum, exact: the unit keeps its count, all
 * others are permuted in every possible way, and p = min(1, 2 · the smaller tail), the observed order included.
 *
 * Under such a permutation the sum over k neighbours is that of k draws without replacement, whose distribution follows
 * from the generating function Π (1 + y·z^v)^(n_v) over the distinct counts v. This is what simulated permutations
 * approach, without their smallest p of 1/(R + 1), which no correction for a million tests survives. Counts are whole
 * and not negative; where sums could take more than 4,096 values, counts are rounded to that many steps first. Tails
 * below 1e-15 are given as 1e-15.
 * Source of the scheme: Anselin (1995), conditional permutation.
 */
export function permutationP(
  counts: ArrayLike<number>,
  neighbours: Neighbours,
  out: Float64Array = new Float64Array(counts.length),
): Float64Array {
  const { starts, list } = neighbours;
  const n = counts.length;
  requireArgument(starts.length === n + 1, 'permutationP', 'there is one list of neighbours per count');
  let draws = 0;
  for (let i = 0; i < n; i += 1) draws = Math.max(draws, (starts[i + 1] ?? 0) - (starts[i] ?? 0));
  const values = roundToSteps(counts, draws);
  const tails = drawTails(values, draws);
  // Most cells have few incidents and a full set of neighbours, and so the same few p-values.
  const sums = tails.atLeast[draws]?.length ?? 0;
  const known = new Float64Array(REMEMBERED_COUNTS * sums);
  for (let i = 0; i < n; i += 1) {
    const first = starts[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    let sum = 0;
    for (let at = first; at < end; at += 1) sum += values[list[at] ?? 0] ?? 0;
    const held = values[i] ?? 0;
    if (end - first < draws || held >= REMEMBERED_COUNTS) {
      out[i] = twoSidedP(tails, end - first, sum, held);
      continue;
    }
    const at = held * sums + sum;
    if (known[at] === 0) known[at] = twoSidedP(tails, draws, sum, held);
    out[i] = known[at] ?? 1;
  }
  return out;
}

function roundToSteps(counts: ArrayLike<number>, draws: number): Int32Array {
  let largest = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i] ?? 0;
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new InvalidArgumentError('permutationP', `counts are whole, got ${count}`);
    }
    if (count > largest) largest = count;
  }
  const step = Math.max(1, Math.ceil((largest * Math.max(1, draws)) / MOST_STEPS));
  const rounded = new Int32Array(counts.length);
  for (let i = 0; i < counts.length; i += 1) rounded[i] = Math.round((counts[i] ?? 0) / step);
  return rounded;
}

interface DrawTails {
  readonly units: number;
  /** `atLeast[k][s]`: ways to draw k of all units with a sum of at least s; `atMost` likewise. */
  readonly atLeast: readonly Float64Array[];
  readonly atMost: readonly Float64Array[];
}

function drawTails(values: Int32Array, draws: number): DrawTails {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, values[i] ?? 0);
  const multiplicities = new Int32Array(largest + 1);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    multiplicities[value] = (multiplicities[value] ?? 0) + 1;
  }
  const sums = draws * largest + 1;
  const ways = Array.from({ length: draws + 1 }, () => new Float64Array(sums));
  if (ways[0]) ways[0][0] = 1;
  for (const [value, multiplicity] of multiplicities.entries()) {
    if (multiplicity > 0) addValue(ways, value, multiplicity);
  }
  return {
    units: values.length,
    atLeast: ways.map((of) => {
      const tail = of.slice();
      for (let s = sums - 2; s >= 0; s -= 1) tail[s] = (tail[s] ?? 0) + (tail[s + 1] ?? 0);
      return tail;
    }),
    atMost: ways.map((of) => {
      const tail = of.slice();
      for (let s = 1; s < sums; s += 1) tail[s] = (tail[s] ?? 0) + (tail[s - 1] ?? 0);
      return tail;
    }),
  };
}

/** Multiplies the generating function by (1 + y·z^value)^multiplicity; values come in ascending order. */
function addValue(ways: readonly Float64Array[], value: number, multiplicity: number): void {
  for (let k = ways.length - 1; k >= 1; k -= 1) {
    const into = ways[k] as Float64Array;
    let choices = 1;
    for (let j = 1; j <= Math.min(k, multiplicity); j += 1) {
      choices *= (multiplicity - j + 1) / j;
      const from = ways[k - j] as Float64Array;
      const shift = j * value;
      // Nothing drawn so far is larger than this value.
      const end = (k - j) * value;
      for (let s = 0; s <= end; s += 1) into[s + shift] = (into[s + shift] ?? 0) + choices * (from[s] ?? 0);
    }
  }
}

const SMALLEST_P = 1e-15;

/** The held unit is taken out of the tails: 1 / (1 + y·z^held) = 1 − y·z^held + y²·z^(2·held) − … */
function twoSidedP({ units, atLeast, atMost }: DrawTails, draws: number, sum: number, held: number): number {
  let upper = 0;
  let lower = 0;
  let all = 1;
  for (let k = 1; k <= draws; k += 1) all *= (units - k) / k;
  for (let j = 0; j <= draws; j += 1) {
    const sign = j % 2 === 0 ? 1 : -1;
    const left = sum - j * held;
    const above = atLeast[draws - j] as Float64Array;
    upper += sign * (above[Math.max(0, left)] ?? 0);
    if (left >= 0) lower += sign * ((atMost[draws - j] as Float64Array)[left] ?? 0);
  }
  return Math.min(1, Math.max(SMALLEST_P, (2 * Math.min(upper, lower)) / all));
}
