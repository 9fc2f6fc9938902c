import type { Behaviour } from './behaviours.js';
import type { Random } from './random.js';

/** Days between the end of an incident and its report. */
export function pickLag(weights: Behaviour['lag'], random: Random): number {
  let left = random.unit() * (weights[0] + weights[1] + weights[2] + weights[3] + weights[4]);
  if ((left -= weights[0]) < 0) return 0;
  if ((left -= weights[1]) < 0) return 1 + random.below(3);
  if ((left -= weights[2]) < 0) return 4 + random.below(27);
  if ((left -= weights[3]) < 0) return 31 + random.below(335);
  return 366 + random.below(1100);
}

/** Minutes between start and end of an incident, or -1 when no end is known. */
export function pickMinutes(weights: Behaviour['duration'], random: Random): number {
  let left = random.unit() * (weights[0] + weights[1] + weights[2] + weights[3] + weights[4] + weights[5]);
  if ((left -= weights[0]) < 0) return -1;
  if ((left -= weights[1]) < 0) return 0;
  if ((left -= weights[2]) < 0) return 5 + 5 * random.below(12);
  if ((left -= weights[3]) < 0) return 60 + 30 * random.below(46);
  if ((left -= weights[4]) < 0) return 1440 + 30 * random.below(288);
  return 10_080 + 30 * random.below(8160);
}
