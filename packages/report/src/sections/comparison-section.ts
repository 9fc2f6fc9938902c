import { drawIntervals } from '../charts/interval-chart.js';
import { drawPairs } from '../charts/pair-chart.js';
import type { Comparison } from '../comparison.js';
import type { Block, ReportColumn, ReportTable, Section } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable, slug, textOf } from '../report-context.js';
import { say, tell, tellInterval } from '../sentence.js';
import { sql } from '../sql.js';

const LISTED_DRAWN = 15;

/** Two years or two jurisdictions side by side. */
export async function comparisonSection(context: ReportContext, comparison: Comparison): Promise<Section> {
  const blocks: Block[] = [];
  for (const city of context.cities) {
    const own =
      comparison.kind === 'years'
        ? yearBlocks(context, city, comparison)
        : placeBlocks(context, city, comparison);
    blocks.push({ kind: 'heading', text: city.city }, ...(await own));
  }
  return {
    id: 'comparison',
    title: `${comparison.first} and ${comparison.second} side by side`,
    blocks,
  };
}

const FIELDS = 'crime_category, incidents, total, share, share_lower, share_upper, comparability';

function joined(first: string, second: string, more: string): string {
  return sql`SELECT COALESCE(b.crime_category, a.crime_category) AS crime_category, a.incidents AS first_incidents,
      b.incidents AS second_incidents, COALESCE(b.incidents, 0) - COALESCE(a.incidents, 0) AS difference,
      a.share AS first_share, a.share_lower AS first_share_lower, a.share_upper AS first_share_upper,
      b.share AS second_share, b.share_lower AS second_share_lower, b.share_upper AS second_share_upper,
      b.share - a.share AS share_difference, ${more}COALESCE(b.comparability, a.comparability) AS comparability
    FROM (${first}) AS a FULL JOIN (${second}) AS b ON b.crime_category = a.crime_category
    ORDER BY COALESCE(b.incidents, 0) + COALESCE(a.incidents, 0) DESC, 1`;
}

function columns(first: string, second: string, more: readonly ReportColumn[]): readonly ReportColumn[] {
  return [
    column('crime_category', 'Category'),
    column('first_incidents', `Incidents, ${first}`, 'count'),
    column('second_incidents', `Incidents, ${second}`, 'count'),
    column('difference', 'Difference', 'count'),
    ...more,
    column('first_share', `Share, ${first}`, 'share'),
    column('first_share_lower', 'from', 'share'),
    column('first_share_upper', 'to', 'share'),
    column('second_share', `Share, ${second}`, 'share'),
    column('second_share_lower', 'from', 'share'),
    column('second_share_upper', 'to', 'share'),
    column('share_difference', 'Difference of the shares', 'points'),
    column('comparability', 'Between cities'),
  ];
}

async function yearBlocks(
  context: ReportContext,
  { id, city }: ReportCity,
  { first, second }: Extract<Comparison, { kind: 'years' }>,
): Promise<readonly Block[]> {
  const follows = second === first + 1;
  const of = (year: number): string =>
    sql`SELECT ${FIELDS}, rate_change, rate_change_lower, rate_change_upper FROM mart_crime_mix
     WHERE source = ${context.engine.dialect.literal(id)} AND dimension = 'city' AND occurred_year = ${year}`;
  const table = await readTable(context, {
    id: `compare-${id}`,
    title: `${first} and ${second}, ${city}`,
    query: joined(
      of(first),
      of(second),
      follows ? 'b.rate_change, b.rate_change_lower, b.rate_change_upper, ' : '',
    ),
    columns: columns(
      String(first),
      String(second),
      follows
        ? [
            column('rate_change', 'Change a day', 'change'),
            column('rate_change_lower', 'from', 'change'),
            column('rate_change_upper', 'to', 'change'),
          ]
        : [],
    ),
  });
  const missing = sidesWithout(table, first, second);
  if (missing !== undefined) {
    return [{ kind: 'empty', reason: `${city} has no incident that occurred in ${missing}.` }];
  }
  if (!follows) {
    return [
      pairFigure(table, [String(first), String(second)], city),
      {
        kind: 'paragraph',
        sentence: say`The tables give an interval of the change between years that follow each other only; hold the intervals of the shares against each other instead.`,
      },
    ];
  }
  const drawn = table.rows
    .filter(
      (row) =>
        Number.isFinite(numberOf(row, 'rate_change_lower')) &&
        Number.isFinite(numberOf(row, 'rate_change_upper')),
    )
    .slice(0, LISTED_DRAWN);
  return [
    figure(
      table,
      say`${tell(table, 0, 'crime_category')}, the most frequent of ${city}: ${tell(table, 0, 'first_incidents')} in ${String(first)}, ${tell(table, 0, 'second_incidents')} in ${String(second)}, a day ${tell(table, 0, 'rate_change')} (95 % interval ${tellInterval(table, 0, ['rate_change_lower', 'rate_change_upper'])}).`,
      {
        picture: drawIntervals(
          `Changes of the incidents a day from ${first} to ${second} by category, ${city}, with intervals.`,
          drawn.map((row) => ({
            label: textOf(row, 'crime_category'),
            value: numberOf(row, 'rate_change') - 1,
            lower: numberOf(row, 'rate_change_lower') - 1,
            upper: numberOf(row, 'rate_change_upper') - 1,
          })),
          { axis: `change of incidents a day, ${second} against ${first}`, format: 'change', form: 'dots' },
        ),
      },
    ),
  ];
}

async function placeBlocks(
  context: ReportContext,
  { id, city }: ReportCity,
  { first, second }: Extract<Comparison, { kind: 'jurisdictions' }>,
): Promise<readonly Block[]> {
  const { literal } = context.engine.dialect;
  const of = (place: string): string =>
    sql`SELECT ${FIELDS} FROM mart_crime_mix WHERE source = ${literal(id)} AND dimension = 'jurisdiction'
     AND occurred_year = ${context.year} AND value = ${literal(place)}`;
  const table = await readTable(context, {
    id: `compare-${id}-${slug(`${first} ${second}`) || 'places'}`,
    title: `${first} and ${second}, ${city}, ${context.year}`,
    query: joined(of(first), of(second), ''),
    columns: columns(first, second, []),
  });
  const missing = sidesWithout(table, first, second);
  if (missing !== undefined) {
    return [{ kind: 'empty', reason: `${city} has no incident of ${context.year} in ${missing}.` }];
  }
  return [
    pairFigure(table, [first, second], city),
    {
      kind: 'paragraph',
      sentence: say`The tables give no interval of the difference between two places: hold the intervals of the shares against each other. Places differ in size and in how many people are there; a count is not a risk.`,
    },
  ];
}

function pairFigure(table: ReportTable, names: readonly [string, string], city: string): Block {
  return figure(
    table,
    say`${tell(table, 0, 'crime_category')} in ${city}: ${tell(table, 0, 'first_share')} of the incidents of ${names[0]} (95 % interval ${tellInterval(table, 0, ['first_share_lower', 'first_share_upper'])}), ${tell(table, 0, 'second_share')} of those of ${names[1]} (${tellInterval(table, 0, ['second_share_lower', 'second_share_upper'])}).`,
    {
      picture: drawPairs(
        `Two dots a category: share of the incidents of ${names[0]} and of ${names[1]}.`,
        table.rows.slice(0, LISTED_DRAWN).map((row) => ({
          label: textOf(row, 'crime_category'),
          first: numberOf(row, 'first_share') || 0,
          second: numberOf(row, 'second_share') || 0,
        })),
        { axis: 'share of the recorded incidents', format: 'share', names },
      ),
    },
  );
}

/** The sides of a comparison without any incident, joined by "or"; undefined when both have some. */
function sidesWithout(
  { rows }: { readonly rows: readonly Readonly<Record<string, unknown>>[] },
  first: string | number,
  second: string | number,
): string | undefined {
  const sides = [
    ['first_incidents', first],
    ['second_incidents', second],
  ] as const;
  const missing = sides.filter(([name]) => rows.every((row) => row[name] === null)).map(([, side]) => side);
  return missing.length === 0 ? undefined : missing.join(' or ');
}
