import { median, requireArgument } from '@crimetracker/analysis-kit';

/** Standard deviations beyond which a count says nothing of the level. */
const FAR = 2.5;

/**
 * The level around each period: the mean of the counts around it that lie near their median, so that single odd periods
 * leave it alone and a step stays a step.
 *
 * Missing counts are null and take no part; the level is given for them too. At both ends fewer counts lie around.
 * Levels are above 0, as what is expected must be.
 * Source: Lee and Kassam (1985), the modified trimmed mean filter, with the standard deviation of counts of that median.
 * @param expected of each period but for the level, above 0
 * @param reach known periods on each side
 * @param dispersion variance over mean
 */
export function runningLevel(
  counts: readonly (number | null)[],
  expected: readonly number[],
  reach: number,
  dispersion: number,
): number[] {
  requireArgument(Number.isInteger(reach) && reach > 0, 'runningLevel', `reach is above 0, got ${reach}`);
  const known: { readonly at: number; readonly count: number; readonly exposure: number }[] = [];
  for (const [at, count] of counts.entries())
    if (count !== null) known.push({ at, count, exposure: expected[at] ?? 1 });
  if (known.length === 0) return counts.map(() => LEAST_LEVEL);
  let first = 0;
  return counts.map((_, at) => {
    while ((known[first]?.at ?? Number.POSITIVE_INFINITY) < at) first += 1;
    const isKnown = known[first]?.at === at;
    const around = known.slice(Math.max(0, first - reach), first + reach + (isKnown ? 1 : 0));
    const middle = median(around.map(({ count, exposure }) => count / exposure)) ?? 0;
    let count = 0;
    let exposure = 0;
    for (const one of around) {
      const usual = middle * one.exposure;
      if (Math.abs(one.count - usual) > FAR * Math.sqrt(dispersion * Math.max(usual, 1))) continue;
      count += one.count;
      exposure += one.exposure;
    }
    return exposure > 0 ? Math.max(LEAST_LEVEL, count / exposure) : Math.max(LEAST_LEVEL, middle);
  });
}

const LEAST_LEVEL = 0.05;
