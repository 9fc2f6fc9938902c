export interface CountNoise {
  /** Variance over mean of single periods, at least 1. */
  readonly dispersion: number;
  /** Correlation of neighbouring periods, 0 to 0.9. */
  readonly correlation: number;
  /** Variance over mean of the sum of many periods: the dispersion times (1 + correlation)/(1 − correlation). */
  readonly longRun: number;
}

const MOST_CORRELATION = 0.9;

/**
 * How much counts vary around an expectation whose level may jump a few times: a jump touches one or two differences.
 * Source: differences of lag one and two, as the robust autoregression of Chakar, Lebarbier, Lévy-Leduc and Robin
 * (2017), with mean squares in place of medians, which whole numbers near 0 do not allow.
 * @param counts and what is expected of each, above 0
 */
export function estimateCountNoise(counts: ArrayLike<number>, expected: ArrayLike<number>): CountNoise {
  const near = differenceVariance(counts, expected, 1);
  const far = differenceVariance(counts, expected, 2);
  if (near === undefined || far === undefined || near <= 0)
    return { dispersion: 1, correlation: 0, longRun: 1 };
  const correlation = Math.min(MOST_CORRELATION, Math.max(0, far / near - 1));
  const dispersion = Math.max(1, near / (1 - correlation));
  return { dispersion, correlation, longRun: (dispersion * (1 + correlation)) / (1 - correlation) };
}

/** Half the mean square of differences of Pearson residuals, without the largest of them; undefined when too short. */
function differenceVariance(
  counts: ArrayLike<number>,
  expected: ArrayLike<number>,
  lag: number,
): number | undefined {
  const squares: number[] = [];
  for (let i = lag; i < counts.length; i += 1) {
    const exposure = expected[i] as number;
    const exposureBefore = expected[i - lag] as number;
    const count = counts[i] as number;
    const countBefore = counts[i - lag] as number;
    const rate = (count + countBefore) / (exposure + exposureBefore);
    const variance = rate * (1 / exposure + 1 / exposureBefore);
    if (variance === 0) squares.push(0);
    else squares.push((count / exposure - countBefore / exposureBefore) ** 2 / variance);
  }
  if (squares.length < 4) return undefined;
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}
