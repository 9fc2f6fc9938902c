import { requireArgument } from '@crimetracker/analysis-kit';

/** What a cell was in one step of time: a significant hot spot, a significant cold spot, or neither. */
export type StepState = 'hot' | 'cold' | 'none';

/** The names of the field, in the order in which ArcGIS lists them. */
const PATTERNS = [
  'New',
  'Consecutive',
  'Intensifying',
  'Persistent',
  'Diminishing',
  'Sporadic',
  'Oscillating',
  'Historical',
] as const;
type Pattern = (typeof PATTERNS)[number];
type Side = Exclude<StepState, 'none'>;

const NAMES = { hot: 'Hot Spot', cold: 'Cold Spot' } as const;
const OPPOSITES = { hot: 'cold', cold: 'hot' } as const;
/** Share of the steps. */
const MOSTLY = 0.9;

export type EmergenceClass = `${Pattern} ${(typeof NAMES)[Side]}` | 'No pattern detected';

/** All 17. */
export const EMERGENCE_CLASSES: readonly EmergenceClass[] = [
  ...PATTERNS.map((pattern) => `${pattern} Hot Spot` as const),
  ...PATTERNS.map((pattern) => `${pattern} Cold Spot` as const),
  'No pattern detected',
];

/** The trend of a cell's Gi*; `mannKendall` gives one. */
export interface GiStarTrend {
  readonly z: number;
  readonly pValue: number;
}

/**
 * Which of the 17 classes of emerging hot spots a cell is in, by its states, oldest first, and the trend of its Gi*.
 *
 * The published definitions overlap, so the first of these that holds is the answer. Each is meant for hot spots and,
 * with hot and cold exchanged, for cold spots; "mostly" is in at least 90 % of the steps.
 *
 * 1. Historical: mostly hot, but not in the last step.
 * 2. Intensifying: mostly hot, also last, and Gi* rises (p < `alpha`); a cold spot intensifies when Gi* falls.
 * 3. Diminishing: mostly hot, also last, and Gi* falls; a cold spot diminishes when Gi* rises.
 * 4. Persistent: mostly hot, also last, without significant trend.
 * 5. Oscillating: hot in the last step, cold in an earlier one.
 * 6. New: hot in the last step and in no other.
 * 7. Consecutive: hot in the last two steps or more without a gap, and never before.
 * 8. Sporadic: hot in the last step, also before, with a gap; never cold.
 *
 * What ends hot or cold always has a class. No pattern is left for what ends neither hot nor cold and was mostly neither,
 * a spot that came and went among it. Two definitions hold at once in two cases. Mostly hot and cold in the last step
 * is Historical Hot rather than Oscillating Cold, and with hot and cold exchanged; a last run of hot steps after cold ones
 * is Oscillating rather than Consecutive.
 * Source: ArcGIS Pro, "How Emerging Hot Spot Analysis works"; the order is ours.
 */
export function classifyEmergence(
  steps: readonly StepState[],
  trend: GiStarTrend,
  alpha = 0.05,
): EmergenceClass {
  const last = steps[steps.length - 1] ?? 'none';
  requireArgument(steps.length > 0, 'classifyEmergence', 'there is at least one step');
  const lasting = (['hot', 'cold'] as const).find((side) => isMostly(steps, side));
  if (lasting !== undefined) return `${lastingPattern(lasting, last, trend, alpha)} ${NAMES[lasting]}`;
  if (last === 'none') return 'No pattern detected';
  return `${recentPattern(steps, last)} ${NAMES[last]}`;
}

function isMostly(steps: readonly StepState[], side: Side): boolean {
  let count = 0;
  for (const state of steps) if (state === side) count += 1;
  return count >= MOSTLY * steps.length;
}

function lastingPattern(side: Side, last: StepState, { z, pValue }: GiStarTrend, alpha: number): Pattern {
  if (last !== side) return 'Historical';
  if (!(pValue < alpha) || z === 0) return 'Persistent';
  return z > 0 === (side === 'hot') ? 'Intensifying' : 'Diminishing';
}

/** Of a cell that ends on this side without having been there mostly. */
function recentPattern(steps: readonly StepState[], side: Side): Pattern {
  if (steps.includes(OPPOSITES[side])) return 'Oscillating';
  const first = steps.indexOf(side);
  if (first === steps.length - 1) return 'New';
  return steps.indexOf('none', first) === -1 ? 'Consecutive' : 'Sporadic';
}
