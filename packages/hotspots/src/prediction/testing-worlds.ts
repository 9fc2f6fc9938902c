import type { TestingRandom } from '@crimetracker/analysis-kit/testing';
import { testingRandom } from '@crimetracker/analysis-kit/testing';
import { gridDisk, latLngToCell } from 'h3-js';
import type { CellGrid } from '../cells/cell-grid.js';
import { cellGrid } from '../cells/cell-grid.js';
import type { WeeklyEvents } from './weekly-events.js';

/** What a simulated city is made of. */
export interface PlaceWorld {
  readonly weeks: number;
  /** Expected incidents a week. */
  readonly weekly: number;
  /** Standard deviation of the log rates between cells; 0 is the same rate everywhere. */
  readonly spread?: number;
  /** Part of that variance which neighbours share, 0 to 1. */
  readonly shared?: number;
  /** Standard deviation of what a log rate drifts in a year. */
  readonly drift?: number;
  /** Incidents that an incident draws after it, in its own cell or one beside, most within a few weeks. */
  readonly repeats?: number;
  /** Largest distance of the city's season from 1. */
  readonly season?: number;
  /** The same for half of the cells, on top. */
  readonly localSeason?: number;
  /** Growth of the log level a year. */
  readonly trend?: number;
}

/** A disc of cells of New York's size and place; radius 14 has 631, radius 51 has 7,957. */
export function testingGrid(radius: number, resolution = 9): CellGrid {
  return cellGrid(gridDisk(latLngToCell(40.72, -73.95, resolution), radius));
}

/** Poisson numbers in reasonable time for any mean. */
function poisson(mean: number, random: TestingRandom): number {
  if (mean < 30) return random.poisson(mean);
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
}

/** Log rates of standard deviation 1, part of which cells share with those around them. */
function logRates(grid: CellGrid, shared: number, random: TestingRandom): Float64Array {
  const { starts, list } = grid.neighbours;
  let field = Float64Array.from(grid.cells, () => random.normal());
  for (let step = 0; step < 4; step += 1) {
    field = field.map((value, cell) => {
      let sum = value;
      const end = starts[cell + 1] as number;
      for (let place = starts[cell] as number; place < end; place += 1)
        sum += field[list[place] as number] as number;
      return sum / (1 + end - (starts[cell] as number));
    });
  }
  const deviation = Math.sqrt(field.reduce((sum, value) => sum + value * value, 0) / field.length);
  return field.map(
    (value) => (Math.sqrt(shared) * value) / deviation + Math.sqrt(1 - shared) * random.normal(),
  );
}

/** Incidents of a simulated city; the same seed gives the same ones. */
export function simulateWorld(grid: CellGrid, world: PlaceWorld, seed: number): WeeklyEvents {
  const { weeks, weekly, spread = 0, shared = 0.5, drift = 0, repeats = 0 } = world;
  const { season = 0, localSeason = 0, trend = 0 } = world;
  const random = testingRandom(seed * 7919 + 5);
  const cells = grid.cells.length;
  const { starts, list } = grid.neighbours;
  const base = logRates(grid, shared, random).map((value) => spread * value);
  const isSeasonal = Uint8Array.from(grid.cells, () => (random.uniform() < 0.5 ? 1 : 0));
  const walk = new Float64Array(cells);
  const rates = new Float64Array(cells);
  const counts = Array.from({ length: weeks }, () => new Map<number, number>());
  const total = base.reduce((sum, value) => sum + Math.exp(value), 0);
  const level = (weekly * (1 - Math.min(0.9, repeats))) / total;

  function put(week: number, cell: number): void {
    const ofWeek = counts[week];
    if (ofWeek === undefined) return;
    ofWeek.set(cell, (ofWeek.get(cell) ?? 0) + 1);
    for (let after = random.poisson(repeats); after > 0; after -= 1) {
      const delay = 1 + Math.floor(-3 * Math.log(random.uniform()));
      const start = starts[cell] as number;
      const degree = (starts[cell + 1] as number) - start;
      const isBeside = degree > 0 && random.uniform() < 0.4;
      put(week + delay, isBeside ? (list[start + Math.floor(random.uniform() * degree)] as number) : cell);
    }
  }

  for (let week = 0; week < weeks; week += 1) {
    const angle = (2 * Math.PI * week * 7) / 365.25;
    const ofCity = level * Math.exp((trend * week) / 52) * (1 + season * Math.sin(angle));
    let sum = 0;
    for (let cell = 0; cell < cells; cell += 1) {
      if (drift > 0) walk[cell] = (walk[cell] as number) + (drift / Math.sqrt(52)) * random.normal();
      const local = isSeasonal[cell] === 1 ? 1 + localSeason * Math.sin(angle + 1) : 1;
      const rate = ofCity * local * Math.exp((base[cell] as number) + (walk[cell] as number));
      rates[cell] = rate;
      sum += rate;
    }
    // Cells in proportion to their rates: cumulative sums and bisection.
    for (let cell = 1; cell < cells; cell += 1)
      rates[cell] = (rates[cell] as number) + (rates[cell - 1] as number);
    for (let left = poisson(sum, random); left > 0; left -= 1) {
      const at = random.uniform() * sum;
      let low = 0;
      let high = cells - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((rates[middle] as number) < at) low = middle + 1;
        else high = middle;
      }
      put(week, low);
    }
  }
  const weekStarts = new Int32Array(weeks + 1);
  for (const [week, ofWeek] of counts.entries())
    weekStarts[week + 1] = (weekStarts[week] as number) + ofWeek.size;
  const entries = counts.flatMap((ofWeek) => [...ofWeek].sort((a, b) => a[0] - b[0]));
  return {
    firstMonday: '2010-01-04',
    weekStarts,
    cellOfEvent: Int32Array.from(entries, ([cell]) => cell),
    countOfEvent: Int32Array.from(entries, ([, count]) => count),
  };
}
