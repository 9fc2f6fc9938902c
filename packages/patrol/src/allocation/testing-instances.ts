import type { Random } from '@crimetracker/analysis-kit';
import type { StaffingRules } from '../schedule.js';
import type { WeeklyDemand } from '../weekly-demand.js';

/** For tests only: demands and rules at random, and the best schedule by trying all. */

export const RULES: StaffingRules = {
  units: 3,
  shiftHours: 8,
  startHours: [0, 8, 16],
  shiftsPerUnit: 5,
  minimumPresence: 0,
  maxConsecutiveShifts: 6,
  minRestHours: 8,
  fairnessFloor: 0,
};

/** Harm that goes up and down by the hour, empty hours among it; sometimes a jurisdiction without any. */
export function randomDemand(random: Random, jurisdictions: number): WeeklyDemand {
  const rows = Array.from({ length: jurisdictions }, () => {
    const level = random.chance(0.1) ? 0 : 10 * random.unit();
    const peak = random.below(24);
    const hours = Float64Array.from({ length: 168 }, (_, hour) => {
      const daily = 1 + Math.cos((2 * Math.PI * (hour - peak)) / 24);
      return random.chance(0.2) ? 0 : level * daily * (hour >= 96 ? 1.5 : 1) * random.unit();
    });
    let part = 0.2 + 0.3 * random.unit();
    const returns = Array.from({ length: 1 + random.below(4) }, () => {
      const current = part;
      part *= random.chance(0.2) ? 1 : random.unit();
      return current;
    });
    const sum = Math.max(
      1,
      returns.reduce((all, value) => all + value, 0),
    );
    return { hours, returns: returns.map((value) => value / sum) };
  });
  return {
    jurisdictions: rows.map((_, j) => String(j + 1)),
    hours: rows.map(({ hours }) => hours),
    returns: rows.map(({ returns }) => returns),
  };
}

/** Rules of all kinds, some of them impossible. */
export function randomRules(random: Random, mostUnits: number): StaffingRules {
  const pick = <Value>(values: readonly [Value, ...Value[]]): Value =>
    values[random.below(values.length)] ?? values[0];
  return {
    units: 1 + random.below(mostUnits),
    shiftHours: pick([8, 10, 12]),
    startHours: pick([[6], [20], [0, 12], [22, 3], [0, 8, 16], [6, 14, 22]]),
    shiftsPerUnit: pick([1, 5, 6, 6, 7]),
    minimumPresence: random.chance(0.25) ? 1 : 0,
    maxConsecutiveShifts: pick([4, 5, 6, 7]),
    minRestHours: pick([8, 11, 12]),
    fairnessFloor: pick([0, 0, 0.5, 1]),
  };
}

/** The most that any schedule covers, by trying every roster of every jurisdiction; undefined when there is none. */
export function bestByTrying(demand: WeeklyDemand, rules: StaffingRules): number | undefined {
  const shapes = allShapes(rules);
  if (shapes.length === 0) return undefined;
  const total = demand.hours.flatMap((week) => [...week]).reduce((sum, harm) => sum + harm, 0);
  let totals = Array<number>(rules.units + 1).fill(0);
  for (const [j, week] of demand.hours.entries()) {
    const harm = week.reduce((sum, value) => sum + value, 0);
    const floor = total === 0 ? 0 : Math.floor((rules.fairnessFloor * rules.units * harm) / total);
    const best = Array<number>(rules.units + 1).fill(Number.NEGATIVE_INFINITY);
    const onDuty = new Int32Array(168);
    const visit = (first: number, units: number): void => {
      if (units >= floor && onDuty.every((present) => present >= rules.minimumPresence))
        best[units] = Math.max(best[units] ?? 0, covered(week, demand.returns[j] ?? [], onDuty));
      if (units === rules.units) return;
      for (let shape = first; shape < shapes.length; shape += 1) {
        for (const hour of shapes[shape] ?? []) onDuty[hour] = (onDuty[hour] ?? 0) + 1;
        visit(shape, units + 1);
        for (const hour of shapes[shape] ?? []) onDuty[hour] = (onDuty[hour] ?? 0) - 1;
      }
    };
    visit(0, 0);
    totals = totals.map((_, units) =>
      Math.max(...best.slice(0, units + 1).map((value, own) => value + (totals[units - own] ?? 0))),
    );
  }
  const most = totals[rules.units] ?? Number.NEGATIVE_INFINITY;
  return Number.isFinite(most) ? most : undefined;
}

function covered(week: Float64Array, returns: readonly number[], onDuty: Int32Array): number {
  let sum = 0;
  for (let hour = 0; hour < 168; hour += 1)
    for (let k = 0; k < Math.min(onDuty[hour] ?? 0, returns.length); k += 1)
      sum += (week[hour] ?? 0) * (returns[k] ?? 0);
  return sum;
}

/** Hours of the week that each allowed line is on duty. */
function allShapes(rules: StaffingRules): readonly (readonly number[])[] {
  return Array.from({ length: 128 }, (_, set) => set)
    .map((set) => Array.from({ length: 14 }, (_, day) => ((set >> (day % 7)) & 1 ? 'x' : ' ')).join(''))
    .filter((twoWeeks) => {
      const [longest] = twoWeeks.split(' ').sort((a, b) => b.length - a.length);
      const gaps = [...twoWeeks.matchAll(/x(?= *x)/g)].map(
        ({ index }) => twoWeeks.indexOf('x', index + 1) - index,
      );
      return (
        twoWeeks.slice(0, 7).replaceAll(' ', '').length === rules.shiftsPerUnit &&
        (rules.maxConsecutiveShifts >= 7 || (longest?.length ?? 0) <= rules.maxConsecutiveShifts) &&
        gaps.every((gap) => gap * 24 - rules.shiftHours >= rules.minRestHours)
      );
    })
    .flatMap((twoWeeks) =>
      rules.startHours.map((start) =>
        [...twoWeeks.slice(0, 7)].flatMap((mark, day) =>
          mark === 'x'
            ? Array.from({ length: rules.shiftHours }, (_, i) => (day * 24 + start + i) % 168)
            : [],
        ),
      ),
    );
}
