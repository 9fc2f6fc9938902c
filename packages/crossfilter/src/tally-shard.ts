import type { CodeGroup } from './codes.js';
import { CODE_GROUPS, HOURS, KIND, VICTIM, valuePlaces } from './codes.js';
import type { ValueDimension } from './dimensions.js';
import { VALUE_DIMENSIONS } from './dimensions.js';
import type { Shard } from './shard.js';
import { calendar, DAYS_OF_YEAR, MONTHS_OF_YEAR } from './shard.js';
import type { FailMasks } from './tally-plan.js';
import { FAILS } from './tally-plan.js';

/** Counts of one shard under filters, between two of its days; each without the filter of its own dimension. */
export interface ShardTally {
  /** Of every day of the year, whatever the two days are, under all filters. */
  readonly days: Uint32Array;
  readonly values: Readonly<Record<ValueDimension, Uint32Array>>;
  /** Jurisdiction × month. */
  readonly jurisdictionMonths: Uint32Array;
  readonly weaponMonths: Uint32Array;
  /** Weekday × HOURS + hour. */
  readonly slots: Uint32Array;
  /** By place + 1; the first is that of no place. */
  readonly places: Uint32Array;
}

export interface ShardWindow {
  /** First and last day, since 1 January, both included; last before first for none. */
  readonly first: number;
  readonly last: number;
}

interface Sizes {
  readonly jurisdictions: number;
  readonly places: number;
}

type Column = Uint16Array | Uint32Array;

/** A column that is counted without the filter of its own dimension. */
interface OwnCount {
  readonly name: keyof typeof FAILS;
  readonly column: Column;
  readonly counts: Uint32Array;
}

/** For each row of a shard the filters it fails, and rows that are listed; used again and again, to make no garbage. */
let scratch = { fails: new Uint16Array(), listed: new Uint32Array() };

const WEAPONS = VALUE_DIMENSIONS.weapon_category.values.length;
const failsSeveral = (fails: number): boolean => (fails & (fails - 1)) !== 0;

/**
 * Counts a shard. A window without days counts the days of the year only, which is quicker.
 *
 * It goes column by column and without branches: short loops over one column are much quicker than a long one over all,
 * and whether a row passes cannot be foreseen. Each filter marks the rows that fail it; rows that fail none are listed,
 * and each of their columns is counted; for each filter, its own column is counted over the rows that fail no other.
 */
export function tallyShard(
  shard: Shard,
  masks: FailMasks,
  sizes: Sizes,
  { first, last }: ShardWindow,
): ShardTally {
  const { days, starts } = shard;
  const { monthOf } = calendar(shard.year);
  if (scratch.fails.length < shard.rows) {
    scratch = { fails: new Uint16Array(shard.rows), listed: new Uint32Array(shard.rows + 1) };
  }
  const { fails, listed } = scratch;
  const own = ownCounts(shard, masks, sizes);
  const dayCounts = new Uint32Array(DAYS_OF_YEAR + 1);
  const jurisdictionMonths = new Uint32Array(sizes.jurisdictions * MONTHS_OF_YEAR);
  const categories = new Uint32Array(VALUE_DIMENSIONS.crime_category.values.length);
  let count = 0;
  for (let segment = 0; segment + 1 < starts.length; segment += 1) {
    const jurisdiction = shard.jurisdictions[segment] as number;
    const category = shard.categories[segment] as number;
    const segmentFails =
      (masks.jurisdictions[jurisdiction] as number) | (masks.categories[category] as number);
    if (failsSeveral(segmentFails)) continue;
    const passes = segmentFails === 0;
    const start = starts[segment] as number;
    const end = starts[segment + 1] as number;
    const from = last < first ? end : firstRow(days, start, end, first);
    const to = last < first ? end : firstRow(days, from, end, last + 1);
    markFails(shard, masks, fails, passes ? start : from, passes ? end : to);
    if (passes) {
      countWhere(days, fails, -1, start, from, dayCounts);
      countWhere(days, fails, -1, to, end, dayCounts);
      for (const { name, column, counts } of own) {
        if (column instanceof Uint16Array) countWhere(column, fails, ~FAILS[name], from, to, counts);
        else countPlacesWhere(column, fails, ~FAILS[name], from, to, counts);
      }
    }
    const next = listRows(fails, from, to, listed, count);
    if (passes || segmentFails === FAILS.crime_category) {
      categories[category] = (categories[category] as number) + next - count;
    }
    if (passes || segmentFails === FAILS.jurisdiction) {
      const at = jurisdiction * MONTHS_OF_YEAR;
      countMonths(days, listed, count, next, monthOf, jurisdictionMonths.subarray(at, at + MONTHS_OF_YEAR));
    }
    if (passes) {
      countListed(days, listed, count, next, dayCounts);
      count = next;
    }
  }

  const countsOf = (name: keyof typeof FAILS, column: Column, size: number): Uint32Array => {
    const known = own.find((one) => one.name === name && one.column === column)?.counts;
    return known ?? countColumn(column, listed, count, size);
  };
  return {
    days: dayCounts.subarray(0, DAYS_OF_YEAR),
    values: { ...countValues(shard, own, listed, count), crime_category: categories },
    jurisdictionMonths,
    weaponMonths: countsOf('weapon_category', shard.weaponMonths, WEAPONS * MONTHS_OF_YEAR),
    slots: countsOf('week', shard.slots, 7 * HOURS),
    places: countsOf('cell', shard.places, sizes.places + 1),
  };
}

/** What each filter of rows counts for itself; the last of its counts takes what is not to be counted. */
function ownCounts(shard: Shard, { ofRows }: FailMasks, { places }: Sizes): readonly OwnCount[] {
  return ofRows.flatMap((name): OwnCount[] => {
    const make = (column: Column, size: number): OwnCount => ({
      name,
      column,
      counts: new Uint32Array(size + 1),
    });
    if (name === 'week') return [make(shard.slots, 7 * HOURS)];
    if (name === 'cell') return [make(shard.places, places + 1)];
    const group = CODE_GROUPS.find(({ dimensions }) => dimensions.some((dimension) => dimension === name));
    if (group === undefined) return [];
    const months = name === 'weapon_category' ? [make(shard.weaponMonths, WEAPONS * MONTHS_OF_YEAR)] : [];
    return [make(codesOf(shard, group), group.size), ...months];
  });
}

function codesOf(shard: Shard, group: CodeGroup): Uint16Array {
  return group === KIND ? shard.kinds : group === VICTIM ? shard.victims : shard.suspects;
}

/** Writes which filters each row fails, beside those of its segment. */
function markFails(shard: Shard, masks: FailMasks, fails: Uint16Array, from: number, to: number): void {
  fails.fill(0, from, to);
  if (masks.kinds !== undefined) markColumn(shard.kinds, masks.kinds, fails, from, to);
  if (masks.slots !== undefined) markColumn(shard.slots, masks.slots, fails, from, to);
  if (masks.victims !== undefined) markColumn(shard.victims, masks.victims, fails, from, to);
  if (masks.suspects !== undefined) markColumn(shard.suspects, masks.suspects, fails, from, to);
  if (masks.places !== undefined) markPlaces(shard.places, masks.places, fails, from, to);
}

function markColumn(
  column: Uint16Array,
  mask: Int32Array,
  fails: Uint16Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row += 1) {
    fails[row] = (fails[row] as number) | (mask[column[row] as number] as number);
  }
}

function markPlaces(
  places: Uint32Array,
  mask: Int32Array,
  fails: Uint16Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row += 1) {
    fails[row] = (fails[row] as number) | (mask[((places[row] as number) + 1) >>> 0] as number);
  }
}

/** Counts the codes of rows that fail none of the filters `bits`. */
function countWhere(
  column: Uint16Array,
  fails: Uint16Array,
  bits: number,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  const nowhere = counts.length - 1;
  for (let row = from; row < to; row += 1) {
    const code = ((fails[row] as number) & bits) === 0 ? (column[row] as number) : nowhere;
    counts[code] = (counts[code] as number) + 1;
  }
}

function countPlacesWhere(
  places: Uint32Array,
  fails: Uint16Array,
  bits: number,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  const nowhere = counts.length - 1;
  for (let row = from; row < to; row += 1) {
    const place = ((fails[row] as number) & bits) === 0 ? ((places[row] as number) + 1) >>> 0 : nowhere;
    counts[place] = (counts[place] as number) + 1;
  }
}

/** Lists the rows that fail no filter, after those that are listed; returns how many are listed then. */
function listRows(fails: Uint16Array, from: number, to: number, listed: Uint32Array, count: number): number {
  let next = count;
  for (let row = from; row < to; row += 1) {
    listed[next] = row;
    next += fails[row] === 0 ? 1 : 0;
  }
  return next;
}

/** Counts the months of listed rows of one segment, whose days ascend. */
function countMonths(
  days: Uint16Array,
  listed: Uint32Array,
  from: number,
  to: number,
  monthOf: Uint8Array,
  months: Uint32Array,
): void {
  for (let at = from; at < to; ) {
    const month = monthOf[days[listed[at] as number] as number] as number;
    const begin = at;
    while (at < to && monthOf[days[listed[at] as number] as number] === month) at += 1;
    months[month] = (months[month] as number) + at - begin;
  }
}

function countListed(
  column: Uint16Array,
  listed: Uint32Array,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  for (let at = from; at < to; at += 1) {
    const code = column[listed[at] as number] as number;
    counts[code] = (counts[code] as number) + 1;
  }
}

/** Counts a column of the listed rows. */
function countColumn(column: Column, listed: Uint32Array, count: number, size: number): Uint32Array {
  return column instanceof Uint16Array
    ? countCodes(column, listed, count, size)
    : countPlaces(column, listed, count, size);
}

/**
 * Four rows at a time go into four lists, as equal codes follow each other, and adding to the same number again has to
 * wait for the first addition.
 */
function countCodes(column: Uint16Array, listed: Uint32Array, count: number, size: number): Uint32Array {
  const lists = new Uint32Array(4 * size);
  const [second, third, fourth] = [size, 2 * size, 3 * size];
  let at = 0;
  for (; at + 3 < count; at += 4) {
    const a = column[listed[at] as number] as number;
    const b = (column[listed[at + 1] as number] as number) + second;
    const c = (column[listed[at + 2] as number] as number) + third;
    const d = (column[listed[at + 3] as number] as number) + fourth;
    lists[a] = (lists[a] as number) + 1;
    lists[b] = (lists[b] as number) + 1;
    lists[c] = (lists[c] as number) + 1;
    lists[d] = (lists[d] as number) + 1;
  }
  countListed(column, listed, at, count, lists);
  const counts = lists.slice(0, size);
  for (let code = 0; code < size; code += 1) {
    counts[code] =
      (lists[code] as number) +
      (lists[code + second] as number) +
      (lists[code + third] as number) +
      (lists[code + fourth] as number);
  }
  return counts;
}

function countPlaces(places: Uint32Array, listed: Uint32Array, count: number, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (let at = 0; at < count; at += 1) {
    const place = ((places[listed[at] as number] as number) + 1) >>> 0;
    counts[place] = (counts[place] as number) + 1;
  }
  return counts;
}

/** Counts the values that stand in codes, each without its own filter. */
function countValues(
  shard: Shard,
  own: readonly OwnCount[],
  listed: Uint32Array,
  count: number,
): Record<Exclude<ValueDimension, 'crime_category'>, Uint32Array> {
  const values: [ValueDimension, Uint32Array][] = [];
  for (const group of CODE_GROUPS) {
    const codes = codesOf(shard, group);
    const all = countColumn(codes, listed, count, group.size);
    for (const name of group.dimensions) {
      const counts = own.find((one) => one.name === name && one.column === codes)?.counts ?? all;
      const ofValues = new Uint32Array(VALUE_DIMENSIONS[name].values.length);
      const placeOf = valuePlaces(group, name);
      for (let code = 0; code < group.size; code += 1) {
        const place = placeOf[code] as number;
        ofValues[place] = (ofValues[place] as number) + (counts[code] as number);
      }
      values.push([name, ofValues]);
    }
  }
  return Object.fromEntries(values) as Record<Exclude<ValueDimension, 'crime_category'>, Uint32Array>;
}

/** The first row from `start` on whose day is not before `day`; `end` when there is none. */
function firstRow(days: Uint16Array, start: number, end: number, day: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as number) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
