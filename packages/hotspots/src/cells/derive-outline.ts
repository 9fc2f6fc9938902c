import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import {
  cellsToMultiPolygon,
  cellToParent,
  getHexagonAreaAvg,
  getHexagonEdgeLengthAvg,
  getResolution,
  UNITS,
} from 'h3-js';
import type { MultiPolygon } from '../geojson/multi-polygon.js';
import { outlineAreaKm2 } from '../geojson/ring-area.js';
import { splitAtAntimeridian } from '../geojson/split-at-antimeridian.js';
import type { CellCounts } from './cell-counts.js';
import { requireCounts, totalIncidents } from './cell-counts.js';
import { closeGaps } from './close-gaps.js';
import { fillHoles } from './fill-holes.js';
import { grow } from './grow.js';
import { islands } from './islands.js';

/** Fewer incidents show some streets and no city. */
const FEWEST_INCIDENTS = 50;
/** Cells with less than this part of the mean are stray coordinates, or water: 1 in 100. */
const THIN_SHARE = 0.01;
/** Gaps of up to four cells are closed. */
const CLOSING_RINGS = 2;
/** Parks, cemeteries and airports without a crime belong to the city; larger holes are lakes, bays or other towns. */
const LARGEST_HOLE_KM2 = 10;
/** Up to here, a few incidents are a small island or a distant street; from here on, mistyped coordinates. */
const NEAR_KM = 5;
/** A distant part of a city holds at least three incidents and one in a thousand. */
const PART_INCIDENTS = 3;
const PART_SHARE = 0.001;
/** From fine to coarse, with the part of the cells that see incidents which must be known; else the coarsest. */
const RESOLUTIONS = [
  { resolution: 9, share: 0.95 },
  { resolution: 8, share: 0.7 },
  { resolution: 7, share: 0.5 },
] as const;
const COARSEST = 6;
/** An outline in coarser cells than these of 0.7 km² is rough. */
const FINE_ENOUGH = 8;
/** Incidents left out of the outline that a reader must know of: 1 in 100. */
const NOTEWORTHY_SHARE = 0.01;

/** What was not taken into the outline. */
interface LeftOut {
  readonly cells: number;
  readonly incidents: number;
}

/** An outline that stands on nothing but where incidents were recorded. */
export interface DerivedOutline {
  readonly kind: 'ok';
  readonly outline: MultiPolygon;
  /** Of the cells whose union the outline is. */
  readonly resolution: number;
  /** Cells of the outline, ascending. */
  readonly cells: readonly string[];
  readonly areaKm2: number;
  /** Parts that do not hang together. */
  readonly parts: number;
  /** Located incidents in the outline's cells. */
  readonly incidents: number;
  /** Estimated part of the cells with incidents that show one in this data, 0 to 1. */
  readonly shareOfCellsSeen: number;
  /** Cells with far less incidents than is usual, unless a gap that was closed took them in. */
  readonly thin: LeftOut;
  /** Few incidents far from the rest of the city. */
  readonly far: LeftOut;
  /** How the outline was made, in one sentence. */
  readonly method: string;
  /** What a reader must know, in sentences. */
  readonly cautions: readonly string[];
}

/**
 * Derives a city's outline from where incidents were recorded, as hexagons.
 *
 * Cells with next to no incidents are left out, gaps of up to four cells closed (morphological closing), and holes of
 * up to 10 km² filled: a park without a crime is part of the city, a larger bay, lake or enclosed town is not. A part of
 * fewer than three incidents, or than one in a thousand, that is more than 5 km from all larger ones is left out as
 * mistyped coordinates; islands stay. The cells are as fine as the data allows: those of the given resolution, at most 9,
 * or coarser ones while too many cells seem to be unseen (Chao 1984, "Nonparametric estimation of the number of classes
 * in a population").
 * Coarser cells are parents of the given ones, which is exact enough here, and only here.
 * Says why there is no answer: fewer than 50 incidents.
 *
 * Against the official boundaries of New York and Los Angeles (784 and 1,239 km² with inland water): 11,000 and 10,000
 * real incidents give 789 and 1,192 km², which cover 89 and 86 % of the city and beyond it 12 and 10 % of its area;
 * 200 incidents cover 75 to 80 and 50 to 65 %; 1.5 million, simulated within the boundary with one in 2,000 astray, cover
 * 99.9 % and beyond it 17 and 8 %, mostly water. Measured on 2026-11-27.
 * @param incidents located incidents by H3 index of one resolution from 6 on; 9 is best for a whole city
 */
export function deriveOutline(incidents: CellCounts): DerivedOutline | NotEnoughData {
  const [first] = incidents.keys();
  const given = first === undefined ? 9 : getResolution(first);
  requireArgument(
    given >= COARSEST,
    'deriveOutline',
    `cells are of resolution ${COARSEST} or finer, got ${given}`,
  );
  requireCounts('deriveOutline', incidents, given);
  const total = totalIncidents(incidents);
  if (total < FEWEST_INCIDENTS) {
    return notEnoughData(
      `${total} located incidents are fewer than ${FEWEST_INCIDENTS}, too few to derive a city's outline from.`,
    );
  }
  const { resolution, counts, occupied, shareOfCellsSeen } = chooseResolution(incidents, given);
  const filled = fillHoles(closeGaps(occupied, CLOSING_RINGS), LARGEST_HOLE_KM2);
  const parts = partsOfCity(filled, counts, total, resolution);
  const cells = parts.flat().sort();
  const { inside, thin, far } = account(counts, new Set(cells), occupied);
  const outline: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: cellsToMultiPolygon(cells, true).flatMap((polygon) => splitAtAntimeridian(polygon)),
  };
  const leftOut = thin.incidents + far.incidents;
  const cautions = [
    'The outline is derived from where incidents were recorded: at its edge it takes in water and strips of other places, and misses land where nothing was recorded.',
  ];
  if (resolution < Math.min(given, FINE_ENOUGH)) {
    cautions.push(
      `${total} incidents show too few of the cells for a finer outline: it is drawn in cells of ${cellSize(resolution)}, of which about ${Math.round(100 * shareOfCellsSeen)} % are seen, so areas and shares of the area are rough. Give the city's outline as GeoJSON.`,
    );
  }
  if (leftOut > NOTEWORTHY_SHARE * total) {
    cautions.push(`${leftOut} of ${total} incidents lie outside the derived outline.`);
  }
  return {
    kind: 'ok',
    outline,
    resolution,
    cells,
    areaKm2: outlineAreaKm2(outline),
    parts: parts.length,
    incidents: inside,
    shareOfCellsSeen,
    thin,
    far,
    method: `Cells of ${cellSize(resolution)} with incidents, gaps of up to ${2 * CLOSING_RINGS} cells closed, holes of up to ${LARGEST_HOLE_KM2} km² filled, few incidents more than ${NEAR_KM} km away left out.`,
    cautions,
  };
}

function cellSize(resolution: number): string {
  return `${getHexagonAreaAvg(resolution, UNITS.km2).toPrecision(2)} km²`;
}

interface Choice {
  readonly resolution: number;
  readonly counts: CellCounts;
  /** Cells with enough incidents to be no stray coordinates. */
  readonly occupied: ReadonlySet<string>;
  readonly shareOfCellsSeen: number;
}

/** The finest resolution at which enough of the cells that see incidents are known. */
function chooseResolution(incidents: CellCounts, given: number): Choice {
  for (const { resolution, share } of RESOLUTIONS) {
    if (resolution > given) continue;
    const choice = viewAt(incidents, given, resolution);
    if (choice.shareOfCellsSeen >= share) return choice;
  }
  return viewAt(incidents, given, COARSEST);
}

function viewAt(incidents: CellCounts, given: number, resolution: number): Choice {
  const counts = countParents(incidents, given, resolution);
  const occupied = occupiedCells(counts);
  return { resolution, counts, occupied, shareOfCellsSeen: estimateShareSeen(counts, occupied) };
}

function countParents(incidents: CellCounts, given: number, resolution: number): CellCounts {
  const counts = new Map<string, number>();
  for (const [cell, count] of incidents) {
    if (count === 0) continue;
    const parent = resolution === given ? cell : cellToParent(cell, resolution);
    counts.set(parent, (counts.get(parent) ?? 0) + count);
  }
  return counts;
}

function occupiedCells(counts: CellCounts): ReadonlySet<string> {
  const least = (THIN_SHARE * totalIncidents(counts)) / counts.size;
  return new Set([...counts].flatMap(([cell, count]) => (count >= least ? [cell] : [])));
}

/** Cells seen over cells there are, these as Chao's lower bound from the cells with one and with two incidents. */
function estimateShareSeen(counts: CellCounts, occupied: ReadonlySet<string>): number {
  let once = 0;
  let twice = 0;
  for (const cell of occupied) {
    const count = counts.get(cell);
    if (count === 1) once += 1;
    if (count === 2) twice += 1;
  }
  const unseen = (once * (once - 1)) / (2 * (twice + 1));
  return occupied.size / (occupied.size + unseen);
}

/** The parts that belong to the city: the large ones, and small ones not far from these. */
function partsOfCity(
  cells: ReadonlySet<string>,
  counts: CellCounts,
  total: number,
  resolution: number,
): readonly (readonly string[])[] {
  const parts = islands(cells).map((part) => ({
    part,
    incidents: part.reduce((sum, cell) => sum + (counts.get(cell) ?? 0), 0),
  }));
  const most = parts.reduce((largest, { incidents }) => Math.max(largest, incidents), 0);
  const enough = Math.min(most, Math.max(PART_INCIDENTS, PART_SHARE * total));
  const large = parts.flatMap(({ part, incidents }) => (incidents >= enough ? part : []));
  const spacingKm = Math.sqrt(3) * getHexagonEdgeLengthAvg(resolution, UNITS.km);
  const near = grow(large, Math.max(2, Math.ceil(NEAR_KM / spacingKm)));
  return parts.flatMap(({ part }) => (part.some((cell) => near.has(cell)) ? [part] : []));
}

function account(
  counts: CellCounts,
  cells: ReadonlySet<string>,
  occupied: ReadonlySet<string>,
): { readonly inside: number; readonly thin: LeftOut; readonly far: LeftOut } {
  let inside = 0;
  const thin = { cells: 0, incidents: 0 };
  const far = { cells: 0, incidents: 0 };
  for (const [cell, count] of counts) {
    if (cells.has(cell)) {
      inside += count;
      continue;
    }
    const leftOut = occupied.has(cell) ? far : thin;
    leftOut.cells += 1;
    leftOut.incidents += count;
  }
  return { inside, thin, far };
}
