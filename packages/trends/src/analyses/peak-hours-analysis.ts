import type { AnalysedSource, ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  categoryColumn,
  cityColumn,
  gradeColumn,
  gradeOf,
  isoDateOf,
  known,
  poissonInterval,
  realColumn,
  reasonColumn,
  sourceColumn,
  textColumn,
  WEEKDAYS,
  wholeColumn,
  yesNoColumn,
} from '@crimetracker/analysis-kit';
import type { SqlRow } from '@crimetracker/engine';
import { clockChangeIntervals, dailyCounts, intervalEdges, minuteCounts } from '../marts/count-marts.js';
import { aoristicMatrix } from '../peak-hours/aoristic.js';
import { aoristicFromEdges } from '../peak-hours/aoristic-edges.js';
import { weekSlotExposure } from '../peak-hours/exposure.js';
import { dateHeaping, heapingIndices } from '../peak-hours/heaping.js';
import { findPeakHours } from '../peak-hours/peak.js';
import { holidayEffects, seasonEffects } from '../peak-hours/seasons-and-holidays.js';
import { MINUTES_PER_DAY, slotAt } from '../peak-hours/week-slots.js';
import type { Analysis } from './analysis.js';
import type { AnalysisContext, Counts } from './context.js';
import { ALL_CATEGORIES, dailySeries, groupBy, rowsOf } from './context.js';

const hoursMart: ResultMart = {
  name: 'week_hours',
  description:
    'Incidents of the 168 hours of a week: intervals are spread over their hours (aoristic), other incidents count at their recorded time. The rate is per hour that really passed on the clocks of the city.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryColumn,
    textColumn('basis', 'aoristic, or recorded time where the source gives no interval.'),
    wholeColumn('weekday', 'Monday 0 to Sunday 6.'),
    wholeColumn('hour', 'Hour of the day, 0 to 23.'),
    realColumn('incidents', 'Sum of the weights of incidents.'),
    realColumn('incidents_without_heaped', 'The same without incidents recorded at 12:00, 00:00 or 00:01.'),
    realColumn('hours', 'Hours of this weekday and hour that passed in the window.', 'h'),
    realColumn('rate', 'incidents ÷ hours.', '1/h'),
    realColumn('rate_lower', 'Lower end of the exact 95 % interval (Poisson).', '1/h'),
    realColumn('rate_upper', 'Upper end.', '1/h'),
    gradeColumn,
  ],
};

const peaksMart: ResultMart = {
  name: 'peak_hours',
  description:
    'The hour and the block of hours of the week that stand out, if any: above the median hour beyond chance, also without heaped times.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryColumn,
    textColumn('peak', 'Such as "Friday 22:00–23:00"; null when none stands out.'),
    wholeColumn('weekday', 'Monday 0 to Sunday 6.'),
    wholeColumn('hour', 'First hour.'),
    realColumn('rate', 'Incidents per hour at the peak.', '1/h'),
    realColumn('rate_lower', 'Lower end of the exact 95 % interval.', '1/h'),
    realColumn('rate_upper', 'Upper end.', '1/h'),
    realColumn('times_median', 'Rate ÷ median rate of all hours.', 'ratio'),
    textColumn('block', 'The block of hours that stands out, such as "Friday 20:00–24:00".'),
    realColumn('block_times_median', 'Its rate ÷ median rate of all blocks.', 'ratio'),
    reasonColumn,
  ],
};

const heapingMart: ResultMart = {
  name: 'time_heaping',
  description:
    'How far recorded times pile up at round ones: count ÷ mean of the minutes 5 to 30 away. Above 3 is flagged.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryColumn,
    textColumn(
      'point',
      '12:00, 00:00, 00:01, every full hour (:00), every half hour (:30), first of the month, 1 January.',
    ),
    wholeColumn('incidents', 'Incidents at that point.'),
    realColumn('index', 'Count ÷ expected.', 'ratio'),
    yesNoColumn('is_heaped', 'Whether the index is above 3.'),
  ],
};

const seasonsMart: ResultMart = {
  name: 'seasons',
  description:
    'Incidents a day by month and season against the mean of whole years, and on holidays against the same weekday of the weeks around.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryColumn,
    textColumn('kind', 'month, season or holiday.'),
    textColumn('name', 'Month number, season, or holiday.'),
    wholeColumn('incidents', 'Incidents on those days.'),
    wholeColumn('days', 'Number of days.'),
    realColumn('ratio', 'Incidents ÷ expected.', 'ratio'),
    realColumn('ratio_lower', 'Lower end of the 95 % interval.'),
    realColumn('ratio_upper', 'Upper end.'),
    reasonColumn,
  ],
};

interface WeekOfIncidents {
  readonly basis: string;
  readonly all: readonly number[];
  readonly withoutHeaped: readonly number[];
}

const HEAPED_STARTS = new Set(['12:00', '00:00', '00:01']);

function weekOf(edges: readonly SqlRow[], dated: readonly SqlRow[], timeZone: string): WeekOfIncidents {
  const hours = edges.map((row) => ({
    slot: Number(row.slot),
    points: Number(row.points),
    edges: Number(row.edges),
    moments: Number(row.moments),
    long: Number(row.long),
    isHeaped: row.is_heaped === true,
  }));
  const intervals = dated.map((row) => ({
    startDate: String(row.start_date),
    startTime: String(row.start_time),
    ...(row.end_date !== null && { endDate: String(row.end_date), endTime: String(row.end_time) }),
    count: Number(row.incidents),
  }));
  const add = (matrix: readonly number[], own: typeof intervals): readonly number[] => {
    if (own.length === 0) return matrix;
    const more = aoristicMatrix({ groups: [], dated: own, timeZone }).matrix;
    return matrix.map((weight, slot) => weight + (more[slot] ?? 0));
  };
  const hasIntervals =
    edges.some((row) => Number(row.spread) + Number(row.long) > 0) ||
    dated.some((row) => row.end_date !== null);
  return {
    basis: hasIntervals ? 'aoristic' : 'recorded time',
    all: add(aoristicFromEdges(hours), intervals),
    withoutHeaped: add(
      aoristicFromEdges(hours.filter(({ isHeaped }) => !isHeaped)),
      intervals.filter(({ startTime }) => !HEAPED_STARTS.has(startTime)),
    ),
  };
}

/** Rows of a source by category, all of them together first. */
function byCategory(rows: readonly SqlRow[]): Map<string, readonly SqlRow[]> {
  return new Map<string, readonly SqlRow[]>([[ALL_CATEGORIES, rows], ...groupBy(rows, 'crime_category')]);
}

function hourRows(source: AnalysedSource, counts: Counts, context: AnalysisContext) {
  const own = (mart: { readonly name: string }) =>
    rowsOf(counts, mart).filter((row) => row.source === source.id);
  const edges = byCategory(own({ name: 'count_interval_edges' }));
  const dated = byCategory(own({ name: 'count_clock_change_intervals' }));
  const exposure = weekSlotExposure(context.window, source.timeZone);
  const hours: ResultRow[] = [];
  const peaks: ResultRow[] = [];
  for (const category of [...new Set([...edges.keys(), ...dated.keys()])].sort()) {
    const who = { source: source.id, city: source.city, crime_category: category };
    if (exposure.kind === 'not-enough-data') {
      peaks.push({ ...who, reason: exposure.reason });
      continue;
    }
    const week = weekOf(edges.get(category) ?? [], dated.get(category) ?? [], source.timeZone);
    for (const [slot, incidents] of week.all.entries()) {
      const passed = exposure.hours[slot] ?? 0;
      const interval = poissonInterval(incidents);
      const { weekday, hour } = slotAt(slot);
      hours.push({
        ...who,
        basis: week.basis,
        weekday,
        hour,
        incidents,
        incidents_without_heaped: week.withoutHeaped[slot] ?? 0,
        hours: passed,
        rate: passed > 0 ? incidents / passed : null,
        rate_lower: passed > 0 ? interval.lower / passed : null,
        rate_upper: passed > 0 ? interval.upper / passed : null,
        comparability: gradeOf(category),
      });
    }
    const found = findPeakHours({
      matrix: week.all,
      matrixWithoutHeaping: week.withoutHeaped,
      exposureHours: exposure.hours,
    });
    peaks.push(
      found.kind === 'peak'
        ? {
            ...who,
            peak: found.slot.text,
            weekday: found.slot.weekday,
            hour: found.slot.hour,
            rate: found.slot.rate,
            rate_lower: found.slot.lower,
            rate_upper: found.slot.upper,
            times_median: known(found.slot.timesMedian),
            block: found.block?.text ?? null,
            block_times_median: known(found.block?.timesMedian),
          }
        : { ...who, reason: found.reason },
    );
  }
  return { hours, peaks };
}

function heapingRows(source: AnalysedSource, counts: Counts): ResultRow[] {
  const rows: ResultRow[] = [];
  const minutes = byCategory(rowsOf(counts, minuteCounts).filter((row) => row.source === source.id));
  const days = byCategory(rowsOf(counts, dailyCounts).filter((row) => row.source === source.id));
  for (const [category, own] of minutes) {
    const who = { source: source.id, city: source.city, crime_category: category };
    const byMinute = new Array<number>(MINUTES_PER_DAY).fill(0);
    for (const row of own)
      byMinute[Number(row.minute)] = (byMinute[Number(row.minute)] ?? 0) + Number(row.incidents);
    const times = heapingIndices(byMinute);
    if (times.kind === 'heaping') {
      for (const { point, count, index, isHeaped } of times.indices)
        rows.push({ ...who, point, incidents: count, index: known(index), is_heaped: isHeaped });
    }
    const dates = (days.get(category) ?? []).map((row) => ({
      date: isoDateOf(Number(row.day)),
      count: Number(row.incidents),
    }));
    const sum = (isCounted: (date: string) => boolean) =>
      dates.reduce((total, { date, count }) => total + (isCounted(date) ? count : 0), 0);
    const onFirstOfMonth = sum((date) => date.endsWith('-01'));
    const onFirstOfJanuary = sum((date) => date.endsWith('-01-01'));
    const piles = dateHeaping({ total: sum(() => true), onFirstOfMonth, onFirstOfJanuary });
    if (piles.kind === 'date-heaping') {
      for (const [point, incidents, index] of [
        ['first of the month', onFirstOfMonth, piles.firstOfMonthIndex],
        ['1 January', onFirstOfJanuary, piles.firstOfJanuaryIndex],
      ] as const)
        rows.push({ ...who, point, incidents, index, is_heaped: index > 3 });
    }
  }
  return rows;
}

function seasonRows(source: AnalysedSource, counts: Counts, context: AnalysisContext): ResultRow[] {
  const rows: ResultRow[] = [];
  const own = rowsOf(counts, dailyCounts).filter((row) => row.source === source.id);
  for (const [category, days] of byCategory(own)) {
    const who = { source: source.id, city: source.city, crime_category: category };
    const series = dailySeries(days, context, source.id);
    if (series === undefined) continue;
    const seasons = seasonEffects(series);
    if (seasons.kind === 'not-enough-data') rows.push({ ...who, kind: 'season', reason: seasons.reason });
    else {
      const effects = [
        ...seasons.months.map((effect) => ({ kind: 'month', name: String(effect.month), effect })),
        ...seasons.seasons.map((effect) => ({ kind: 'season', name: effect.season as string, effect })),
      ];
      for (const { kind, name, effect } of effects)
        rows.push({
          ...who,
          kind,
          name,
          incidents: effect.count,
          days: effect.days,
          ratio: known(effect.ratio),
          ratio_lower: known(effect.lower),
          ratio_upper: known(effect.upper),
        });
    }
    const holidays = holidayEffects(series);
    if (holidays.kind === 'not-enough-data') rows.push({ ...who, kind: 'holiday', reason: holidays.reason });
    else {
      for (const effect of holidays.holidays)
        rows.push({
          ...who,
          kind: 'holiday',
          name: effect.name,
          incidents: effect.count,
          days: effect.days,
          ratio: known(effect.ratio),
          ratio_lower: known(effect.lower),
          ratio_upper: known(effect.upper),
          reason: effect.caution ?? null,
        });
    }
  }
  return rows;
}

/** When in the week, and when in the year. */
export const peakHoursAnalysis: Analysis = {
  id: 'hours',
  title: 'Peak hours, seasons, holidays',
  reads: (timeZones) => [
    intervalEdges(timeZones),
    clockChangeIntervals(timeZones),
    minuteCounts,
    dailyCounts,
  ],
  makes: [hoursMart, peaksMart, heapingMart, seasonsMart],
  run: (counts, context) => {
    const hours = context.sources.map((source) => hourRows(source, counts, context));
    return [
      { mart: hoursMart, rows: hours.flatMap((one) => one.hours) },
      { mart: peaksMart, rows: hours.flatMap((one) => one.peaks) },
      { mart: heapingMart, rows: context.sources.flatMap((source) => heapingRows(source, counts)) },
      { mart: seasonsMart, rows: context.sources.flatMap((source) => seasonRows(source, counts, context)) },
    ];
  },
};

/** The name of a weekday, Monday 0. */
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday] ?? '';
