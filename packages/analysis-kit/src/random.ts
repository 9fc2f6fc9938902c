import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

const TO_UNIT = 2 ** -32;

/** FNV-1a over the seed and the stream's name: streams of one seed do not depend on each other. */
function mix(seed: number, stream: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}/${stream}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}

/** A named stream of pseudo-random numbers; same seed and name, same numbers on every machine. */
export class Random {
  readonly #generator: RandomGenerator;

  constructor(seed: number, stream: string) {
    this.#generator = xoroshiro128plus(mix(seed, stream));
  }

  /** A number strictly between 0 and 1. */
  unit(): number {
    return ((this.#generator.next() >>> 0) + 0.5) * TO_UNIT;
  }

  /** An integer from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** A standard normal number (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** Puts the items into a random order, in place (Fisher and Yates). */
  shuffle<Items extends { length: number; [index: number]: unknown }>(items: Items): Items {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      const kept = items[last];
      items[last] = items[other];
      items[other] = kept;
    }
    return items;
  }
}
