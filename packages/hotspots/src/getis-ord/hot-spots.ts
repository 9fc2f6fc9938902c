import type { NotEnoughData } from '@crimetracker/analysis-kit';
import {
  falseDiscoveries,
  negativeBinomialUpperTail,
  notEnoughData,
  poissonUpperTail,
} from '@crimetracker/analysis-kit';
import type { CellGrid } from '../cells/cell-grid.js';
import { capHeaps } from './cap-heaps.js';
import { giStar } from './gi-star.js';
import { permutationP } from './permutation-p.js';

/** Fewer incidents, or fewer cells with one, do not tell a hot spot from chance. */
const FEWEST_INCIDENTS = 50;
const LEAST_SHARE_OF_CELLS = 0.05;

/** False discovery rate of hot and cold spots, and of cores. */
export const DISCOVERY_RATE = 0.05;

/**
 * Gi* of every cell of a surface, and a p-value of the tail it points to: twice the smaller of the exact permutation
 * p-values of the counts and of the counts without heaps. One finds a few strong spots, the other those that a single heap
 * would hide.
 */
export interface TestedSurface {
  readonly kind: 'tested';
  readonly z: Float64Array;
  readonly p: Float64Array;
}

/** Tests every cell of a surface of counts, or says why it cannot be tested. */
export function testSurface(counts: Float64Array, grid: CellGrid): TestedSurface | NotEnoughData {
  let incidents = 0;
  let cells = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i] ?? 0;
    incidents += count;
    if (count > 0) cells += 1;
  }
  if (incidents < FEWEST_INCIDENTS) {
    return notEnoughData(`Fewer than ${FEWEST_INCIDENTS} incidents do not show where they gather.`);
  }
  const z = giStar(counts, grid.neighbours);
  if (!(z instanceof Float64Array)) return z;
  if (cells < LEAST_SHARE_OF_CELLS * counts.length) {
    return notEnoughData(
      `Fewer than ${100 * LEAST_SHARE_OF_CELLS} % of the cells have an incident; larger cells may show more.`,
    );
  }
  const plain = permutationP(counts, grid.neighbours, new Float64Array(counts.length), z);
  const capped = permutationP(capHeaps(counts), grid.neighbours, new Float64Array(counts.length), z);
  return {
    kind: 'tested',
    z,
    p: plain.map((p, i) => Math.min(1, 2 * Math.min(p, capped[i] ?? 1))),
  };
}

export type HeatClass = 'hot' | 'cold' | 'not significant';

/** The class of a cell: hot or cold where its p-value is within the cut-off of the whole family of tests. */
export function heatClass(z: number, p: number, cutOff: number): HeatClass {
  if (!(p <= cutOff) || z === 0) return 'not significant';
  return z > 0 ? 'hot' : 'cold';
}

/**
 * Marks the hot cells that are high themselves. Gi* looks at a cell with its neighbours, so the ring around a hot spot is
 * hot as well, whatever happens in it. The core is what remains when a hot cell's own count has to be more than the cells
 * away from all hot spots have: the upper tail of a negative binomial with the mean and variance of their counts without
 * heaps (Poisson where they vary less), at a false discovery rate of 0.05 over the hot cells. Where nothing lies away from
 * hot spots, every other cell that is not hot is compared with.
 */
export function markCores(counts: Float64Array, isHot: Uint8Array, grid: CellGrid): Uint8Array {
  const isCore = new Uint8Array(counts.length);
  const hot = placesOf(isHot, 1);
  if (hot.length === 0) return isCore;
  const away = backgroundCells(isHot, grid);
  if (away.length === 0) return isCore;
  const usual = capHeaps(Float64Array.from(away, (i) => counts[i] ?? 0));
  const mean = usual.reduce((sum, count) => sum + count, 0) / usual.length;
  const variance = usual.reduce((sum, count) => sum + (count - mean) ** 2, 0) / usual.length;
  const tail = (count: number): number => {
    if (mean === 0) return count > 0 ? 0 : 1;
    if (variance <= mean) return poissonUpperTail(count, mean);
    return negativeBinomialUpperTail(count, (mean * mean) / (variance - mean), mean / variance);
  };
  const p = Float64Array.from(hot, (i) => Math.min(1, tail(counts[i] ?? 0)));
  const cutOff = falseDiscoveries([p]).cutOff(DISCOVERY_RATE);
  for (const [at, i] of hot.entries()) if ((p[at] ?? 1) <= cutOff) isCore[i] = 1;
  return isCore;
}

function backgroundCells(isHot: Uint8Array, { neighbours: { starts, list } }: CellGrid): readonly number[] {
  const notHot = placesOf(isHot, 0);
  const away = notHot.filter((i) => {
    for (let at = starts[i] ?? 0; at < (starts[i + 1] ?? 0); at += 1)
      if (isHot[list[at] ?? 0] === 1) return false;
    return true;
  });
  return away.length > 0 ? away : notHot;
}

function placesOf(flags: Uint8Array, flag: number): number[] {
  const places: number[] = [];
  for (let i = 0; i < flags.length; i += 1) if (flags[i] === flag) places.push(i);
  return places;
}
