import { SEX_OFFENCE_SUPPRESSION_THRESHOLD, SUPPRESSION_THRESHOLD } from '@crimetracker/analysis-kit';
import { HOURS, NO_TIME } from './codes.js';
import type { CityCounts, CityIndex, Count, CountRequest, ManySeries } from './counts.js';
import type { ValueDimension } from './dimensions.js';
import { PERSON_DIMENSIONS, VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from './dimensions.js';
import type { Filters } from './filters.js';
import { hasPersonFilter, namesSexOffence } from './filters.js';
import type { Grain } from './periods.js';
import type { Places, Shard } from './shard.js';
import { calendar, DAYS_OF_YEAR, MONTHS_OF_YEAR } from './shard.js';
import type { SingleFilter, TallyPlan } from './tally-plan.js';
import { planTally, SINGLE_FILTERS } from './tally-plan.js';
import type { ShardTally, ShardWindow } from './tally-shard.js';
import { tallyShard } from './tally-shard.js';

const KEPT_BYTES = 96 * 2 ** 20;
const NO_DAYS: ShardWindow = { first: 0, last: -1 };
const ALL_DAYS: ShardWindow = { first: 0, last: DAYS_OF_YEAR - 1 };
const DAY = 86_400_000;

/** Counts of one city as numbers in one order, so that counters of several shards can be added up. */
export type CityTally = Uint32Array<ArrayBuffer>;

type Part =
  | ValueDimension
  | 'total'
  | 'before'
  | 'jurisdiction'
  | 'slots'
  | 'months'
  | 'series'
  | 'jurisdictionSeries'
  | 'weaponSeries'
  | 'cells'
  | 'elsewhere';

/** Where each part stands in a tally. */
function layoutOf(index: CityIndex, plan: TallyPlan): ReadonlyMap<Part, readonly [from: number, to: number]> {
  const { resolution } = plan;
  const weapons = VALUE_DIMENSIONS.weapon_category.values.length;
  const sizes: readonly (readonly [Part, number])[] = [
    ['total', 1],
    ['before', 1],
    ...VALUE_DIMENSION_NAMES.map((name) => [name, VALUE_DIMENSIONS[name].values.length] as const),
    ['jurisdiction', index.jurisdictions.length],
    ['slots', 7 * HOURS],
    ['months', plan.months.length],
    ['series', plan.periods.length],
    ['jurisdictionSeries', index.jurisdictions.length * plan.coarsePeriods.length],
    ['weaponSeries', weapons * plan.coarsePeriods.length],
    ['cells', resolution === undefined ? 0 : index.cells[resolution].length],
    ['elsewhere', 1],
  ];
  const layout = new Map<Part, readonly [number, number]>();
  let at = 0;
  for (const [part, size] of sizes) {
    layout.set(part, [at, at + size]);
    at += size;
  }
  return layout;
}

/** A plan, with one for each value where several values of one filter are chosen. */
interface PlanInParts extends TallyPlan {
  readonly parts: readonly PlanInParts[];
}

/** Counts the incidents of one city in the shards that it is given, which may be some of the city's only. */
export class CityCounter {
  readonly #index: CityIndex;
  readonly #places: Places;
  readonly #shards: readonly Shard[];
  /** Tallies of whole shards, the latest used last. */
  readonly #kept = new Map<string, ShardTally>();
  readonly #mostKeptBytes: number;
  #keptBytes = 0;

  /** @param mostKeptBytes bytes of tallies of whole shards that are kept, to answer the next request sooner */
  constructor(index: CityIndex, places: Places, shards: readonly Shard[], mostKeptBytes = KEPT_BYTES) {
    this.#index = index;
    this.#places = places;
    this.#shards = shards;
    this.#mostKeptBytes = mostKeptBytes;
  }

  /** The counts of a request, to be added to those of other counters of the city and told by `tellCounts`. */
  tally(request: CountRequest): CityTally {
    const plan = this.#planOf(request);
    const layout = layoutOf(this.#index, plan);
    const tally = new Uint32Array(layout.get('elsewhere')?.[1] ?? 0);
    const part = (name: Part): Uint32Array => tally.subarray(...(layout.get(name) ?? [0, 0]));
    for (const shard of this.#shards) this.#addShard(shard, plan, part);
    return tally;
  }

  /**
   * Counts in advance what a reader is likely to choose first, each value of the dimensions alone, and keeps it; yields
   * after each shard, so that the caller can answer others meanwhile.
   */
  *prepare(): Generator<void> {
    const choices = [
      {},
      ...SINGLE_FILTERS.flatMap((name) => valuesOf(name).map((value) => ({ [name]: [value] }))),
    ];
    for (const filters of choices) {
      const plan = this.#planOf({ filters });
      for (const shard of this.#shards) {
        this.#tallyOf(shard, plan, ALL_DAYS);
        yield;
      }
    }
  }

  #planOf(request: CountRequest): PlanInParts {
    const plan = planTally(this.#index, request, this.#places);
    const { only } = plan;
    const values = only === undefined ? [] : (plan.filters[only] ?? []);
    const planOne = (value: string | number): PlanInParts => ({
      ...planTally(this.#index, { filters: { [only ?? '']: [value] } }, this.#places),
      parts: [],
    });
    return { ...plan, parts: values.length > 1 ? values.map(planOne) : [] };
  }

  #addShard(shard: Shard, plan: PlanInParts, part: (name: Part) => Uint32Array): void {
    const newYear = Date.UTC(shard.year, 0, 1) / DAY;
    const dayOf = (date: string): number => Date.parse(date) / DAY - newYear;
    const window = { first: dayOf(plan.range.from), last: dayOf(plan.range.to) };
    const before = { first: dayOf(plan.before.from), last: dayOf(plan.before.to) };
    const counted = this.#tallyOf(shard, plan, window);
    const { monthOf } = calendar(shard.year);
    const inMonths = periodPlacer('month', plan.months[0]);
    const inSeries = periodPlacer(plan.grain, plan.periods[0]);
    const [months, series, total, earlier] = [part('months'), part('series'), part('total'), part('before')];
    for (let day = 0; day < DAYS_OF_YEAR; day += 1) {
      const count = counted.days[day] as number;
      if (count === 0) continue;
      const month = shard.year * MONTHS_OF_YEAR + (monthOf[day] as number);
      add(months, inMonths(newYear + day, month), count);
      if (day >= window.first && day <= window.last) {
        add(total, 0, count);
        add(series, inSeries(newYear + day, month), count);
      }
      if (day >= before.first && day <= before.last) add(earlier, 0, count);
    }
    // Days that are beyond the data make a range without a day, for which a kept year would be given too.
    if (window.last < 0 || window.first >= DAYS_OF_YEAR || window.last < window.first) return;

    for (const name of VALUE_DIMENSION_NAMES) addAll(part(name), counted.values[name]);
    addAll(part('slots'), counted.slots);
    const inCoarse = periodPlacer(plan.coarse, plan.coarsePeriods[0]);
    const coarsePlaces = Array.from({ length: MONTHS_OF_YEAR }, (_, month) =>
      inCoarse(0, shard.year * MONTHS_OF_YEAR + month),
    );
    const jurisdiction = part('jurisdiction');
    const addMonths = (to: Uint32Array, from: Uint32Array, totals?: Uint32Array): void => {
      for (let at = 0; at < from.length; at += 1) {
        const count = from[at] as number;
        if (count === 0) continue;
        const row = Math.floor(at / MONTHS_OF_YEAR);
        add(to, row * plan.coarsePeriods.length + (coarsePlaces[at % MONTHS_OF_YEAR] as number), count);
        if (totals !== undefined) add(totals, row, count);
      }
    };
    addMonths(part('jurisdictionSeries'), counted.jurisdictionMonths, jurisdiction);
    addMonths(part('weaponSeries'), counted.weaponMonths);
    if (plan.resolution === undefined) return;
    const cells = part('cells');
    const cellOf = this.#places.cellOf[plan.resolution];
    add(part('elsewhere'), 0, counted.places[0] as number);
    for (let place = 0; place < cellOf.length; place += 1) {
      const count = counted.places[place + 1] as number;
      if (count > 0) add(cells, cellOf[place], count);
    }
  }

  /** The tally of a shard between two days; that of whole years, in the range or out of it, is kept. */
  #tallyOf(shard: Shard, plan: PlanInParts, { first, last }: ShardWindow): ShardTally {
    const sizes = {
      jurisdictions: this.#index.jurisdictions.length,
      places: this.#places.cellOf[7].length,
    };
    const isOutside = last < 0 || first >= DAYS_OF_YEAR || last < first;
    const isWhole = first <= 0 && last >= daysOfYear(shard.year) - 1;
    if (!isOutside && !isWhole) return tallyShard(shard, plan.masks, sizes, { first, last });
    const whole = `${shard.year} all ${plan.key}`;
    const outside = `${shard.year} days ${plan.key}`;
    const known = this.#recall(whole) ?? (isOutside ? this.#recall(outside) : undefined);
    if (known !== undefined) return known;
    if (plan.only !== undefined && plan.parts.length > 1) {
      const tallies = plan.parts.map((part) => this.#tallyOf(shard, part, { first, last }));
      return sumOf(plan.only, tallies, isOutside);
    }
    const tally = tallyShard(shard, plan.masks, sizes, isWhole ? ALL_DAYS : NO_DAYS);
    this.#keep(isWhole ? whole : outside, tally);
    return tally;
  }

  #recall(key: string): ShardTally | undefined {
    const tally = this.#kept.get(key);
    if (tally === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, tally);
    return tally;
  }

  #keep(key: string, tally: ShardTally): void {
    this.#kept.set(key, tally);
    this.#keptBytes += bytesOf(tally);
    for (const [oldest, old] of this.#kept) {
      if (this.#keptBytes <= this.#mostKeptBytes) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= bytesOf(old);
    }
  }
}

/** Tells the place of a period by one of its days (since 1970) or, from months on, by its month (year × 12 + month). */
function periodPlacer(grain: Grain, first: string | undefined): (day: number, month: number) => number {
  const start = new Date(first ?? '1970-01-01');
  const firstDay = start.getTime() / DAY;
  const firstMonth = start.getUTCFullYear() * MONTHS_OF_YEAR + start.getUTCMonth();
  switch (grain) {
    case 'day':
      return (day) => day - firstDay;
    case 'week':
      return (day) => Math.floor((day - firstDay) / 7);
    case 'month':
      return (_, month) => month - firstMonth;
    case 'quarter':
      return (_, month) => Math.floor((month - firstMonth) / 3);
    case 'year':
      return (_, month) => Math.floor((month - firstMonth) / MONTHS_OF_YEAR);
  }
}

/** The counts of several values of one filter: what leaves that filter out is the same for each, all else is added up. */
function sumOf(only: SingleFilter, tallies: readonly ShardTally[], isOutside: boolean): ShardTally {
  const ofWeek = only === 'weekday' || only === 'hour';
  const sum = (pick: (tally: ShardTally) => Uint32Array, isOwn: boolean): Uint32Array => {
    const [first = new Uint32Array(), ...others] = tallies.map(pick);
    const all = first.slice();
    if (!isOwn) for (const other of others) addAll(all, other);
    return all;
  };
  const days = sum((tally) => tally.days, false);
  const [one] = tallies;
  // Of a year beyond the range only the days are read.
  if (isOutside && one !== undefined) return { ...one, days };
  return {
    days,
    values: Object.fromEntries(
      VALUE_DIMENSION_NAMES.map((name) => [name, sum(({ values }) => values[name], name === only)]),
    ) as unknown as ShardTally['values'],
    jurisdictionMonths: sum(({ jurisdictionMonths }) => jurisdictionMonths, false),
    weaponMonths: sum(({ weaponMonths }) => weaponMonths, only === 'weapon_category'),
    slots: sum(({ slots }) => slots, ofWeek),
    places: sum(({ places }) => places, false),
  };
}

/** The values of a filter by values. */
function valuesOf(name: SingleFilter): readonly (string | number)[] {
  if (name === 'weekday') return [0, 1, 2, 3, 4, 5, 6];
  if (name === 'hour') return Array.from({ length: NO_TIME }, (_, hour) => hour);
  return VALUE_DIMENSIONS[name].values;
}

function add(to: Uint32Array, place: number | undefined, count: number): void {
  if (place !== undefined && place >= 0) to[place] = (to[place] ?? 0) + count;
}

/** Adds one tally to another of the same city and request. */
export function addAll(to: Uint32Array, from: Uint32Array): void {
  for (let at = 0; at < from.length; at += 1) to[at] = (to[at] as number) + (from[at] as number);
}

const daysOfYear = (year: number): number => (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY;

function bytesOf({ days, values, jurisdictionMonths, weaponMonths, slots, places }: ShardTally): number {
  return [days, jurisdictionMonths, weaponMonths, slots, places, ...Object.values(values)].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
}

/**
 * What a tally of a whole city tells: names the periods and hides small counts of persons.
 *
 * A count from 1 to k − 1 is hidden where a group of persons is filtered, and always where persons are counted (k is 5,
 * and 10 where sex offences are chosen by name). That keeps a reader from coming upon single persons by accident. It
 * does not keep anyone from working a hidden count out from several answers; the cities publish the rows themselves.
 */
export function tellCounts(index: CityIndex, request: CountRequest, tally: CityTally): CityCounts {
  const { filters } = request;
  const plan = planTally(index, request);
  const layout = layoutOf(index, plan);
  const threshold = namesSexOffence(filters) ? SEX_OFFENCE_SUPPRESSION_THRESHOLD : SUPPRESSION_THRESHOLD;
  const isOfPersons = hasPersonFilter(filters);
  const counts = (name: Part, persons = isOfPersons): Count[] =>
    Array.from(tally.subarray(...(layout.get(name) ?? [0, 0])), (count) =>
      persons && count > 0 && count < threshold ? null : count,
    );
  const hide = (count: number): Count => (isOfPersons && count > 0 && count < threshold ? null : count);
  const [total = 0] = counts('total');
  const [before = 0] = counts('before');
  const slots = tally.subarray(...(layout.get('slots') ?? [0, 0]));
  const many = (name: Part): ManySeries => {
    const flat = counts(name);
    const width = plan.coarsePeriods.length;
    const rows = width === 0 ? 0 : flat.length / width;
    return {
      grain: plan.coarse,
      starts: plan.coarsePeriods,
      counts: Array.from({ length: rows }, (_, row) => flat.slice(row * width, (row + 1) * width)),
    };
  };
  return {
    source: index.source,
    range: plan.range,
    total,
    before: { range: plan.before, total: plan.before.from < index.range.from ? null : before },
    values: Object.fromEntries(
      VALUE_DIMENSION_NAMES.map((name) => [
        name,
        counts(name, isOfPersons || (PERSON_DIMENSIONS as readonly string[]).includes(name)),
      ]),
    ) as unknown as CityCounts['values'],
    jurisdiction: counts('jurisdiction'),
    weekHours: Array.from({ length: 7 * NO_TIME }, (_, hour) =>
      hide(slots[Math.floor(hour / NO_TIME) * HOURS + (hour % NO_TIME)] ?? 0),
    ),
    noTime: hide(withoutTime(slots, filters)),
    months: { grain: 'month', starts: plan.months, counts: counts('months') },
    series: { grain: plan.grain, starts: plan.periods, counts: counts('series') },
    jurisdictionSeries: many('jurisdictionSeries'),
    weaponSeries: many('weaponSeries'),
    cells: cellsOf(),
  };

  function cellsOf(): CityCounts['cells'] {
    if (plan.resolution === undefined) return null;
    const all = tally.subarray(...(layout.get('cells') ?? [0, 0]));
    const places: number[] = [];
    for (let place = 0; place < all.length; place += 1) if ((all[place] as number) > 0) places.push(place);
    return {
      resolution: plan.resolution,
      places,
      counts: places.map((place) => all[place] ?? 0),
      elsewhere: tally[layout.get('elsewhere')?.[0] ?? 0] ?? 0,
    };
  }
}

function withoutTime(slots: Uint32Array, { weekday }: Filters): number {
  let sum = 0;
  for (let day = 0; day < 7; day += 1) {
    if (weekday?.includes(day) ?? true) sum += slots[day * HOURS + NO_TIME] ?? 0;
  }
  return sum;
}
