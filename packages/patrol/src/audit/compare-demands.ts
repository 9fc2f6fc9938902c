import { requireArgument } from '@crimetracker/analysis-kit';
import type { WeeklyDemand } from '../weekly-demand.js';

type Demand = Pick<WeeklyDemand, 'jurisdictions' | 'hours'>;

export interface DemandChange {
  readonly jurisdiction: string;
  /** Shares of the city's expected harm. */
  readonly before: number;
  readonly after: number;
  readonly difference: number;
}

export interface DemandComparison {
  /** In the order of the demand. */
  readonly changes: readonly DemandChange[];
  /** Jurisdictions whose share grows most, and shrinks most, with any change at all. */
  readonly gainers: readonly DemandChange[];
  readonly losers: readonly DemandChange[];
  /** Part of the expected harm that lies in another jurisdiction: the total variation distance, 0 to 1. */
  readonly moved: number;
}

/**
 * What another demand would change: for instance what adding categories that police discover would do to each
 * jurisdiction's share. Both are of the same jurisdictions; `most` gainers and losers are named, 5 by default.
 */
export function compareDemands(before: Demand, after: Demand, most = 5): DemandComparison {
  requireArgument(
    before.jurisdictions.join('\n') === after.jurisdictions.join('\n'),
    'compareDemands',
    'both demands are of the same jurisdictions',
  );
  const from = sharesOf(before);
  const to = sharesOf(after);
  const changes = before.jurisdictions.map((jurisdiction, j): DemandChange => {
    const [first = 0, second = 0] = [from[j], to[j]];
    return { jurisdiction, before: first, after: second, difference: second - first };
  });
  const sorted = [...changes].sort((a, b) => b.difference - a.difference);
  return {
    changes,
    gainers: sorted.filter(({ difference }) => difference > 0).slice(0, most),
    losers: sorted
      .filter(({ difference }) => difference < 0)
      .reverse()
      .slice(0, most),
    moved: changes.reduce((sum, { difference }) => sum + Math.abs(difference), 0) / 2,
  };
}

function sharesOf({ hours }: Demand): readonly number[] {
  const sums = hours.map((row) => row.reduce((sum, value) => sum + value, 0));
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((value) => (total === 0 ? 0 : value / total));
}
