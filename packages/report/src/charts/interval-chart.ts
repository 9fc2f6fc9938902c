import { barX, dot, link, ruleX } from '@observablehq/plot';
import type { Picture } from '../report.js';
import { visibleText } from '../visible-text.js';
import { COLOURS, legendEntry } from './colours.js';
import { drawPlot } from './draw-plot.js';
import type { AxisFormat } from './label-axis.js';
import { labelledRows } from './label-axis.js';

/** A value with its 95 % interval; an end may be unknown. */
export interface IntervalBar {
  readonly label: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface IntervalChartOptions {
  readonly axis: string;
  readonly format: AxisFormat;
  /** Bars from zero, or dots around a line. */
  readonly form: 'bars' | 'dots';
  /** Where nothing changed. */
  readonly middle?: number;
}

/** Draws values with their intervals, one row each, in the order given. */
export function drawIntervals(
  description: string,
  given: readonly IntervalBar[],
  options: IntervalChartOptions,
): Picture {
  const bars = given.map((one) => ({ ...one, label: visibleText(one.label) }));
  const { axis, format, form, middle = 0 } = options;
  const known = bars.filter(({ lower, upper }) => Number.isFinite(lower) && Number.isFinite(upper));
  const isAway = ({ lower, upper }: IntervalBar): boolean => lower > middle || upper < middle;
  const intervals = link(known, {
    x1: 'lower',
    x2: 'upper',
    y1: 'label',
    y2: 'label',
    stroke: form === 'bars' ? COLOURS.ink : COLOURS.soft,
    strokeWidth: 1.6,
  });
  return drawPlot(
    description,
    (width) => {
      const { layout, axes } = labelledRows(
        bars.map(({ label }) => label),
        width,
        axis,
        format,
      );
      return {
        ...layout,
        x: { ...(form === 'bars' && { zero: true }) },
        marks: [
          ...axes,
          ...(form === 'bars'
            ? [
                barX(bars, { x: 'value', y: 'label', fill: COLOURS.accent, insetTop: 3, insetBottom: 3 }),
                intervals,
              ]
            : [
                ruleX([middle], { stroke: COLOURS.ink, strokeOpacity: 0.5 }),
                intervals,
                dot(bars.filter(isAway), { x: 'value', y: 'label', fill: COLOURS.mark, r: 4.5 }),
                dot(
                  bars.filter((bar) => !isAway(bar)),
                  { x: 'value', y: 'label', fill: COLOURS.soft, r: 3.5 },
                ),
              ]),
        ],
      };
    },
    form === 'bars'
      ? known.map(() => legendEntry('95 % interval', COLOURS.ink, 'line')).slice(0, 1)
      : [
          legendEntry('clear change: the 95 % interval leaves out no change', COLOURS.mark, 'dot'),
          legendEntry('no clear change', COLOURS.soft, 'dot'),
        ],
  );
}
