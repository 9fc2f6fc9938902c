import type { Schedule } from '../schedule.js';
import type { PublishedSchedule } from './published-schedule.js';
import { CLAIM, harmText, harmUnit } from './published-schedule.js';
import { counted, dateText, METHODS, number, percent } from './words.js';

const MOST_JURISDICTIONS = 5;
const MOST_PLACES = 6;

/** The schedule in lines of plain text, for a terminal: certificate, comparisons, what binds, who gets most. */
export function summaryLines(published: PublishedSchedule): readonly string[] {
  const { meta, schedule, shifts, allocation } = published;
  const { objective, bound, gap, totalHarm, rules, lines, binding, comparisons, greedy, method, solveMs } =
    schedule;
  const visits = shifts.reduce((sum, shift) => sum + shift.visits.length, 0);
  const top = [...allocation.jurisdictions]
    .sort((a, b) => b.unitHours - a.unitHours)
    .slice(0, MOST_JURISDICTIONS);
  return [
    `${meta.city}, week of ${dateText(meta.weekStart)}: ${counted(lines.length, 'unit')}, ${counted(shifts.length, 'shift')} of ${rules.shiftHours} hours, ${counted(visits, 'visit')}`,
    `Covers ${number(objective, 1)} of ${number(totalHarm, 1)} expected (${harmUnit(meta)}): ${percent(coveredShare(schedule))}`,
    `At most ${number(bound, 1)} can be covered under these rules; gap ${percent(gap)}; ${METHODS[method]} (${(solveMs / 1000).toFixed(1)} s)`,
    ...(method === 'greedy'
      ? [`Greedy method: ${percent(greedy.ratioToBound)} of the bound. ${greedy.guaranteeFor}`]
      : []),
    ...comparisons.map(
      (comparison) =>
        `${capital(comparison.name)}: ${number(comparison.objective, 1)}, ${betterText(objective, comparison.objective)}`,
    ),
    binding.length === 0 ? 'Nothing binds.' : `Binds: ${bindingTexts(binding).join('. ')}`,
    `Most hours: ${top.map(({ jurisdiction, unitHours, harmShare }) => `${jurisdiction} ${number(unitHours)} (${percent(harmShare)} of the harm)`).join(', ')}`,
    `Harm: ${harmText(meta)}. Data: ${meta.data} Snapshot ${meta.snapshotId}.`,
    CLAIM,
  ];
}

/** Part of the expected harm that a schedule covers. */
export function coveredShare({ objective, totalHarm }: Pick<Schedule, 'objective' | 'totalHarm'>): number {
  return totalHarm === 0 ? 0 : objective / totalHarm;
}

/** How much more, or less, than another allocation a schedule covers. */
export function betterText(objective: number, other: number): string {
  if (other <= 0) return 'which covers nothing, any schedule is better';
  const more = objective / other - 1;
  if (Math.abs(more) < 5e-5) return 'this schedule covers as much';
  return `this schedule covers ${percent(Math.abs(more))} ${more > 0 ? 'more' : 'less'}`;
}

/** What binds, in words; places of the same constraint are told together. */
export function bindingTexts(binding: Schedule['binding']): readonly string[] {
  const byConstraint = new Map<string, Schedule['binding'][number][]>();
  for (const one of binding)
    byConstraint.set(one.constraint, [...(byConstraint.get(one.constraint) ?? []), one]);
  return [...byConstraint].map(([constraint, places]) => {
    const [first, ...others] = places;
    if (first === undefined || others.length === 0) return bindingText(first ?? { constraint, where: '' });
    const most = places.reduce((best, one) => ((one.gain ?? 0) > (best.gain ?? 0) ? one : best), first);
    const gain =
      most.gain === undefined
        ? ''
        : `; eased by one, most would be gained in ${most.where}, ${number(most.gain, 2)} more covered`;
    return `${constraint} in ${counted(places.length, 'place')}: ${some(places.map(({ where }) => where))}${gain}`;
  });
}

/** The first few, and how many more. */
function some(names: readonly string[]): string {
  const more = names.length - MOST_PLACES;
  return more > 0 ? `${names.slice(0, MOST_PLACES).join(', ')} and ${more} more` : names.join(', ');
}

function bindingText({ constraint, where, gain }: Schedule['binding'][number]): string {
  return `${constraint}${where === '' ? '' : ` (${where})`}${gain === undefined ? '' : `: eased by one, ${number(gain, 2)} more would be covered`}`;
}

/** The first letter in upper case. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
