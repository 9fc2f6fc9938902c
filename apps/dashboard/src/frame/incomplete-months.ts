import { listed, monthText, percent } from '@crimetracker/analysis-kit/words';
import type { DateRange } from '@crimetracker/crossfilter';
import type { CityEntry } from '../documents.js';

/** Months of a range that are not reported in full yet. */
export function incompleteIn(
  completeness: CityEntry['completeness'],
  { from, to }: DateRange,
): CityEntry['completeness'] {
  return completeness.filter(
    ({ month, isComplete }) => isComplete === false && month.slice(0, 7) >= from.slice(0, 7) && month <= to,
  );
}

/** Months of the range that are not reported in full yet, as a sentence for each city that has some. */
export function incompleteMonths(
  cities: readonly Pick<CityEntry, 'city' | 'completeness'>[],
  range: DateRange,
): readonly string[] {
  return cities.flatMap(({ city, completeness }) => {
    const months = incompleteIn(completeness, range);
    const [first] = months;
    const last = months.at(-1);
    if (first === undefined || last === undefined) return [];
    const name =
      months.length === 1
        ? `${monthText(first.month)} is`
        : months.length === 2
          ? `${listed(months.map(({ month }) => monthText(month)))} are`
          : `${monthText(first.month)} to ${monthText(last.month)} are`;
    const share = last.completeness;
    const reported =
      share === null
        ? ''
        : ` (about ${percent(share)} of ${months.length === 1 ? 'it' : 'the last month'} is reported)`;
    return [`${city}: ${name} not complete yet${reported}. Counts of these months are too low.`];
  });
}
