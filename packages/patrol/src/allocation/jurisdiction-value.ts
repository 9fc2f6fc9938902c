import type { ValueCurve } from './allocate-units.js';
import type { Roster } from './roster.js';

/** Parts of the whole that are no difference. */
const EQUAL = 1e-12;

/**
 * What is known of the harm that a number of units can cover in one jurisdiction: rosters below, bounds above. Bounds
 * are lines (at this price for a unit nothing is worth more than this height) and points (so many units, or fewer,
 * cover at most this).
 */
export class JurisdictionValue {
  readonly #rosters = new Map<number, Roster>();
  readonly #lines: { readonly price: number; readonly height: number }[] = [];
  readonly #points: { readonly units: number; readonly bound: number }[] = [];
  readonly #least: number;
  readonly #most: number;
  readonly #saturation: number;

  /**
   * @param least units it gets at least
   * @param most units that matter at most
   * @param saturation covered when all returns are earned
   */
  constructor(least: number, most: number, saturation: number) {
    this.#least = least;
    this.#most = most;
    this.#saturation = saturation;
  }

  offer(roster: Roster): void {
    if (roster.value > (this.#rosters.get(roster.units)?.value ?? Number.NEGATIVE_INFINITY))
      this.#rosters.set(roster.units, roster);
  }

  boundAtPrice(price: number, height: number): void {
    this.#lines.push({ price, height });
  }

  boundAtUnits(units: number, bound: number): void {
    this.#points.push({ units, bound });
  }

  /** The best known roster of at most so many units. */
  rosterOf(units: number): Roster | undefined {
    let best: Roster | undefined;
    for (const roster of this.#rosters.values()) {
      if (roster.units > units) continue;
      const isBetter =
        best === undefined ||
        roster.value > best.value ||
        (roster.value === best.value && roster.units < best.units);
      if (isBetter) best = roster;
    }
    return best;
  }

  /** What the best known roster of at most so many units covers; −∞ when none is known. */
  coveredBy(units: number): number {
    return this.rosterOf(units)?.value ?? Number.NEGATIVE_INFINITY;
  }

  /** What so many units can cover at most. */
  boundOf(units: number): number {
    let bound = this.#saturation;
    for (const { price, height } of this.#lines) bound = Math.min(bound, height + price * units);
    for (const point of this.#points) if (units <= point.units) bound = Math.min(bound, point.bound);
    return bound;
  }

  get coveredCurve(): ValueCurve {
    const known = Math.min(this.#most, Math.max(this.#least, ...this.#rosters.keys()));
    const values = new Float64Array(known - this.#least + 1).fill(Number.NEGATIVE_INFINITY);
    for (const { units, value } of this.#rosters.values()) {
      const i = Math.max(0, units - this.#least);
      if (i < values.length) values[i] = Math.max(values[i] ?? value, value);
    }
    for (let i = 1; i < values.length; i += 1) values[i] = Math.max(values[i] ?? 0, values[i - 1] ?? 0);
    return { least: this.#least, values };
  }

  /** Ends where more units could not cover more. */
  get boundCurve(): ValueCurve {
    const values: number[] = [];
    for (let units = this.#least; units <= this.#most; units += 1) {
      const bound = this.boundOf(units);
      values.push(bound);
      if (bound >= this.#saturation * (1 - EQUAL)) break;
    }
    return { least: this.#least, values: Float64Array.from(values) };
  }
}
