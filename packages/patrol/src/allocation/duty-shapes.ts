import type { StaffingRules } from '../schedule.js';
import { WEEK_HOURS } from '../weekly-demand.js';

const DAYS = 7;

/** The lines that a unit can work, and the blocks of hours in which the number on duty cannot change. */
export interface DutyShapes {
  /** Hours of the week by block; blocks that no shift reaches are among them. */
  readonly blocks: readonly (readonly number[])[];
  /** Days of each pattern, ascending. */
  readonly patterns: readonly (readonly number[])[];
  /** Blocks of each shift, at place start × 7 + day. */
  readonly shiftBlocks: readonly Int32Array[];
  /** Blocks of each shape, at place start × patterns + pattern. */
  readonly shapeBlocks: readonly Int32Array[];
  /** 1 for blocks that some shift reaches. */
  readonly reached: Uint8Array;
}

/**
 * Sets of days a unit may work week after week, in order. The week repeats: Sunday is followed by Monday. A limit of
 * seven days in a row is none, as a week has no more.
 */
export function dayPatterns(rules: Omit<StaffingRules, 'units'>): readonly (readonly number[])[] {
  const patterns: number[][] = [];
  for (let set = 1; set < 1 << DAYS; set += 1) {
    const days = [...Array(DAYS).keys()].filter((day) => (set >> day) & 1);
    if (days.length === rules.shiftsPerUnit && isAllowed(days, rules)) patterns.push(days);
  }
  return patterns;
}

function isAllowed(days: readonly number[], rules: Omit<StaffingRules, 'units'>): boolean {
  const gaps = days.map((day, i) => (days[i + 1] ?? (days[0] ?? 0) + DAYS) - day);
  if (gaps.some((gap) => gap * 24 - rules.shiftHours < rules.minRestHours)) return false;
  return rules.maxConsecutiveShifts >= DAYS || longestRun(gaps) <= rules.maxConsecutiveShifts;
}

/** Most days in a row on the circle of the week; without end when all gaps are one day. */
function longestRun(gaps: readonly number[]): number {
  if (gaps.every((gap) => gap === 1)) return Number.POSITIVE_INFINITY;
  let [run, longest] = [1, 1];
  for (const gap of [...gaps, ...gaps]) {
    run = gap === 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Every start on every allowed set of days. */
export function dutyShapes(rules: StaffingRules): DutyShapes {
  const cuts = new Set(rules.startHours.flatMap((start) => [start, (start + rules.shiftHours) % 24]));
  const first = Math.min(...cuts);
  const blocks: number[][] = [];
  for (let i = 0; i < WEEK_HOURS; i += 1) {
    const hour = (first + i) % WEEK_HOURS;
    if (cuts.has(hour % 24)) blocks.push([]);
    blocks.at(-1)?.push(hour);
  }
  const blockOf = new Int32Array(WEEK_HOURS);
  for (const [block, hours] of blocks.entries()) for (const hour of hours) blockOf[hour] = block;

  const shiftBlocks = rules.startHours.flatMap((start) =>
    Array.from({ length: DAYS }, (_, day) => {
      const hours = Array.from(
        { length: rules.shiftHours },
        (_, hour) => (day * 24 + start + hour) % WEEK_HOURS,
      );
      return Int32Array.from(new Set(hours.map((hour) => blockOf[hour] ?? 0)));
    }),
  );
  const patterns = dayPatterns(rules);
  const shapeBlocks = rules.startHours.flatMap((_, start) =>
    patterns.map((days) =>
      Int32Array.from(days.flatMap((day) => [...(shiftBlocks[start * DAYS + day] ?? [])])),
    ),
  );
  const reached = new Uint8Array(blocks.length);
  for (const shift of shiftBlocks) for (const block of shift) reached[block] = 1;
  return { blocks, patterns, shiftBlocks, shapeBlocks, reached };
}
