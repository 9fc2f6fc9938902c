import type { ResultRow } from '@crimetracker/analysis-kit';
import type { SqlRow } from '@crimetracker/engine';
import { dailyCounts, reportingCounts } from '../marts/count-marts.js';
import type { Analysis } from './analysis.js';
import type { AnalysisContext, Counts } from './context.js';
import { ALL_CATEGORIES, groupBy, rowsOf } from './context.js';
import type { SourcePeriods } from './periods.js';
import { periodsOf } from './periods.js';
import { registerMart, registerRows } from './series/break-register-table.js';
import type { Calendar } from './series/calendar.js';
import { calendarOf, countBy } from './series/calendar.js';
import { completenessMart, completenessRows } from './series/completeness-table.js';
import { shiftRows, shiftsMart, shiftsOf } from './series/level-shifts-table.js';
import { seriesMart, seriesRows } from './series/series-table.js';
import { yearToDateMart, yearToDateRow } from './series/year-to-date-table.js';

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
    { mart: registerMart, rows: registerRows(context) },
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
