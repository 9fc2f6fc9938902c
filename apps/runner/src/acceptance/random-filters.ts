import type { CityIndex, Filters } from '@crimetracker/crossfilter';
import { PERSON_DIMENSIONS, VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from '@crimetracker/crossfilter';
import * as fc from 'fast-check';

const DAY = 86_400_000;
const isPerson = (name: string): boolean => (PERSON_DIMENSIONS as readonly string[]).includes(name);

/** Filters of every kind, by values that the city has; each of them is more often absent than there. */
export function filtersOf({ range, jurisdictions, cells }: CityIndex): fc.Arbitrary<Filters> {
  const seldom = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
  const some = <Value>(values: readonly Value[]): fc.Arbitrary<Value[]> =>
    fc.subarray([...values], { minLength: 1, maxLength: Math.max(1, Math.ceil(values.length / 2)) });
  const days = (Date.parse(range.to) - Date.parse(range.from)) / DAY;
  const date = fc
    .integer({ min: -40, max: days + 40 })
    .map((day) => new Date(Date.parse(range.from) + day * DAY).toISOString().slice(0, 10));
  const dates = fc
    .tuple(seldom(date), seldom(date))
    .map(([from, to]) =>
      from !== undefined && to !== undefined && from > to ? { from: to, to: from } : { from, to },
    );
  const values = fc.record(
    Object.fromEntries(
      VALUE_DIMENSION_NAMES.map((name) => [name, seldom(some<string>(VALUE_DIMENSIONS[name].values))]),
    ),
  );
  const others = fc.record({
    jurisdiction: seldom(some(jurisdictions)),
    weekday: seldom(some([0, 1, 2, 3, 4, 5, 6])),
    hour: seldom(some(Array.from({ length: 24 }, (_, hour) => hour))),
    cell: seldom(
      fc.oneof(some(cells[7].slice(0, 20)), some(cells[8].slice(0, 40)), some(cells[9].slice(0, 60))),
    ),
  });
  return fc.tuple(dates, values, others).map(([one, two, three]) => {
    const all = Object.entries({ ...one, ...two, ...three }).filter(([, value]) => value !== undefined);
    const persons = all.some(([name]) => isPerson(name));
    return Object.fromEntries(all.filter(([name]) => !(persons && name === 'cell'))) as Filters;
  });
}
