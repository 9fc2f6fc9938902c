import { InvalidArgumentError, requireArgument } from '@crimetracker/analysis-kit';
import type { Neighbours } from '../cells/neighbours.js';
import type { DrawTails } from './draw-tails.js';
import { drawTails, tailsWithout } from './draw-tails.js';

/** Sums are told apart one by one up to here, and in steps of 16 up to 16 times as much, and so on. */
const FINEST_REACH = 8192;
const COARSER_BY = 16;

const REMEMBERED_COUNTS = 64;
const SMALLEST_P = 1e-15;

/**
 * The two-sided conditional permutation p-value of every unit's neighbourhood sum, exact: the unit keeps its count, all
 * others are permuted in every possible way, and p = min(1, 2 · the smaller tail), the observed order included. Where `z`
 * is given, it is the tail that z points to, so that a unit is not told high because its neighbours are low.
 *
 * Under such a permutation the sum over k neighbours is that of k draws without replacement, see `drawTails`. This is
 * what simulated permutations approach, without their smallest p of 1/(R + 1), which no correction for a million tests
 * survives. Counts are whole and not negative. A sum beyond 8,192 is told to within a few thousandths of itself: counts
 * are rounded to steps of 16 for it, or of 256 beyond 16 times that, and so on. Tails below 1e-15 are given as 1e-15.
 * Source of the scheme: Anselin (1995), conditional permutation.
 */
export function permutationP(
  counts: ArrayLike<number>,
  { starts, list }: Neighbours,
  out: Float64Array = new Float64Array(counts.length),
  z?: ArrayLike<number>,
): Float64Array {
  const n = counts.length;
  requireArgument(starts.length === n + 1, 'permutationP', 'there is one list of neighbours per count');
  let draws = 0;
  for (let i = 0; i < n; i += 1) draws = Math.max(draws, (starts[i + 1] ?? 0) - (starts[i] ?? 0));
  const steps = tailsBySteps(counts, draws);
  for (let i = 0; i < n; i += 1) {
    const first = starts[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    let sum = 0;
    for (let at = first; at < end; at += 1) sum += counts[list[at] ?? 0] ?? 0;
    const { values, tails, known } = steps(sum);
    if (values !== counts) {
      sum = 0;
      for (let at = first; at < end; at += 1) sum += values[list[at] ?? 0] ?? 0;
    }
    const held = values[i] ?? 0;
    const towards = z?.[i] ?? 0;
    if (end - first < draws || held >= REMEMBERED_COUNTS) {
      out[i] = twoSidedP(tails, end - first, sum, held, towards);
      continue;
    }
    // Most cells have few incidents and a full set of neighbours, and so the same few sums, which z follows.
    const at = held * (tails.reach + 1) + sum;
    if (known[at] === 0) known[at] = twoSidedP(tails, draws, sum, held, towards);
    out[i] = known[at] ?? 1;
  }
  return out;
}

interface Steps {
  readonly values: ArrayLike<number>;
  readonly tails: DrawTails;
  readonly known: Float64Array;
}

/** The steps in which a sum is told apart; each kind is worked out when a sum first needs it. */
function tailsBySteps(counts: ArrayLike<number>, draws: number): (sum: number) => Steps {
  let largest = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i] ?? 0;
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new InvalidArgumentError('permutationP', `counts are whole, got ${count}`);
    }
    if (count > largest) largest = count;
  }
  const worked: (Steps | undefined)[] = [];
  return (sum) => {
    let level = 0;
    let step = 1;
    while (sum > FINEST_REACH * step) {
      level += 1;
      step *= COARSER_BY;
    }
    const found = worked[level];
    if (found !== undefined) return found;
    const values = step === 1 ? counts : Float64Array.from(counts, (count) => Math.round(count / step));
    // Rounding adds up to a half for each draw.
    const reach = Math.min(FINEST_REACH + draws, Math.round(largest / step) * draws);
    const tails = drawTails(values, draws, reach);
    const steps = { values, tails, known: new Float64Array(REMEMBERED_COUNTS * (reach + 1)) };
    worked[level] = steps;
    return steps;
  };
}

function twoSidedP(tails: DrawTails, draws: number, sum: number, held: number, z: number): number {
  const { upper, lower } = tailsWithout(tails, draws, sum, held);
  const tail = z > 0 ? upper : z < 0 ? lower : Math.min(upper, lower);
  return Math.min(1, Math.max(SMALLEST_P, 2 * tail));
}
