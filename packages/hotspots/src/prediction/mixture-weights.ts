/** Rows of a mixture: what each component expects where incidents happened, and how many did. */
export interface MixtureRows {
  readonly components: number;
  /** Densities row by row. */
  readonly densities: Float64Array;
  readonly counts: Float64Array;
  readonly rows: number;
}

const MOST_STEPS = 200;
const LEAST_GAIN = 1e-5;

/**
 * Weights of a mixture that make what happened most likely; they are at least 0 and sum to 1.
 *
 * `start` are the weights to begin with, all above 0. The likelihood has one maximum and grows with every step; steps
 * end when one gains less than 1e-5 for each incident. Without an incident the start is returned.
 * Source: Dempster, Laird & Rubin 1977 (expectation and maximisation) for known components.
 */
export function mixtureWeights(rows: MixtureRows, start: Float64Array): Float64Array {
  const { components, densities, counts } = rows;
  const weights = Float64Array.from(start);
  const shares = new Float64Array(components);
  let total = 0;
  for (let row = 0; row < rows.rows; row += 1) total += counts[row] as number;
  if (total === 0) return weights;
  let before = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    shares.fill(0);
    let likelihood = 0;
    for (let row = 0; row < rows.rows; row += 1) {
      const place = row * components;
      let density = 0;
      for (let k = 0; k < components; k += 1) {
        density += (weights[k] as number) * (densities[place + k] as number);
      }
      // An incident where no component expects one says nothing about their weights.
      if (density <= 0) continue;
      const count = counts[row] as number;
      likelihood += count * Math.log(density);
      const share = count / density;
      for (let k = 0; k < components; k += 1) {
        shares[k] = (shares[k] as number) + share * (densities[place + k] as number);
      }
    }
    let sum = 0;
    for (let k = 0; k < components; k += 1) {
      const weight = (weights[k] as number) * (shares[k] as number);
      weights[k] = weight;
      sum += weight;
    }
    if (sum === 0) return Float64Array.from(start);
    for (let k = 0; k < components; k += 1) weights[k] = (weights[k] as number) / sum;
    if (likelihood - before < LEAST_GAIN * total) break;
    before = likelihood;
  }
  return weights;
}
