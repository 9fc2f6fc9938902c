import type { NotEnoughData, ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  cityColumn,
  DISCOVERED_BY_POLICE,
  dateColumn,
  dayIndexOf,
  isoDateOf,
  known,
  mondayFrom,
  notEnoughData,
  realColumn,
  reasonColumn,
  sourceColumn,
  textColumn,
  weekdayOf,
  wholeColumn,
  yesNoColumn,
} from '@crimetracker/analysis-kit';
import type { SqlRow } from '@crimetracker/engine';
import type { CountSeries, Frequency } from '../forecasts/count-series.js';
import { FREQUENCIES, periodDate } from '../forecasts/count-series.js';
import type { SeriesForecast } from '../forecasts/forecast-series.js';
import { forecastSeries } from '../forecasts/forecast-series.js';
import { dailyCounts, jurisdictionMonths, jurisdictionWeeks, reportingCounts } from '../marts/count-marts.js';
import type { Analysis } from './analysis.js';
import type { AnalysisContext, Counts } from './context.js';
import { ALL_CATEGORIES, cityOf, groupBy, rowsOf } from './context.js';
import { dayOfMonth, periodsOf } from './periods.js';

const who = [
  sourceColumn,
  cityColumn,
  textColumn('jurisdiction', 'Precinct or division; `all` for the city.'),
  textColumn('crime_category', 'Crime category; `All` for all that are forecast together.'),
  textColumn('frequency', 'week or month.'),
];

const forecastsMart: ResultMart = {
  name: 'forecasts',
  description:
    'Expected recorded incidents of the next 26 weeks and 6 months, by the method that the series’ own past recommends. Categories that exist because police look for them are left out.',
  columns: [
    ...who,
    dateColumn('period_start', 'First day of the week (Monday) or month.'),
    wholeColumn('step', 'Periods after the last count; 1 is the next.'),
    realColumn('expected', 'Mean forecast.'),
    realColumn('p05', 'Quantile .05; with p95 the 90 % interval.'),
    realColumn('p25', 'Quantile .25.'),
    realColumn('p50', 'Median.'),
    realColumn('p75', 'Quantile .75.'),
    realColumn('p95', 'Quantile .95.'),
  ],
};

const methodsMart: ResultMart = {
  name: 'forecast_methods',
  description:
    'Which method is shown for a series and why; a model only where it beat the seasonal naive forecast and the best baseline in the backtest.',
  columns: [
    ...who,
    textColumn('method', 'Method shown; null when there is no forecast.'),
    yesNoColumn('is_baseline', 'Whether it is a baseline.'),
    textColumn('why', 'Why this method, in one sentence.'),
    realColumn(
      'median_skill',
      'Median of 1 − squared error ÷ squared error of the seasonal naive forecast, of the best model.',
    ),
    realColumn(
      'p_value',
      'Diebold–Mariano test of the best model against the best baseline, times the number of models.',
    ),
    wholeColumn('origins', 'Origins of the backtest.'),
    dateColumn('trained_until', 'Last day that was learnt from.'),
    reasonColumn,
  ],
};

const scoresMart: ResultMart = {
  name: 'forecast_scores',
  description: 'Backtest of every method: errors of forecasts made from past origins, pooled.',
  columns: [
    ...who,
    textColumn('method', 'Method.'),
    wholeColumn('horizon', 'Periods ahead.'),
    wholeColumn('forecasts', 'Forecasts scored.'),
    realColumn(
      'mase',
      'Mean absolute error ÷ that of the seasonal naive forecast within the training counts.',
    ),
    realColumn('rmsse', 'The same with squared errors.'),
    realColumn('wape', 'Sum of absolute errors ÷ sum of counts.'),
    realColumn('pinball05', 'Mean pinball loss of the .05 quantile.'),
    realColumn('pinball50', 'Of the median.'),
    realColumn('pinball95', 'Of the .95 quantile.'),
    realColumn('coverage90', 'Share of counts within the 90 % interval.', '0 to 1'),
  ],
};

interface NamedSeries {
  readonly source: string;
  readonly jurisdiction: string;
  readonly category: string;
  readonly frequency: Frequency;
  readonly series: CountSeries | NotEnoughData;
}

/** Whole periods from the first observed day to the last complete one. */
function wholePeriods(
  frequency: Frequency,
  from: string,
  until: string,
  counts: ReadonlyMap<string, number>,
): CountSeries | NotEnoughData {
  const first = dayIndexOf(from) ?? 0;
  const last = dayIndexOf(until) ?? 0;
  const start =
    frequency === 'week'
      ? isoDateOf(mondayFrom(first))
      : from.endsWith('-01')
        ? from
        : periodDate('month', `${from.slice(0, 7)}-01`, 1);
  const values: number[] = [];
  while ((dayIndexOf(periodDate(frequency, start, values.length + 1)) as number) <= last + 1) {
    values.push(counts.get(periodDate(frequency, start, values.length)) ?? 0);
  }
  return values.length === 0
    ? notEnoughData(`no whole ${frequency} between ${from} and ${until}`)
    : { frequency, firstPeriod: start, counts: values };
}

/** Counts by first day of the period. */
function sumBy(rows: readonly SqlRow[], startOf: (row: SqlRow) => string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const start = startOf(row);
    sums.set(start, (sums.get(start) ?? 0) + Number(row.incidents));
  }
  return sums;
}

const mondayOf = (day: number): string => isoDateOf(day - weekdayOf(day));
const monthStart = (month: number): string =>
  periodDate('month', `${String(Math.floor(month / 12)).padStart(4, '0')}-01-01`, month % 12);

function allSeries(source: string, until: string, counts: Counts, context: AnalysisContext): NamedSeries[] {
  const from = context.observed.get(source)?.from ?? until;
  const own = (mart: { readonly name: string }) =>
    rowsOf(counts, mart).filter((row) => row.source === source);
  const isForecast = (row: SqlRow) =>
    !DISCOVERED_BY_POLICE.some((category) => category === row.crime_category);
  const days = own(dailyCounts).filter(isForecast);
  const series: NamedSeries[] = [];
  const add = (
    jurisdiction: string,
    category: string,
    frequency: Frequency,
    sums: ReadonlyMap<string, number>,
  ) =>
    series.push({
      source,
      jurisdiction,
      category,
      frequency,
      series: wholePeriods(frequency, from, until, sums),
    });
  for (const [category, rows] of new Map([[ALL_CATEGORIES, days], ...groupBy(days, 'crime_category')])) {
    for (const frequency of FREQUENCIES) {
      const startOf = (row: SqlRow) =>
        frequency === 'week' ? mondayOf(Number(row.day)) : `${isoDateOf(Number(row.day)).slice(0, 7)}-01`;
      add('all', category, frequency, sumBy(rows, startOf));
    }
  }
  for (const [jurisdiction, rows] of groupBy(own(jurisdictionWeeks), 'jurisdiction'))
    add(
      jurisdiction,
      ALL_CATEGORIES,
      'week',
      sumBy(rows, (row) => isoDateOf(Number(row.week_start))),
    );
  for (const [jurisdiction, rows] of groupBy(own(jurisdictionMonths).filter(isForecast), 'jurisdiction'))
    add(
      jurisdiction,
      ALL_CATEGORIES,
      'month',
      sumBy(rows, (row) => monthStart(Number(row.month))),
    );
  return series;
}

function scoreRows(name: ResultRow, { backtest }: SeriesForecast): ResultRow[] {
  return Object.values(backtest?.methods ?? {}).flatMap(({ method, scores }) =>
    scores.map((score) => ({
      ...name,
      method,
      horizon: score.horizon,
      forecasts: score.forecasts,
      mase: known(score.mase),
      rmsse: known(score.rmsse),
      wape: known(score.wape),
      pinball05: known(score.pinball05),
      pinball50: known(score.pinball50),
      pinball95: known(score.pinball95),
      coverage90: known(score.coverage90),
    })),
  );
}

/** What to expect: weekly and monthly counts, with intervals and the backtest that chose the method. */
export const forecastsAnalysis: Analysis = {
  id: 'forecasts',
  title: 'Forecasts',
  reads: () => [dailyCounts, jurisdictionWeeks, jurisdictionMonths, reportingCounts],
  makes: [forecastsMart, methodsMart, scoresMart],
  run: (counts, context) => {
    const steps: ResultRow[] = [];
    const methods: ResultRow[] = [];
    const scores: ResultRow[] = [];
    for (const { id } of context.sources) {
      const periods = periodsOf(id, counts, context);
      if (periods === undefined) continue;
      const until = isoDateOf(Math.min(periods.lastDay, dayOfMonth(periods.lastCompleteMonth + 1) - 1));
      for (const { jurisdiction, category, frequency, series } of allSeries(id, until, counts, context)) {
        const name = {
          source: id,
          city: cityOf(context, id),
          jurisdiction,
          crime_category: category,
          frequency,
        };
        const forecast = 'kind' in series ? series : forecastSeries(series);
        if (forecast.kind === 'not-enough-data') {
          methods.push({ ...name, reason: forecast.reason });
          continue;
        }
        steps.push(
          ...forecast.steps.map((step, index) => ({
            ...name,
            period_start: step.period,
            step: index + 1,
            expected: step.mean,
            p05: step.p05,
            p25: step.p25,
            p50: step.p50,
            p75: step.p75,
            p95: step.p95,
          })),
        );
        methods.push({
          ...name,
          method: forecast.method,
          is_baseline: forecast.isBaseline,
          why: forecast.reason,
          median_skill: known(forecast.choice?.medianSkill),
          p_value: known(forecast.choice?.pValue),
          origins: forecast.backtest?.origins ?? null,
          trained_until: until,
        });
        if (jurisdiction === 'all') scores.push(...scoreRows(name, forecast));
      }
    }
    return [
      { mart: forecastsMart, rows: steps },
      { mart: methodsMart, rows: methods },
      { mart: scoresMart, rows: scores },
    ];
  },
};
