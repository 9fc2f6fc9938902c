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
/** Where rows are counted that are not to be counted: in turns, as adding to the same number again has to wait. */
const SPARE = 16;

/** 1 for zero and 0 for a positive number, without a branch: whether a row passes cannot be foreseen. */
const isZero = (fails: number): number => (fails - 1) >>> 31;

/** The first code where `fails` is zero, else the second, without a branch. */
const choose = (fails: number, code: number, other: number): number =>
  other ^ ((other ^ code) & -isZero(fails));

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
  const masked = maskedColumns(shard, masks);
  const dayCounts = new Uint32Array(DAYS_OF_YEAR + SPARE);
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
    if (passes) {
      countDays(days, masked, fails, start, from, dayCounts);
      countDays(days, masked, fails, to, end, dayCounts);
    }
    if (from === to) continue;
    markFails(masked, fails, from, to);
    if (passes) {
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
    return known?.subarray(0, size) ?? countColumn(column, listed, count, size);
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

/** What each filter of rows counts for itself; the last counts take what is not to be counted. */
function ownCounts(shard: Shard, { ofRows }: FailMasks, { places }: Sizes): readonly OwnCount[] {
  return ofRows.flatMap((name): OwnCount[] => {
    const make = (column: Column, size: number): OwnCount => ({
      name,
      column,
      counts: new Uint32Array(size + SPARE),
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

/** A column with the filters that each of its codes fails. */
interface MaskedColumn {
  readonly column: Column;
  readonly mask: Int32Array;
}

/** The columns that filters look at; a place stands in its mask one further, as the first is that of no place. */
function maskedColumns(shard: Shard, masks: FailMasks): readonly MaskedColumn[] {
  const all = [
    [shard.kinds, masks.kinds],
    [shard.slots, masks.slots],
    [shard.victims, masks.victims],
    [shard.suspects, masks.suspects],
    [shard.places, masks.places],
  ] as const;
  return all.flatMap(([column, mask]) => (mask === undefined ? [] : [{ column, mask }]));
}

/** Writes which filters each row fails, beside those of its segment. */
function markFails(masked: readonly MaskedColumn[], fails: Uint16Array, from: number, to: number): void {
  const [first, ...others] = masked;
  if (first === undefined) {
    fails.fill(0, from, to);
    return;
  }
  if (first.column instanceof Uint16Array) markFirst(first.column, first.mask, fails, from, to);
  else {
    fails.fill(0, from, to);
    markPlaces(first.column, first.mask, fails, from, to);
  }
  for (const { column, mask } of others) {
    if (column instanceof Uint16Array) markColumn(column, mask, fails, from, to);
    else markPlaces(column, mask, fails, from, to);
  }
}

function markFirst(
  column: Uint16Array,
  mask: Int32Array,
  fails: Uint16Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row += 1) fails[row] = mask[column[row] as number] as number;
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

/** Counts the days of rows that pass, where nothing else is counted of them: one filter is looked at on the way. */
function countDays(
  days: Uint16Array,
  masked: readonly MaskedColumn[],
  fails: Uint16Array,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  const [only, ...others] = masked;
  if (only === undefined) countRange(days, from, to, counts);
  else if (others.length === 0 && only.column instanceof Uint16Array) {
    countMasked(days, only.column, only.mask, from, to, counts);
  } else {
    markFails(masked, fails, from, to);
    countWhere(days, fails, -1, from, to, counts);
  }
}

function countRange(column: Uint16Array, from: number, to: number, counts: Uint32Array): void {
  for (let row = from; row < to; row += 1) {
    const code = column[row] as number;
    counts[code] = (counts[code] as number) + 1;
  }
}

function countMasked(
  days: Uint16Array,
  column: Uint16Array,
  mask: Int32Array,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  const nowhere = counts.length - SPARE;
  for (let row = from; row < to; row += 1) {
    const fails = mask[column[row] as number] as number;
    const day = choose(fails, days[row] as number, nowhere + (row & (SPARE - 1)));
    counts[day] = (counts[day] as number) + 1;
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
  const nowhere = counts.length - SPARE;
  for (let row = from; row < to; row += 1) {
    const code = choose((fails[row] as number) & bits, column[row] as number, nowhere + (row & (SPARE - 1)));
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
  const nowhere = counts.length - SPARE;
  for (let row = from; row < to; row += 1) {
    const own = ((places[row] as number) + 1) >>> 0;
    const place = choose((fails[row] as number) & bits, own, nowhere + (row & (SPARE - 1)));
    counts[place] = (counts[place] as number) + 1;
  }
}

/** Lists the rows that fail no filter, after those that are listed; returns how many are listed then. */
function listRows(fails: Uint16Array, from: number, to: number, listed: Uint32Array, count: number): number {
  let next = count;
  for (let row = from; row < to; row += 1) {
    listed[next] = row;
    next += isZero(fails[row] as number);
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
