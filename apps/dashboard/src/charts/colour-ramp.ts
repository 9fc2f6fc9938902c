import type { Count } from '@crimetracker/crossfilter';

const STEPS = 6;

interface RampStep {
  readonly colour: string;
  /** Counts of the step, both included. */
  readonly from: number;
  readonly to: number;
}

export interface ColourRamp {
  readonly steps: readonly RampStep[];
  /** The place of a count's step. */
  placeOf(count: number): number;
}

/** At most six steps of equal length from the least to the largest count, in whole numbers; fewer where counts are few. */
export function colourRamp(counts: readonly Count[]): ColourRamp {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const count of counts) {
    if (count === null) continue;
    least = Math.min(least, count);
    most = Math.max(most, count);
  }
  if (least > most) return { steps: [], placeOf: () => 0 };
  const size = Math.max(1, Math.ceil((most - least + 1) / STEPS));
  const length = Math.ceil((most - least + 1) / size);
  const steps = Array.from({ length }, (_, place) => ({
    // Few steps are spread over the ramp, so that none and some look different.
    colour: `var(--ramp-${length === 1 ? (most === 0 ? 0 : 2) : Math.round((place * (STEPS - 1)) / (length - 1))})`,
    from: least + place * size,
    to: Math.min(most, least + (place + 1) * size - 1),
  }));
  return { steps, placeOf: (count) => Math.min(length - 1, Math.max(0, Math.floor((count - least) / size))) };
}
