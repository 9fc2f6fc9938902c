import type { ResultRow } from '@crimetracker/analysis-kit';
import type { CellGrid } from '../cells/cell-grid.js';
import type { Neighbours } from '../cells/neighbours.js';
import type { PeriodCounts } from '../counts/period-counts.js';
import { addIncidents } from '../counts/period-counts.js';
import { TARGETS } from '../counts/targets.js';
import { emergingHotSpots } from '../emerging/emerging-hot-spots.js';
import { spaceTimeP } from '../emerging/space-time-p.js';
import { giStar } from '../getis-ord/gi-star.js';

import { letOthersIn } from './let-others-in.js';
import type { WholePeriods } from './whole-periods.js';
import { monthText } from './whole-periods.js';

/** Months of the cube: three years. */
const CUBE_MONTHS = 36;

const NO_PATTERN = 'No pattern detected';

export interface EmergenceTables {
  readonly cells: readonly ResultRow[];
  readonly summary: readonly ResultRow[];
}

/** How each cell came to be hot or cold over the last three years of whole months, for every target. */
export async function emergenceTables(
  grid: CellGrid,
  counts: PeriodCounts,
  { firstMonth, lastMonth }: WholePeriods,
  shared: ResultRow,
  signal?: AbortSignal,
): Promise<EmergenceTables> {
  const first = Math.max(firstMonth, lastMonth - CUBE_MONTHS + 1);
  const months = Array.from({ length: Math.max(0, lastMonth - first + 1) }, (_, step) => first + step);
  const cells: ResultRow[] = [];
  const summary: ResultRow[] = [];
  for (const target of TARGETS) {
    await letOthersIn(signal);
    const found = emergingHotSpots({
      counts: months.map((month) => {
        const surface = new Float64Array(grid.cells.length);
        addIncidents(surface, counts, target.categories, month, month);
        return surface;
      }),
      neighbours: grid.neighbours,
      z: giStarOrNought,
      p: (values, neighbours) => spaceTimeP(values, neighbours, grid.neighbours),
    });
    const ofTarget = { ...shared, target: target.name };
    if (found.kind === 'not-enough-data') {
      summary.push({ ...ofTarget, reason: found.reason });
      continue;
    }
    const cellsByClass = new Map<string, number>();
    for (const [place, { emergence, hotSteps, coldSteps, trend, lastZ }] of found.cells.entries()) {
      cellsByClass.set(emergence, (cellsByClass.get(emergence) ?? 0) + 1);
      if (emergence === NO_PATTERN) continue;
      cells.push({
        ...ofTarget,
        first_month: monthText(first),
        last_month: monthText(lastMonth),
        h3: grid.cells[place] ?? null,
        class: emergence,
        months: found.steps,
        hot_months: hotSteps,
        cold_months: coldSteps,
        trend_z: trend.kind === 'trend' ? trend.z : null,
        trend_p: trend.kind === 'trend' ? trend.pValue : null,
        last_gi_star: lastZ,
      });
    }
    for (const [name, number] of cellsByClass) {
      summary.push({ ...ofTarget, class: name, cells: number, reason: null });
    }
  }
  return { cells, summary };
}

/** Where all bins are equal, none stands out. */
function giStarOrNought(values: Float64Array, neighbours: Neighbours): Float64Array {
  const z = giStar(values, neighbours);
  return z instanceof Float64Array ? z : new Float64Array(values.length);
}
