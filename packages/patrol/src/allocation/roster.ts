import type { DutyShapes } from './duty-shapes.js';

/** What coverage is worth to one jurisdiction, by block. */
export interface BlockWorth {
  /** Expected harm of each block. */
  readonly harm: Float64Array;
  readonly returns: readonly number[];
  readonly minimumPresence: number;
}

/** Units of one jurisdiction by the shape of their line. */
export interface Roster {
  readonly counts: Int32Array;
  readonly units: number;
  /** Expected harm covered. */
  readonly value: number;
}

/** A change that gains less than this part of the harm is none. */
const LEAST_GAIN = 1e-12;

/**
 * A roster that is changed unit by unit. One unit of presence that is short weighs more than all harm, so that a change
 * for the better never breaks the minimum presence once it holds.
 */
export class RosterDraft {
  readonly #shapes: DutyShapes;
  readonly #worth: BlockWorth;
  readonly #counts: Int32Array;
  readonly #onDuty: Int32Array;
  readonly #shiftGain: Float64Array;
  readonly #presenceWeight: number;
  #units = 0;

  constructor(shapes: DutyShapes, worth: BlockWorth, counts?: Int32Array) {
    this.#shapes = shapes;
    this.#worth = worth;
    this.#counts = new Int32Array(shapes.shapeBlocks.length);
    this.#onDuty = new Int32Array(shapes.blocks.length);
    this.#shiftGain = new Float64Array(shapes.shiftBlocks.length);
    this.#presenceWeight = 10 * worth.harm.reduce((sum, harm) => sum + harm, 0) || 1;
    counts?.forEach((count, shape) => {
      this.#change(shape, count);
    });
  }

  get units(): number {
    return this.#units;
  }

  /** Whether as many units as asked are on duty in every block. */
  get keepsPresence(): boolean {
    return this.#onDuty.every((units) => units >= this.#worth.minimumPresence);
  }

  /** The unit that adds most; the first of several. */
  bestAddition(): { readonly shape: number; readonly gain: number } {
    this.#refreshShiftGains();
    const { patterns } = this.#shapes;
    let [shape, gain] = [0, Number.NEGATIVE_INFINITY];
    const starts = this.#shiftGain.length / 7;
    for (let start = 0; start < starts; start += 1)
      for (let p = 0; p < patterns.length; p += 1) {
        let sum = 0;
        for (const day of patterns[p] ?? []) sum += this.#shiftGain[start * 7 + day] ?? 0;
        if (sum > gain) [shape, gain] = [start * patterns.length + p, sum];
      }
    return { shape, gain };
  }

  add(shape: number): void {
    this.#change(shape, 1);
  }

  /** Takes the unit away that is missed least. */
  removeLeast(): void {
    let [least, loss] = [0, Number.POSITIVE_INFINITY];
    for (let shape = 0; shape < this.#counts.length; shape += 1) {
      if (this.#counts[shape] === 0) continue;
      this.#change(shape, -1);
      const missed = this.#gainOf(shape);
      this.#change(shape, 1);
      if (missed < loss) [least, loss] = [shape, missed];
    }
    this.#change(least, -1);
  }

  /** Gives single units other lines as long as that covers more. */
  improve(): void {
    const least = LEAST_GAIN * this.#presenceWeight;
    let unchanged = 0;
    for (let shape = 0; unchanged < this.#counts.length; shape = (shape + 1) % this.#counts.length) {
      unchanged += 1;
      if (this.#counts[shape] === 0) continue;
      this.#change(shape, -1);
      const loss = this.#gainOf(shape);
      const other = this.bestAddition();
      const isBetter = other.gain > loss + least;
      this.#change(isBetter ? other.shape : shape, 1);
      if (isBetter) unchanged = 0;
    }
  }

  finish(): Roster {
    const { harm, returns } = this.#worth;
    let value = 0;
    for (let block = 0; block < harm.length; block += 1)
      for (let k = 0; k < Math.min(this.#onDuty[block] ?? 0, returns.length); k += 1)
        value += (harm[block] ?? 0) * (returns[k] ?? 0);
    return { counts: this.#counts.slice(), units: this.#units, value };
  }

  #change(shape: number, by: number): void {
    if (by === 0) return;
    this.#counts[shape] = (this.#counts[shape] ?? 0) + by;
    this.#units += by;
    for (const block of this.#shapes.shapeBlocks[shape] ?? [])
      this.#onDuty[block] = (this.#onDuty[block] ?? 0) + by;
  }

  #gainOf(shape: number): number {
    let gain = 0;
    for (const block of this.#shapes.shapeBlocks[shape] ?? []) gain += this.#blockGain(block);
    return gain;
  }

  #blockGain(block: number): number {
    const { harm, returns, minimumPresence } = this.#worth;
    const units = this.#onDuty[block] ?? 0;
    return (harm[block] ?? 0) * (returns[units] ?? 0) + (units < minimumPresence ? this.#presenceWeight : 0);
  }

  #refreshShiftGains(): void {
    const { shiftBlocks } = this.#shapes;
    for (let shift = 0; shift < shiftBlocks.length; shift += 1) {
      let gain = 0;
      for (const block of shiftBlocks[shift] ?? []) gain += this.#blockGain(block);
      this.#shiftGain[shift] = gain;
    }
  }
}
