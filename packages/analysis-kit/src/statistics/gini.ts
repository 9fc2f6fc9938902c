import { InvalidArgumentError } from './invalid-argument.js';

/**
 * Gini's coefficient of amounts of at least 0: 0 when all are equal, (n − 1)/n when one of n has everything; undefined
 * when there is nothing to share out.
 * Source: Gini (1912), as half the mean difference over the mean, by the formula of sorted amounts.
 */
export function gini(amounts: Iterable<number>): number | undefined {
  const sorted = (amounts instanceof Float64Array ? amounts.slice() : Float64Array.from(amounts)).sort();
  let total = 0;
  let ranked = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    const amount = sorted[index] ?? Number.NaN;
    if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY)) {
      throw new InvalidArgumentError('gini', `an amount is at least 0, got ${amount}`);
    }
    total += amount;
    ranked += (index + 1) * amount;
  }
  const n = sorted.length;
  return total === 0 ? undefined : Math.max(0, (2 * ranked) / (n * total) - (n + 1) / n);
}
