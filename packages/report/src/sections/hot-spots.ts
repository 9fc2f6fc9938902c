import type { Block, Figure, ReportTable, Section } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, readTable, textOf } from '../report-context.js';
import { say, tell } from '../sentence.js';
import { sql } from '../sql.js';
import { allIn, classFigures, countFigures } from './cell-figures.js';

/** Where incidents concentrate. Sex offences, kidnapping and trafficking are in no cell, and nothing here is by person. */
export async function hotSpotsSection(
  context: ReportContext,
  resolution: number | undefined,
): Promise<Section> {
  const blocks: Block[] = [
    {
      kind: 'caution',
      sentence: say`Concentration is not risk: nobody knows how many people were in a place. Sex offences, kidnapping and trafficking are never shown by cell.`,
    },
  ];
  for (const city of context.cities) {
    blocks.push({ kind: 'heading', text: city.city }, ...(await cityBlocks(context, city, resolution)));
  }
  return { id: 'hot-spots', title: 'Hot spots', blocks };
}

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

async function emergingFigures(
  context: ReportContext,
  city: ReportCity,
  resolution: number,
): Promise<readonly Figure[]> {
  const table = await readTable(context, {
    id: `emerging-${city.id}`,
    title: `How cells came to be hot or cold, all categories, ${city.city}`,
    query: sql`SELECT class, cells, reason FROM mart_emerging_summary WHERE ${allIn(context, city.id, resolution)}
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
