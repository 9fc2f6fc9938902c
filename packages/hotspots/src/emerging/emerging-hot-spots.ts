import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { falseDiscoveries, notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import type { Neighbours } from '../cells/neighbours.js';
import type { EmergenceClass, StepState } from './classify-emergence.js';
import { classifyEmergence } from './classify-emergence.js';
import type { MannKendall } from './mann-kendall.js';
import { mannKendall } from './mann-kendall.js';
import { spaceTimeNeighbours } from './space-time-neighbours.js';

/** A number for every bin of the cube, from the values of all bins and who is next to whom. */
type BinStatistic = (values: Float64Array, neighbours: Neighbours) => Float64Array;

export interface SpaceTimeCube {
  /** Incidents or harm of every cell, one list a step; steps are equally long, oldest first. */
  readonly counts: readonly ArrayLike<number>[];
  /** Of the cells, in space. */
  readonly neighbours: Neighbours;
  /** Gi* of every bin. */
  readonly z: BinStatistic;
  /**
   * Two-sided p-value of every bin, not yet adjusted for their number. A cube has hundreds of thousands of bins, so
   * p-values that cannot get below .001, as those of 999 permutations, find nothing unless some percent of all bins are hot.
   */
  readonly p: BinStatistic;
}

export interface EmergingHotSpotOptions {
  /** False discovery rate over all bins, .05 by default. */
  readonly significance?: number;
  /**
   * Below which the p-value of a trend is one, .01 by default: neighbouring values of Gi* share a step, so that without any
   * trend .05 is reached by 14 to 15 % of the cells and .01 by 4 to 6 % (simulated, 12 and 36 steps).
   */
  readonly trendAlpha?: number;
}

interface EmergingCell {
  readonly emergence: EmergenceClass;
  readonly hotSteps: number;
  readonly coldSteps: number;
  /** Of the cell's Gi*; without one it counts as no trend. */
  readonly trend: MannKendall | NotEnoughData;
  /** Gi* in the last step. */
  readonly lastZ: number;
}

export interface EmergingHotSpots {
  readonly kind: 'emerging-hot-spots';
  readonly steps: number;
  /** Everything about cell i stands at place i. */
  readonly cells: readonly EmergingCell[];
}

const LEAST_STEPS = 10;
const LEAST_TOTAL = 50;
const LEAST_SHARE_OF_CELLS = 0.05;
const NO_TREND = { z: 0, pValue: 1 };

/**
 * Which of 17 patterns in time each cell shows as a hot or cold spot.
 *
 * Gi* of a bin is taken over its cell and ring in the same step and in the step before. A bin is hot or cold when its
 * q-value, Benjamini–Hochberg over all bins of the cube, is below the false discovery rate, by the sign of Gi*. Says
 * why there is no answer: fewer than ten steps, a total below 50, or less than 5 % of the cells with a count above 0.
 * Source: ArcGIS Pro, "How Emerging Hot Spot Analysis works"; sfdep::emerging_hotspot_analysis.
 */
export function emergingHotSpots(
  cube: SpaceTimeCube,
  options: EmergingHotSpotOptions = {},
): EmergingHotSpots | NotEnoughData {
  const { significance = 0.05, trendAlpha = 0.01 } = options;
  const steps = cube.counts.length;
  if (steps < LEAST_STEPS) return notEnoughData(`There are ${steps} steps, ${LEAST_STEPS} are needed.`);
  const cells = cube.neighbours.starts.length - 1;
  const values = layOutCounts(cube.counts, cells);
  const reason = whyTooFew(values, cells);
  if (reason !== undefined) return notEnoughData(reason);

  const neighbours = spaceTimeNeighbours(cube.neighbours, steps);
  const z = cube.z(values, neighbours);
  const p = cube.p(values, neighbours);
  requireArgument(
    z.length === values.length && p.length === values.length,
    'emergingHotSpots',
    'z and p give one number a bin',
  );
  const cutOff = falseDiscoveries([p]).cutOff(significance);
  const stateOf = (bin: number): StepState => {
    const score = z[bin] ?? 0;
    if (!((p[bin] ?? 1) <= cutOff) || score === 0) return 'none';
    return score > 0 ? 'hot' : 'cold';
  };
  const judge = (cell: number): EmergingCell => {
    const bins = Array.from({ length: steps }, (_, step) => step * cells + cell);
    const series = bins.map((bin) => z[bin] ?? 0);
    const states = bins.map(stateOf);
    const trend = mannKendall(series);
    return {
      emergence: classifyEmergence(states, trend.kind === 'trend' ? trend : NO_TREND, trendAlpha),
      hotSteps: states.filter((state) => state === 'hot').length,
      coldSteps: states.filter((state) => state === 'cold').length,
      trend,
      lastZ: series[steps - 1] ?? 0,
    };
  };
  return {
    kind: 'emerging-hot-spots',
    steps,
    cells: Array.from({ length: cells }, (_, cell) => judge(cell)),
  };
}

/** The counts of all bins, step after step. */
function layOutCounts(counts: readonly ArrayLike<number>[], cells: number): Float64Array {
  const values = new Float64Array(counts.length * cells);
  for (const [step, ofStep] of counts.entries()) {
    requireArgument(ofStep.length === cells, 'emergingHotSpots', `step ${step} has one count a cell`);
    values.set(ofStep, step * cells);
  }
  requireArgument(
    values.every((value) => value >= 0),
    'emergingHotSpots',
    'a count is at least 0',
  );
  return values;
}

function whyTooFew(values: Float64Array, cells: number): string | undefined {
  let total = 0;
  const isTouched = new Uint8Array(cells);
  for (const [bin, value] of values.entries()) {
    total += value;
    if (value > 0) isTouched[bin % cells] = 1;
  }
  const touched = isTouched.reduce((sum, one) => sum + one, 0);
  if (total < LEAST_TOTAL) return `The counts add up to ${total}, ${LEAST_TOTAL} are needed.`;
  if (touched < LEAST_SHARE_OF_CELLS * cells) {
    return `${touched} of ${cells} cells have a count above 0, ${100 * LEAST_SHARE_OF_CELLS} % are needed.`;
  }
  return undefined;
}
