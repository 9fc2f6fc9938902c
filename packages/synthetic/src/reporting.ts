import type { Random } from '@crimetracker/analysis-kit';
import type { Behaviour } from './behaviours.js';

/** Index drawn in proportion to a few weights. */
function pickBin(weights: readonly number[], random: Random): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = random.unit() * total;
  for (let bin = 0; bin < weights.length - 1; bin += 1) {
    left -= weights[bin] ?? 0;
    if (left < 0) return bin;
  }
  return weights.length - 1;
}

/** Days between the end of an incident and its report. */
export function pickLag(weights: Behaviour['lag'], random: Random): number {
  switch (pickBin(weights, random)) {
    case 0:
      return 0;
    case 1:
      return 1 + random.below(3);
    case 2:
      return 4 + random.below(27);
    case 3:
      return 31 + random.below(335);
    default:
      return 366 + random.below(1100);
  }
}

/** Minutes between start and end of an incident, or -1 when no end is known. */
export function pickMinutes(weights: Behaviour['duration'], random: Random): number {
  switch (pickBin(weights, random)) {
    case 0:
      return -1;
    case 1:
      return 0;
    case 2:
      return 5 + 5 * random.below(12);
    case 3:
      return 60 + 30 * random.below(46);
    case 4:
      return 1440 + 30 * random.below(288);
    default:
      return 10_080 + 30 * random.below(8160);
  }
}
