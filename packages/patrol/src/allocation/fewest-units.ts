import type { StaffingRules } from '../schedule.js';
import { WEEK_HOURS } from '../weekly-demand.js';
import type { DutyShapes } from './duty-shapes.js';
import { RosterDraft } from './roster.js';
import { rosterProgram } from './roster-program.js';
import type { SolverSession } from './solver-session.js';

/** How few units keep the minimum presence in one jurisdiction; the same in all. */
export interface FewestUnits {
  /** Fewer can't. */
  readonly bound: number;
  /** Lines that keep it, by shape. */
  readonly counts: Int32Array;
  /** As many as the lines; +∞ where none were looked for, as there are fewer units than the bound. */
  readonly units: number;
}

/** Part of the time left that the question may take. */
const TIME_PART = 1 / 3;

/**
 * Finds how few units keep the minimum presence: hours of duty over hours of the week at least, and by the solver where
 * the greedy method needs more than that.
 */
export async function fewestUnits(
  shapes: DutyShapes,
  rules: StaffingRules,
  session: SolverSession,
): Promise<FewestUnits> {
  const { minimumPresence } = rules;
  const worth = { harm: new Float64Array(shapes.blocks.length), returns: [], minimumPresence };
  const bound = Math.ceil((WEEK_HOURS * minimumPresence) / (rules.shiftHours * rules.shiftsPerUnit));
  if (bound > rules.units) return { bound, counts: new Int32Array(), units: Number.POSITIVE_INFINITY };
  const draft = new RosterDraft(shapes, worth);
  while (!draft.keepsPresence) {
    draft.add(draft.bestAddition().shape);
    draft.improve();
  }
  const found = draft.finish();
  if (found.units <= bound) return { bound, ...found };
  const program = rosterProgram(shapes, worth);
  const answer = await session.solve(program.at(1, bound, found.units), {
    relaxed: false,
    absoluteGap: 0.5,
    timeLimitMs: TIME_PART * session.timeLeftMs,
    start: program.columnsOf(found.counts),
  });
  if (answer === undefined) return { bound, ...found };
  const proven = Math.max(bound, Math.ceil(-answer.bound - 1e-6));
  if (answer.columns === undefined) return { bound: proven, ...found };
  const solved = new RosterDraft(shapes, worth, program.countsOf(answer.columns));
  const isBetter = solved.keepsPresence && solved.units < found.units;
  return { bound: proven, ...(isBetter ? solved.finish() : found) };
}
