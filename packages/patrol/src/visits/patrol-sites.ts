import { requireArgument } from '@crimetracker/analysis-kit';
import { gridDisk } from 'h3-js';
import { coverageReturns } from '../demand/coverage-returns.js';
import type { HexDemand } from '../demand/hex-demand.js';
import { highsSolver } from '../solver/highs-solver.js';
import { WEEK_HOURS } from '../weekly-demand.js';
import { chooseCells } from './choose-cells.js';
import type { DutyShift } from './duty-shifts.js';
import type { PatrolCell } from './patrol-cell.js';
import { patrolCell } from './patrol-cell.js';
import type { VisitRules } from './visit-pace.js';
import { visitRules, visitsPerHour } from './visit-pace.js';

export interface PatrolSitesInput {
  readonly jurisdictions: number;
  /** H3 indexes of one resolution. */
  readonly cells: readonly string[];
  /** Place of each cell's jurisdiction; −1 where none is known. */
  readonly jurisdictionOfCell: Int32Array;
  readonly hex: HexDemand;
  /** Rings of cells around a visited one that the visit covers as well: 0 for the cell alone. */
  readonly coverRings: number;
  readonly rules?: Partial<VisitRules>;
  /** Minutes on the way between two cells, of which the number of cells is computed. */
  readonly travelMinutes: number;
  readonly signal?: AbortSignal | undefined;
}

/** The cells that patrols visit. */
export interface PatrolSites {
  /** What a first, second, … unit on duty adds to the share of a jurisdiction's harm that is covered. */
  readonly returns: readonly (readonly number[])[];
  /** Cells that one unit keeps up. */
  readonly cellsPerUnit: number;
  /** The sites of a shift's jurisdiction by the harm that they cover in the hours from the shift's first on. */
  readonly during: (
    shift: Pick<DutyShift, 'jurisdiction' | 'firstHour'>,
    hours: number,
  ) => readonly PatrolCell[];
}

/** Units in one jurisdiction at one time beyond which nothing is gained. */
const MOST_UNITS = 12;

/**
 * Chooses in each jurisdiction the cells whose visits cover most of the week's expected harm (maximal cover), as many as
 * its units could keep up, and what each further unit adds. A cell whose jurisdiction is not known is visited by nobody.
 */
export async function choosePatrolSites(input: PatrolSitesInput): Promise<PatrolSites> {
  const { jurisdictions, cells, jurisdictionOfCell, hex, coverRings, travelMinutes, signal } = input;
  requireArgument(
    Number.isInteger(coverRings) && coverRings >= 0,
    'choosePatrolSites',
    `rings are a whole number of at least 0, got ${coverRings}`,
  );
  const rules = visitRules(input.rules);
  const reach = (visitsPerHour(rules, travelMinutes) * rules.revisitMinutes) / 60;
  const cellsPerUnit = Math.max(1, Math.floor(reach));
  const places = new Map(cells.map((cell, place) => [cell, place]));
  const coveredFrom = (place: number): readonly number[] =>
    gridDisk(cells[place] ?? '', coverRings).flatMap((cell) => {
      const other = places.get(cell);
      return other !== undefined && jurisdictionOfCell[other] === jurisdictionOfCell[place] ? [other] : [];
    });
  const sites: { readonly place: number; readonly covers: readonly number[] }[][] = [];
  const gains: (readonly number[])[] = [];
  const totals: number[] = [];
  const solver = highsSolver();
  const endSolver = (): void => void solver.close();
  signal?.addEventListener('abort', endSolver);
  try {
    for (let j = 0; j < jurisdictions; j += 1) {
      const own = [...cells.keys()].filter((place) => jurisdictionOfCell[place] === j);
      const numbers = new Map(own.map((place, number) => [place, number]));
      const covers = own.map(coveredFrom);
      const choice = await chooseCells(
        {
          benefit: own.map((place) => hex.total[place] ?? 0),
          covers: covers.map((of) => of.flatMap((place) => numbers.get(place) ?? [])),
        },
        Math.min(own.length, MOST_UNITS * cellsPerUnit),
        { solver },
      );
      signal?.throwIfAborted();
      sites.push(choice.sites.map((site) => ({ place: own[site] ?? 0, covers: covers[site] ?? [] })));
      gains.push(choice.gains);
      totals.push(own.reduce((sum, place) => sum + (hex.total[place] ?? 0), 0));
    }
  } finally {
    signal?.removeEventListener('abort', endSolver);
    await solver.close();
  }
  const known = new Map<string, readonly PatrolCell[]>();
  return {
    returns: coverageReturns(gains, {
      visitsPerHour: cellsPerUnit,
      revisitHours: 1,
      mostUnits: MOST_UNITS,
      totals,
    }),
    cellsPerUnit,
    during: ({ jurisdiction, firstHour }, hours) => {
      const key = `${jurisdiction}/${firstHour}/${hours}`;
      const kept = known.get(key);
      if (kept) return kept;
      const harm = hex.during(firstHour % WEEK_HOURS, hours);
      const ordered = (sites[jurisdiction] ?? [])
        .map(({ place, covers }) =>
          patrolCell(
            cells[place] ?? '',
            covers.reduce((sum, other) => sum + (harm[other] ?? 0), 0),
          ),
        )
        .sort((a, b) => b.benefit - a.benefit);
      known.set(key, ordered);
      return ordered;
    },
  };
}
