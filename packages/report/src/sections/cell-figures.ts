import { counted, number } from '@crimetracker/analysis-kit/words';
import { COLOURS, RAMP } from '../charts/colours.js';
import type { CellClass } from '../maps/cell-map.js';
import { drawCellMap } from '../maps/cell-map.js';
import type { Figure, ReportTable } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable, textOf } from '../report-context.js';
import { say, tell } from '../sentence.js';
import { sql } from '../sql.js';

const MAPPED = 'All';
const LISTED_CELLS = 40;
const LISTED_HOT = 120;

/** The rows of a source and resolution that are of all categories together, of a table under a prefix. */
export function allIn({ engine }: ReportContext, id: string, resolution: number, prefix = ''): string {
  return `${prefix}source = ${engine.dialect.literal(id)} AND ${prefix}resolution = ${resolution} AND ${prefix}target = '${MAPPED}'`;
}

/** Hot and cold cells, on a map. */
export async function classFigures(
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
      WHERE ${allIn(context, city.id, resolution, 'c.')} AND c.class <> 'not significant'
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
              `Map of ${city.city}: hot and cold H3 cells of resolution ${resolution}, all categories but sex offences, kidnapping and trafficking.`,
              classes.filter(({ cells }) => cells.length > 0),
              context.outlines.get(city.id),
            ),
      notes: [
        say`H3 cells of resolution ${String(resolution)}, all categories but sex offences, kidnapping and trafficking. Hot or cold: Getis-Ord Gi*, permutation test, false discovery rate below 5 %.`,
      ],
      shownRows: LISTED_HOT,
    }),
  ];
}

/** Incidents by cell, on a map. */
export async function countFigures(
  context: ReportContext,
  city: ReportCity,
  resolution: number,
): Promise<readonly Figure[]> {
  const table = await readTable(context, {
    id: `cells-${city.id}`,
    title: `Incidents by cell, all categories, ${city.city}`,
    query: sql`SELECT h3, incidents, period FROM mart_hotspot_cells WHERE ${allIn(context, city.id, resolution)} AND incidents > 0
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
          say`H3 cells of resolution ${String(resolution)}, all categories but sex offences, kidnapping and trafficking. The page lists the first ${String(LISTED_CELLS)}; the CSV has all.`,
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
