import type { Count, ManySeries } from '@crimetracker/crossfilter';
import { WEAPON_CATEGORIES } from '@crimetracker/schema';
import { sumOf } from './value-shares.js';

/** What says that there is no entry, and so is in no share. */
const WITHOUT_ENTRY: readonly string[] = ['Not applicable', 'Not recorded'];
const MOST_KINDS = 6;
export const OTHER_KINDS = 'All other kinds';

interface MixLayer {
  readonly name: string;
  /** Share of each period; null where a count is hidden or no incident has an entry. */
  readonly shares: readonly (number | null)[];
}

export interface WeaponMix {
  readonly starts: readonly string[];
  /** The most common kinds, in the order of the vocabulary; the others together last. */
  readonly layers: readonly MixLayer[];
  /** Periods that cannot be told because a count is hidden. */
  readonly hiddenPeriods: number;
}

/** Shares of the weapons among incidents with an entry, by period; undefined for a city that records none. */
export function weaponMix({ starts, counts }: ManySeries): WeaponMix | undefined {
  const isEntry = (place: number): boolean => !WITHOUT_ENTRY.includes(WEAPON_CATEGORIES[place] ?? '');
  const totals = counts.map((ofKind) => sumOf(ofKind));
  const hasEntries = counts.some((ofKind, place) => isEntry(place) && ofKind.some((count) => count !== 0));
  if (!hasEntries) return undefined;
  const kinds = WEAPON_CATEGORIES.map((_, place) => place)
    .filter((place) => isEntry(place) && (totals[place] ?? 0) > 0)
    .sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0));
  const named = kinds.slice(0, MOST_KINDS).sort((a, b) => a - b);
  const others = kinds.slice(MOST_KINDS);
  const entries = WEAPON_CATEGORIES.map((_, place) => place).filter(isEntry);
  const sums = starts.map((_, period): Count => {
    let sum = 0;
    for (const place of entries) {
      const count = counts[place]?.[period] ?? null;
      if (count === null) return null;
      sum += count;
    }
    return sum;
  });
  const share = (places: readonly number[]): readonly (number | null)[] =>
    sums.map((sum, period) => {
      if (sum === null || sum === 0) return null;
      let part = 0;
      for (const place of places) part += counts[place]?.[period] ?? 0;
      return part / sum;
    });
  const layers = named.map((place) => ({ name: WEAPON_CATEGORIES[place] ?? '', shares: share([place]) }));
  return {
    starts,
    layers: others.length === 0 ? layers : [...layers, { name: OTHER_KINDS, shares: share(others) }],
    hiddenPeriods: sums.filter((sum) => sum === null).length,
  };
}

/** Moves labels apart so that each has its room, as near to their places as the span allows; in ascending order. */
export function spreadLabels(
  wanted: readonly number[],
  room: number,
  least: number,
  most: number,
): readonly number[] {
  const placed: number[] = [];
  for (const at of wanted) placed.push(Math.max(at, (placed.at(-1) ?? least - room) + room));
  let limit = most;
  for (let place = placed.length - 1; place >= 0; place -= 1) {
    placed[place] = Math.min(placed[place] ?? limit, limit);
    limit = (placed[place] ?? limit) - room;
  }
  return placed;
}
