import { DISCOVERED_BY_POLICE } from '@crimetracker/analysis-kit';
import { drawSeries } from '../charts/series-chart.js';
import type { Block, ReportTable, Section } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable, textOf } from '../report-context.js';
import { say, tell, tellInterval } from '../sentence.js';
import { sql } from '../sql.js';

const PAST_YEARS = 3;

/** What the coming months are expected to bring, with how well such forecasts did. */
export async function forecastSection(context: ReportContext): Promise<Section> {
  const blocks: Block[] = [];
  for (const city of context.cities) {
    blocks.push({ kind: 'heading', text: city.city }, ...(await cityBlocks(context, city)));
  }
  return { id: 'forecast', title: 'Forecast', blocks };
}

/** Months expected of a city, all categories that are forecast together. */
export function forecastTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `forecast-${id}`,
    title: `Expected recorded incidents by month, ${city}`,
    query: sql`SELECT period_start, expected, p05, p25, p50, p75, p95 FROM mart_forecasts
      WHERE source = ${context.engine.dialect.literal(id)} AND jurisdiction = 'all' AND crime_category = 'All' AND frequency = 'month'
      ORDER BY period_start`,
    columns: [
      column('period_start', 'Month', 'month'),
      column('expected', 'Expected', 'amount'),
      column('p05', '5 %', 'count'),
      column('p25', '25 %', 'count'),
      column('p50', 'Median', 'count'),
      column('p75', '75 %', 'count'),
      column('p95', '95 %', 'count'),
    ],
  });
}

async function cityBlocks(context: ReportContext, city: ReportCity): Promise<readonly Block[]> {
  const [forecast, methods] = [await forecastTable(context, city), await methodTable(context, city)];
  if (forecast.rows.length === 0) {
    const reason = methods.rows.map((row) => textOf(row, 'reason')).find((text) => text !== '');
    return [
      { kind: 'empty', reason: `No forecast for ${city.city}: ${reason ?? 'the series is too short'}.` },
    ];
  }
  const past = await pastTable(context, city, textOf(forecast.rows[0], 'period_start'));
  return [
    figure(
      forecast,
      say`${city.city}: ${tell(forecast, 0, 'expected')} incidents are expected to be recorded in ${tell(forecast, 0, 'period_start')} (90 % interval ${tellInterval(forecast, 0, ['p05', 'p95'])}).`,
      {
        picture: drawSeries(
          `Line of the last months and the forecast with its 90 % interval, ${city.city}.`,
          past.rows.map((row) => ({
            start: textOf(row, 'period_start'),
            value: numberOf(row, 'incidents'),
            trend: Number.NaN,
            isComplete: row.is_complete !== 0,
          })),
          {
            axis: 'incidents a month',
            forecast: forecast.rows.map((row) => ({
              start: textOf(row, 'period_start'),
              expected: numberOf(row, 'expected'),
              lower: numberOf(row, 'p05'),
              upper: numberOf(row, 'p95'),
            })),
          },
        ),
        notes: [
          say`A forecast continues what was recorded; it does not know what will happen. Categories that exist because police look for them are left out, of the line before it too. It begins after the last month whose reports are complete.`,
        ],
      },
    ),
    figure(
      past,
      say`The last months of ${city.city}, without what exists because police look for it: the line before the forecast.`,
    ),
    figure(
      methods,
      say`How each forecast of ${city.city} is made: a model is shown only where it beat simple forecasts in the past.`,
    ),
  ];
}

/** Months before the forecast and, where reports were still coming in, those it covers. */
function pastTable(context: ReportContext, { id, city }: ReportCity, first: string): Promise<ReportTable> {
  const { literal } = context.engine.dialect;
  const leftOut = ['All', ...DISCOVERED_BY_POLICE].map(literal).join(', ');
  const year = Number(first.slice(0, 4)) - PAST_YEARS;
  return readTable(context, {
    id: `forecast-past-${id}`,
    title: `Recorded incidents before the forecast, ${city}`,
    query: sql`SELECT period_start, ${context.engine.dialect.cast('SUM(incidents)', 'bigint')} AS incidents, MIN(completeness) AS completeness,
        MIN(CASE WHEN is_complete THEN 1 WHEN NOT is_complete THEN 0 END) AS is_complete
      FROM mart_series WHERE source = ${literal(id)} AND crime_category NOT IN (${leftOut}) AND frequency = 'month'
        AND period_start >= ${context.engine.dialect.date(`${year}-01-01`)} GROUP BY period_start ORDER BY period_start`,
    columns: [
      column('period_start', 'Month', 'month'),
      column('incidents', 'Incidents', 'count'),
      column('completeness', 'Reported so far', 'share'),
    ],
  });
}

function methodTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `forecast-methods-${id}`,
    title: `Method of each monthly forecast, ${city}`,
    query: sql`SELECT crime_category, method, is_baseline, why, median_skill, p_value, origins, trained_until, reason
      FROM mart_forecast_methods WHERE source = ${context.engine.dialect.literal(id)} AND jurisdiction = 'all' AND frequency = 'month'
      ORDER BY CASE crime_category WHEN 'All' THEN 0 ELSE 1 END, crime_category`,
    columns: [
      column('crime_category', 'Category'),
      column('method', 'Method'),
      column('is_baseline', 'Simple'),
      column('why', 'Why'),
      column('median_skill', 'Skill', 'amount'),
      column('origins', 'Origins', 'count'),
      column('trained_until', 'Learnt until', 'date'),
      column('reason', 'Why there is none'),
    ],
  });
}
