import type { Interval } from '@crimetracker/analysis-kit';
import type { HorizonBacktest } from './backtest.js';
import type { BlockDraws } from './block-bootstrap.js';
import { drawnInterval } from './block-bootstrap.js';
import type { Method } from './methods.js';

/** How sure the gate is over all comparisons told together. */
const FAMILY_LEVEL = 0.95;

/** Which method is shown, and what it had to beat for that. */
export interface GateVerdict {
  readonly shown: Method;
  readonly beatsRetrospective: boolean;
  /** Whether the retrospective count, or the method shown in its place, finds more than even chance would. */
  readonly beatsEvenChance: boolean;
  /** Hit rate of the challenger less that of the retrospective count, at the patrol budget, at the level of the gate. */
  readonly gain: Interval & { readonly value: number; readonly level: number };
  /** In words. */
  readonly reason: string;
}

const NAMES: Readonly<Record<Method, string>> = {
  retrospective: 'retrospective count',
  decay: 'decayed count',
  'pro-map': 'prospective map',
  mixture: 'mixture',
};

/**
 * Shows the challenger only if it found more incidents of the test year than the retrospective count, beyond chance.
 *
 * The interval of the paired difference of hit rates at the patrol budget must lie above 0. It is at 95 % for all
 * `comparisons` together (Bonferroni). There is one challenger, chosen in the year before, so nothing is gained by
 * trying many. At a given number of cells a higher hit rate is a higher PAI.
 */
export function judgeHorizon(
  { sheet, challenger, horizon }: HorizonBacktest,
  draws: BlockDraws,
  cells: number,
  comparisons: number,
): GateVerdict {
  const level = 1 - (1 - FAMILY_LEVEL) / comparisons;
  const { incidents, budgets } = sheet;
  const patrol = budgets[0];
  const evenShare = patrol?.kind === 'cells' ? patrol.cells / cells : 0;
  const total = incidents.reduce((sum, count) => sum + count, 0);
  const hitsOf = (method: Method): Float64Array => sheet.methods[method].budgets[0]?.hits ?? incidents;
  const lead = (ours: Float64Array, theirs: Float64Array): Interval & { readonly value: number } => {
    const differences = ours.map((hits, week) => hits - (theirs[week] as number));
    const value = differences.reduce((sum, difference) => sum + difference, 0);
    const { lower, upper } = drawnInterval(value, draws.sums(differences), draws.blocks, level);
    return { value: value / total, lower: lower / total, upper: upper / total };
  };
  const retrospective = hitsOf('retrospective');
  const gain = lead(hitsOf(challenger), retrospective);
  const beatsRetrospective = gain.lower > 0;
  const shown = beatsRetrospective ? challenger : 'retrospective';
  const even = incidents.map((count) => evenShare * count);
  const beatsEvenChance = lead(hitsOf(shown), even).lower > 0;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rateOf = (method: Method): string =>
    percent(hitsOf(method).reduce((sum, hits) => sum + hits, 0) / total);
  const span = `${horizon} ${horizon === 1 ? 'week' : 'weeks'} ahead`;
  const compared = `over the last 52 weeks, ${span}, it found ${rateOf(challenger)} of the incidents in the chosen cells and the retrospective count ${rateOf('retrospective')}`;
  const reason = beatsRetrospective
    ? `Shown is the ${NAMES[challenger]}: ${compared}.`
    : `Nothing beats the retrospective count, which is shown: the best in the year before was the ${NAMES[challenger]}; ${compared}, which may be chance.`;
  return {
    shown,
    beatsRetrospective,
    beatsEvenChance,
    gain: { ...gain, level },
    reason: beatsEvenChance
      ? reason
      : `${reason} Even that is not told apart from even chance, ${percent(evenShare)}: the map does not say where incidents will be.`,
  };
}
