import { normalQuantile } from './distributions.js';
import { requireArgument } from './invalid-argument.js';
import type { Interval } from './outcome.js';

/**
 * The interval of a share, `successes` of `total`; 0 to 1 when nothing was counted.
 * Source: Wilson (1927), without continuity correction.
 */
export function wilsonInterval(successes: number, total: number, level = 0.95): Interval {
  requireArgument(
    successes >= 0 && successes <= total,
    'wilsonInterval',
    `successes lie between 0 and the total, got ${successes} of ${total}`,
  );
  requireArgument(level > 0 && level < 1, 'wilsonInterval', `a level lies between 0 and 1, got ${level}`);
  if (total === 0) return { lower: 0, upper: 1 };
  const z = normalQuantile(1 - (1 - level) / 2);
  const share = successes / total;
  const scale = 1 + (z * z) / total;
  const centre = share + (z * z) / (2 * total);
  const half = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return {
    lower: successes === 0 ? 0 : Math.max(0, (centre - half) / scale),
    upper: successes === total ? 1 : Math.min(1, (centre + half) / scale),
  };
}
