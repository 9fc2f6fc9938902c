import { cellsToMultiPolygon } from 'h3-js';
import { COLOURS, legendEntry } from '../charts/colours.js';
import type { Picture } from '../report.js';
import type { Ring } from './projection.js';
import { CityProjection } from './projection.js';

/** Cells that are drawn alike. */
export interface CellClass {
  readonly label: string;
  readonly colour: string;
  readonly cells: readonly string[];
}

const SIZE = 620;
const MARGIN = 6;

/** Draws classes of H3 cells on the outline of the study area, with a scale; neighbours of a class grow together. */
export function drawCellMap(
  description: string,
  classes: readonly CellClass[],
  outline: readonly (readonly Ring[])[] | undefined,
): Picture {
  const shapes = classes.map(({ cells }) => cellsToMultiPolygon([...cells], true) as Ring[][]);
  const area = outline ?? shapes.flat();
  const projection = new CityProjection(area.flat(2), SIZE);
  const { width, height } = projection;
  const kilometres = scaleLength(width / projection.scale);
  const bar = Math.round(kilometres * projection.scale * 10) / 10;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 30}" font-size="12" font-family="system-ui, sans-serif" fill="currentColor">`,
    outline === undefined
      ? ''
      : `<path d="${projection.path(outline)}" fill="${COLOURS.ground}" stroke="${COLOURS.soft}" stroke-width=".8"/>`,
    ...shapes.map((shape, index) => `<path d="${projection.path(shape)}" fill="${classes[index]?.colour}"/>`),
    `<path d="M1 ${height + 10}v4h${bar}v-4" fill="none" stroke="currentColor"/><text x="${bar + 8}" y="${height + 15}">${kilometres} km</text>`,
    '</svg>',
  ].join('');
  return { description, svg, legend: classes.map(({ label, colour }) => legendEntry(label, colour)) };
}

/** About a sixth of the width, as a round number. */
function scaleLength(widthKm: number): number {
  const wanted = widthKm / 6;
  return [50, 20, 10, 5, 2, 1, 0.5, 0.2].find((length) => length <= wanted) ?? 0.1;
}
