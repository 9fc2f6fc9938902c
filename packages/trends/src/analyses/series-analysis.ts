import type { SqlRow } from '@crimetracker/engine';
import { dailyCounts, reportingCounts } from '../marts/count-marts.js';
import type { ResultMart, ResultRow } from '../marts/mart.js';
import { isoDateOf, weekdayOf } from '../peak-hours/civil-date.js';
import type { AbruptShifts } from '../series/abrupt-shifts.js';
import { findAbruptShifts } from '../series/abrupt-shifts.js';
import { estimateCountNoise } from '../series/count-noise.js';
import { decomposeMstl } from '../series/mstl.js';
import { estimateSeasonalIndex } from '../series/seasonal-index.js';
import { decomposeStl } from '../series/stl.js';
import { compareYearToDate } from '../series/year-to-date.js';
import type { NotEnoughData } from '../statistics/outcome.js';
import { notEnoughData } from '../statistics/outcome.js';
import { median } from '../statistics/robust.js';
import type { Analysis } from './analysis.js';
import {
  cityColumn,
  dateColumn,
  gradeColumn,
  known,
  realColumn,
  reasonColumn,
  sourceColumn,
  textColumn,
  wholeColumn,
  yesNoColumn,
} from './analysis.js';
import { BREAK_REGISTER } from './break-register.js';
import { gradeOf } from './comparability.js';
import type { AnalysedSource, AnalysisContext, Counts } from './context.js';
import { ALL_CATEGORIES, cityOf, groupBy, rowsOf } from './context.js';
import type { SourcePeriods } from './periods.js';
import { completenessOf, dayOfMonth, eventsIn, firstDayOf, monthOf, periodsOf } from './periods.js';

const categoryOrAllColumn = textColumn(
  'crime_category',
  'Crime category; `All` for all categories together.',
);

const seriesMart: ResultMart = {
  name: 'series',
  description:
    'Recorded incidents by month, ISO week and (all categories together) day, split by a robust STL of ln(1 + incidents) that does not learn from incomplete periods: incidents = trend × seasonal + remainder. Months and weeks that are not whole are left out.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryOrAllColumn,
    textColumn('frequency', 'day, week or month.'),
    dateColumn('period_start', 'First day of the period; a Monday for weeks.'),
    wholeColumn('incidents', 'Recorded incidents.'),
    realColumn(
      'completeness',
      'Share of the incidents of the month, or of the month in which the period ends, that is reported so far; null when not known.',
      '0 to 1',
    ),
    yesNoColumn('is_complete', 'Whether at least 98 % are reported; null when not known.'),
    realColumn('trend', 'Level without season and chance.', 'incidents a period'),
    realColumn('seasonal', 'What the time of the year (and the weekday) multiplies the level by.', 'ratio'),
    realColumn('remainder', 'incidents − trend × seasonal; null when incomplete.', 'incidents'),
    textColumn('break_event', 'Known events that begin in the period; null without.'),
    textColumn('reason', 'Why there is no trend; null when there is one.'),
  ],
};

const shiftsMart: ResultMart = {
  name: 'level_shifts',
  description:
    'Months from which on the level of a series is another one at once, by a tenth at least: a step that fits better than slopes, and than a change in equal parts over a year. Gradual trends are not named. A series that could be judged and has no shift has no row; one that could not has a row with the reason.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryOrAllColumn,
    dateColumn('shift_at', 'First day of the first month with the new level.'),
    realColumn('level_before', 'Level just before, without season.', 'incidents a month'),
    realColumn('level_after', 'Level from then on, without season.', 'incidents a month'),
    realColumn('ratio', 'level_after ÷ level_before; null when there was nothing before.', 'ratio'),
    realColumn('ratio_lower', 'Lower end of the 95 % interval, with the estimated dispersion.'),
    realColumn('ratio_upper', 'Upper end; null when it has none.'),
    textColumn('near_break', 'Known events that begin or end within one month of the shift; null without.'),
    reasonColumn,
  ],
};

const yearToDateMart: ResultMart = {
  name: 'year_to_date',
  description:
    'The last year up to its last complete month against the same months of the year before, per day.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryOrAllColumn,
    wholeColumn('occurred_year', 'Year of occurrence: the last one with a complete month.'),
    dateColumn('up_to', 'Last day of the last complete month, or whole month where completeness is unknown.'),
    wholeColumn('current', 'Recorded incidents of the year up to that day.'),
    wholeColumn('previous', 'Recorded incidents of the same months of the year before.'),
    realColumn('change_percent', 'Change of incidents a day; null when there were none before.', '%'),
    realColumn('lower', 'Lower end of its 95 % interval, with the dispersion of the series.', '%'),
    realColumn('upper', 'Upper end; null when it has none.', '%'),
    realColumn('p_value', 'Two-sided, that nothing changed.', '0 to 1'),
    textColumn('verdict', 'more, fewer or no clear change.'),
    gradeColumn,
    textColumn('break_event', 'Known events that fall into one of the compared spans; null without.'),
    reasonColumn,
  ],
};

const completenessMart: ResultMart = {
  name: 'reporting_completeness',
  description:
    'How much of each month of occurrence is reported so far, all categories together, and what it will come to (chain ladder over delays of up to 24 months).',
  columns: [
    sourceColumn,
    cityColumn,
    dateColumn('occurred_month', 'First day of the month of occurrence.'),
    wholeColumn('reported', 'Incidents reported so far, up to 24 months late.'),
    realColumn('completeness', 'Share of the final count that is reported.', '0 to 1'),
    realColumn('nowcast', 'Expected final count.', 'incidents'),
    realColumn('nowcast_lower', 'Lower end of the 90 % interval.', 'incidents'),
    realColumn('nowcast_upper', 'Upper end.', 'incidents'),
    yesNoColumn('is_complete', 'Whether at least 98 % are reported.'),
    reasonColumn,
  ],
};

const registerMart: ResultMart = {
  name: 'break_register',
  description: 'Known events that change what counts mean.',
  columns: [
    sourceColumn,
    cityColumn,
    dateColumn('from_date', 'First day.'),
    dateColumn('to_date', 'Last day; the same for a single day.'),
    textColumn('event', 'What happened.'),
    yesNoColumn('is_masked', 'Whether the days are left out when detectors learn what is usual.'),
    yesNoColumn('is_verified', 'False where the event is not confirmed against a source.'),
  ],
};

type Frequency = 'day' | 'week' | 'month';

/** Periods one after the other; `starts` has one more, the day after the last. */
interface Calendar {
  readonly frequency: Frequency;
  /** Periods in a year. */
  readonly perYear: number;
  readonly starts: readonly number[];
  /** Whether a period counts; the incomplete ones at the end do not. */
  readonly used: readonly boolean[];
  readonly completeness: readonly (number | null)[];
  readonly isComplete: readonly (boolean | null)[];
  readonly events: readonly (string | null)[];
}

const PER_YEAR: Readonly<Record<Frequency, number>> = { day: 365, week: 52, month: 12 };

function calendarOf(source: string, frequency: Frequency, periods: SourcePeriods): Calendar {
  const starts = startsOf(frequency, periods);
  const places = Array.from({ length: Math.max(0, starts.length - 1) }, (_, i) => i);
  const ends = places.map((i) => (starts[i + 1] ?? 0) - 1);
  const months = ends.map(monthOf);
  const byMonth = new Map([...new Set(months)].map((month) => [month, completenessOf(periods, month)]));
  const isComplete = months.map((month) => byMonth.get(month)?.isComplete ?? null);
  return {
    frequency,
    perYear: PER_YEAR[frequency],
    starts,
    used: isComplete.map((answer) => answer !== false),
    completeness: months.map((month) => byMonth.get(month)?.completeness ?? null),
    isComplete,
    events: places.map((i) => eventsIn(source, starts[i] ?? 0, ends[i] ?? 0, 'begin')),
  };
}

function startsOf(
  frequency: Frequency,
  { firstDay, lastDay, firstMonth, lastMonth }: SourcePeriods,
): number[] {
  if (frequency === 'month') {
    return Array.from({ length: Math.max(0, lastMonth - firstMonth + 2) }, (_, i) =>
      dayOfMonth(firstMonth + i),
    );
  }
  if (frequency === 'day') return Array.from({ length: lastDay - firstDay + 2 }, (_, i) => firstDay + i);
  const monday = firstDay + ((7 - weekdayOf(firstDay)) % 7);
  const weeks = Math.floor((lastDay + 1 - monday) / 7);
  return Array.from({ length: Math.max(0, weeks + 1) }, (_, i) => monday + 7 * i);
}

/** Incidents of each period. */
function countBy({ starts }: Calendar, daily: Float64Array, firstDay: number): number[] {
  return starts.slice(1).map((end, i) => {
    let sum = 0;
    for (let day = starts[i] ?? end; day < end; day += 1) sum += daily[day - firstDay] ?? 0;
    return sum;
  });
}

interface Parts {
  readonly kind: 'ok';
  readonly trend: readonly number[];
  readonly seasonal: readonly number[];
}

/** Robustness iterations of the daily series, which is long; Cleveland et al. (1990) find five safe. */
const DAILY_ITERATIONS = 5;

function decompose(counts: readonly number[], { frequency, perYear, used }: Calendar): Parts | NotEnoughData {
  const values = counts.map((count, i) => (used[i] === true ? Math.log1p(count) : null));
  if ((median(values.filter((value) => value !== null)) ?? 0) === 0) {
    return notEnoughData('Half of the periods, or more, have no incident.');
  }
  if (frequency === 'day') {
    const parts = decomposeMstl(values, {
      periods: [7, perYear],
      robust: true,
      outerIterations: DAILY_ITERATIONS,
    });
    if (parts.kind !== 'ok') return parts;
    return readParts(
      parts.trend,
      values.map((_, i) => parts.seasonal.reduce((sum, part) => sum + (part.values[i] ?? 0), 0)),
    );
  }
  const parts = decomposeStl(values, { period: perYear, robust: true });
  return parts.kind === 'ok' ? readParts(parts.trend, parts.seasonal) : parts;
}

/** Back on the scale of counts. */
function readParts(trend: ArrayLike<number>, seasonal: ArrayLike<number>): Parts {
  return {
    kind: 'ok',
    trend: Array.from(trend, (value) => Math.max(0, Math.expm1(value))),
    seasonal: Array.from(seasonal, Math.exp),
  };
}

interface Subject {
  readonly source: AnalysedSource;
  readonly category: string;
}

function who({ source, category }: Subject): ResultRow {
  return { source: source.id, city: source.city, crime_category: category };
}

function seriesRows(subject: Subject, calendar: Calendar, counts: readonly number[]): ResultRow[] {
  const parts = decompose(counts, calendar);
  return counts.map((incidents, i): ResultRow => {
    const [trend, seasonal] =
      parts.kind === 'ok' ? [known(parts.trend[i]), known(parts.seasonal[i])] : [null, null];
    const isKnown = trend !== null && seasonal !== null && calendar.used[i] === true;
    return {
      ...who(subject),
      frequency: calendar.frequency,
      period_start: isoDateOf(calendar.starts[i] ?? 0),
      incidents,
      completeness: known(calendar.completeness[i]),
      is_complete: calendar.isComplete[i] ?? null,
      trend,
      seasonal,
      remainder: isKnown ? known(incidents - trend * seasonal) : null,
      break_event: calendar.events[i] ?? null,
      reason: parts.kind === 'ok' ? null : parts.reason,
    };
  });
}

function shiftsOf(counts: readonly number[], { perYear, used }: Calendar): AbruptShifts | NotEnoughData {
  const values = counts.map((count, i) => (used[i] === true ? count : null));
  const season = estimateSeasonalIndex(values, perYear);
  return season.kind === 'ok' ? findAbruptShifts(values, season.expected) : season;
}

function shiftRows(subject: Subject, calendar: Calendar, found: AbruptShifts | NotEnoughData): ResultRow[] {
  const series = who(subject);
  if (found.kind !== 'ok') return [{ ...series, reason: found.reason }];
  return found.shifts.map(({ at, before, after, ratio, lower, upper }): ResultRow => {
    const start = calendar.starts[at] ?? 0;
    const from = calendar.starts[Math.max(0, at - 1)] ?? start;
    const to = (calendar.starts[at + 2] ?? calendar.starts.at(-1) ?? start) - 1;
    return {
      ...series,
      shift_at: isoDateOf(start),
      level_before: known(before),
      level_after: known(after),
      ratio: known(ratio),
      ratio_lower: known(lower),
      ratio_upper: known(upper),
      near_break: eventsNear(subject.source.id, isoDateOf(from), isoDateOf(to)),
    };
  });
}

/** Events that begin or end between two dates, joined; null without any. */
function eventsNear(source: string, from: string, to: string): string | null {
  const isInside = (date: string): boolean => date >= from && date <= to;
  const events = BREAK_REGISTER.filter(
    (entry) => entry.source === source && (isInside(entry.from) || isInside(entry.to)),
  ).map(({ event }) => event);
  return events.length === 0 ? null : events.join('; ');
}

function yearToDateRow(
  subject: Subject,
  { lastCompleteMonth: last, firstMonth }: SourcePeriods,
  monthly: readonly number[],
  found: AbruptShifts | NotEnoughData,
): ResultRow {
  const series = { ...who(subject), comparability: gradeOf(subject.category) };
  if (last < firstMonth) return { ...series, reason: 'There is no complete month.' };
  const january = last - (last % 12);
  const row = {
    ...series,
    occurred_year: Math.floor(last / 12),
    up_to: isoDateOf(dayOfMonth(last + 1) - 1),
  };
  if (january - 12 < firstMonth) {
    return { ...row, reason: 'The same months of the year before are not all there.' };
  }
  const sum = (from: number, to: number): number =>
    monthly.slice(from - firstMonth, to - firstMonth + 1).reduce((total, count) => total + count, 0);
  const current = sum(january, last);
  const previous = sum(january - 12, last - 12);
  if (current + previous === 0) return { ...row, current, previous, reason: 'Neither year has an incident.' };
  const complete = monthly.slice(0, last - firstMonth + 1);
  const dispersion =
    found.kind === 'ok'
      ? found.dispersion
      : estimateCountNoise(
          complete,
          complete.map(() => 1),
        ).longRun;
  const days = (from: number, to: number): number => dayOfMonth(to + 1) - dayOfMonth(from);
  const change = compareYearToDate({
    current,
    previous,
    currentDays: days(january, last),
    previousDays: days(january - 12, last - 12),
    dispersion,
  });
  const events = [
    eventsIn(subject.source.id, dayOfMonth(january - 12), dayOfMonth(last - 11) - 1, 'touch'),
    eventsIn(subject.source.id, dayOfMonth(january), dayOfMonth(last + 1) - 1, 'touch'),
  ].flatMap((texts) => texts?.split('; ') ?? []);
  return {
    ...row,
    current,
    previous,
    change_percent: known(change.changePercent),
    lower: known(change.interval.lower),
    upper: known(change.interval.upper),
    p_value: known(change.pValue),
    verdict: change.verdict,
    break_event: events.length === 0 ? null : [...new Set(events)].join('; '),
  };
}

function completenessRows({ id, city }: AnalysedSource, periods: SourcePeriods): ResultRow[] {
  const source = { source: id, city };
  if (periods.reporting.kind !== 'ok') return [{ ...source, reason: periods.reporting.reason }];
  return [...periods.reporting.byMonth]
    .filter(([month]) => month >= periods.firstMonth && month <= periods.lastMonth)
    .map(([month, { reported, completeness, nowcast, interval, isComplete }]) => ({
      ...source,
      occurred_month: firstDayOf(month),
      reported,
      completeness: known(completeness),
      nowcast: known(nowcast),
      nowcast_lower: known(interval.lower),
      nowcast_upper: known(interval.upper),
      is_complete: isComplete,
    }));
}

/** Daily counts by category, all of them together too, in the order of their names. */
function dailyByCategory(
  rows: readonly SqlRow[],
  { firstDay, lastDay }: SourcePeriods,
): readonly (readonly [string, Float64Array])[] {
  const series = new Map<string, Float64Array>();
  for (const row of rows) {
    const place = Number(row.day) - firstDay;
    if (place < 0 || place > lastDay - firstDay) continue;
    for (const category of [ALL_CATEGORIES, String(row.crime_category)]) {
      const daily = series.get(category) ?? new Float64Array(lastDay - firstDay + 1);
      series.set(category, daily);
      daily[place] = (daily[place] as number) + Number(row.incidents);
    }
  }
  return [...series].sort(([a], [b]) => (a < b ? -1 : 1));
}

function run(counts: Counts, context: AnalysisContext) {
  const bySource = groupBy(rowsOf(counts, dailyCounts), 'source');
  const [series, shifts, yearToDate, completeness]: [ResultRow[], ResultRow[], ResultRow[], ResultRow[]] = [
    [],
    [],
    [],
    [],
  ];
  for (const source of [...context.sources].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const periods = periodsOf(source.id, counts, context);
    if (periods === undefined) continue;
    completeness.push(...completenessRows(source, periods));
    const [days, weeks, months] = (['day', 'week', 'month'] as const).map((frequency) =>
      calendarOf(source.id, frequency, periods),
    ) as [Calendar, Calendar, Calendar];
    for (const [category, daily] of dailyByCategory(bySource.get(source.id) ?? [], periods)) {
      const subject = { source, category };
      if (category === ALL_CATEGORIES) series.push(...seriesRows(subject, days, [...daily]));
      for (const calendar of [months, weeks]) {
        const own = countBy(calendar, daily, periods.firstDay);
        series.push(...seriesRows(subject, calendar, own));
        if (calendar !== months) continue;
        const found = shiftsOf(own, months);
        shifts.push(...shiftRows(subject, months, found));
        yearToDate.push(yearToDateRow(subject, periods, own, found));
      }
    }
  }
  return [
    { mart: seriesMart, rows: series },
    { mart: shiftsMart, rows: shifts },
    { mart: yearToDateMart, rows: yearToDate },
    { mart: completenessMart, rows: completeness },
    {
      mart: registerMart,
      rows: BREAK_REGISTER.filter(({ source }) => context.sources.some(({ id }) => id === source)).map(
        ({ source, from, to, event, isMasked, isVerified }): ResultRow => ({
          source,
          city: cityOf(context, source),
          from_date: from,
          to_date: to,
          event,
          is_masked: isMasked,
          is_verified: isVerified,
        }),
      ),
    },
  ];
}

/** How counts go over the years: series, changes of level, the year so far, and what is still to be reported. */
export const seriesAnalysis: Analysis = {
  id: 'series',
  title: 'Series, levels, completeness',
  reads: () => [dailyCounts, reportingCounts],
  makes: [seriesMart, shiftsMart, yearToDateMart, completenessMart, registerMart],
  run,
};
