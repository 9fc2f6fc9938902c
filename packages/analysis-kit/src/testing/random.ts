/** Random numbers with a seed, for tests. */
export interface TestingRandom {
  readonly uniform: () => number;
  readonly normal: () => number;
  readonly poisson: (mean: number) => number;
}

export function testingRandom(seed: number): TestingRandom {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const poisson = (mean: number): number => {
    let count = 0;
    let gap = -Math.log(uniform());
    while (gap < mean) {
      count++;
      gap -= Math.log(uniform());
    }
    return count;
  };
  return { uniform, normal, poisson };
}
