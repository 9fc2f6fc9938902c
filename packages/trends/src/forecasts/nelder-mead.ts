export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  readonly evaluations: number;
}

interface Vertex {
  readonly point: readonly number[];
  readonly value: number;
}

/**
 * A local minimum of a function of a few numbers, without derivatives.
 * `stepOf` is the size of the first simplex; it ends when values differ by less than `tolerance` of the smallest or
 * after `mostEvaluations`. A NaN counts as infinite.
 * Source: Nelder & Mead 1965, with reflection 1, expansion 2, contraction and shrinkage 1/2.
 */
export function nelderMead(
  evaluate: (point: readonly number[]) => number,
  start: readonly number[],
  options: { readonly stepOf?: number; readonly tolerance?: number; readonly mostEvaluations?: number } = {},
): Minimum {
  const { stepOf = 0.5, tolerance = 1e-8, mostEvaluations = 400 } = options;
  let evaluations = 0;
  const at = (point: readonly number[]): Vertex => {
    evaluations++;
    const value = evaluate(point);
    return { point, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const between = (a: readonly number[], b: readonly number[], share: number): number[] =>
    a.map((value, place) => value + share * ((b[place] ?? 0) - value));

  const simplex: Vertex[] = [at(start)];
  for (const place of start.keys()) {
    simplex.push(at(start.map((value, other) => (other === place ? value + stepOf : value))));
  }
  const byValue = (a: Vertex, b: Vertex): number => a.value - b.value;
  simplex.sort(byValue);
  const first = (): Vertex => simplex[0] ?? at(start);
  while (evaluations < mostEvaluations) {
    const best = first();
    const worst = simplex[simplex.length - 1] ?? best;
    if (worst.value - best.value <= tolerance * Math.abs(best.value)) break;
    const centre = start.map(
      (_, place) =>
        simplex.slice(0, -1).reduce((sum, { point }) => sum + (point[place] ?? 0), 0) / (simplex.length - 1),
    );
    const secondWorst = simplex[simplex.length - 2] ?? best;
    const reflected = at(between(centre, worst.point, -1));
    let next: Vertex | undefined;
    if (reflected.value < best.value) {
      const expanded = at(between(centre, worst.point, -2));
      next = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < secondWorst.value) {
      next = reflected;
    } else {
      const isOutside = reflected.value < worst.value;
      const contracted = at(between(centre, worst.point, isOutside ? -0.5 : 0.5));
      if (contracted.value < Math.min(reflected.value, worst.value)) next = contracted;
    }
    if (next === undefined) {
      for (let place = 1; place < simplex.length; place++) {
        simplex[place] = at(between(best.point, simplex[place]?.point ?? start, 0.5));
      }
    } else {
      simplex[simplex.length - 1] = next;
    }
    simplex.sort(byValue);
  }
  return { ...first(), evaluations };
}
