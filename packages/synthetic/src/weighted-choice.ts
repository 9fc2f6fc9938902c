import type { Random } from '@crimetracker/analysis-kit';

/** Draws indexes in proportion to weights in constant time (Walker's alias method). */
export class WeightedChoice {
  readonly total: number;
  readonly #keep: Float64Array;
  readonly #alias: Int32Array;

  constructor(weights: readonly number[]) {
    const count = weights.length;
    this.total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#keep = new Float64Array(count).fill(1);
    this.#alias = Int32Array.from({ length: count }, (_, index) => index);
    const scaled = Float64Array.from(weights, (weight) => (weight * count) / this.total);
    const small: number[] = [];
    const large: number[] = [];
    for (const [index, weight] of scaled.entries()) (weight < 1 ? small : large).push(index);
    while (small.length > 0 && large.length > 0) {
      const low = small.pop() ?? 0;
      const high = large.pop() ?? 0;
      const kept = scaled[low] ?? 0;
      this.#keep[low] = kept;
      this.#alias[low] = high;
      const left = (scaled[high] ?? 0) + kept - 1;
      scaled[high] = left;
      (left < 1 ? small : large).push(high);
    }
  }

  pick(random: Random): number {
    const position = random.unit() * this.#keep.length;
    const index = Math.floor(position);
    return position - index < (this.#keep[index] ?? 1) ? index : (this.#alias[index] ?? index);
  }
}

/** One choice per row of a table of weights. */
export function choicesOf<Key extends string>(
  weights: Readonly<Record<Key, readonly number[]>>,
): Readonly<Record<Key, WeightedChoice>> {
  const entries = Object.entries<readonly number[]>(weights);
  return Object.fromEntries(entries.map(([key, row]) => [key, new WeightedChoice(row)])) as Record<
    Key,
    WeightedChoice
  >;
}

/** A number below `count` that depends on `index` only and shows no pattern: for properties of fixed things. */
export function scrambled(index: number, count: number): number {
  let hash = Math.imul(index + 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % count;
}
