import { WEEKDAYS } from '@crimetracker/analysis-kit';
import { counted, dateText, listed } from '@crimetracker/analysis-kit/words';
import type { DateRange, FilterName, Filters } from '@crimetracker/crossfilter';

/** What each filter is called on the page. */
export const FILTER_LABELS = {
  source: 'City',
  from: 'First day',
  to: 'Last day',
  crime_category: 'Crime category',
  law_class: 'Law class',
  weapon_category: 'Weapon',
  location_category: 'Location type',
  arrest_made: 'Arrest recorded',
  victim_age: 'Victim age',
  victim_sex: 'Victim sex',
  victim_race_group: 'Victim race group',
  suspect_age: 'Suspect age',
  suspect_sex: 'Suspect sex',
  suspect_race_group: 'Suspect race group',
  jurisdiction: 'Jurisdiction',
  weekday: 'Weekday',
  hour: 'Hour',
  cell: 'Map cell',
} as const satisfies Readonly<Record<FilterName, string>>;

/** Filters of several values. */
export type ListFilterName = Exclude<FilterName, 'from' | 'to'>;

const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Whole numbers in order as runs: 1, 2, 3, 7 are 1 to 3 and 7. */
export function runsOf(numbers: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}

/** Hours as `22:00–02:00` where they follow each other, around midnight too. */
export function hoursText(hours: readonly number[]): string {
  if (hours.length === 24) return 'all hours';
  const runs = [...runsOf(hours)];
  const [first] = runs;
  const last = runs.at(-1);
  if (runs.length > 1 && first?.[0] === 0 && last?.[1] === 23) {
    runs.shift();
    runs[runs.length - 1] = [last[0], first[1]];
  }
  return listed(runs.map(([from, to]) => `${hourText(from)}–${hourText((to + 1) % 24)}`));
}

/** Weekdays as `Monday to Friday` where three or more follow each other. */
export function weekdaysText(days: readonly number[]): string {
  const name = (day: number): string => WEEKDAYS[day] ?? String(day);
  return listed(
    runsOf(days).flatMap(([first, last]) => {
      if (last - first >= 2) return [`${name(first)} to ${name(last)}`];
      return first === last ? [name(first)] : [name(first), name(last)];
    }),
  );
}

/** A range as `2023`, `March 2023` or `1 March to 15 April 2023`. */
export function rangeText({ from, to }: DateRange): string {
  if (from === '' || to === '') return '';
  if (from === to) return dateText(from);
  const year = from.slice(0, 4);
  if (from.endsWith('-01-01') && to.endsWith('-12-31'))
    return year === to.slice(0, 4) ? year : `${year} to ${to.slice(0, 4)}`;
  const start = dateText(from);
  return `${year === to.slice(0, 4) ? start.replace(/ \d{4}$/, '') : start} to ${dateText(to)}`;
}

const shortDate = (date: string): string => dateText(date).replace(/ (\p{L}{3})\p{L}* /u, ' $1 ');

/** A range in few letters, such as `1 Mar 2021 – 31 Dec 2023`. */
export function shortRangeText(range: DateRange): string {
  const text = rangeText(range);
  return / to \d+ /.test(text) ? `${shortDate(range.from)} – ${shortDate(range.to)}` : text;
}

/** The chosen values of one filter in words, all of them. */
export function choiceText(
  name: ListFilterName,
  filters: Filters,
  cityOf: (source: string) => string,
): string {
  switch (name) {
    case 'source':
      return listed((filters.source ?? []).map(cityOf));
    case 'weekday':
      return weekdaysText(filters.weekday ?? []);
    case 'hour':
      return hoursText(filters.hour ?? []);
    case 'cell':
      return counted(filters.cell?.length ?? 0, 'cell');
    default:
      return (filters[name] ?? []).join(', ');
  }
}

export const LIST_FILTERS = (Object.keys(FILTER_LABELS) as FilterName[]).filter(
  (name): name is ListFilterName => name !== 'from' && name !== 'to',
);

/** All filters as one sentence, for print and explanations. */
export function filterSentence(
  filters: Filters,
  range: DateRange,
  cities: readonly { readonly source: string; readonly city: string }[],
): string {
  const cityOf = (source: string): string => cities.find((city) => city.source === source)?.city ?? source;
  const where = listed(
    cities
      .filter(({ source }) => filters.source === undefined || filters.source.includes(source))
      .map(({ city }) => city),
  );
  const others = LIST_FILTERS.filter((name) => name !== 'source' && filters[name] !== undefined).map(
    (name) => `${FILTER_LABELS[name].toLowerCase()}: ${choiceText(name, filters, cityOf)}`,
  );
  const which =
    others.length === 0 ? 'all recorded incidents' : `recorded incidents with ${others.join('; ')}`;
  return `${where}, ${rangeText(range)}: ${which}.`;
}
