import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addAll, CityCounter, tellCounts } from './city-counter.js';
import type { CityCounts, CountRequest } from './counts.js';
import { MAP_RESOLUTIONS, PERSON_DIMENSIONS, VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from './dimensions.js';
import type { Filters } from './filters.js';
import { filtersSchema, hasPersonFilter, namesSexOffence } from './filters.js';
import { periodStart, rangeBefore } from './periods.js';
import type { TestIncident } from './testing-incidents.js';
import { countBy, INDEX, PLACES, shardsOf } from './testing-incidents.js';

const dates = fc.date({ min: new Date('2019-03-05'), max: new Date('2021-08-20'), noInvalidDate: true });
const dateText = dates.map((date) => date.toISOString().slice(0, 10));
/** The first two values and the last, at which the codes end. */
const few = <T>(values: readonly T[]) => fc.constantFrom(...values.slice(0, 2), ...values.slice(-1));

const incident: fc.Arbitrary<TestIncident> = fc.record({
  date: dateText,
  hour: fc.option(fc.integer({ min: 0, max: 23 }), { nil: undefined }),
  jurisdiction: fc.constantFrom(...INDEX.jurisdictions),
  // Few values each, so that filters match something.
  values: fc.record(
    Object.fromEntries(
      VALUE_DIMENSION_NAMES.map((name) => [name, few<string>(VALUE_DIMENSIONS[name].values)]),
    ),
  ) as unknown as fc.Arbitrary<TestIncident['values']>,
  place: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
});

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const chosen = (values: readonly string[]) =>
  some(fc.uniqueArray(few(values), { minLength: 1, maxLength: 2 }));
/** Also days before and after the data. */
const anyDate = fc
  .date({ min: new Date('2018-01-01'), max: new Date('2022-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const filters: fc.Arbitrary<Filters> = fc
  .record({
    from: some(anyDate),
    to: some(anyDate),
    ...Object.fromEntries(
      VALUE_DIMENSION_NAMES.map((name) => [
        name,
        fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, chosen(VALUE_DIMENSIONS[name].values)),
      ]),
    ),
    jurisdiction: chosen(INDEX.jurisdictions),
    weekday: some(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 })),
    hour: some(fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 12 })),
    cell: some(
      fc.uniqueArray(fc.constantFrom(...MAP_RESOLUTIONS.flatMap((one) => INDEX.cells[one])), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
  })
  .map((raw) =>
    filtersSchema.safeParse(
      Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined)),
    ),
  )
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data as Filters);
const request: fc.Arbitrary<CountRequest> = fc.record({
  filters,
  resolution: fc.constantFrom(undefined, ...MAP_RESOLUTIONS),
});

function count(incidents: readonly TestIncident[], asked: CountRequest): CityCounts {
  return tellCounts(INDEX, asked, new CityCounter(INDEX, PLACES, shardsOf(incidents)).tally(asked));
}

/** Every number of an answer beside the plain reading of the incidents. */
function expectPlain(told: CityCounts, incidents: readonly TestIncident[], asked: CountRequest): void {
  const threshold = namesSexOffence(asked.filters) ? 10 : 5;
  const isOfPersons = hasPersonFilter(asked.filters);
  const hidden = (value: number, persons = isOfPersons) =>
    persons && value > 0 && value < threshold ? null : value;
  const by = (...args: [(one: TestIncident) => string | undefined, Parameters<typeof countBy>[3]?]) => {
    const counts = countBy(incidents, asked, ...args);
    return (key: string, persons?: boolean) => hidden(counts.get(key) ?? 0, persons);
  };
  const weekday = (one: TestIncident) => (new Date(one.date).getUTCDay() + 6) % 7;
  expect(told.total).toBe(by(() => 'all')('all'));
  for (const name of VALUE_DIMENSION_NAMES) {
    const expected = by((one) => one.values[name], name);
    const persons = isOfPersons || (PERSON_DIMENSIONS as readonly string[]).includes(name);
    expect(told.values[name], name).toEqual(
      VALUE_DIMENSIONS[name].values.map((value) => expected(value, persons)),
    );
  }
  const jurisdictions = by((one) => one.jurisdiction, 'jurisdiction');
  expect(told.jurisdiction).toEqual(INDEX.jurisdictions.map((name) => jurisdictions(name)));
  const hours = by((one) => (one.hour === undefined ? undefined : `${weekday(one) * 24 + one.hour}`), 'week');
  expect(told.weekHours).toEqual(Array.from({ length: 168 }, (_, hour) => hours(`${hour}`)));
  expect(told.noTime).toBe(by((one) => (one.hour === undefined ? 'none' : undefined), 'hour')('none'));
  const months = by((one) => periodStart('month', one.date), 'dates');
  expect(told.months.counts).toEqual(told.months.starts.map((start) => months(start)));
  const series = by((one) => periodStart(told.series.grain, one.date));
  expect(told.series.counts).toEqual(told.series.starts.map((start) => series(start)));
  const many = [
    [told.jurisdictionSeries, INDEX.jurisdictions, (one: TestIncident) => one.jurisdiction, 'jurisdiction'],
    [
      told.weaponSeries,
      VALUE_DIMENSIONS.weapon_category.values,
      (one: TestIncident) => one.values.weapon_category,
      'weapon_category',
    ],
  ] as const;
  for (const [{ grain, starts, counts }, names, keyOf, leftOut] of many) {
    const expected = by((one) => `${keyOf(one)} ${periodStart(grain, one.date)}`, leftOut);
    expect(counts).toEqual(
      starts.length === 0 ? [] : names.map((name) => starts.map((start) => expected(`${name} ${start}`))),
    );
  }
  const before = rangeBefore(told.range);
  const earlier =
    countBy(incidents, { filters: { ...asked.filters, ...before } }, () => 'all').get('all') ?? 0;
  expect(told.before).toEqual({
    range: before,
    total: before.from < INDEX.range.from ? null : hidden(earlier),
  });
  const { resolution } = asked;
  if (resolution === undefined || isOfPersons) {
    expect(told.cells).toBeNull();
    return;
  }
  const cells = by(
    (one) =>
      one.place === undefined ? 'none' : INDEX.cells[resolution][PLACES.cellOf[resolution][one.place] ?? -1],
    'cell',
  );
  const own = INDEX.cells[resolution].map((cell) => cells(cell) ?? 0);
  expect(told.cells?.places).toEqual([...own.keys()].filter((place) => (own[place] ?? 0) > 0));
  expect(told.cells?.counts).toEqual(own.filter((value) => value > 0));
  expect(told.cells?.elsewhere).toBe(cells('none'));
}

describe('the counter of a city', () => {
  test('counts what a plain reading row by row counts, under any filters', () => {
    fc.assert(
      fc.property(fc.array(incident, { maxLength: 120 }), request, (incidents, asked) => {
        expectPlain(count(incidents, asked), incidents, asked);
      }),
      { numRuns: 500 },
    );
  });

  test('gives the same in parts that are added up, and from tallies that it kept', () => {
    fc.assert(
      fc.property(
        fc.array(incident, { maxLength: 80 }),
        fc.array(request, { minLength: 1, maxLength: 6 }),
        (incidents, requests) => {
          const shards = shardsOf(incidents);
          const parts = [0, 1].map(
            (part) =>
              new CityCounter(
                INDEX,
                PLACES,
                shards.filter((_, at) => at % 2 === part),
              ),
          );
          for (const asked of [...requests, ...requests]) {
            const sum = new CityCounter(INDEX, PLACES, []).tally(asked);
            for (const part of parts) addAll(sum, part.tally(asked));
            expect(tellCounts(INDEX, asked, sum)).toEqual(count(incidents, asked));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('gives the same for several values of one filter, whose counts it adds up, and after it has counted in advance', () => {
    const alone: fc.Arbitrary<CountRequest> = fc
      .oneof(
        fc
          .constantFrom(...VALUE_DIMENSION_NAMES)
          .chain((name) =>
            fc
              .uniqueArray(few<string>(VALUE_DIMENSIONS[name].values), { minLength: 1, maxLength: 3 })
              .map((values) => ({ [name]: values })),
          ),
        fc
          .uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 })
          .map((weekday) => ({ weekday })),
        fc
          .uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 9 })
          .map((hour) => ({ hour })),
      )
      .chain((chosen) =>
        fc.record({
          filters: fc.constant(filtersSchema.parse(chosen)),
          resolution: fc.constantFrom(undefined, ...MAP_RESOLUTIONS),
        }),
      );
    fc.assert(
      fc.property(
        fc.array(incident, { maxLength: 80 }),
        alone,
        fc.nat({ max: 300 }),
        (incidents, asked, steps) => {
          const counter = new CityCounter(INDEX, PLACES, shardsOf(incidents));
          const advance = counter.prepare();
          for (let step = 0; step < steps; step += 1) advance.next();
          expectPlain(tellCounts(INDEX, asked, counter.tally(asked)), incidents, asked);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('counts nothing in days beyond the data, also where it has kept the whole year', () => {
    fc.assert(
      fc.property(fc.array(incident, { maxLength: 20 }), (incidents) => {
        const counter = new CityCounter(INDEX, PLACES, shardsOf(incidents));
        const asked: CountRequest = { filters: { from: '2021-09-01', to: '2021-12-31' }, resolution: 9 };
        counter.tally({ filters: {} });
        expectPlain(tellCounts(INDEX, asked, counter.tally(asked)), incidents, asked);
      }),
      { numRuns: 30 },
    );
  });

  test('hides small counts of persons, and those of sex offences below ten', () => {
    const values = Object.fromEntries(
      VALUE_DIMENSION_NAMES.map((name) => [name, VALUE_DIMENSIONS[name].values[0]]),
    ) as unknown as TestIncident['values'];
    const make = (length: number, category: string): TestIncident[] =>
      Array.from({ length }, () => ({
        date: '2020-05-05',
        hour: 5,
        jurisdiction: 'Centre',
        place: 0,
        values: { ...values, crime_category: category },
      }));
    const incidents = [...make(4, 'Arson'), ...make(9, 'Rape')];
    const asked = (given: Filters) => count(incidents, { filters: given, resolution: 9 });
    expect(asked({ crime_category: ['Arson'] })).toMatchObject({ total: 4, cells: { counts: [4] } });
    expect(asked({ crime_category: ['Arson'] }).values.victim_sex[0]).toBeNull();
    expect(asked({ crime_category: ['Arson'], victim_sex: ['Female'] })).toMatchObject({
      total: null,
      cells: null,
    });
    expect(asked({ crime_category: ['Rape'], victim_sex: ['Female'] }).total).toBeNull();
    expect(asked({ crime_category: ['Rape'] }).values.victim_sex[0]).toBeNull();
    expect(asked({}).values.victim_sex[0]).toBe(13);
  });
});
