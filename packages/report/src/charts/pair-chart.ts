import { axisX, axisY, dot, gridX, link } from '@observablehq/plot';
import type { Picture } from '../report.js';
import { COLOURS, legendEntry } from './colours.js';
import { drawPlot, WIDE } from './draw-plot.js';

export interface Pair {
  readonly label: string;
  readonly first: number;
  readonly second: number;
}

const ROW_HEIGHT = 22;

/** Draws two values of each row as dots with a line between them. */
export function drawPairs(
  description: string,
  pairs: readonly Pair[],
  {
    axis,
    format,
    names,
  }: { readonly axis: string; readonly format: string; readonly names: readonly [string, string] },
): Picture {
  return drawPlot(
    description,
    (width) => ({
      width,
      height: pairs.length * ROW_HEIGHT + 48,
      marginLeft: width === WIDE ? 190 : 128,
      marginRight: 16,
      marginTop: 4,
      marginBottom: 40,
      x: { zero: true },
      y: { domain: pairs.map(({ label }) => label), label: null },
      marks: [
        gridX({ ticks: width === WIDE ? 6 : 4 }),
        axisX({
          ticks: width === WIDE ? 6 : 4,
          tickFormat: format,
          label: axis,
          labelAnchor: 'center',
          fontSize: 12,
        }),
        axisY({
          tickSize: 0,
          fontSize: 12,
          label: null,
          lineWidth: width === WIDE ? 15 : 9.5,
          textOverflow: 'ellipsis',
        }),
        link(pairs, {
          x1: 'first',
          x2: 'second',
          y1: 'label',
          y2: 'label',
          stroke: COLOURS.soft,
          strokeWidth: 2,
        }),
        dot(pairs, {
          x: 'first',
          y: 'label',
          r: 4.5,
          fill: 'var(--panel,#fff)',
          stroke: COLOURS.accent,
          strokeWidth: 2,
        }),
        dot(pairs, { x: 'second', y: 'label', r: 4.5, fill: COLOURS.accent }),
      ],
    }),
    [
      legendEntry(`${names[0]} (ring)`, COLOURS.accent, 'dot'),
      legendEntry(`${names[1]} (full)`, COLOURS.accent, 'dot'),
    ],
  );
}
