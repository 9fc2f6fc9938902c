/** What a set of sites covers: each demand once, however many sites reach it. */
export interface CoverProblem {
  /** Expected harm of each demand, at least 0. */
  readonly benefit: ArrayLike<number>;
  /** Demands that each site covers. */
  readonly covers: readonly (readonly number[])[];
}

export interface Cover {
  /** Sites, each the one that added most to those before it. */
  readonly sites: readonly number[];
  /** What each site added. */
  readonly gains: readonly number[];
  readonly objective: number;
}

/**
 * Chooses up to `most` of the candidate sites, each time the one that adds most; ties go to the first. Sites that add
 * nothing are left out. Covers at least 1 − 1/e of what the best choice covers.
 * Source: Nemhauser, Wolsey and Fisher (1978), "An analysis of approximations for maximizing submodular set functions".
 */
export function greedyCover(
  { benefit, covers }: CoverProblem,
  most: number,
  candidates: readonly number[] = covers.map((_, site) => site),
): Cover {
  const isCovered = new Uint8Array(benefit.length);
  const left = new Set(candidates);
  const sites: number[] = [];
  const gains: number[] = [];
  let objective = 0;
  while (sites.length < most) {
    let best = -1;
    let gain = 0;
    for (const site of left) {
      let added = 0;
      for (const demand of covers[site] ?? []) if (isCovered[demand] === 0) added += benefit[demand] ?? 0;
      if (added > gain) {
        gain = added;
        best = site;
      }
    }
    if (best < 0) break;
    left.delete(best);
    for (const demand of covers[best] ?? []) isCovered[demand] = 1;
    sites.push(best);
    gains.push(gain);
    objective += gain;
  }
  return { sites, gains, objective };
}
