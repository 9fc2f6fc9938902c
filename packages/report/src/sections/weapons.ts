import type { SqlRow } from '@crimetracker/engine';
import { drawIntervals } from '../charts/interval-chart.js';
import type { Block, Figure, ReportTable, Section, Sentence } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable, textOf } from '../report-context.js';
import { say, tell, tellInterval } from '../sentence.js';
import { sql } from '../sql.js';

const LISTED_DRAWN = 16;

/** Which weapons are recorded for which offence, and how their shares change over the years. */
export async function weaponsSection(context: ReportContext): Promise<Section> {
  const blocks: Block[] = [];
  for (const city of context.cities) blocks.push(...(await cityBlocks(context, city)));
  return { id: 'weapons', title: 'Weapons', blocks };
}

/** How shares of weapons change, clear changes first. */
export function weaponTrendTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `weapon-trends-${id}`,
    title: `Change of the shares of weapons over the years, ${city}`,
    query: sql`SELECT crime_category, weapon_category, first_year, last_year, first_share, last_share, change, change_lower,
        change_upper, q_value, direction, rank_rising, rank_falling
      FROM mart_weapon_trends WHERE source = ${context.engine.dialect.literal(id)} AND weapon_category IS NOT NULL AND reason IS NULL
      ORDER BY CASE direction WHEN 'rising' THEN 1 WHEN 'falling' THEN 2 ELSE 3 END, rank_rising, rank_falling,
        crime_category, weapon_category`,
    columns: [
      column('crime_category', 'Offence'),
      column('weapon_category', 'Weapon'),
      column('first_year', 'First year'),
      column('last_year', 'Last year'),
      column('first_share', 'Share then', 'share'),
      column('last_share', 'Share now', 'share'),
      column('change', 'Change', 'points'),
      column('change_lower', 'from', 'points'),
      column('change_upper', 'to', 'points'),
      column('q_value', 'q', 'probability'),
      column('direction', 'Direction'),
    ],
  });
}

async function cityBlocks(context: ReportContext, city: ReportCity): Promise<readonly Block[]> {
  const heading: Block = { kind: 'heading', text: city.city };
  const [shares, trends, leftOut] = [
    await shareTable(context, city),
    await weaponTrendTable(context, city),
    await leftOutTable(context, city),
  ];
  if (shares.rows.length === 0 && trends.rows.length === 0) {
    const reasons = [...new Set(leftOut.rows.map((row) => textOf(row, 'reason')))].filter(
      (text) => text !== '',
    );
    return [
      heading,
      {
        kind: 'empty',
        reason: [
          `The file of ${city.city} records no weapons for ${context.year}.`,
          ...reasons.map((text) => `${text}.`),
        ].join(' '),
      },
    ];
  }
  return [
    heading,
    ...shareFigure(context, shares, city),
    ...trendFigure(trends, city),
    ...(leftOut.rows.length === 0
      ? []
      : [figure(leftOut, say`What is not told of weapons in ${city.city}, and why.`)]),
  ];
}

function shareTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `weapon-shares-${id}`,
    title: `Weapons by offence, ${city}, ${context.year}`,
    query: sql`SELECT crime_category, weapon_category, incidents, total, share, share_lower, share_upper, comparability
      FROM mart_weapon_shares WHERE source = ${context.engine.dialect.literal(id)} AND occurred_year = ${context.year}
      ORDER BY total DESC, crime_category, incidents DESC, weapon_category`,
    columns: [
      column('crime_category', 'Offence'),
      column('weapon_category', 'Weapon'),
      column('incidents', 'Incidents', 'count'),
      column('total', 'Of all with a recorded weapon', 'count'),
      column('share', 'Share', 'share'),
      column('share_lower', 'from', 'share'),
      column('share_upper', 'to', 'share'),
      column('comparability', 'Between cities'),
    ],
  });
}

function leftOutTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `weapons-left-out-${id}`,
    title: `Offences without an answer on weapons, ${city}`,
    query: sql`SELECT crime_category, weapon_category, reason FROM mart_weapon_trends
      WHERE source = ${context.engine.dialect.literal(id)} AND reason IS NOT NULL ORDER BY crime_category, weapon_category`,
    columns: [
      column('crime_category', 'Offence'),
      column('weapon_category', 'Weapon'),
      column('reason', 'Why'),
    ],
  });
}

const labelOf = (row: SqlRow): string =>
  `${textOf(row, 'crime_category')}: ${textOf(row, 'weapon_category')}`;

function shareFigure({ year }: ReportContext, table: ReportTable, { city }: ReportCity): readonly Figure[] {
  if (table.rows.length === 0) return [];
  const largest = [...table.rows.entries()]
    .sort(([, a], [, b]) => numberOf(b, 'incidents') - numberOf(a, 'incidents'))
    .slice(0, LISTED_DRAWN);
  const top = largest[0]?.[0] ?? 0;
  return [
    figure(
      table,
      say`In ${city} the weapon recorded most in ${String(year)} is ${tell(table, top, 'weapon_category')}, in ${tell(table, top, 'crime_category')}: ${tell(table, top, 'incidents')} of ${tell(table, top, 'total')} with a recorded weapon, ${tell(table, top, 'share')} (95 % interval ${tellInterval(table, top, ['share_lower', 'share_upper'])}).`,
      {
        picture: drawIntervals(
          `Bars of the share of the ${largest.length} most frequent weapons among incidents of their offence in ${city}.`,
          largest.map(([, row]) => ({
            label: labelOf(row),
            value: numberOf(row, 'share'),
            lower: numberOf(row, 'share_lower'),
            upper: numberOf(row, 'share_upper'),
          })),
          {
            axis: 'share of the incidents of the offence with a recorded weapon',
            format: 'share',
            form: 'bars',
          },
        ),
      },
    ),
  ];
}

function trendFigure(table: ReportTable, { city }: ReportCity): readonly Figure[] {
  if (table.rows.length === 0) return [];
  const drawn = table.rows.slice(0, LISTED_DRAWN);
  return [
    figure(table, trendClaim(table, city), {
      picture: drawIntervals(
        `Changes of ${drawn.length} shares of weapons between the first and the last year, with intervals.`,
        drawn.map((row) => ({
          label: labelOf(row),
          value: numberOf(row, 'change'),
          lower: numberOf(row, 'change_lower'),
          upper: numberOf(row, 'change_upper'),
        })),
        {
          axis: 'change of the share in points, last − first year',
          format: 'points',
          form: 'dots',
        },
      ),
      notes: [say`Shares of what is recorded: when fewer forms are left blank, shares move too.`],
    }),
  ];
}

function trendClaim(table: ReportTable, city: string): Sentence {
  if (table.rows[0]?.direction !== 'rising') {
    return say`No weapon’s share rises clearly in ${city}.`;
  }
  return say`The share that rises fastest in ${city} is ${tell(table, 0, 'weapon_category')} in ${tell(table, 0, 'crime_category')}: from ${tell(table, 0, 'first_share')} in ${tell(table, 0, 'first_year')} to ${tell(table, 0, 'last_share')} in ${tell(table, 0, 'last_year')} (change ${tell(table, 0, 'change')}, 95 % interval ${tellInterval(table, 0, ['change_lower', 'change_upper'])}).`;
}
