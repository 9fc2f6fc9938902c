import type { DutyLine, Schedule, StaffingRules } from '../schedule.js';
import { WEEK_HOURS } from '../weekly-demand.js';

/** Sums of many numbers may differ in their last digits. */
const TOLERANCE = 1e-9;

/**
 * Checks a schedule against its own demand and rules: every constraint, units on duty, the harm covered and the gap, all
 * from the lines alone. Shares no code with what made it.
 * @returns what is wrong, a sentence each; empty when all holds
 */
export function checkSchedule(schedule: Schedule): readonly string[] {
  return [
    ...schedule.lines.flatMap((line) => checkLine(line, schedule)),
    ...checkNames(schedule.lines),
    ...checkUnits(schedule),
    ...checkOnDuty(schedule),
    ...checkNumbers(schedule),
  ];
}

function checkLine(
  { unit, jurisdiction, startHour, days }: DutyLine,
  { demand, rules }: Schedule,
): readonly string[] {
  const isDay = (day: number): boolean => Number.isInteger(day) && day >= 0 && day <= 6;
  const shifts = days.map((day) => day * 24 + startHour);
  return [
    ...(demand.jurisdictions[jurisdiction] === undefined
      ? [`${unit} works in jurisdiction ${jurisdiction}, which there is not.`]
      : []),
    ...(rules.startHours.includes(startHour)
      ? []
      : [`${unit} starts at ${startHour}, which is no start of the rules.`]),
    ...(days.length === rules.shiftsPerUnit ? [] : [`${unit} works ${days.length} shifts.`]),
    ...(days.every((day, i) => isDay(day) && (i === 0 || day > (days[i - 1] ?? 7)))
      ? []
      : [`The days of ${unit} are not ascending weekdays: ${days.join(', ')}.`]),
    ...(daysInARow(days) <= rules.maxConsecutiveShifts || rules.maxConsecutiveShifts >= 7
      ? []
      : [`${unit} works ${daysInARow(days)} days in a row.`]),
    ...(shortestRest(shifts, rules) >= rules.minRestHours
      ? []
      : [`${unit} rests ${shortestRest(shifts, rules)} hours between two shifts.`]),
  ];
}

/** Counted over two weeks, as the week repeats; a unit without a day off works 14 of 14. */
function daysInARow(days: readonly number[]): number {
  const works = Array.from({ length: 14 }, (_, day) => (days.includes(day % 7) ? 'x' : ' '));
  return Math.max(
    ...works
      .join('')
      .split(' ')
      .map((run) => run.length),
  );
}

/** From the end of each shift to the begin of the next one, the first of the coming week among them. */
function shortestRest(shifts: readonly number[], { shiftHours }: StaffingRules): number {
  const coming = [...shifts, (shifts[0] ?? 0) + WEEK_HOURS];
  return Math.min(...shifts.map((begin, i) => (coming[i + 1] ?? 0) - begin - shiftHours));
}

function checkNames(lines: readonly DutyLine[]): readonly string[] {
  const names = new Set<string>();
  return lines.flatMap(({ unit }) => {
    const isTwice = names.has(unit);
    names.add(unit);
    return isTwice ? [`There are two units ${unit}.`] : [];
  });
}

function checkUnits({ lines, demand, rules }: Schedule): readonly string[] {
  const problems: string[] = [];
  if (lines.length > rules.units) problems.push(`${lines.length} units work, of ${rules.units}.`);
  const harms = demand.hours.map((week) => week.reduce((sum, harm) => sum + harm, 0));
  const total = harms.reduce((sum, harm) => sum + harm, 0);
  for (const [j, name] of demand.jurisdictions.entries()) {
    const units = lines.filter(({ jurisdiction }) => jurisdiction === j).length;
    const due = total > 0 ? (rules.fairnessFloor * rules.units * (harms[j] ?? 0)) / total : 0;
    if (units < Math.floor(due - TOLERANCE))
      problems.push(`${name} has ${units} units, below its fairness floor of ${Math.floor(due)}.`);
  }
  return problems;
}

/** Who is on duty, looked up hour by hour. */
function presentAt(hour: number, lines: readonly DutyLine[], { shiftHours }: StaffingRules): number {
  return lines.filter(({ startHour, days }) =>
    days.some((day) => (hour - day * 24 - startHour + 2 * WEEK_HOURS) % WEEK_HOURS < shiftHours),
  ).length;
}

function checkOnDuty({ lines, demand, rules, onDuty }: Schedule): readonly string[] {
  return demand.jurisdictions.flatMap((name, j) => {
    const own = lines.filter(({ jurisdiction }) => jurisdiction === j);
    return Array.from({ length: WEEK_HOURS }, (_, hour) => {
      const present = presentAt(hour, own, rules);
      return [
        ...(present === onDuty[j]?.[hour]
          ? []
          : [`${name} has ${present} units on duty in hour ${hour}, not ${onDuty[j]?.[hour]}.`]),
        ...(present >= rules.minimumPresence
          ? []
          : [`${name} has ${present} units on duty in hour ${hour}, below the minimum presence.`]),
      ];
    }).flat();
  });
}

function checkNumbers({
  lines,
  demand,
  rules,
  objective,
  bound,
  gap,
  totalHarm,
}: Schedule): readonly string[] {
  let covered = 0;
  let total = 0;
  for (const [j, week] of demand.hours.entries()) {
    const own = lines.filter(({ jurisdiction }) => jurisdiction === j);
    for (const [hour, harm] of week.entries()) {
      const returns = (demand.returns[j] ?? []).slice(0, presentAt(hour, own, rules));
      covered += returns.reduce((sum, part) => sum + harm * part, 0);
      total += harm;
    }
  }
  const differs = (a: number, b: number): boolean => Math.abs(a - b) > TOLERANCE * Math.max(total, 1e-300);
  const impliedGap = bound > 0 ? (bound - objective) / bound : 0;
  return [
    ...(differs(covered, objective) ? [`The lines cover ${covered}, not ${objective}.`] : []),
    ...(differs(total, totalHarm) ? [`Harm is ${total} in all, not ${totalHarm}.`] : []),
    ...(bound >= objective ? [] : [`The bound ${bound} is below the objective ${objective}.`]),
    ...(Math.abs(impliedGap - gap) <= TOLERANCE ? [] : [`The gap is ${impliedGap}, not ${gap}.`]),
  ];
}
