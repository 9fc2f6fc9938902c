import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { cellToBoundary, cellToLatLng, getHexagonAreaAvg, polygonToCells, UNITS } from 'h3-js';
import type { MultiPolygon, Polygon, Position, Ring } from '../geojson/multi-polygon.js';
import { OutlineIndex } from '../geojson/outline-index.js';
import { ringAreaKm2 } from '../geojson/ring-area.js';
import { splitAtAntimeridian } from '../geojson/split-at-antimeridian.js';
import type { CellCounts } from './cell-counts.js';
import { countsOnGrid, requireCounts, totalIncidents } from './cell-counts.js';
import type { CellGrid } from './cell-grid.js';
import { cellGrid } from './cell-grid.js';

/** New York has 52,000 cells of resolution 10, Los Angeles 74,000. */
const MOST_CELLS = 2_000_000;
/** Incidents outside that a reader must know of: 1 in 20. */
const NOTEWORTHY_SHARE = 0.05;
/** A cell that only shares a side with the outline does not lie in it: it is tested a millionth smaller. */
const SHRINK = 1 - 1e-6;
/** Degrees. */
const BOX_MARGIN = 1e-6;

export interface StudyAreaInput {
  /** From `parseOutline` or `deriveOutline`. */
  readonly outline: MultiPolygon;
  /** H3 resolution, 7 to 10. */
  readonly resolution: number;
  /** Located incidents by cell of that resolution, counted from the points. */
  readonly incidents: CellCounts;
}

/** The cells that an analysis looks at, and what lies outside them. Everything about cell i stands at place i. */
export interface StudyArea {
  readonly kind: 'ok';
  readonly grid: CellGrid;
  /** Located incidents by cell, 0 included. */
  readonly incidents: Float64Array;
  readonly incidentsInside: number;
  /** In cells that are not part of the study area. */
  readonly incidentsOutside: number;
  /** Cells that hold these. */
  readonly cellsOutside: number;
  readonly cellsWithoutIncidents: number;
  /** Cells whose centre lies outside the outline; a part of them lies inside, and they hold incidents. */
  readonly borderCells: number;
  readonly areaKm2: number;
  /** What a reader must know, in sentences. */
  readonly cautions: readonly string[];
}

/**
 * The study area at one resolution: every cell whose centre lies in the outline, those without an incident included, and
 * the cells with incidents that lie partly in it, so that incidents at the border are not lost.
 *
 * A centre at the very edge of the outline: western and southern sides belong to it, eastern and northern ones do not.
 * Incidents in other cells are counted. Says why there is no answer: no located incident. Throws CrimeTrackerError when
 * no incident lies in the outline (`outline-without-incidents`), or when it is no city (`outline-too-large`).
 */
export function studyArea({ outline, resolution, incidents }: StudyAreaInput): StudyArea | NotEnoughData {
  requireArgument(
    Number.isInteger(resolution) && resolution >= 7 && resolution <= 10,
    'studyArea',
    `the resolution is 7 to 10, got ${resolution}`,
  );
  requireCounts('studyArea', incidents, resolution);
  const total = totalIncidents(incidents);
  if (total === 0) return notEnoughData('No incident has coordinates.');
  requireCity(outline, resolution);
  const index = new OutlineIndex(outline);
  const inner = cellsByCentre(outline, index, resolution);
  const held = [...incidents].flatMap(([cell, count]) => (count > 0 ? [cell] : []));
  const border = held.filter((cell) => !inner.has(cell) && liesPartlyIn(cell, index));
  if (border.length === 0 && !held.some((cell) => inner.has(cell))) throw noIncidentInside(outline, held);
  const grid = cellGrid([...inner, ...border]);
  const { counts, cellsOutside, incidentsOutside } = countsOnGrid(grid, incidents);
  return {
    kind: 'ok',
    grid,
    incidents: counts,
    incidentsInside: total - incidentsOutside,
    incidentsOutside,
    cellsOutside: cellsOutside.length,
    cellsWithoutIncidents: counts.reduce((sum, count) => sum + (count === 0 ? 1 : 0), 0),
    borderCells: border.length,
    areaKm2: grid.areasKm2.reduce((sum, area) => sum + area, 0),
    cautions:
      incidentsOutside > NOTEWORTHY_SHARE * total
        ? [
            `${incidentsOutside} of ${total} located incidents lie outside the outline: it may be of another city or of a part of this one.`,
          ]
        : [],
  };
}

/** The box around a polygon, a little larger so that no centre lies at its edge. */
function boxAround([outer = []]: Polygon): Ring {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon, lat] of outer) {
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }
  west = Math.max(-180, west - BOX_MARGIN);
  south = Math.max(-90, south - BOX_MARGIN);
  east = Math.min(180, east + BOX_MARGIN);
  north = Math.min(90, north + BOX_MARGIN);
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

/** H3 lists the cells of the box, the index judges their centres: as H3 does it for polygons, in a fifth of the time. */
function cellsByCentre(outline: MultiPolygon, index: OutlineIndex, resolution: number): ReadonlySet<string> {
  const cells = new Set<string>();
  for (const polygon of outline.coordinates) {
    const box = boxAround(polygon).map(([lon, lat]) => [lon, lat]);
    for (const cell of polygonToCells([box], resolution, true)) {
      if (cells.has(cell)) continue;
      const [lat, lon] = cellToLatLng(cell);
      if (index.contains(lon, lat)) cells.add(cell);
    }
  }
  return cells;
}

function liesPartlyIn(cell: string, index: OutlineIndex): boolean {
  return splitAtAntimeridian([cellToBoundary(cell, true)]).some(([outer = []]) =>
    index.overlaps(shrink(outer)),
  );
}

function shrink(ring: Ring): Ring {
  const [west = 0, south = 0] = [0, 1].map(
    (axis) => ring.reduce((sum, position) => sum + (position[axis] ?? 0), 0) / ring.length,
  );
  return ring.map(([lon, lat]): Position => [west + SHRINK * (lon - west), south + SHRINK * (lat - south)]);
}

function requireCity(outline: MultiPolygon, resolution: number): void {
  const areaKm2 = outline.coordinates.reduce((sum, polygon) => sum + ringAreaKm2(boxAround(polygon)), 0);
  const cells = areaKm2 / getHexagonAreaAvg(resolution, UNITS.km2);
  if (cells <= MOST_CELLS) return;
  throw new CrimeTrackerError(
    `The outline spans about ${Math.round(cells)} cells of resolution ${resolution}; a city has fewer than ${MOST_CELLS}.`,
    {
      code: 'outline-too-large',
      exitCode: EXIT_CODES.usage,
      hint: 'Give the outline of one city, or a coarser resolution.',
    },
  );
}

function noIncidentInside(outline: MultiPolygon, cells: readonly string[]): CrimeTrackerError {
  const swapped = new OutlineIndex({
    type: 'MultiPolygon',
    coordinates: outline.coordinates.map((polygon) =>
      polygon.map((ring) => ring.map(([lon, lat]): Position => [lat, lon])),
    ),
  });
  const isSwapped = cells.some((cell) => {
    const [lat, lon] = cellToLatLng(cell);
    return swapped.contains(lon, lat);
  });
  return new CrimeTrackerError('The outline holds none of the located incidents.', {
    code: 'outline-without-incidents',
    exitCode: EXIT_CODES.usage,
    hint: isSwapped
      ? 'It would with longitude and latitude swapped: GeoJSON has longitude first.'
      : 'Give the outline of the city that the incidents are of.',
  });
}
