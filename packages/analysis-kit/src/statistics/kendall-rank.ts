import { requireArgument } from './invalid-argument.js';

/**
 * Kendall's tau-b of two rankings, −1 to 1, for instance of the crime mix of two years; undefined when one of them is
 * constant. Cost grows with the square of the length.
 * Source: Kendall (1945), as scipy.stats.kendalltau.
 */
export function kendallTauB(first: readonly number[], second: readonly number[]): number | undefined {
  requireArgument(first.length === second.length, 'kendallTauB', 'both rankings have the same length');
  let score = 0;
  let untiedFirst = 0;
  let untiedSecond = 0;
  for (let i = 0; i < first.length; i += 1) {
    for (let j = i + 1; j < first.length; j += 1) {
      const a = Math.sign((first[j] ?? 0) - (first[i] ?? 0));
      const b = Math.sign((second[j] ?? 0) - (second[i] ?? 0));
      score += a * b;
      untiedFirst += a * a;
      untiedSecond += b * b;
    }
  }
  return untiedFirst === 0 || untiedSecond === 0 ? undefined : score / Math.sqrt(untiedFirst * untiedSecond);
}
