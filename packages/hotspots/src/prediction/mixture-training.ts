import { mixtureWeights } from './mixture-weights.js';
import type { PlaceMixture } from './place-mixture.js';
import { TIERS } from './place-mixture.js';
import { COMPONENTS } from './place-shares.js';
import type { WeeklyEvents } from './weekly-events.js';
import { addWeeks } from './weekly-events.js';

/** Weeks before a fit that it learns from. */
export const TRAINING_WEEKS = 260;
/** Rows that a fit takes at most; beyond, every second, third, … is left out. */
const MOST_ROWS = 10_000;

/** Collects for one horizon what components expected and what came, and fits their weights. */
export interface MixtureTraining {
  /** Takes in what happened in the window that begins at a week, against what was known before it. */
  collect(week: number, mixture: PlaceMixture): void;
  /** The weights by what happened before a week, in windows that had ended by then. */
  fit(week: number): readonly Float64Array[];
}

/** Rows of one tier, in the order of weeks. */
function tierRows() {
  const size = COMPONENTS.length;
  let densities = new Float64Array(1024 * size);
  let counts = new Float64Array(1024);
  let weeks = new Int32Array(1024);
  let rows = 0;
  let weights: Float64Array = new Float64Array(size).fill(1 / size);
  return {
    add(week: number, count: number, cell: number, mixture: PlaceMixture): void {
      if (rows === counts.length) {
        const older = { densities, counts, weeks };
        densities = new Float64Array(densities.length * 2);
        counts = new Float64Array(counts.length * 2);
        weeks = new Int32Array(weeks.length * 2);
        densities.set(older.densities);
        counts.set(older.counts);
        weeks.set(older.weeks);
      }
      counts[rows] = count;
      weeks[rows] = week;
      mixture.readCell(cell, densities, rows * size);
      rows += 1;
    },
    fit(from: number, to: number): { weights: Float64Array; total: number } {
      let first = 0;
      while (first < rows && (weeks[first] as number) < from) first += 1;
      let end = first;
      let total = 0;
      while (end < rows && (weeks[end] as number) <= to) {
        total += counts[end] as number;
        end += 1;
      }
      // From the last weights, which are close; a weight of 0 would stay there.
      const start = weights.map((weight) => 0.9 * weight + 0.1 / size);
      weights = mixtureWeights(
        {
          components: size,
          densities: densities.subarray(first * size, end * size),
          counts: counts.subarray(first, end),
          rows: end - first,
        },
        start,
      );
      return { weights, total };
    },
  };
}

/** Starts collecting for windows of `horizon` weeks. */
export function mixtureTraining(events: WeeklyEvents, cells: number, horizon: number): MixtureTraining {
  const weeks = events.weekStarts.length - 1;
  const perYears = (events.cellOfEvent.length * Math.min(weeks, TRAINING_WEEKS)) / weeks;
  const windows = TRAINING_WEEKS / horizon;
  const stride = Math.max(1, Math.ceil(Math.min(perYears, windows * cells) / MOST_ROWS));
  const counted = new Float64Array(cells);
  const tiers = Array.from({ length: TIERS }, tierRows);
  let seen = 0;

  return {
    collect(week, mixture) {
      counted.fill(0);
      addWeeks(events, week, week + horizon, counted);
      for (let cell = 0; cell < cells; cell += 1) {
        const count = counted[cell] as number;
        if (count === 0) continue;
        seen += 1;
        if (seen % stride !== 0) continue;
        tiers[mixture.tierOf[cell] as number]?.add(week, count, cell, mixture);
      }
    },
    fit(week) {
      const fits = tiers.map((tier) => tier.fit(week - TRAINING_WEEKS, week - horizon));
      // One more in each tier: that none of its cells had an incident does not rule one out.
      const total = fits.reduce((sum, fit) => sum + fit.total + 1, 0);
      return fits.map((fit) => fit.weights.map((weight) => (weight * (fit.total + 1)) / total));
    },
  };
}
