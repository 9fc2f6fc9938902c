import type { InfeasibleStaffing, StaffingRules } from '../schedule.js';
import type { WeeklyDemand } from '../weekly-demand.js';
import { WEEK_HOURS } from '../weekly-demand.js';
import { dayPatterns } from './duty-shapes.js';

/** Units are looked for up to so many times what is there and needed. */
const SEARCH = 20;

/** Why no line at all, or no minimum presence, is possible with any number of units; undefined when both are. */
export function findImpossibleRules(rules: StaffingRules): InfeasibleStaffing | undefined {
  return findImpossibleLines(rules) ?? findUnreachedHour(rules);
}

function findImpossibleLines(rules: StaffingRules): InfeasibleStaffing | undefined {
  const isPossible = (changed: Partial<StaffingRules>): boolean =>
    dayPatterns({ ...rules, ...changed }).length > 0;
  if (isPossible({})) return undefined;
  const { shiftsPerUnit, maxConsecutiveShifts, minRestHours, shiftHours } = rules;
  const shifts = [6, 5, 4, 3, 2, 1].find((fewer) => isPossible({ shiftsPerUnit: fewer }));
  const days = [2, 3, 4, 5, 6, 7].find((longer) => isPossible({ maxConsecutiveShifts: longer }));
  const rest = [6, 5, 4, 3, 2, 1]
    .map((gap) => gap * 24 - shiftHours)
    .find((shorter) => shorter < minRestHours && isPossible({ minRestHours: shorter }));
  const remedies = [
    ...(shifts === undefined ? [] : [`at most ${count(shifts, 'shift')} a unit`]),
    ...(days === undefined ? [] : [`${days} days in a row`]),
    ...(rest === undefined ? [] : [`a rest of ${rest} hours`]),
  ];
  const culprits = [
    ...(rest === undefined ? [] : ['rest between shifts']),
    ...(days === undefined ? [] : ['shifts in a row']),
  ];
  return {
    kind: 'infeasible',
    constraint: culprits.length > 0 ? culprits.join(' or ') : 'rest between shifts and shifts in a row',
    reason: `No week of ${count(shiftsPerUnit, 'shift')} a unit has at most ${count(maxConsecutiveShifts, 'day')} in a row and ${minRestHours} hours of rest; shifts of ${shiftHours} hours on two days in a row leave ${24 - shiftHours}, and Sunday is followed by Monday.`,
    remedy: remedies.length > 0 ? `Either ${remedies.join(', or ')}.` : 'More days in a row and less rest.',
  };
}

function findUnreachedHour({
  minimumPresence,
  startHours,
  shiftHours,
}: StaffingRules): InfeasibleStaffing | undefined {
  if (minimumPresence === 0) return undefined;
  const unreached = [...Array(24).keys()].filter((hour) =>
    startHours.every((start) => (hour - start + 24) % 24 >= shiftHours),
  );
  const [first] = unreached;
  if (first === undefined) return undefined;
  return {
    kind: 'infeasible',
    constraint: 'minimum presence',
    reason: `No shift of ${shiftHours} hours that begins at ${startHours.map(clock).join(', ')} reaches ${describeHours(unreached)}, so no number of units is present at every hour.`,
    remedy: `Either another start, such as ${clock(first)}, or a minimum presence of 0.`,
  };
}

/**
 * Why the units are too few for what each jurisdiction needs at least, its fair number or `fewest`.
 * @param isExact whether `fewest` units do suffice for the minimum presence
 */
export function findTooFewUnits(
  demand: WeeklyDemand,
  rules: StaffingRules,
  fewest: number,
  isExact: boolean,
): InfeasibleStaffing | undefined {
  const places = demand.jurisdictions.length;
  const harms = harmOf(demand);
  const needed = neededUnits(harms, rules, fewest);
  if (needed <= rules.units) return undefined;
  const hours = rules.shiftHours * rules.shiftsPerUnit;
  const presence = places * fewest;
  const everywhere = `Minimum presence ${rules.minimumPresence} in ${count(places, 'jurisdiction')} for ${WEEK_HOURS} hours needs at least ${count(presence, 'unit')} of ${hours} hours, ${fewest} in each`;
  const sufficient = sufficientUnits(harms, rules, fewest);
  const units = sufficient === undefined ? [] : [`${isExact ? '' : 'at least '}${count(sufficient, 'unit')}`];
  const isPresence = presence > rules.units;
  const remedies = [
    ...units,
    ...(isPresence ? [] : ['a lower fairness floor']),
    'a smaller minimum presence',
  ];
  return {
    kind: 'infeasible',
    constraint: isPresence ? 'minimum presence' : 'fairness floor',
    reason: isPresence
      ? `${everywhere}; there are ${rules.units}.`
      : `${everywhere}. With a fairness floor of ${rules.fairnessFloor} some get more, and ${needed} are needed; there are ${rules.units}.`,
    remedy: `Either ${remedies.join(', or ')}.`,
  };
}

/** Units that each jurisdiction must have for its share of the harm, whole ones. */
export function fairnessFloors(demand: WeeklyDemand, rules: StaffingRules): readonly number[] {
  return floorsOf(harmOf(demand), rules);
}

type Fairness = Pick<StaffingRules, 'fairnessFloor' | 'units'>;

const harmOf = ({ hours }: WeeklyDemand): readonly number[] =>
  hours.map((week) => week.reduce((sum, harm) => sum + harm, 0));

function floorsOf(harms: readonly number[], { fairnessFloor, units }: Fairness): readonly number[] {
  const total = harms.reduce((sum, harm) => sum + harm, 0);
  return harms.map((harm) => (total === 0 ? 0 : Math.floor((fairnessFloor * units * harm) / total)));
}

const neededUnits = (harms: readonly number[], fairness: Fairness, fewest: number): number =>
  floorsOf(harms, fairness).reduce((sum, floor) => sum + Math.max(floor, fewest), 0);

/** The least number of units that suffices, though floors grow with it; undefined where none is near. */
function sufficientUnits(
  harms: readonly number[],
  { fairnessFloor, units: tooFew }: StaffingRules,
  fewest: number,
): number | undefined {
  const least = Math.max(tooFew + 1, fewest * harms.length);
  for (let units = least; units <= SEARCH * least; units += 1)
    if (neededUnits(harms, { fairnessFloor, units }, fewest) <= units) return units;
  return undefined;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;

function describeHours(hours: readonly number[]): string {
  const stretches: { from: number; to: number }[] = [];
  for (const hour of hours) {
    const last = stretches.at(-1);
    if (last?.to === hour) last.to += 1;
    else stretches.push({ from: hour, to: hour + 1 });
  }
  return stretches.map(({ from, to }) => `${clock(from)}–${to === 24 ? '24:00' : clock(to)}`).join(', ');
}
