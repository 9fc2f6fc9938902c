import type { Engine, SqlRow, SqlValue } from '@crimetracker/engine';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';
import { heapOf, profileTimes } from './heaping.js';
import type { ColumnProfile, DateProfile, NumberProfile, TimeProfile, ValueKind } from './profile-schema.js';
import { VALUE_KINDS } from './profile-schema.js';
import * as sql from './profile-sql.js';
import { shapeOf } from './shapes.js';

/** Above this many different values, shapes are those of a sample: each value costs about 3 µs. */
const SHAPED_VALUES = 250_000;
const SAMPLED_VALUES = 100_000;
const TOP_SHAPES = 12;
const MOST_BINS = 40;
/** Share of the filled values that makes a column one of numbers, dates or times. */
const MAJORITY = 0.5;
const DAYS_PER_YEAR = 365.25;

const TIME_NAME = /(^|_)(time|tm)(_|$)/;

export interface ProfiledColumn {
  readonly position: number;
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  /** Its name in the relation. */
  readonly column: string;
}

export interface ProfiledRelation {
  readonly engine: Engine;
  readonly relation: string;
  /** Column that names the source of each row, when they may differ. */
  readonly sourceColumn: string | null;
  readonly signal: AbortSignal;
  /** For tests: the number of different values above which shapes are sampled. */
  readonly shapedValues?: number;
}

export const whole = (value: SqlValue | undefined): number => Number(value ?? 0);
export const text = (value: SqlValue | undefined): string => String(value ?? '');

/** The one row of a query that aggregates. */
export async function one({ engine, signal }: ProfiledRelation, select: string): Promise<SqlRow> {
  const [row] = await engine.query(select, signal);
  if (!row)
    throw new CrimeTrackerError('A query that aggregates gave no row.', {
      code: 'bug',
      exitCode: EXIT_CODES.bug,
    });
  return row;
}

/** Profiles one column: a dozen queries over its different values. */
export async function profileColumn(
  subject: ProfiledRelation,
  column: ProfiledColumn,
): Promise<ColumnProfile> {
  const { engine, relation, sourceColumn, signal } = subject;
  if (sourceColumn !== null) {
    await engine.keepTable(
      sql.SOURCE_VALUES_TABLE,
      sql.sourceValuesSelect(relation, column.column, sourceColumn),
      signal,
    );
  }
  const values = sourceColumn === null ? sql.valuesSelect(relation, column.column) : sql.VALUES_OF_SOURCES;
  await engine.keepTable(sql.VALUES_TABLE, values, signal);

  const facts = await one(subject, sql.FACTS);
  const records = whole(facts.records);
  const kinds = kindsOf(facts);
  const counted = (row: SqlRow) => ({
    value: text(row.v),
    records: whole(row.n),
    share: shareOf(whole(row.n), records),
  });
  const filled = records - (kinds.empty ?? 0) - (kinds.marker ?? 0);
  const isMost = (part: number) => filled > 0 && part >= MAJORITY * filled;
  const distinct = whole(facts.distinct);
  const canGroup = distinct <= (subject.shapedValues ?? SHAPED_VALUES);

  const dates = isMost(kinds.date ?? 0) ? await profileDates(subject) : null;
  const times = await profileColumnTimes(subject, column, kinds, isMost);
  const areNumbers = times === null && isMost((kinds.integer ?? 0) + (kinds.decimal ?? 0));
  return {
    position: column.position,
    name: column.name,
    label: column.label,
    description: column.description,
    kinds,
    markers: kinds.marker ? (await engine.query(sql.MARKERS_FOUND, signal)).map(counted) : [],
    distinct,
    repeated: { values: whole(facts.repeated_values), records: whole(facts.repeated_records) },
    top: (await engine.query(sql.TOP, signal)).map(counted),
    shapes: await profileShapes(subject, distinct, records - (kinds.empty ?? 0), records),
    lengths: distinct === 0 ? null : { min: whole(facts.shortest), max: whole(facts.longest) },
    first: distinct === 0 ? null : text(facts.first),
    last: distinct === 0 ? null : text(facts.last),
    whitespace: {
      leading: whole(facts.leading),
      trailing: whole(facts.trailing),
      double: whole(facts.double),
      only: whole(facts.only_blanks),
    },
    control_characters: whole(facts.control),
    numbers_written: {
      with_decimal_zero: whole(facts.with_decimal_zero),
      with_thousands_commas: whole(facts.with_thousands_commas),
      with_exponent: whole(facts.with_exponent),
      with_leading_zero: whole(facts.with_leading_zero),
    },
    spellings: kinds.text && canGroup ? await spellingsOf(subject) : [],
    numbers: areNumbers ? await profileNumbers(subject, !kinds.decimal) : null,
    dates,
    times,
    by_source: sourceColumn === null ? [] : await profileBySource(subject),
  };
}

function kindsOf(facts: SqlRow): Partial<Record<ValueKind, number>> {
  const found = VALUE_KINDS.map((kind) => [kind, whole(facts[`kind_${kind}`])] as const).filter(
    ([, n]) => n > 0,
  );
  return Object.fromEntries(found);
}

export const shareOf = (part: number, all: number): number => (all === 0 ? 0 : part / all);

async function profileShapes(
  { engine, signal, shapedValues = SHAPED_VALUES }: ProfiledRelation,
  distinct: number,
  filled: number,
  records: number,
): Promise<ColumnProfile['shapes']> {
  const oneIn = distinct > shapedValues ? Math.ceil(distinct / Math.min(SAMPLED_VALUES, shapedValues)) : 1;
  const rows = await engine.query(sql.shapedValues(oneIn), signal);
  const shapes = new Map<string, { records: number; example: string; most: number }>();
  let seen = 0;
  for (const row of rows) {
    const value = text(row.v);
    const n = whole(row.n);
    seen += n;
    const shape = shapeOf(value);
    const known = shapes.get(shape);
    if (!known) shapes.set(shape, { records: n, example: value, most: n });
    else {
      known.records += n;
      if (n > known.most || (n === known.most && value < known.example))
        [known.most, known.example] = [n, value];
    }
  }
  const scale = oneIn > 1 && seen > 0 ? filled / seen : 1;
  const top = [...shapes]
    .sort(([a, x], [b, y]) => y.records - x.records || (a < b ? -1 : 1))
    .slice(0, TOP_SHAPES);
  return {
    distinct: shapes.size,
    sampled_values: oneIn > 1 ? rows.length : null,
    top: top.map(([shape, { records: n, example }]) => {
      const estimate = Math.round(n * scale);
      return { shape, records: estimate, share: shareOf(estimate, records), example };
    }),
  };
}

const spellingsSchema = z.array(z.string());

async function spellingsOf({ engine, signal }: ProfiledRelation): Promise<string[][]> {
  const rows = await engine.query(sql.SPELLINGS, signal);
  return rows.map((row) => spellingsSchema.parse(JSON.parse(text(row.spellings))));
}

async function profileNumbers(subject: ProfiledRelation, areWhole: boolean): Promise<NumberProfile | null> {
  const { engine, signal } = subject;
  await engine.keepTable(sql.NUMBERS_TABLE, sql.NUMBERS, signal);
  const facts = await one(subject, sql.NUMBER_FACTS);
  if (facts.records === null) return null;
  const [from, to] = [Number(facts.p01), Number(facts.p99)];
  return {
    records: whole(facts.records),
    min: Number(facts.min),
    max: Number(facts.max),
    mean: Number(facts.mean),
    quartiles: [Number(facts.p25), Number(facts.p50), Number(facts.p75)],
    zeros: whole(facts.zeros),
    negatives: whole(facts.negatives),
    histogram: from < to ? await histogram(subject, from, to, areWhole) : null,
  };
}

/** Bins of whole numbers hold the same number of them each; otherwise the bins themselves would make a pattern. */
async function histogram(
  { engine, signal }: ProfiledRelation,
  from: number,
  to: number,
  areWhole: boolean,
): Promise<NumberProfile['histogram']> {
  const width = areWhole ? Math.ceil((to - from + 1) / MOST_BINS) : (to - from) / MOST_BINS;
  const bins = areWhole ? Math.ceil((to - from + 1) / width) : MOST_BINS;
  const rows = await engine.query(sql.histogramSelect(from, to, width, bins), signal);
  const counts = new Map(rows.map((row) => [whole(row.bin), whole(row.n)]));
  return {
    from,
    to,
    width,
    bins: Array.from({ length: bins }, (_, bin) => counts.get(bin) ?? 0),
    below: counts.get(-1) ?? 0,
    above: counts.get(bins) ?? 0,
  };
}

async function profileDates(subject: ProfiledRelation): Promise<DateProfile> {
  const { engine, signal } = subject;
  await engine.keepTable(sql.DATE_PARTS_TABLE, sql.DATE_PARTS_SELECT, signal);
  const evidence = await one(subject, sql.DATE_ORDER);
  const [monthFirst, dayFirst, either] = [
    whole(evidence.month_first),
    whole(evidence.day_first),
    whole(evidence.either),
  ];
  const isMixed = monthFirst > 0 && dayFirst > 0;
  await engine.keepTable(sql.DAYS_TABLE, sql.daysSelect(dayFirst > monthFirst, isMixed), signal);
  const facts = await one(subject, sql.DAY_FACTS);
  const records = whole(facts.records);
  const counts = await engine.query(sql.DAY_COUNTS, signal);
  const part = (name: string) =>
    new Map(counts.filter((row) => row.part === name).map((row) => [whole(row.place), whole(row.n)]));
  const days = Array.from({ length: 31 }, (_, day) => part('d').get(day + 1) ?? 0);
  return {
    records,
    unreadable: whole(facts.unreadable),
    order: orderOf(whole(evidence.year_first), monthFirst, dayFirst),
    order_evidence: { month_first: monthFirst, day_first: dayFirst, either },
    min: facts.min === null ? null : text(facts.min),
    max: facts.max === null ? null : text(facts.max),
    distinct: whole(facts.distinct),
    years: [...part('y')].sort(([a], [b]) => a - b).map(([year, n]) => ({ year, records: n })),
    weekdays: Array.from({ length: 7 }, (_, day) => part('w').get(day + 1) ?? 0),
    days,
    heaps: [
      heapOf('day 1', days[0] ?? 0, records, 12 / DAYS_PER_YEAR, null),
      heapOf('1 January', whole(facts.january_1), records, 1 / DAYS_PER_YEAR, null),
    ],
  };
}

function orderOf(yearFirst: number, monthFirst: number, dayFirst: number): DateProfile['order'] {
  if (monthFirst > 0 && dayFirst > 0) return 'mixed';
  if (monthFirst > 0) return 'month-first';
  if (dayFirst > 0) return 'day-first';
  return yearFirst > 0 ? 'year-first' : 'undecided';
}

/** Times stand in columns of times, behind dates, and as digits (2130) in columns whose name says time. */
async function profileColumnTimes(
  subject: ProfiledRelation,
  column: ProfiledColumn,
  kinds: Partial<Record<ValueKind, number>>,
  isMost: (part: number) => boolean,
): Promise<TimeProfile | null> {
  const spelled = (kinds.time ?? 0) + (kinds.date ?? 0);
  const digits =
    !isMost(spelled) &&
    TIME_NAME.test(column.name.toLowerCase().replace(/[^a-z]+/g, '_')) &&
    isMost((kinds.integer ?? 0) + (kinds.decimal ?? 0));
  if (!digits && !isMost(spelled)) return null;
  const minutes = new Array<number>(1440).fill(0);
  let [unreadable, at24] = [0, 0];
  for (const row of await subject.engine.query(sql.minutesSelect(digits), subject.signal)) {
    const at = whole(row.place);
    if (at < 0) unreadable = whole(row.n);
    else if (at === 1440) at24 = whole(row.n);
    else minutes[at] = whole(row.n);
  }
  const profile = profileTimes(minutes, unreadable, at24);
  return profile.records + unreadable + at24 === 0 ? null : profile;
}

async function profileBySource({ engine, signal }: ProfiledRelation): Promise<ColumnProfile['by_source']> {
  const sources = await engine.query(sql.SOURCE_FACTS, signal);
  if (sources.length === 0) return [];
  const top = await engine.query(sql.sourceTop(sources.map((facts) => text(facts.s))), signal);
  return sources.map((facts) => ({
    source: text(facts.s),
    records: whole(facts.records),
    filled: whole(facts.filled),
    distinct: whole(facts.distinct),
    top: top
      .filter((row) => row.s === facts.s)
      .sort((a, b) => whole(b.n) - whole(a.n))
      .map((row) => ({
        value: text(row.v),
        records: whole(row.n),
        share: shareOf(whole(row.n), whole(facts.records)),
      })),
  }));
}
