import { requireArgument } from '@crimetracker/analysis-kit';
import { highsSolver } from '../solver/highs-solver.js';
import type { ProgramAnswer, ProgramSolver } from '../solver/program-solver.js';
import { coverProgram } from './cover-program.js';
import type { Cover, CoverProblem } from './greedy-cover.js';
import { greedyCover } from './greedy-cover.js';

export interface ChooseOptions {
  /** Time that the solver may search; 5,000 by default. */
  readonly timeLimitMs?: number;
  /** HiGHS in a thread of its own by default; one that is given stays open. */
  readonly solver?: ProgramSolver;
}

export interface CellChoice extends Cover {
  /** No choice covers more. */
  readonly bound: number;
  /** objective ÷ bound; 1 when nothing can be covered. */
  readonly ratio: number;
  /** `optimal` is proven; `feasible` is the solver's best when time ran out; `greedy` covers at least 1 − 1/e of the best. */
  readonly method: 'optimal' | 'feasible' | 'greedy';
}

/**
 * Chooses the k cells that together cover the most expected harm (the maximal covering location problem), best first.
 *
 * Where every cell covers only itself these are the k best cells. Otherwise the integer program is solved exactly by
 * HiGHS within the time limit, from the greedy choice on, which stands where the solver finds nothing better or breaks
 * down. Most cases of up to a thousand cells take less than a second. Lists that name a demand that is not there, and
 * benefits below 0, throw.
 * Source: Church and ReVelle (1974), "The maximal covering location problem".
 */
export async function chooseCells(
  problem: CoverProblem,
  k: number,
  options: ChooseOptions = {},
): Promise<CellChoice> {
  requireProblem(problem, k);
  const greedy = greedyCover(problem, k);
  const isOwnOnly = problem.covers.every((demands, site) => demands.length === 1 && demands[0] === site);
  if (isOwnOnly || greedy.sites.length < k)
    return { ...greedy, bound: greedy.objective, ratio: 1, method: 'optimal' };
  const answer = await solve(problem, k, greedy, options);
  const sites = answer?.columns && wholeSites(answer.columns, problem.covers.length, k);
  const solved = sites && greedyCover(problem, k, sites);
  const isBetter = solved !== undefined && solved.objective >= greedy.objective;
  const cover = isBetter ? solved : greedy;
  if (isBetter && answer?.status === 'solved') {
    return { ...cover, bound: cover.objective, ratio: 1, method: 'optimal' };
  }
  const known = Math.min(answer?.bound ?? Number.POSITIVE_INFINITY, simpleBound(problem, k));
  const bound = Math.max(cover.objective, known);
  return { ...cover, bound, ratio: cover.objective / bound, method: isBetter ? 'feasible' : 'greedy' };
}

/** What HiGHS answers; undefined where it broke down. */
async function solve(
  problem: CoverProblem,
  k: number,
  greedy: Cover,
  { timeLimitMs = 5000, solver: given }: ChooseOptions,
): Promise<ProgramAnswer | undefined> {
  const solver = given ?? highsSolver();
  const { program, start } = coverProgram(problem, k, greedy.sites);
  try {
    return await solver.solve(program, { relaxed: false, absoluteGap: 0, timeLimitMs, start });
  } catch {
    return undefined;
  } finally {
    if (given === undefined) await solver.close();
  }
}

/** The sites of a solution; undefined where one is chosen in part, or more than k are. */
function wholeSites(columns: Float64Array, sites: number, k: number): readonly number[] | undefined {
  const chosen: number[] = [];
  for (let site = 0; site < sites; site += 1) {
    const value = columns[site] ?? 0;
    if (Math.abs(value - Math.round(value)) > 1e-6) return undefined;
    if (value > 0.5) chosen.push(site);
  }
  return chosen.length <= k ? chosen : undefined;
}

function requireProblem({ benefit, covers }: CoverProblem, k: number): void {
  const where = 'chooseCells';
  requireArgument(Number.isInteger(k) && k >= 0, where, `k is a whole number of at least 0, got ${k}`);
  for (let i = 0; i < benefit.length; i += 1) {
    const value = benefit[i] ?? Number.NaN;
    requireArgument(value >= 0 && Number.isFinite(value), where, `a benefit is at least 0, got ${value}`);
  }
  for (const demands of covers) {
    const isThere = demands.every(
      (demand) => Number.isInteger(demand) && demand >= 0 && demand < benefit.length,
    );
    requireArgument(isThere, where, `a site covers demands from 0 to ${benefit.length - 1}`);
    requireArgument(new Set(demands).size === demands.length, where, 'a site covers a demand once');
  }
}

/** The k widest sites as if nothing were covered twice, at most everything. */
function simpleBound({ benefit, covers }: CoverProblem, k: number): number {
  const alone = covers.map((demands) => demands.reduce((sum, demand) => sum + (benefit[demand] ?? 0), 0));
  const widest = alone.sort((a, b) => b - a).slice(0, k);
  const reached = new Set(covers.flat());
  return Math.min(
    widest.reduce((sum, value) => sum + value, 0),
    [...reached].reduce((sum, demand) => sum + (benefit[demand] ?? 0), 0),
  );
}
