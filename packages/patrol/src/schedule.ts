import type { WeeklyDemand } from './weekly-demand.js';

/** What a schedule must keep to. */
export interface StaffingRules {
  /** Patrol units on the roster; each works one line of duty a week. */
  readonly units: number;
  readonly shiftHours: 8 | 10 | 12;
  /** Hours of the day at which shifts may begin; shifts may overlap. */
  readonly startHours: readonly number[];
  /** Shifts a unit works in the week. */
  readonly shiftsPerUnit: number;
  /** Units on duty in every jurisdiction at every hour, at least. */
  readonly minimumPresence: number;
  /** Days in a row a unit may work; the week repeats, so Sunday is followed by Monday. 7 or more: no limit. */
  readonly maxConsecutiveShifts: number;
  /** Hours between two shifts of a unit, at least. */
  readonly minRestHours: number;
  /** Every jurisdiction gets at least this part of the units that its share of the expected harm would give it, 0 to 1. */
  readonly fairnessFloor: number;
}

/** What one unit does in the week: the same start on each of its days. */
export interface DutyLine {
  readonly unit: string;
  /** Place of the jurisdiction in the demand. */
  readonly jurisdiction: number;
  readonly startHour: number;
  /** Days on which a shift begins, Monday 0 to Sunday 6, ascending. */
  readonly days: readonly number[];
}

export interface BindingConstraint {
  /** Such as `units`, `minimum presence`, `fairness floor`. */
  readonly constraint: string;
  /** Where it binds: jurisdictions, hours; empty for the whole schedule. */
  readonly where: string;
  /** Expected harm covered in addition, at least, when it is eased by one unit; where that is known. */
  readonly gain?: number;
}

export interface Comparison {
  readonly name: 'equal allocation' | "last year's share";
  readonly unitsByJurisdiction: readonly number[];
  /** Expected harm covered. */
  readonly objective: number;
}

/** What the greedy method covers, and what is known of it before it is run. */
export interface GreedyBaseline {
  /** Expected harm covered. */
  readonly objective: number;
  /** Covered ÷ bound of the schedule. */
  readonly ratioToBound: number;
  /** Part that is guaranteed, 0 to 1. */
  readonly guarantee: number;
  /** What the guarantee is a part of, as a sentence. */
  readonly guaranteeFor: string;
}

/** A schedule with its certificate. */
export interface Schedule {
  readonly kind: 'schedule';
  readonly demand: WeeklyDemand;
  readonly rules: StaffingRules;
  readonly lines: readonly DutyLine[];
  /** Units on duty by jurisdiction and hour of the week. */
  readonly onDuty: readonly Int32Array[];
  /** `optimal` within the asked gap; `feasible` when time ran out; `greedy` when the solver gave nothing in time. */
  readonly method: 'optimal' | 'feasible' | 'greedy';
  /** Expected recorded harm covered by the schedule. */
  readonly objective: number;
  /** No schedule under these rules covers more. */
  readonly bound: number;
  /** (bound − objective) ÷ bound. */
  readonly gap: number;
  /** Expected harm of the whole week. */
  readonly totalHarm: number;
  readonly binding: readonly BindingConstraint[];
  readonly comparisons: readonly Comparison[];
  readonly greedy: GreedyBaseline;
  /** Why the solver left a question unanswered, when it did. */
  readonly solverFailure?: string;
  readonly solveMs: number;
}

/** Why no schedule keeps to the rules: the constraint that cannot hold, and what would make it hold. */
export interface InfeasibleStaffing {
  readonly kind: 'infeasible';
  readonly constraint: string;
  readonly reason: string;
  readonly remedy: string;
}
