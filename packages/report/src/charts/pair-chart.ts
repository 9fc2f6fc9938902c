import { dot, link } from '@observablehq/plot';
import type { Picture } from '../report.js';
import { visibleText } from '../visible-text.js';
import { COLOURS, legendEntry } from './colours.js';
import { drawPlot } from './draw-plot.js';
import type { AxisFormat } from './label-axis.js';
import { labelledRows } from './label-axis.js';

export interface Pair {
  readonly label: string;
  readonly first: number;
  readonly second: number;
}

/** Draws two values of each row as dots with a line between them. */
export function drawPairs(
  description: string,
  given: readonly Pair[],
  {
    axis,
    format,
    names,
  }: { readonly axis: string; readonly format: AxisFormat; readonly names: readonly [string, string] },
): Picture {
  const pairs = given.map((one) => ({ ...one, label: visibleText(one.label) }));
  return drawPlot(
    description,
    (width) => {
      const { layout, axes } = labelledRows(
        pairs.map(({ label }) => label),
        width,
        axis,
        format,
      );
      return {
        ...layout,
        x: { zero: true },
        marks: [
          ...axes,
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
      };
    },
    [legendEntry(names[0], COLOURS.accent, 'ring'), legendEntry(names[1], COLOURS.accent, 'dot')],
  );
}
