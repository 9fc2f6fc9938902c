import type { CityCounts, Filters } from '@crimetracker/crossfilter';
import type { CityHotspots } from '../documents.js';
import type { CellShapes } from './city-shapes.js';
import { giSurface } from './gi-star-surface.js';
import type { Classed } from './map-classes.js';
import { countClasses, emergingClasses, giClasses } from './map-classes.js';

export const MAP_MODES = [
  { id: 'count', label: 'Incidents' },
  { id: 'gi', label: 'Hot and cold (Gi*)' },
  { id: 'emerging', label: 'How they emerged' },
] as const;
export type MapMode = (typeof MAP_MODES)[number]['id'];

/** What a map shows of each cell. */
export interface MapContent {
  readonly classed: Classed;
  /** What is said of a cell, by its place. */
  readonly describe: (place: number) => string;
  /** Cells to list, the first ones first: place and what is said of it. */
  readonly top: readonly number[];
  /** Why there is nothing to show. */
  readonly reason?: string;
}

const LISTED = 20;
const NOTHING: Classed = { classes: [], classOf: new Int8Array() };
const incidents = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'incident' : 'incidents'}`;

/** Counts of all cells of a city, by place. */
export function cellCounts(city: CityCounts, length: number): Float64Array {
  const all = new Float64Array(length);
  const { places = [], counts = [] } = city.cells ?? {};
  for (const [at, place] of places.entries()) all[place] = counts[at] ?? 0;
  return all;
}

export function showCounts(counts: Float64Array): MapContent {
  return {
    classed: countClasses(counts),
    describe: (place) => incidents(counts[place] ?? 0),
    top: highest(counts, (place) => (counts[place] ?? 0) > 0),
  };
}

export function showGiStar(key: string, cells: CellShapes, counts: Float64Array): MapContent {
  const surface = giSurface(key, cells.cells, counts);
  if (typeof surface === 'string') return { classed: NOTHING, describe: () => '', top: [], reason: surface };
  const { z, q, isDiscovered } = surface;
  return {
    classed: giClasses(z, isDiscovered),
    describe: (place) =>
      `${incidents(counts[place] ?? 0)}, Gi* ${(z[place] ?? 0).toFixed(2)}, q ${qText(q[place] ?? 1)}: ${
        isDiscovered[place] === 1 ? ((z[place] ?? 0) > 0 ? 'hot' : 'cold') : 'not beyond chance'
      }`,
    top: highest(z, (place) => isDiscovered[place] === 1 && (z[place] ?? 0) > 0),
  };
}

const qText = (q: number): string => (q < 0.001 ? '< 0.001' : q.toFixed(3));

/** The class of each cell in the hot spots of the whole city; of the one category that is chosen, or of all. */
export function showEmerging(cells: readonly string[], hotspots: CityHotspots, target: string): MapContent {
  const own = hotspots.emerging[target];
  if (own === undefined) {
    const reason = hotspots.reasons[target] ?? 'No cell of this category has a pattern.';
    return { classed: NOTHING, describe: () => '', top: [], reason };
  }
  const classOfCell = new Map(own.cells.map(([cell, name]) => [cell, name]));
  const classed = emergingClasses(cells, classOfCell);
  const describe = (place: number): string => classOfCell.get(cells[place] ?? '') ?? 'no pattern';
  const hot = cells.flatMap((cell, place) => (classOfCell.get(cell)?.endsWith('Hot Spot') ? [place] : []));
  return { classed, describe, top: hot.slice(0, LISTED) };
}

/** The target whose emerging hot spots fit to the filters: one category, or all. */
export function emergingTarget({ crime_category }: Filters): string | undefined {
  if (crime_category === undefined) return 'All';
  return crime_category.length === 1 ? crime_category[0] : undefined;
}

function highest(values: ArrayLike<number>, isListed: (place: number) => boolean): readonly number[] {
  const places = Array.from({ length: values.length }, (_, place) => place).filter(isListed);
  return places.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0)).slice(0, LISTED);
}
