import { listed } from '@crimetracker/analysis-kit/words';
import { drawIntervals } from '../charts/interval-chart.js';
import type { Block, Figure, ReportTable, Section, Sentence } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable, textOf } from '../report-context.js';
import { say, tell, tellInterval } from '../sentence.js';
import { sql } from '../sql.js';

const LISTED_DRAWN = 15;

/** What was recorded most, by city; and, of several cities, side by side with the grade of every category. */
export async function mostCommonSection(context: ReportContext): Promise<Section> {
  const blocks: Block[] = [];
  for (const city of context.cities) blocks.push(...(await cityBlocks(context, city)));
  if (context.cities.length > 1) blocks.push(...(await citiesBlocks(context)));
  return { id: 'most-common', title: 'Most common crimes', blocks };
}

/** The categories of a city and year, the most frequent first. */
export function mixTable(
  context: ReportContext,
  { id, city }: ReportCity,
  year: number,
): Promise<ReportTable> {
  const { literal } = context.engine.dialect;
  return readTable(context, {
    id: `mix-${id}-${year}`,
    title: `Recorded incidents by category, ${city}, ${year}`,
    query: sql`SELECT rank, crime_category, incidents, total, share, share_lower, share_upper, ranks_gained, rate_change,
        rate_change_lower, rate_change_upper, comparability
      FROM mart_crime_mix WHERE source = ${literal(id)} AND dimension = 'city' AND occurred_year = ${year}
      ORDER BY rank, crime_category`,
    columns: [
      column('rank', 'Rank', 'count'),
      column('crime_category', 'Category'),
      column('incidents', 'Incidents', 'count'),
      column('total', 'Of all', 'count'),
      column('share', 'Share', 'share'),
      column('share_lower', 'from', 'share'),
      column('share_upper', 'to', 'share'),
      column('ranks_gained', 'Ranks gained', 'count'),
      column('rate_change', 'Change a day against the year before', 'change'),
      column('rate_change_lower', 'from', 'change'),
      column('rate_change_upper', 'to', 'change'),
      column('comparability', 'Between cities'),
    ],
  });
}

async function cityBlocks(context: ReportContext, city: ReportCity): Promise<readonly Block[]> {
  const { year } = context;
  const table = await mixTable(context, city, year);
  const heading: Block = { kind: 'heading', text: city.city };
  if (table.rows.length === 0) {
    return [
      heading,
      {
        kind: 'empty',
        reason: `${city.city} has no incident that occurred in ${year}: the snapshot holds ${city.years[0]} to ${city.years[1]}.`,
      },
    ];
  }
  return [
    heading,
    shareFigure(table, city, year),
    ...changeFigure(table, city, year),
    ...(await placesFigure(context, city)),
  ];
}

function shareFigure(table: ReportTable, { city }: ReportCity, year: number): Figure {
  const bars = table.rows.slice(0, LISTED_DRAWN).map((row) => ({
    label: textOf(row, 'crime_category'),
    value: numberOf(row, 'share'),
    lower: numberOf(row, 'share_lower'),
    upper: numberOf(row, 'share_upper'),
  }));
  return figure(table, mostCommonClaim(table, city, year), {
    picture: drawIntervals(
      `Bars of the share of the ${bars.length} most frequent categories in ${city}.`,
      bars,
      {
        axis: `share of the recorded incidents of ${year}`,
        format: 'share',
        form: 'bars',
      },
    ),
    ...(table.rows.length > LISTED_DRAWN && {
      notes: [say`The ${String(LISTED_DRAWN)} most frequent are drawn; the table has all.`],
    }),
  });
}

function mostCommonClaim(table: ReportTable, city: string, year: number): Sentence {
  const first = table.rows.filter((row) => row.rank === 1);
  const share = say`${tell(table, 0, 'incidents')} of ${tell(table, 0, 'total')} incidents, ${tell(table, 0, 'share')} (95 % interval ${tellInterval(table, 0, ['share_lower', 'share_upper'])})`;
  return first.length > 1
    ? say`Recorded most, and equally often, in ${city} in ${String(year)}: ${listed(first.map((row) => textOf(row, 'crime_category')))}, each ${share}.`
    : say`${tell(table, 0, 'crime_category')} was recorded most in ${city} in ${String(year)}: ${share}.`;
}

/** The same rows, as changes: drawn from the table above, so the figure shares its query. */
function changeFigure(table: ReportTable, { city, id }: ReportCity, year: number): readonly Figure[] {
  const rows = table.rows
    .filter(
      (row) =>
        Number.isFinite(numberOf(row, 'rate_change_lower')) &&
        Number.isFinite(numberOf(row, 'rate_change_upper')),
    )
    .slice(0, LISTED_DRAWN);
  if (rows.length === 0) return [];
  const change = (row: (typeof rows)[number], name: string): number => numberOf(row, name) - 1;
  const bars = rows.map((row) => ({
    label: textOf(row, 'crime_category'),
    value: change(row, 'rate_change'),
    lower: change(row, 'rate_change_lower'),
    upper: change(row, 'rate_change_upper'),
  }));
  const clear = bars.filter(({ lower, upper }) => lower > 0 || upper < 0).length;
  const own: ReportTable = {
    ...table,
    id: `change-${id}-${year}`,
    title: `Change by category against the year before, ${city}, ${year}`,
    columns: table.columns.filter(
      ({ name }) => !name.startsWith('share') && name !== 'total' && name !== 'rank',
    ),
  };
  return [
    figure(
      own,
      clear === 0
        ? say`None of the most frequent categories of ${city} changed clearly from ${String(year - 1)} to ${String(year)}.`
        : say`Of the most frequent categories of ${city}, these changed clearly from ${String(year - 1)} to ${String(year)}: ${bars
            .filter(({ lower, upper }) => lower > 0 || upper < 0)
            .map(({ label }) => label)
            .join(', ')}.`,
      {
        picture: drawIntervals(
          `Changes of the incidents a day of ${bars.length} categories in ${city}, with intervals.`,
          bars,
          {
            axis: `change of incidents a day, ${year} against ${year - 1}`,
            format: 'change',
            form: 'dots',
          },
        ),
        notes: [
          say`The intervals count chance only; what police record and how changes too. Of twenty categories without a change, one is told to have changed.`,
        ],
      },
    ),
  ];
}

async function placesFigure(context: ReportContext, { id, city }: ReportCity): Promise<readonly Figure[]> {
  const { literal } = context.engine.dialect;
  const table = await readTable(context, {
    id: `mix-places-${id}`,
    title: `Most common category of each precinct or division, ${city}, ${context.year}`,
    query: sql`SELECT value, total, crime_category, incidents, share, share_lower, share_upper FROM mart_crime_mix
      WHERE source = ${literal(id)} AND dimension = 'jurisdiction' AND occurred_year = ${context.year} AND rank = 1
      ORDER BY total DESC, value, crime_category`,
    columns: [
      column('value', 'Precinct or division'),
      column('total', 'Incidents', 'count'),
      column('crime_category', 'Most common'),
      column('incidents', 'Of it', 'count'),
      column('share', 'Share', 'share'),
      column('share_lower', 'from', 'share'),
      column('share_upper', 'to', 'share'),
    ],
  });
  const [first] = table.rows;
  if (first === undefined) return [];
  const isTied = table.rows.some((row) => row.value !== first.value && row.total === first.total);
  return [
    figure(
      table,
      isTied
        ? say`No precinct or division of ${city} has more incidents than all others; the most in one are ${tell(table, 0, 'total')}.`
        : say`Most incidents of ${city} were recorded in ${tell(table, 0, 'value')}: ${tell(table, 0, 'total')}, most often ${tell(table, 0, 'crime_category')}.`,
      { notes: [say`Places differ in size and in how many people are there; a count is not a risk.`] },
    ),
  ];
}

async function citiesBlocks(context: ReportContext): Promise<readonly Block[]> {
  const { year, cities } = context;
  const { literal } = context.engine.dialect;
  const ids = cities.map(({ id }) => literal(id)).join(', ');
  const table = await readTable(context, {
    id: `mix-cities-${year}`,
    title: `Share of each category by city, ${year}`,
    query: sql`SELECT crime_category, comparability, city, incidents, share, share_lower, share_upper FROM mart_crime_mix
      WHERE source IN (${ids}) AND dimension = 'city' AND occurred_year = ${year}
      ORDER BY CASE comparability WHEN 'comparable' THEN 1 WHEN 'limited' THEN 2 ELSE 3 END, crime_category, city`,
    columns: [
      column('crime_category', 'Category'),
      column('comparability', 'Between cities'),
      column('city', 'City'),
      column('incidents', 'Incidents', 'count'),
      column('share', 'Share', 'share'),
      column('share_lower', 'from', 'share'),
      column('share_upper', 'to', 'share'),
    ],
  });
  const comparable = table.rows.filter(({ comparability }) => comparability === 'comparable').length;
  if (table.rows.length === 0) return [];
  return [
    { kind: 'heading', text: 'Cities side by side' },
    figure(
      table,
      comparable === 0
        ? say`No category of ${String(year)} may be held against the other city.`
        : say`Only categories graded comparable may be held against the other city; they come first.`,
      { notes: [say`The cities write down crime under different laws and forms. They are never added up.`] },
    ),
  ];
}
