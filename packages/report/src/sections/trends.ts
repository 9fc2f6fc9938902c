import { drawSeries } from '../charts/series-chart.js';
import type { Block, Figure, ReportTable, Section, Sentence } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable, slug, textOf } from '../report-context.js';
import { say, tell, tellInterval } from '../sentence.js';
import { sql } from '../sql.js';
import { mixTable } from './most-common.js';
import { anomalyTable, breakTable, shiftTable, yearToDateTable } from './trend-tables.js';

/** Categories drawn besides all together. */
const DRAWN_CATEGORIES = 4;
const ALL = 'All';
const LISTED_MONTHS = 24;

/** How counts move over the years: levels, shifts, known events, what stands out. */
export async function trendsSection(context: ReportContext): Promise<Section> {
  const blocks: Block[] = [];
  for (const city of context.cities) blocks.push(...(await cityBlocks(context, city)));
  const breaks = await breakTable(context);
  blocks.push(
    { kind: 'heading', text: 'Break register' },
    breaks.rows.length === 0
      ? { kind: 'empty', reason: 'No event that changes what counts mean is on record for these cities.' }
      : figure(breaks, say`Events that change what counts mean; they are drawn, not hidden.`),
  );
  return { id: 'trends', title: 'Trends and anomalies', blocks };
}

async function cityBlocks(context: ReportContext, city: ReportCity): Promise<readonly Block[]> {
  const [shifts, anomalies, yearToDate] = [
    await shiftTable(context, city),
    await anomalyTable(context, city),
    await yearToDateTable(context, city),
  ];
  const series: Figure[] = [];
  for (const category of [ALL, ...(await largestCategories(context, city))]) {
    const one = await seriesFigure(context, city, category, { shifts, anomalies });
    if (one !== undefined) series.push(one);
  }
  return [
    { kind: 'heading', text: city.city },
    ...(series.length === 0
      ? [
          {
            kind: 'empty',
            reason: `${city.city} has no whole month of incidents, so there is no series.`,
          } as const,
        ]
      : series),
    ...(yearToDate.rows.length === 0
      ? [
          {
            kind: 'empty',
            reason: `${city.city} has no complete month to hold against the year before.`,
          } as const,
        ]
      : [figure(yearToDate, yearToDateClaim(yearToDate, city.city))]),
    shifts.rows.length === 0
      ? {
          kind: 'empty',
          reason: `No level of a series of ${city.city} changed at once by a tenth or more, or the series are too short to tell.`,
        }
      : figure(shifts, say`Levels that changed at once in ${city.city}; gradual trends are not named.`),
    anomalies.rows.length === 0
      ? {
          kind: 'empty',
          reason: `No week or month of ${city.city} stands out beyond what so many tests give by chance, or too few could be judged.`,
        }
      : figure(
          anomalies,
          say`Weeks and months of ${city.city} that stand out: at least two of three detectors agree, beyond what so many tests give by chance.`,
          {
            notes: anomalies.rows
              .slice(0, 5)
              .map((row, index) => [{ text: textOf(row, 'sentence'), table: anomalies.id, row: index }]),
          },
        ),
    ...(await coverageBlocks(context, city)),
  ];
}

async function largestCategories(context: ReportContext, city: ReportCity): Promise<readonly string[]> {
  const { rows } = await mixTable(context, city, context.year);
  return rows.slice(0, DRAWN_CATEGORIES).map((row) => textOf(row, 'crime_category'));
}

async function seriesFigure(
  context: ReportContext,
  { id, city }: ReportCity,
  category: string,
  { shifts, anomalies }: { readonly shifts: ReportTable; readonly anomalies: ReportTable },
): Promise<Figure | undefined> {
  const { literal } = context.engine.dialect;
  const name = category === ALL ? 'All categories together' : category;
  const table = await readTable(context, {
    id: `series-${id}-${slug(category)}`,
    title: `Recorded incidents by month, ${name}, ${city}`,
    query: sql`SELECT period_start, incidents, trend, seasonal, remainder, completeness, is_complete, break_event FROM mart_series
      WHERE source = ${literal(id)} AND crime_category = ${literal(category)} AND frequency = 'month' ORDER BY period_start DESC`,
    columns: [
      column('period_start', 'Month', 'month'),
      column('incidents', 'Incidents', 'count'),
      column('trend', 'Level', 'amount'),
      column('seasonal', 'Times of the season', 'amount'),
      column('completeness', 'Reported so far', 'share'),
      column('break_event', 'Known event that begins'),
    ],
  });
  if (table.rows.length === 0) return undefined;
  const { rows: events } = await breakTable(context);
  const own = (row: Readonly<Record<string, unknown>>): boolean => row.crime_category === category;
  return figure(table, seriesClaim(table, name, city), {
    picture: drawSeries(
      `Line of recorded incidents by month, ${name}, ${city}, with the level, known events and what stands out.`,
      table.rows.toReversed().map((row) => ({
        start: textOf(row, 'period_start'),
        value: numberOf(row, 'incidents'),
        trend: numberOf(row, 'trend'),
        isComplete: row.is_complete !== false,
      })),
      {
        axis: 'incidents a month',
        events: events
          .filter((row) => row.city === city)
          .map((row) => ({ from: textOf(row, 'from_date'), to: textOf(row, 'to_date') })),
        shifts: shifts.rows.filter(own).map((row) => textOf(row, 'shift_at')),
        anomalies: anomalies.rows
          .filter((row) => own(row) && row.jurisdiction === 'all')
          .map((row) => textOf(row, 'period_start')),
      },
    ),
    shownRows: LISTED_MONTHS,
    ...(table.rows.length > LISTED_MONTHS && {
      notes: [say`The table in the page has the last two years; the CSV has all months.`],
    }),
  });
}

/** First and last level of a series; a level, so that season and chance do not speak. */
function seriesClaim(table: ReportTable, name: string, city: string): Sentence {
  const known = [...table.rows.keys()].filter((row) => Number.isFinite(numberOf(table.rows[row], 'trend')));
  const [last, first] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || first - last < 12) {
    return say`${name} in ${city}: the series is too short to tell its level from season and chance.`;
  }
  return say`${name} in ${city}: the level, without season and chance, was ${tell(table, first, 'trend')} incidents a month in ${tell(table, first, 'period_start')} and ${tell(table, last, 'trend')} in ${tell(table, last, 'period_start')}.`;
}

function yearToDateClaim(table: ReportTable, city: string): Sentence {
  const [first] = table.rows;
  if (first?.change_percent === null || first?.change_percent === undefined) {
    return say`${city}: ${textOf(first, 'reason') || 'the year before has no incidents to hold against'}.`;
  }
  return say`${city}, up to ${tell(table, 0, 'up_to')}: ${tell(table, 0, 'verdict')} than in the same months of the year before: ${tell(table, 0, 'current')} against ${tell(table, 0, 'previous')}, a day ${tell(table, 0, 'change_percent')} (95 % interval ${tellInterval(table, 0, ['lower', 'upper'])}).`.map(
    (piece) =>
      typeof piece === 'object' && piece.text === 'no clear change'
        ? { ...piece, text: 'neither clearly more nor fewer' }
        : piece,
  );
}

async function coverageBlocks(context: ReportContext, { id, city }: ReportCity): Promise<readonly Block[]> {
  const table = await readTable(context, {
    id: `anomaly-coverage-${id}`,
    title: `What was looked at to find what stands out, ${city}`,
    query: sql`SELECT scope, tested, not_judged, anomalies, set_aside, cells, reason FROM mart_anomaly_coverage
      WHERE source = ${context.engine.dialect.literal(id)} ORDER BY scope, cells DESC, reason`,
    columns: [
      column('scope', 'Scope'),
      column('tested', 'Judged', 'count'),
      column('not_judged', 'Not judged', 'count'),
      column('anomalies', 'Stand out', 'count'),
      column('set_aside', 'Set aside as chance', 'count'),
      column('cells', 'Weeks and months of a category', 'count'),
      column('reason', 'Why not judged'),
    ],
  });
  if (table.rows.length === 0) return [];
  return [figure(table, say`How many weeks and months were judged in ${city}, and why others were not.`)];
}
