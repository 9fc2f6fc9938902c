/**
 * How often so many units, drawn without replacement, have a sum of at least, or at most, so much. Sums are kept up to
 * `reach` one by one; all larger ones together, so that a few enormous counts cost nothing and upper tails stay exact.
 */
export interface DrawTails {
  readonly units: number;
  readonly reach: number;
  /** `atLeast[k][s]`: ways to draw k of all units with a sum of at least s; `atMost` likewise. */
  readonly atLeast: readonly Float64Array[];
  readonly atMost: readonly Float64Array[];
}

/** Both tails of up to `draws` draws, from the generating function Π (1 + y·z^v)^(n_v) over the distinct values v. */
export function drawTails(values: ArrayLike<number>, draws: number, reach: number): DrawTails {
  const multiplicities = new Int32Array(reach + 2);
  for (let i = 0; i < values.length; i += 1) {
    const value = Math.min(values[i] ?? 0, reach + 1);
    multiplicities[value] = (multiplicities[value] ?? 0) + 1;
  }
  // The last place holds every sum beyond reach.
  const ways = Array.from({ length: draws + 1 }, () => new Float64Array(reach + 2));
  if (ways[0]) ways[0][0] = 1;
  for (const [value, multiplicity] of multiplicities.entries()) {
    if (multiplicity > 0) addValue(ways, value, multiplicity);
  }
  return {
    units: values.length,
    reach,
    atLeast: ways.map((of) => {
      const tail = of.slice();
      for (let s = reach; s >= 0; s -= 1) tail[s] = (tail[s] ?? 0) + (tail[s + 1] ?? 0);
      return tail;
    }),
    atMost: ways.map((of) => {
      const tail = of.slice();
      for (let s = 1; s <= reach + 1; s += 1) tail[s] = (tail[s] ?? 0) + (tail[s - 1] ?? 0);
      return tail;
    }),
  };
}

/** Multiplies the generating function by (1 + y·z^value)^multiplicity; values come in ascending order. */
function addValue(ways: readonly Float64Array[], value: number, multiplicity: number): void {
  const beyond = (ways[0]?.length ?? 1) - 1;
  for (let k = ways.length - 1; k >= 1; k -= 1) {
    const into = ways[k] as Float64Array;
    let choices = 1;
    for (let j = 1; j <= Math.min(k, multiplicity); j += 1) {
      // In this order whole, and so exact as long as numbers are.
      choices = (choices * (multiplicity - j + 1)) / j;
      const from = ways[k - j] as Float64Array;
      const shift = j * value;
      // Nothing drawn so far is larger than this value.
      const end = Math.min((k - j) * value, beyond - 1 - shift);
      for (let s = 0; s <= end; s += 1) into[s + shift] = (into[s + shift] ?? 0) + choices * (from[s] ?? 0);
      if (k * value < beyond) continue;
      let passed = 0;
      for (let s = Math.max(0, beyond - shift); s <= beyond; s += 1) passed += from[s] ?? 0;
      into[beyond] = (into[beyond] ?? 0) + choices * passed;
    }
  }
}

/**
 * The shares of draws of `draws` units, none of them one that holds `held`, with a sum of at least and of at most `sum`,
 * which is within reach. The held unit is taken out of the tails: 1 / (1 + y·z^held) = 1 − y·z^held + y²·z^(2·held) − …
 */
export function tailsWithout(
  { units, atLeast, atMost }: DrawTails,
  draws: number,
  sum: number,
  held: number,
): { readonly upper: number; readonly lower: number } {
  let upper = 0;
  let lower = 0;
  let all = 1;
  for (let k = 1; k <= draws; k += 1) all = (all * (units - k)) / k;
  for (let j = 0; j <= draws; j += 1) {
    const sign = j % 2 === 0 ? 1 : -1;
    const left = sum - j * held;
    upper += sign * ((atLeast[draws - j] as Float64Array)[Math.max(0, left)] ?? 0);
    if (left >= 0) lower += sign * ((atMost[draws - j] as Float64Array)[left] ?? 0);
  }
  return { upper: upper / all, lower: lower / all };
}
