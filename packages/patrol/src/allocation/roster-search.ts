import { setImmediate } from 'node:timers/promises';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { StaffingRules } from '../schedule.js';
import type { UnitAllocation } from './allocate-units.js';
import { allocateUnits } from './allocate-units.js';
import type { DutyShapes } from './duty-shapes.js';
import type { FewestUnits } from './fewest-units.js';
import { greedyAllocation } from './greedy-allocation.js';
import { JurisdictionValue } from './jurisdiction-value.js';
import type { BlockWorth, Roster } from './roster.js';
import { RosterDraft } from './roster.js';
import type { RosterProgram } from './roster-program.js';
import { rosterProgram } from './roster-program.js';
import type { SolverSession } from './solver-session.js';
import { unitHoursBound } from './unit-hours-bound.js';

/** Rosters are looked for this far from the number of units that the greedy method gives. */
const WINDOW = { part: 0.2, units: 4 };
const PRICE_ROUNDS = 8;
/** Rounds of prices end when they can lower the bound by no more than this part of the gap that is allowed. */
const PRICE_TOLERANCE = 0.1;
/** A first step to the other side of the price that balances units. */
const PRICE_STEP = 1.5;
/** Time for one integer program the first time; twice as long the second, and so on. */
const PROGRAM_MS = 1000;
/** Numbers of HiGHS and of ours agree within this part of the harm. */
const AGREEMENT = 1e-6;
/** A part of the harm that no gap can be smaller than: the solver's tolerance. */
const LEAST_GAP = 1e-8;

export interface RosterSearchResult {
  /** One roster for each jurisdiction. */
  readonly rosters: readonly Roster[];
  readonly objective: number;
  readonly bound: number;
  /** Covered by the greedy method alone. */
  readonly greedyObjective: number;
  /** What the best rosters found for so many units cover together. */
  readonly allocation: UnitAllocation;
  readonly values: readonly JurisdictionValue[];
}

interface Jurisdiction {
  readonly worth: BlockWorth;
  readonly harm: number;
  readonly least: number;
  /** One more than it can have, so that the worth of another unit is known too. */
  readonly most: number;
  readonly value: JurisdictionValue;
  readonly program: RosterProgram;
}

/**
 * Looks for the rosters that cover most together, and for a bound on what any rosters cover.
 *
 * Only the number of units ties the jurisdictions together. Given a price for a unit, each is a small integer program
 * of its own, and the sum of their optima and of the price of all units bounds the whole (Lagrangian relaxation; Geoffrion
 * 1974). So: (1) greedy rosters, improved unit by unit, for several numbers of units each; (2) the linear relaxations at
 * prices that close in on the one at which all units are in demand; (3) integer programs where the allocation that the
 * bounds allow is furthest above the rosters, until the gap is as small as asked. What is learned of a jurisdiction holds
 * at every number of units, and both the best rosters and the best bound are put together exactly, by
 * dynamic programming. With time, it ends with the optimum.
 */
export async function searchRosters(
  shapes: DutyShapes,
  worths: readonly BlockWorth[],
  rules: StaffingRules,
  floors: readonly number[],
  fewest: FewestUnits,
  gap: number,
  session: SolverSession,
): Promise<RosterSearchResult> {
  const { units } = rules;
  const leasts = floors.map((floor) => Math.max(floor, fewest.bound));
  const spare = units - leasts.reduce((sum, least) => sum + least, 0);
  const parts: readonly Jurisdiction[] = worths.map((worth, j) => {
    const least = leasts[j] ?? 0;
    const most = least + spare + 1;
    return {
      worth,
      harm: worth.harm.reduce((sum, harm) => sum + harm, 0),
      least,
      most,
      value: new JurisdictionValue(least, most, saturation(shapes, worth)),
      program: rosterProgram(shapes, worth),
    };
  });
  const totalHarm = parts.reduce((sum, { harm }) => sum + harm, 0);
  const greedyObjective = await findRosters(shapes, parts, floors, fewest, units, session);

  const simpleBound = unitHoursBound(shapes, worths, rules);
  const standing = () => {
    const covered = allocateUnits(
      parts.map(({ value }) => value.coveredCurve),
      units + 1,
    );
    const bounds = allocateUnits(
      parts.map(({ value }) => value.boundCurve),
      units,
    );
    const objective = covered.totals[units] ?? 0;
    const bound = Math.max(objective, Math.min(simpleBound, bounds.totals[units] ?? 0));
    const allowed = Math.max(gap * bound, 4 * LEAST_GAP * totalHarm);
    return { covered, bounds, objective, bound, allowed, isEnough: bound - objective <= allowed };
  };

  let now = standing();
  if (!now.isEnough) {
    const price = await boundByPrices(
      parts,
      units,
      priceOf(now.covered, units),
      () => {
        now = standing();
        return now.isEnough ? undefined : now.allowed;
      },
      session,
    );
    const history: History = { tries: new Map(), settled: new Set() };
    while (!now.isEnough && session.isOpen) {
      const isAnyLeft = await solveFurthest(shapes, parts, price, now, units, history, session);
      if (!isAnyLeft) break;
      now = standing();
    }
  }
  const taken = now.covered.unitsFor(units);
  return {
    rosters: parts.flatMap(({ value }, j) => value.rosterOf(taken[j] ?? 0) ?? []),
    objective: now.objective,
    bound: now.bound,
    greedyObjective,
    allocation: now.covered,
    values: parts.map(({ value }) => value),
  };
}

/** Covered when every unit that adds anything is there. */
function saturation({ reached }: DutyShapes, { harm, returns }: BlockWorth): number {
  const all = returns.reduce((sum, part) => sum + part, 0);
  return harm.reduce((sum, value, block) => sum + (reached[block] === 1 ? value * all : 0), 0);
}

/** Greedy rosters, and better ones of about as many units; returns what the greedy ones cover. */
async function findRosters(
  shapes: DutyShapes,
  parts: readonly Jurisdiction[],
  floors: readonly number[],
  fewest: FewestUnits,
  units: number,
  session: SolverSession,
): Promise<number> {
  const drafts = parts.map(({ worth, value }) => {
    const draft = new RosterDraft(shapes, worth, fewest.counts);
    draft.improve();
    value.offer(draft.finish());
    return draft;
  });
  greedyAllocation(drafts, floors, units);
  const greedy = drafts.map((draft) => draft.finish());
  for (const [j, { value }] of parts.entries()) {
    const roster = greedy[j];
    if (roster !== undefined) value.offer(roster);
  }
  for (const [j, part] of parts.entries()) {
    await setImmediate();
    session.throwIfAborted();
    if (session.timeLeftMs === 0) break;
    const roster = greedy[j];
    if (roster !== undefined) findNeighbours(shapes, part, roster, fewest.units);
  }
  return greedy.reduce((sum, { value }) => sum + value, 0);
}

function findNeighbours(
  shapes: DutyShapes,
  { worth, value, most, least }: Jurisdiction,
  { counts, units }: Roster,
  fewestUnits: number,
): void {
  const reach = Math.ceil(WINDOW.part * units) + WINDOW.units;
  const up = new RosterDraft(shapes, worth, counts);
  up.improve();
  value.offer(up.finish());
  const down = new RosterDraft(shapes, worth, up.finish().counts);
  while (up.units < Math.min(most, units + reach)) {
    const { shape, gain } = up.bestAddition();
    if (gain <= 0 && up.units >= least) break;
    up.add(shape);
    up.improve();
    value.offer(up.finish());
  }
  while (down.units > Math.max(fewestUnits, units - reach)) {
    down.removeLeast();
    down.improve();
    if (down.keepsPresence) value.offer(down.finish());
  }
}

/** What one more unit is worth: halfway between the last one and the next one. */
function priceOf({ totals }: UnitAllocation, units: number): number {
  const at = (place: number): number => totals[place] ?? Number.NEGATIVE_INFINITY;
  const last = at(units) - at(units - 1);
  const next = at(units + 1) - at(units);
  return Number.isFinite(last) ? (last + next) / 2 : next;
}

/** The Lagrangian bound as a function of the price is convex; a tangent at one price. */
interface Tangent {
  readonly price: number;
  readonly bound: number;
  /** Units that are left over at this price; less than 0 when more are in demand than there are. */
  readonly slope: number;
}

/** Bounds from linear relaxations at prices that lower the sum of bounds; returns the best price. */
async function boundByPrices(
  parts: readonly Jurisdiction[],
  units: number,
  firstPrice: number,
  allowedGap: () => number | undefined,
  session: SolverSession,
): Promise<number> {
  let [below, above]: (Tangent | undefined)[] = [];
  let best: Tangent | undefined;
  let price = Math.max(0, firstPrice);
  for (let round = 0; round < PRICE_ROUNDS; round += 1) {
    const tangent = await boundAtPrice(parts, units, price, session);
    const allowed = allowedGap();
    if (tangent === undefined || allowed === undefined) break;
    if (best === undefined || tangent.bound < best.bound) best = tangent;
    if (tangent.slope < 0) below = tangent;
    else above = tangent;
    if (tangent.slope === 0 || price === 0) break;
    if (below === undefined || above === undefined) {
      price = tangent.slope < 0 ? price * PRICE_STEP : price / PRICE_STEP;
      continue;
    }
    price =
      (above.bound - above.slope * above.price - (below.bound - below.slope * below.price)) /
      (below.slope - above.slope);
    const reachable = below.bound + below.slope * (price - below.price);
    if (best.bound - reachable <= PRICE_TOLERANCE * allowed) break;
  }
  return best?.price ?? price;
}

async function boundAtPrice(
  parts: readonly Jurisdiction[],
  units: number,
  price: number,
  session: SolverSession,
): Promise<Tangent | undefined> {
  let bound = price * units;
  let demanded = 0;
  for (const { program, value, least, most, harm } of parts) {
    if (harm === 0) {
      bound -= price * least;
      demanded += least;
      continue;
    }
    const answer = await session.solve(program.at(price, least, most), { relaxed: true, absoluteGap: 0 });
    if (answer?.columns === undefined || answer.status !== 'solved') return undefined;
    const height = answer.bound / program.scale;
    value.boundAtPrice(price, height + LEAST_GAP * harm);
    bound += height;
    demanded += program.unitsOf(answer.columns);
  }
  return { price, bound, slope: units - demanded };
}

interface Standing {
  readonly bounds: UnitAllocation;
  readonly objective: number;
  readonly bound: number;
  readonly allowed: number;
}

/** Programs that were asked, by jurisdiction and number of units or `price`. */
interface History {
  readonly tries: Map<string, number>;
  /** Solved as exactly as is needed. */
  readonly settled: Set<string>;
}

/**
 * Solves the integer programs of those jurisdictions whose bounds are furthest above their rosters, as many as would
 * close the gap; false when there are none. At a price first, which bounds all numbers of units at once.
 */
async function solveFurthest(
  shapes: DutyShapes,
  parts: readonly Jurisdiction[],
  price: number,
  { bounds, objective, bound, allowed }: Standing,
  units: number,
  { tries, settled }: History,
  session: SolverSession,
): Promise<boolean> {
  const tolerance = allowed / (2 * parts.length);
  const taken = bounds.unitsFor(units);
  const candidates = parts
    .map((part, j) => {
      const own = taken[j] ?? 0;
      const key = tries.has(`${j} price`) ? `${j} ${own}` : `${j} price`;
      const slack = part.value.boundOf(own) - part.value.coveredBy(own);
      return { part, key, own, slack, urgency: slack / 2 ** (tries.get(key) ?? 0) };
    })
    .filter(({ part, key, slack }) => slack > tolerance + 2 * LEAST_GAP * part.harm && !settled.has(key))
    .sort((a, b) => b.urgency - a.urgency);
  let excess = bound - objective - allowed / 2;
  for (const { part, key, own, slack } of candidates) {
    const tried = tries.get(key) ?? 0;
    tries.set(key, tried + 1);
    const question = key.endsWith('price') ? { price } : { units: own };
    const timeLimitMs = PROGRAM_MS * 2 ** tried;
    if (await solvePart(shapes, part, question, tolerance, timeLimitMs, session)) settled.add(key);
    excess -= slack;
    if (excess <= 0 || !session.isOpen) break;
  }
  return candidates.length > 0;
}

/** Learns a bound and a roster from one integer program; true when it was solved. */
async function solvePart(
  shapes: DutyShapes,
  { program, value, worth, harm, least, most }: Jurisdiction,
  question: { readonly units: number } | { readonly price: number },
  tolerance: number,
  timeLimitMs: number,
  session: SolverSession,
): Promise<boolean> {
  const [price, units] = 'price' in question ? [question.price, most] : [0, question.units];
  const start = value.rosterOf(units);
  const answer = await session.solve(program.at(price, least, units), {
    relaxed: false,
    absoluteGap: tolerance * program.scale,
    timeLimitMs,
    ...(start !== undefined && start.units >= least && { start: program.columnsOf(start.counts) }),
  });
  if (answer === undefined) return false;
  const bound = answer.bound / program.scale + LEAST_GAP * harm;
  if ('price' in question) value.boundAtPrice(price, bound);
  else value.boundAtUnits(units, bound);
  if (answer.columns !== undefined && answer.objective !== undefined) {
    const draft = new RosterDraft(shapes, worth, program.countsOf(answer.columns));
    const roster = draft.finish();
    requireAgreement(answer.objective / program.scale, roster.value - price * roster.units, harm);
    value.offer(roster);
    draft.improve();
    value.offer(draft.finish());
  }
  return answer.status === 'solved';
}

/** The solver may leave something out that its units cover, but it cannot cover more than they do. */
function requireAgreement(reported: number, recomputed: number, harm: number): void {
  if (reported - recomputed > AGREEMENT * harm)
    throw new CrimeTrackerError(
      `The solver reports a roster that covers ${reported}, which its units do not: they cover ${recomputed}.`,
      { code: 'solver-disagrees', exitCode: EXIT_CODES.bug },
    );
}
