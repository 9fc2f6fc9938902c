import type { Engine } from '@crimetracker/engine';
import type { CellGrid } from '../cells/cell-grid.js';

/** Counts of one city, in rows sorted by category, period and cell. */
export interface PeriodCounts {
  /** Labels of the categories; the rows of category c run from `starts[c]` up to `starts[c + 1]`. */
  readonly categories: readonly string[];
  readonly starts: Int32Array;
  readonly periods: Int32Array;
  /** Places of the cells in the grid. */
  readonly places: Int32Array;
  readonly incidents: Int32Array;
}

const PLACES = 'hotspot_places';
const CATEGORIES = 'hotspot_categories';

/**
 * Reads a table of counts by source, h3, crime_category and a period column, which the engine holds under `table`, into
 * arrays. Cells that are not of the grid are left out.
 */
export async function readPeriodCounts(
  engine: Engine,
  input: {
    readonly table: string;
    readonly period: string;
    readonly source: string;
    readonly grid: CellGrid;
    readonly categories: readonly string[];
  },
  signal?: AbortSignal,
): Promise<PeriodCounts> {
  const { table, period, source, grid, categories } = input;
  await engine.loadRows(
    PLACES,
    [
      { name: 'h3', type: 'text' },
      { name: 'place', type: 'bigint' },
    ],
    grid.cells.map((cell, place) => [cell, place]),
  );
  await engine.loadRows(
    CATEGORIES,
    [
      { name: 'crime_category', type: 'text' },
      { name: 'category', type: 'bigint' },
    ],
    categories.map((label, category) => [label, category]),
  );
  try {
    const rows = await engine.queryNumbers(
      `SELECT c.category, t.${period} AS period, p.place, t.incidents
       FROM ${table} t JOIN ${PLACES} p ON p.h3 = t.h3 JOIN ${CATEGORIES} c ON c.crime_category = t.crime_category
       WHERE t.source = ${engine.dialect.literal(source)} ORDER BY c.category, period, p.place`,
      signal,
    );
    const starts = new Int32Array(categories.length + 1);
    for (const category of rows.category ?? []) starts[category + 1] = (starts[category + 1] ?? 0) + 1;
    for (let c = 1; c < starts.length; c += 1) starts[c] = (starts[c] ?? 0) + (starts[c - 1] ?? 0);
    return {
      categories,
      starts,
      periods: Int32Array.from(rows.period ?? []),
      places: Int32Array.from(rows.place ?? []),
      incidents: Int32Array.from(rows.incidents ?? []),
    };
  } finally {
    await engine.dropTable(PLACES);
    await engine.dropTable(CATEGORIES);
  }
}

/** Adds the incidents of some categories and of the periods `from` to `to`, both included, to a surface over the grid. */
export function addIncidents(
  surface: Float64Array,
  counts: PeriodCounts,
  categories: readonly number[],
  from: number,
  to: number,
): void {
  const { starts, periods, places, incidents } = counts;
  for (const category of categories) {
    const end = starts[category + 1] ?? 0;
    for (let row = firstRow(counts, category, from); row < end && (periods[row] ?? 0) <= to; row += 1) {
      const place = places[row] ?? 0;
      surface[place] = (surface[place] ?? 0) + (incidents[row] ?? 0);
    }
  }
}

/** The first row of a category whose period is not before `period`. */
function firstRow({ starts, periods }: PeriodCounts, category: number, period: number): number {
  let low = starts[category] ?? 0;
  let high = starts[category + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((periods[middle] ?? 0) < period) low = middle + 1;
    else high = middle;
  }
  return low;
}
