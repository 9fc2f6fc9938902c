import { falseDiscoveries } from '@crimetracker/analysis-kit';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import type { CellGrid } from '../cells/cell-grid.js';
import { cellGrid } from '../cells/cell-grid.js';
import { DISCOVERY_RATE, heatClass, markCores, testSurface } from './hot-spots.js';

const CENTRE = latLngToCell(40.73, -73.95, 9);
const city = cellGrid(gridDisk(CENTRE, 51));
const town = cellGrid(gridDisk(CENTRE, 31));

function findHotSpots(counts: Float64Array, grid: CellGrid) {
  const tested = testSurface(counts, grid);
  if (tested.kind !== 'tested') throw new Error(tested.reason);
  const cutOff = falseDiscoveries([tested.p]).cutOff(DISCOVERY_RATE);
  const classes = [...tested.z].map((z, i) => heatClass(z, tested.p[i] ?? 1, cutOff));
  const isHot = Uint8Array.from(classes, (one) => (one === 'hot' ? 1 : 0));
  return { classes, isHot, isCore: markCores(counts, isHot, grid) };
}

/** Discs of whole cells in which crime is more frequent. */
function plantSpots(grid: CellGrid, seed: number): Uint8Array {
  const random = testingRandom(seed);
  const places = new Map(grid.cells.map((cell, place) => [cell, place]));
  const planted = new Uint8Array(grid.cells.length);
  for (const rings of [1, 1, 2, 2, 3, 0]) {
    const centre = grid.cells[Math.floor(random.uniform() * grid.cells.length)] ?? '';
    for (const cell of gridDisk(centre, rings)) {
      const place = places.get(cell);
      if (place !== undefined) planted[place] = 1;
    }
  }
  return planted;
}

describe('hot spots at resolution 9', () => {
  it.each([
    [6, 30, 0],
    [20, 60, 0],
    [6, 30, 5],
  ])(
    'are the planted ones, of %d incidents a cell around and %d inside, with %d heaps elsewhere: F1 of cores at least 0.9 in each of 20 seeds, in a city of 7,957 cells',
    (around, inside, heaps) => {
      expect(city.cells.length).toBe(7957);
      for (let seed = 1; seed <= 20; seed += 1) {
        const planted = plantSpots(city, seed);
        const random = testingRandom(seed + 1000);
        const counts = Float64Array.from(planted, (is) => random.poisson(is === 1 ? inside : around));
        for (let heap = 0; heap < heaps; heap += 1) {
          counts[Math.floor(random.uniform() * counts.length)] = 2000;
        }
        const { isCore, isHot } = findHotSpots(counts, city);
        let both = 0;
        let found = 0;
        let there = 0;
        for (const [i, is] of planted.entries()) {
          const core = isCore[i] ?? 0;
          found += core;
          there += is;
          both += core * is;
          if (core === 1) expect(isHot[i]).toBe(1);
        }
        expect((2 * both) / (found + there), `seed ${seed}`).toBeGreaterThanOrEqual(0.9);
      }
    },
  );

  it.each([
    ['sparse', 0.08, false],
    ['moderate', 0.5, false],
    ['dense', 5, false],
    ['clumped by cell', 2, true],
  ])(
    'are hardly ever found where there are none: %s counts, at least 95 of 100 seeds without any',
    (_, mean, isClumped) => {
      let clean = 0;
      for (let seed = 1; seed <= 100; seed += 1) {
        const random = testingRandom(seed * 7 + mean * 1000);
        const counts = Float64Array.from(town.cells, () =>
          random.poisson(isClumped ? -mean * Math.log(random.uniform()) : mean),
        );
        if (findHotSpots(counts, town).classes.every((one) => one === 'not significant')) clean += 1;
      }
      expect(clean).toBeGreaterThanOrEqual(95);
    },
  );

  it('do not come from one heap in one cell: its neighbours are beside something hot, and the cell is not among hot ones', () => {
    const random = testingRandom(5);
    const counts = Float64Array.from(town.cells, () => random.poisson(3));
    const heap = town.cells.indexOf(CENTRE);
    counts[heap] = 4000;
    const { classes, isCore } = findHotSpots(counts, town);
    expect(classes[heap]).toBe('not significant');
    expect(isCore.every((is) => is === 0)).toBe(true);
  });

  it('are no cell that is high where all around are low', () => {
    const random = testingRandom(6);
    const counts = Float64Array.from(town.cells, () => random.poisson(8));
    const middle = town.cells.indexOf(CENTRE);
    for (const cell of gridDisk(CENTRE, 1)) counts[town.cells.indexOf(cell)] = 0;
    counts[middle] = 200;
    const tested = testSurface(counts, town);
    expect(tested.kind === 'tested' && tested.z[middle]).toBeGreaterThan(10);
    expect(findHotSpots(counts, town).classes[middle]).toBe('not significant');
  });

  it('are not looked for in few incidents, in few cells, in one cell, or where all cells are equal', () => {
    const reason = (counts: Float64Array, grid = town) => {
      const tested = testSurface(counts, grid);
      return tested.kind === 'tested' ? undefined : tested.reason;
    };
    const empty = new Float64Array(town.cells.length);
    expect(reason(empty)).toContain('Fewer than 50 incidents');
    expect(reason(empty.map((_, i) => (i === 3 ? 5000 : 0)))).toContain('5 % of the cells');
    expect(reason(empty.fill(4))).toContain('same count');
    expect(reason(Float64Array.of(100), cellGrid([CENTRE]))).toContain('there are none');
  });
});
