import { drawWeekHeatMap } from '../charts/week-heat-map.js';
import type { Block, ReportTable, Section } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable } from '../report-context.js';
import { say, tell, tellInterval } from '../sentence.js';
import { sql } from '../sql.js';

/** When incidents are recorded: the 168 hours of a week, and the peak of each category. */
export async function peakHoursSection(context: ReportContext): Promise<Section> {
  const blocks: Block[] = [];
  for (const city of context.cities) blocks.push(...(await cityBlocks(context, city)));
  return { id: 'peak-hours', title: 'Peak hours', blocks };
}

/** Peaks of a city, all categories together first. */
export function peakTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  const { literal } = context.engine.dialect;
  return readTable(context, {
    id: `peaks-${id}`,
    title: `Peak hour and block by category, ${city}`,
    query: sql`SELECT crime_category, peak, rate, rate_lower, rate_upper, times_median, block, block_times_median, reason
      FROM mart_peak_hours WHERE source = ${literal(id)}
      ORDER BY CASE crime_category WHEN 'All' THEN 0 ELSE 1 END, crime_category`,
    columns: [
      column('crime_category', 'Category'),
      column('peak', 'Peak hour'),
      column('rate', 'Incidents an hour', 'amount'),
      column('rate_lower', 'from', 'amount'),
      column('rate_upper', 'to', 'amount'),
      column('times_median', 'Times the median hour', 'amount'),
      column('block', 'Peak block'),
      column('block_times_median', 'Times the median block', 'amount'),
      column('reason', 'Why there is none'),
    ],
  });
}

async function cityBlocks(context: ReportContext, city: ReportCity): Promise<readonly Block[]> {
  const { literal } = context.engine.dialect;
  const hours = await readTable(context, {
    id: `week-hours-${city.id}`,
    title: `Incidents by hour of the week, all categories, ${city.city}`,
    query: sql`SELECT weekday, hour, incidents, hours, rate, rate_lower, rate_upper, basis FROM mart_week_hours
      WHERE source = ${literal(city.id)} AND crime_category = 'All' ORDER BY weekday, hour`,
    columns: [
      column('weekday', 'Weekday', 'weekday'),
      column('hour', 'Hour from', 'hour'),
      column('incidents', 'Incidents', 'amount'),
      column('hours', 'Hours that passed', 'count'),
      column('rate', 'Incidents an hour', 'amount'),
      column('rate_lower', 'from', 'amount'),
      column('rate_upper', 'to', 'amount'),
      column('basis', 'Basis'),
    ],
  });
  const heading: Block = { kind: 'heading', text: city.city };
  if (hours.rows.length === 0) {
    return [heading, { kind: 'empty', reason: `No incident of ${city.city} has a usable time.` }];
  }
  const peaks = await peakTable(context, city);
  const first = peaks.rows[0];
  const hasPeak = first?.crime_category === 'All' && first.peak !== null;
  const claim = hasPeak
    ? say`In ${city.city} most incidents an hour are recorded ${tell(peaks, 0, 'peak')}: ${tell(peaks, 0, 'rate')} (95 % interval ${tellInterval(peaks, 0, ['rate_lower', 'rate_upper'])}), ${tell(peaks, 0, 'times_median')} times the median hour.`
    : say`No hour of the week stands out in ${city.city} beyond chance.`;
  const values = hours.rows.map((row) => ({
    weekday: numberOf(row, 'weekday'),
    hour: numberOf(row, 'hour'),
    value: numberOf(row, 'rate'),
  }));
  return [
    heading,
    figure(hours, claim, {
      picture: drawWeekHeatMap(
        `Grid of 7 days by 24 hours: incidents an hour in ${city.city}.`,
        values,
        'incidents an hour',
      ),
      notes: [
        ...heapingNotes(await heapingTable(context, city)),
        hours.rows[0]?.basis === 'aoristic'
          ? say`All years together. An incident known only to lie between two times is spread over the hours between them.`
          : say`All years together, at the recorded time: the source gives no interval, so a burglary that was found in the morning counts in the morning.`,
      ],
    }),
    figure(peaks, say`Peaks differ by category; where none stands out beyond chance the table says why.`),
  ];
}

function heapingTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `heaping-${id}`,
    title: `Times at which records pile up, ${city}`,
    query: sql`SELECT point, incidents FROM mart_time_heaping WHERE source = ${context.engine.dialect.literal(id)}
      AND crime_category = 'All' AND is_heaped ORDER BY point`,
    columns: [column('point', 'Time'), column('incidents', 'Incidents', 'count')],
  });
}

function heapingNotes({ rows }: ReportTable) {
  if (rows.length === 0) return [];
  return [
    say`Recorded times pile up at ${rows.map(({ point }) => String(point)).join(', ')}: some of these are guesses, and the peak holds without noon and midnight.`,
  ];
}
