import type { RosterDraft } from './roster.js';

/**
 * Sends unit after unit to where and when it adds most, until the units are used up or nothing is gained; the drafts
 * hold what must be there in any case, and are changed. Every jurisdiction comes to its least number of units.
 *
 * The harm covered is a monotone submodular function of the units. Without least numbers this is the greedy method
 * under a cardinality constraint, which reaches 1 − 1/e of the optimum (Nemhauser, Wolsey and Fisher 1978). Least
 * numbers leave a matroid: sets that can be completed, being unions of at most the missing ones in each jurisdiction
 * and of free ones anywhere. There it reaches 1/2 (Fisher, Nemhauser and Wolsey 1978). Both hold for what is added to
 * the drafts, among all that could have been added to them.
 */
export function greedyAllocation(
  drafts: readonly RosterDraft[],
  leastUnits: readonly number[],
  units: number,
): void {
  const missing = drafts.map((draft, j) => Math.max(0, (leastUnits[j] ?? 0) - draft.units));
  let free = units - drafts.reduce((sum, draft, j) => sum + draft.units + (missing[j] ?? 0), 0);
  const additions = drafts.map((draft) => draft.bestAddition());
  for (;;) {
    let [best, gain] = [-1, Number.NEGATIVE_INFINITY];
    for (const [j, addition] of additions.entries()) {
      const isOpen = (missing[j] ?? 0) > 0 || (free > 0 && addition.gain > 0);
      if (isOpen && addition.gain > gain) [best, gain] = [j, addition.gain];
    }
    const draft = drafts[best];
    if (draft === undefined) return;
    draft.add(additions[best]?.shape ?? 0);
    if ((missing[best] ?? 0) > 0) missing[best] = (missing[best] ?? 0) - 1;
    else free -= 1;
    additions[best] = draft.bestAddition();
  }
}
