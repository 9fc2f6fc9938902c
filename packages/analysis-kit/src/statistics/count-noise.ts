import { median } from './robust.js';

export interface CountNoise {
  /** Variance over mean of single periods, at least 1. */
  readonly dispersion: number;
  /** Correlation of neighbouring periods, 0 to 0.9. */
  readonly correlation: number;
  /** Variance over mean of sums over many periods, at least 1. */
  readonly longRun: number;
}

const MOST_CORRELATION = 0.9;
const BLOCK = 8;
/** Fewer differences of blocks do not tell a median. */
const FEWEST_BLOCKS = 8;
/** Median of the square of a standard normal. */
const MEDIAN_SQUARE = 0.4549364;

/**
 * How much counts vary around an expectation whose level may jump a few times, which touches few differences.
 *
 * The long run is the larger of dispersion × (1 + correlation)/(1 − correlation) and what the differences of
 * neighbouring stretches of eight periods show. Source: differences of lag one and two, as the robust autoregression of
 * Chakar, Lebarbier, Lévy-Leduc and Robin (2017), with sums of squares in place of medians, which whole numbers near 0 do
 * not allow.
 * @param counts and what is expected of each, above 0
 */
export function estimateCountNoise(counts: ArrayLike<number>, expected: ArrayLike<number>): CountNoise {
  const near = differenceRatio(counts, expected, 1);
  const far = differenceRatio(counts, expected, 2);
  if (near === undefined || far === undefined || near <= 0)
    return { dispersion: 1, correlation: 0, longRun: 1 };
  const correlation = Math.min(MOST_CORRELATION, Math.max(0, far / near - 1));
  const dispersion = Math.max(1, near / (1 - correlation));
  const longRun = (dispersion * (1 + correlation)) / (1 - correlation);
  return { dispersion, correlation, longRun: Math.max(longRun, blockRatio(counts, expected)) };
}

/** Squared differences of rates over what Poisson counts would give; undefined when too short. */
function differenceRatio(
  counts: ArrayLike<number>,
  expected: ArrayLike<number>,
  lag: number,
): number | undefined {
  let squares = 0;
  let poisson = 0;
  for (let i = lag; i < counts.length; i += 1) {
    const exposure = expected[i] as number;
    const exposureBefore = expected[i - lag] as number;
    const count = counts[i] as number;
    const countBefore = counts[i - lag] as number;
    const rate = (count + countBefore) / (exposure + exposureBefore);
    squares += (count / exposure - countBefore / exposureBefore) ** 2;
    poisson += rate * (1 / exposure + 1 / exposureBefore);
  }
  return counts.length - lag < 4 || poisson === 0 ? undefined : squares / poisson;
}

/** The same for stretches of eight periods, by the median; 0 when too short. */
function blockRatio(counts: ArrayLike<number>, expected: ArrayLike<number>): number {
  const sums: { count: number; exposure: number }[] = [];
  for (let end = counts.length; end >= BLOCK; end -= BLOCK) {
    const sum = { count: 0, exposure: 0 };
    for (let i = end - BLOCK; i < end; i += 1) {
      sum.count += counts[i] as number;
      sum.exposure += expected[i] as number;
    }
    sums.push(sum);
  }
  if (sums.length <= FEWEST_BLOCKS) return 0;
  const ratios = sums.slice(1).map((block, i) => {
    const other = sums[i] ?? block;
    const rate = (block.count + other.count) / (block.exposure + other.exposure);
    if (rate === 0) return 0;
    const poisson = rate * (1 / block.exposure + 1 / other.exposure);
    return (block.count / block.exposure - other.count / other.exposure) ** 2 / poisson;
  });
  return (median(ratios) ?? 0) / MEDIAN_SQUARE;
}
