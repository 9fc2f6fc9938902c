import { requireArgument } from '@crimetracker/analysis-kit';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { DutyLine, GreedyBaseline, InfeasibleStaffing, Schedule, StaffingRules } from '../schedule.js';
import { highsSolver } from '../solver/highs-solver.js';
import type { ProgramSolver } from '../solver/program-solver.js';
import type { WeeklyDemand } from '../weekly-demand.js';
import { bindingConstraints } from './binding-constraints.js';
import { countOnDuty, coveredHarm } from './covered-harm.js';
import type { DutyShapes } from './duty-shapes.js';
import { dutyShapes } from './duty-shapes.js';
import { fewestUnits } from './fewest-units.js';
import { nameUnits } from './name-units.js';
import { plainAllocations } from './plain-allocations.js';
import { requireDemand, requireRules, requireShares } from './require-staffing.js';
import type { BlockWorth } from './roster.js';
import { RosterDraft } from './roster.js';
import type { RosterSearchResult } from './roster-search.js';
import { searchRosters } from './roster-search.js';
import { SolverSession } from './solver-session.js';
import { fairnessFloors, findImpossibleRules, findTooFewUnits } from './staffing-limits.js';

export interface SchedulePatrolsOptions {
  /** 10,000 by default; what was found by then is returned. */
  readonly timeLimitMs?: number;
  /** How far below its bound a schedule may stay, 0.01 by default; 0 asks for the optimum. */
  readonly gap?: number;
  readonly signal?: AbortSignal;
  /** Share of last year's units, or of its incidents, by jurisdiction: to compare with. */
  readonly lastYearShare?: readonly number[];
  /** HiGHS in a thread of its own by default. */
  readonly solver?: () => ProgramSolver;
}

/**
 * Schedules a week of duty that covers as much expected recorded harm as the rules allow, with a bound that no schedule
 * under these rules exceeds.
 *
 * A unit works one line: a jurisdiction, a start, a set of days, week after week. Harm covered in an hour grows with the
 * units on duty by the returns of the jurisdiction. It is what is recorded where units are, not crime prevented.
 *
 * Rejects when demand or rules mean nothing, and with the reason of the signal. The time limit may be overrun by a
 * second or two.
 */
export async function schedulePatrols(
  demand: WeeklyDemand,
  rules: StaffingRules,
  options: SchedulePatrolsOptions = {},
): Promise<Schedule | InfeasibleStaffing> {
  const { timeLimitMs = 10_000, gap = 0.01, signal, lastYearShare, solver = highsSolver } = options;
  const startedAt = performance.now();
  requireRules(rules);
  requireDemand(demand);
  requireArgument(timeLimitMs > 0, 'schedulePatrols', `timeLimitMs is above 0, got ${timeLimitMs}`);
  requireArgument(gap >= 0 && gap < 1, 'schedulePatrols', `gap lies between 0 and 1, got ${gap}`);
  if (lastYearShare !== undefined) requireShares(lastYearShare, demand.jurisdictions.length);
  signal?.throwIfAborted();
  const impossible = findImpossibleRules(rules);
  if (impossible !== undefined) return impossible;

  const programs = solver();
  const onAbort = (): void => void programs.close();
  signal?.addEventListener('abort', onAbort);
  try {
    const session = new SolverSession(programs, startedAt + timeLimitMs, signal);
    const shapes = dutyShapes(rules);
    const worths = worthOfBlocks(demand, rules, shapes);
    const floors = fairnessFloors(demand, rules);
    const fewest = await fewestUnits(shapes, rules, session);
    const tooFew = findTooFewUnits(demand, rules, fewest.bound, fewest.bound === fewest.units);
    if (tooFew !== undefined) return tooFew;
    requireFound(demand, rules, fewest.units, session);
    const result = await searchRosters(shapes, worths, rules, floors, fewest, gap, session);
    return {
      ...describe(demand, rules, shapes, worths, floors, result),
      method: methodOf(result, gap, session),
      comparisons: plainAllocations(demand, rules, lastYearShare),
      ...(session.failure !== undefined && { solverFailure: session.failure }),
      solveMs: performance.now() - startedAt,
    };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await programs.close();
  }
}

function worthOfBlocks(
  { hours, returns }: WeeklyDemand,
  { minimumPresence }: StaffingRules,
  { blocks }: DutyShapes,
): readonly BlockWorth[] {
  return hours.map((week, j) => ({
    harm: Float64Array.from(blocks, (block) => block.reduce((sum, hour) => sum + (week[hour] ?? 0), 0)),
    returns: returns[j] ?? [],
    minimumPresence,
  }));
}

/** Throws when it is not known whether the units suffice: the solver did not tell how few do. */
function requireFound(
  demand: WeeklyDemand,
  rules: StaffingRules,
  known: number,
  session: SolverSession,
): void {
  if (findTooFewUnits(demand, rules, known, true) === undefined) return;
  throw new CrimeTrackerError(
    `No schedule of ${rules.units} units was found, and none could be excluded: ${session.failure ?? 'time ran out'}.`,
    {
      code: 'schedule-not-found',
      exitCode: EXIT_CODES.gate,
      hint: 'Allow more time, more units, or a smaller minimum presence.',
    },
  );
}

function methodOf(
  { objective, bound }: RosterSearchResult,
  gap: number,
  session: SolverSession,
): Schedule['method'] {
  const tolerance = Math.max(gap, 1e-6);
  if (bound - objective <= tolerance * bound) return 'optimal';
  return session.answers > 0 ? 'feasible' : 'greedy';
}

function describe(
  demand: WeeklyDemand,
  rules: StaffingRules,
  shapes: DutyShapes,
  worths: readonly BlockWorth[],
  floors: readonly number[],
  result: RosterSearchResult,
): Omit<Schedule, 'method' | 'comparisons' | 'solveMs'> {
  const lines = linesOf(demand, rules, shapes, worths, floors, result);
  const onDuty = countOnDuty(lines, demand.jurisdictions.length, rules.shiftHours);
  const objective = coveredHarm(demand, onDuty);
  const bound = Math.max(result.bound, objective);
  return {
    kind: 'schedule',
    demand,
    rules,
    lines,
    onDuty,
    objective,
    bound,
    gap: bound > 0 ? (bound - objective) / bound : 0,
    totalHarm: demand.hours.reduce((sum, week) => sum + week.reduce((all, harm) => all + harm, 0), 0),
    binding: bindingConstraints(demand, rules, lines, onDuty, floors, result),
    greedy: greedyBaseline(rules, floors, result.greedyObjective, bound),
  };
}

/** The rosters as lines; where a jurisdiction has fewer units than its floor, as no more add anything, it gets them. */
function linesOf(
  demand: WeeklyDemand,
  rules: StaffingRules,
  shapes: DutyShapes,
  worths: readonly BlockWorth[],
  floors: readonly number[],
  { rosters }: RosterSearchResult,
): readonly DutyLine[] {
  const lines = rosters.flatMap((roster, jurisdiction) => {
    const worth = worths[jurisdiction];
    if (worth === undefined) return [];
    const draft = new RosterDraft(shapes, worth, roster.counts);
    while (draft.units < (floors[jurisdiction] ?? 0)) draft.add(draft.bestAddition().shape);
    return [...draft.finish().counts].flatMap((count, shape) =>
      Array.from({ length: count }, () => ({
        jurisdiction,
        startHour: rules.startHours[Math.floor(shape / shapes.patterns.length)] ?? 0,
        days: shapes.patterns[shape % shapes.patterns.length] ?? [],
      })),
    );
  });
  return nameUnits(lines, demand.jurisdictions);
}

function greedyBaseline(
  { minimumPresence }: StaffingRules,
  floors: readonly number[],
  objective: number,
  bound: number,
): GreedyBaseline {
  const hasFloors = floors.some((floor) => floor > 0);
  const isBesidePresence = minimumPresence > 0;
  const part = hasFloors ? 'one half' : '1 − 1/e (63 %)';
  const constraint = hasFloors ? 'a matroid (fairness floors)' : 'a limit on the number of units';
  return {
    objective,
    ratioToBound: bound > 0 ? objective / bound : 1,
    guarantee: hasFloors ? 0.5 : 1 - 1 / Math.E,
    guaranteeFor: isBesidePresence
      ? `At least ${part} of the most that units beyond those that keep the minimum presence could add to them; no part of the optimum is guaranteed, as other units could keep the presence.`
      : `At least ${part} of the optimum, as harm covered is a monotone submodular function under ${constraint}.`,
  };
}
