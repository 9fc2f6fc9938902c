import { COLOURS, RAMP } from '../charts/colours.js';
import type { CellClass } from '../maps/cell-map.js';
import { drawCellMap } from '../maps/cell-map.js';
import type { Block, Figure, ReportTable, Section } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable, textOf } from '../report-context.js';
import { say, tell } from '../sentence.js';
import { sql } from '../sql.js';
import { counted, number } from '../words.js';

const MAPPED = 'All';
const LISTED_CELLS = 40;
const LISTED_HOT = 120;

/** Where incidents concentrate. Sex offences are in no cell, and nothing here is by person. */
export async function hotSpotsSection(
  context: ReportContext,
  resolution: number | undefined,
): Promise<Section> {
  const blocks: Block[] = [
    {
      kind: 'caution',
      sentence: say`Concentration is not risk: nobody knows how many people were in a place. Sex offences are never shown by cell.`,
    },
  ];
  for (const city of context.cities) {
    blocks.push({ kind: 'heading', text: city.city }, ...(await cityBlocks(context, city, resolution)));
  }
  return { id: 'hot-spots', title: 'Hot spots', blocks };
}

const where = ({ engine }: ReportContext, id: string, resolution: number): string =>
  `source = ${engine.dialect.literal(id)} AND resolution = ${resolution} AND target = '${MAPPED}'`;

/** How concentrated incidents are in the last twelve whole months. */
export function concentrationTable(
  context: ReportContext,
  { id, city }: ReportCity,
  resolution: number,
): Promise<ReportTable> {
  return readTable(context, {
    id: `concentration-${id}`,
    title: `How concentrated recorded incidents are, ${city}`,
    query: sql`SELECT target, period, incidents, cells, cells_with_incidents, hot_cells, core_cells, cold_cells, hot_share,
        area_share_of_quarter, area_share_of_half, gini_generalised, reason
      FROM mart_hotspot_periods WHERE source = ${context.engine.dialect.literal(id)} AND resolution = ${resolution} AND period_kind = 'recent'
      ORDER BY CASE target WHEN 'All' THEN 0 ELSE 1 END, incidents DESC, target`,
    columns: [
      column('target', 'Category'),
      column('period', 'Months'),
      column('incidents', 'Incidents', 'count'),
      column('hot_cells', 'Hot cells', 'count'),
      column('cold_cells', 'Cold cells', 'count'),
      column('hot_share', 'Of the incidents in hot cells', 'share'),
      column('area_share_of_quarter', 'Least area with a quarter', 'share'),
      column('area_share_of_half', 'Least area with half', 'share'),
      column('gini_generalised', 'Gini, corrected', 'amount'),
      column('reason', 'Why not tested'),
    ],
  });
}

async function cityBlocks(
  context: ReportContext,
  city: ReportCity,
  resolution: number | undefined,
): Promise<readonly Block[]> {
  if (resolution === undefined) {
    return [
      {
        kind: 'empty',
        reason: 'The snapshot has no hot spots: they are computed from coordinates, and there are none.',
      },
    ];
  }
  const area = await areaTable(context, city, resolution);
  const reason = area.rows.map((row) => textOf(row, 'reason')).find((text) => text !== '');
  if (area.rows.length === 0 || reason !== undefined) {
    return [
      {
        kind: 'empty',
        reason: reason ?? `No incident of ${city.city} has good coordinates, so there is no map.`,
      },
    ];
  }
  const concentration = await concentrationTable(context, city, resolution);
  return [
    ...(await classFigures(context, city, resolution, concentration)),
    ...(await countFigures(context, city, resolution)),
    ...(concentration.rows.length === 0
      ? []
      : [
          figure(
            concentration,
            say`Half of the incidents of ${city.city} lie in ${tell(concentration, 0, 'area_share_of_half')} of the area, a quarter in ${tell(concentration, 0, 'area_share_of_quarter')} (${tell(concentration, 0, 'period')}).`,
          ),
        ]),
    ...(await emergingFigures(context, city, resolution)),
    figure(area, say`What was looked at in ${city.city}, and what was left out.`, {
      notes: [[{ text: textOf(area.rows[0], 'outline_note'), table: area.id, row: 0 }]],
    }),
  ];
}

function areaTable(
  context: ReportContext,
  { id, city }: ReportCity,
  resolution: number,
): Promise<ReportTable> {
  return readTable(context, {
    id: `area-${id}`,
    title: `Study area, ${city}`,
    query: sql`SELECT resolution, outline, outline_note, cells, area_km2, empty_cells, located, outside, station_house, not_located,
        withheld, first_month, last_month, reason
      FROM mart_hotspot_study_areas WHERE source = ${context.engine.dialect.literal(id)} AND resolution = ${resolution}`,
    columns: [
      column('resolution', 'H3 resolution'),
      column('outline', 'Outline'),
      column('cells', 'Cells', 'count'),
      column('area_km2', 'km²', 'amount'),
      column('empty_cells', 'Cells without an incident', 'count'),
      column('located', 'Located incidents', 'count'),
      column('outside', 'Outside', 'count'),
      column('station_house', 'At the station house', 'count'),
      column('not_located', 'Not located', 'count'),
      column('withheld', 'Withheld', 'count'),
      column('first_month', 'First month'),
      column('last_month', 'Last month'),
    ],
  });
}

async function classFigures(
  context: ReportContext,
  city: ReportCity,
  resolution: number,
  concentration: ReportTable,
): Promise<readonly Figure[]> {
  const owner = sql`SELECT h3, jurisdiction, ROW_NUMBER() OVER (PARTITION BY h3 ORDER BY incidents DESC, jurisdiction) AS place
    FROM mart_count_cell_jurisdictions_r${resolution} WHERE source = ${context.engine.dialect.literal(city.id)}`;
  const table = await readTable(context, {
    id: `hot-${city.id}`,
    title: `Hot and cold cells, all categories, ${city.city}`,
    query: sql`SELECT c.h3, o.jurisdiction, c.class, c.incidents, c.gi_star, c.q, c.is_core, c.latitude, c.longitude, c.period
      FROM mart_hotspot_cells AS c LEFT JOIN (${owner}) AS o ON o.h3 = c.h3 AND o.place = 1
      WHERE ${where(context, city.id, resolution).replaceAll(/\b(source|resolution|target)\b/g, 'c.$1')} AND c.class <> 'not significant'
      ORDER BY c.gi_star DESC, c.h3`,
    columns: [
      column('h3', 'Cell'),
      column('jurisdiction', 'Precinct or division'),
      column('class', 'Class'),
      column('incidents', 'Incidents', 'count'),
      column('gi_star', 'Gi*', 'amount'),
      column('q', 'q', 'probability'),
      column('latitude', 'Latitude'),
      column('longitude', 'Longitude'),
    ],
  });
  const hot = table.rows.filter((row) => row.class === 'hot');
  const cold = table.rows.filter((row) => row.class === 'cold');
  const claim =
    hot.length === 0
      ? say`No cell of ${city.city} is a hot spot beyond chance.`
      : say`Hot spots of ${city.city} beyond chance: ${tell(concentration, 0, 'hot_cells')} cells with ${tell(concentration, 0, 'hot_share')} of the incidents. The strongest, ${tell(table, 0, 'h3')}, lies in ${tell(table, 0, 'jurisdiction')} with ${tell(table, 0, 'incidents')} incidents in ${tell(table, 0, 'period')}.`;
  const classes: readonly CellClass[] = [
    {
      label: `cold: ${counted(cold.length, 'cell')}`,
      colour: COLOURS.cold,
      cells: cold.map((row) => textOf(row, 'h3')),
    },
    {
      label: `hot: ${counted(hot.length, 'cell')}`,
      colour: COLOURS.hot,
      cells: hot.map((row) => textOf(row, 'h3')),
    },
  ];
  return [
    figure(table, claim, {
      picture:
        table.rows.length === 0 && !context.outlines.has(city.id)
          ? undefined
          : drawCellMap(
              `Map of ${city.city}: hot and cold H3 cells of resolution ${resolution}, all categories but sex offences.`,
              classes.filter(({ cells }) => cells.length > 0),
              context.outlines.get(city.id),
            ),
      notes: [
        say`H3 cells of resolution ${String(resolution)}, all categories but sex offences. Hot or cold: Getis-Ord Gi*, permutation test, false discovery rate below 5 %.`,
      ],
      shownRows: LISTED_HOT,
    }),
  ];
}

async function countFigures(
  context: ReportContext,
  city: ReportCity,
  resolution: number,
): Promise<readonly Figure[]> {
  const table = await readTable(context, {
    id: `cells-${city.id}`,
    title: `Incidents by cell, all categories, ${city.city}`,
    query: sql`SELECT h3, incidents, period FROM mart_hotspot_cells WHERE ${where(context, city.id, resolution)} AND incidents > 0
      ORDER BY incidents DESC, h3`,
    columns: [column('h3', 'Cell'), column('incidents', 'Incidents', 'count'), column('period', 'Months')],
  });
  if (table.rows.length === 0) return [];
  return [
    figure(
      table,
      say`The cell of ${city.city} with most incidents has ${tell(table, 0, 'incidents')} in ${tell(table, 0, 'period')}.`,
      {
        picture: drawCellMap(
          `Map of ${city.city}: recorded incidents by H3 cell of resolution ${resolution}, darker for more.`,
          countClasses(table),
          context.outlines.get(city.id),
        ),
        notes: [
          say`H3 cells of resolution ${String(resolution)}, all categories but sex offences. The page lists the first ${String(LISTED_CELLS)}; the CSV has all.`,
        ],
        shownRows: LISTED_CELLS,
      },
    ),
  ];
}

/** Shares of the cells, from the least, at which a darker class begins. */
const QUANTILES = [0, 0.3, 0.55, 0.75, 0.9, 0.97] as const;

/** Classes of counts so that few cells are in the darkest; equal counts are never parted. */
function countClasses({ rows }: ReportTable): readonly CellClass[] {
  const counts = rows.map((row) => numberOf(row, 'incidents')).sort((a, b) => a - b);
  const starts = [...new Set(QUANTILES.map((share) => counts[Math.floor(share * counts.length)] ?? 0))];
  const skipped = RAMP.length - starts.length;
  return starts.map((from, place) => {
    const next = starts[place + 1] ?? Number.POSITIVE_INFINITY;
    const cells = rows.filter(
      (row) => numberOf(row, 'incidents') >= from && numberOf(row, 'incidents') < next,
    );
    const to = Number.isFinite(next) ? next - 1 : (counts.at(-1) ?? from);
    return {
      label: `${from === to ? number(from) : `${number(from)} to ${number(to)}`}${place === 0 ? ' incidents' : ''}`,
      colour: RAMP[place + skipped] ?? RAMP[0],
      cells: cells.map((row) => textOf(row, 'h3')),
    };
  });
}

async function emergingFigures(
  context: ReportContext,
  city: ReportCity,
  resolution: number,
): Promise<readonly Figure[]> {
  const table = await readTable(context, {
    id: `emerging-${city.id}`,
    title: `How cells came to be hot or cold, all categories, ${city.city}`,
    query: sql`SELECT class, cells, reason FROM mart_emerging_summary WHERE ${where(context, city.id, resolution)}
      ORDER BY cells DESC, class`,
    columns: [
      column('class', 'Class'),
      column('cells', 'Cells', 'count'),
      column('reason', 'Why none was looked for'),
    ],
  });
  if (table.rows.length === 0) return [];
  return [
    figure(table, say`How cells of ${city.city} came to be hot or cold over the last three years, by class.`),
  ];
}
