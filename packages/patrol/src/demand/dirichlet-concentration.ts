/**
 * How alike the shares of several groups of counts are: the concentration m of the Dirichlet distribution that the
 * groups' shares come from, infinite where they differ no more than chance makes them, 0 where they have nothing in
 * common. A group with n counts then weighs its own shares with n and the common ones with m. Fewer than two groups
 * with counts tell nothing: infinite.
 * Source: Weir and Hill (2002), "Estimating F-statistics", Annual Review of Genetics 36, 721–750: moments, θ = 1/(m + 1).
 */
export function dirichletConcentration(groups: readonly ArrayLike<number>[]): number {
  const totals = groups.map(sumOf);
  const total = sumOf(totals);
  const counted = totals.filter((n) => n > 0).length;
  if (counted < 2 || total <= counted) return Number.POSITIVE_INFINITY;
  const size = (total - totals.reduce((sum, n) => sum + n * n, 0) / total) / (counted - 1);
  const classes = groups[0]?.length ?? 0;
  let excess = 0;
  let spread = 0;
  for (let h = 0; h < classes; h += 1) {
    const common = groups.reduce((sum, group) => sum + (group[h] ?? 0), 0) / total;
    let between = 0;
    let within = 0;
    for (const [i, group] of groups.entries()) {
      const n = totals[i] ?? 0;
      if (n === 0) continue;
      const share = (group[h] ?? 0) / n;
      between += (n * (share - common) ** 2) / (counted - 1);
      within += (n * share * (1 - share)) / (total - counted);
    }
    excess += between - within;
    spread += between + (size - 1) * within;
  }
  if (!(excess > 0)) return Number.POSITIVE_INFINITY;
  return Math.max(0, spread / excess - 1);
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i += 1) sum += counts[i] ?? 0;
  return sum;
}
