/** For tests and tools/verify only: series of counts from a seeded generator, the same on every machine. */
export interface Simulator {
  /** Uniform, 0 ≤ x < 1. */
  random(): number;
  normal(): number;
  poisson(mean: number): number;
  /** A count with variance dispersion × mean. */
  count(mean: number, dispersion: number): number;
  /** Counts around means, optionally with noise of the logarithm that hangs together from period to period. */
  series(means: readonly number[], options?: { dispersion?: number; rho?: number; sigma?: number }): number[];
  /** One of many kinds of series: level, season, trend, dispersion and outbreaks change with the kind. */
  counts(length: number, period: number, kind: number): number[];
}

export function createSimulator(seed: number): Simulator {
  let state = seed >>> 0;
  function random(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  function normal(): number {
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  }
  /** Marsaglia and Tsang (2000). */
  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * (1 - random()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const z = normal();
      const v = (1 + z / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - random()) < (z * z) / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  }
  function poisson(mean: number): number {
    // Large means are split: a gamma variate tells when half of the events have passed (Ahrens and Dieter 1974).
    if (mean > 30) {
      const half = Math.floor(mean * 0.875);
      const time = gamma(half);
      return time > mean ? binomial(half - 1, mean / time) : half + poisson(mean - time);
    }
    let product = 1 - random();
    let count = 0;
    for (const limit = Math.exp(-mean); product > limit; count += 1) product *= 1 - random();
    return count;
  }
  function binomial(trials: number, share: number): number {
    let successes = 0;
    for (let i = 0; i < trials; i += 1) successes += random() < share ? 1 : 0;
    return successes;
  }
  function count(mean: number, dispersion: number): number {
    if (dispersion <= 1) return poisson(mean);
    const size = mean / (dispersion - 1);
    return poisson((gamma(size) * mean) / size);
  }
  function series(
    means: readonly number[],
    { dispersion = 1, rho = 0, sigma = 0 }: { dispersion?: number; rho?: number; sigma?: number } = {},
  ): number[] {
    let noise = sigma * normal();
    return means.map((mean) => {
      noise = rho * noise + Math.sqrt(1 - rho * rho) * sigma * normal();
      return count(mean * Math.exp(noise - (sigma * sigma) / 2), dispersion);
    });
  }
  function counts(length: number, period: number, kind: number): number[] {
    const level = [0.4, 2, 6, 15, 40, 120, 400][kind % 7] ?? 1;
    const amplitude = [0, 0.3, 0.6][kind % 3] ?? 0;
    const growth = [0, 0.4, -0.5, 0.1][kind % 4] ?? 0;
    const dispersion = [1, 1.5, 3, 6, 1.2][kind % 5] ?? 1;
    const means = Array.from({ length }, (_, t) => {
      const season = amplitude * Math.sin((2 * Math.PI * (t + kind)) / period);
      return level * Math.exp(season + (growth * t) / length);
    });
    const values = series(means, { dispersion });
    for (let outbreak = 0; outbreak < kind % 4; outbreak += 1) {
      const start = Math.floor(random() * (length - 8));
      const size = level * (0.5 + 2 * random());
      for (let i = 0; i < 4; i += 1) values[start + i] = (values[start + i] ?? 0) + poisson(size);
    }
    return values;
  }
  return { random, normal, poisson, count, series, counts };
}
