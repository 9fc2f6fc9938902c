import { requireArgument } from '@crimetracker/analysis-kit';

import type { Cover, CoverProblem } from './greedy-cover.js';
import { greedyCover } from './greedy-cover.js';
import { loadSolver } from './load-solver.js';

export interface ChooseOptions {
  /** Seconds that the solver may search; 5 by default. */
  readonly timeLimitSeconds?: number;
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
 * HiGHS within the time limit; the greedy choice stands in when the solver finds nothing better in time. Most cases of
 * up to a thousand cells take less than a second; of those that do not, 5 s gave .996 of the bound and more. Lists that name a demand that is not there, and benefits below 0, throw.
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
  const solved = await solve(problem, k, options.timeLimitSeconds ?? 5);
  const exact = solved.sites === undefined ? undefined : greedyCover(problem, k, solved.sites);
  const isBetter = exact !== undefined && exact.objective >= greedy.objective;
  const cover = isBetter ? exact : greedy;
  const bound = Math.max(cover.objective, Math.min(solved.bound, simpleBound(problem, k)));
  if (solved.isOptimal) return { ...cover, bound: cover.objective, ratio: 1, method: 'optimal' };
  return { ...cover, bound, ratio: cover.objective / bound, method: isBetter ? 'feasible' : 'greedy' };
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

interface Solved {
  readonly sites: readonly number[] | undefined;
  readonly bound: number;
  readonly isOptimal: boolean;
}

/** Solves the relaxation for the bound, then the integer program unless the relaxation came out whole. */
async function solve(problem: CoverProblem, k: number, seconds: number): Promise<Solved> {
  const highs = await loadSolver();
  const options = { time_limit: seconds, output_flag: false };
  const relaxed = highs.solve(linearProgram(problem, k, false), options);
  const bound = relaxed.Status === 'Optimal' ? relaxed.ObjectiveValue : Number.POSITIVE_INFINITY;
  const whole = relaxed.Status === 'Optimal' ? wholeSites(relaxed.Columns, problem) : undefined;
  if (whole !== undefined && whole.length <= k) return { sites: whole, bound, isOptimal: true };
  const solved = highs.solve(linearProgram(problem, k, true), { ...options, mip_rel_gap: 0 });
  const sites = wholeSites(solved.Columns, problem);
  const isKept = sites !== undefined && sites.length <= k;
  return { sites: isKept ? sites : undefined, bound, isOptimal: isKept && solved.Status === 'Optimal' };
}

/** The sites of a solution, or undefined where one is chosen in part or there is no solution. */
function wholeSites(
  columns: Readonly<Record<string, { readonly Primal?: number } | object>>,
  { covers }: CoverProblem,
): readonly number[] | undefined {
  const sites: number[] = [];
  for (const site of covers.keys()) {
    const column = columns[`y${site}`];
    const value = column !== undefined && 'Primal' in column ? column.Primal : undefined;
    if (value === undefined) return undefined;
    if (Math.abs(value - Math.round(value)) > 1e-6) return undefined;
    if (value > 0.5) sites.push(site);
  }
  return sites;
}

/** z of a covered demand may stay continuous: it is whole where the sites are. */
function linearProgram({ benefit, covers }: CoverProblem, k: number, isInteger: boolean): string {
  const sitesOf: number[][] = Array.from({ length: benefit.length }, () => []);
  for (const [site, demands] of covers.entries()) for (const demand of demands) sitesOf[demand]?.push(site);
  const demands = [...sitesOf.keys()].filter(
    (demand) => (benefit[demand] ?? 0) > 0 && (sitesOf[demand]?.length ?? 0) > 0,
  );
  const sites = [...covers.keys()].map((site) => `y${site}`);
  return [
    'Maximize',
    ` harm: ${sum(demands.map((demand) => `${benefit[demand]} z${demand}`))}`,
    'Subject To',
    ...demands.map(
      (demand) =>
        ` ${sum([`z${demand}`])} ${(sitesOf[demand] ?? []).map((site) => `- y${site}`).join('\n ')} <= 0`,
    ),
    ` chosen: ${sum(sites)} <= ${k}`,
    'Bounds',
    ...demands.map((demand) => ` 0 <= z${demand} <= 1`),
    ...sites.map((site) => ` 0 <= ${site} <= 1`),
    ...(isInteger ? ['General', ...sites.map((site) => ` ${site}`)] : []),
    'End',
    '',
  ].join('\n');
}

/** Terms on lines of their own: the LP format limits the length of a line. */
function sum(terms: readonly string[]): string {
  return terms.join('\n + ');
}
