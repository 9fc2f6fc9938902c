import { axisX, axisY, barX, dot, gridX, link, ruleX } from '@observablehq/plot';
import type { Picture } from '../report.js';
import { COLOURS, legendEntry } from './colours.js';
import { drawPlot, WIDE } from './draw-plot.js';

/** A value with its 95 % interval; an end may be unknown. */
export interface IntervalBar {
  readonly label: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface IntervalChartOptions {
  readonly axis: string;
  /** Format of d3 for the axis. */
  readonly format: string;
  /** Bars from zero, or dots around a line. */
  readonly form: 'bars' | 'dots';
  /** Where nothing changed. */
  readonly middle?: number;
}

const ROW_HEIGHT = 22;

/** Draws values with their intervals, one row each, in the order given. */
export function drawIntervals(
  description: string,
  bars: readonly IntervalBar[],
  options: IntervalChartOptions,
): Picture {
  const { axis, format, form, middle = 0 } = options;
  const known = bars.filter(({ lower, upper }) => Number.isFinite(lower) && Number.isFinite(upper));
  const isAway = ({ lower, upper }: IntervalBar): boolean => lower > middle || upper < middle;
  const labels = new Map(bars.map(({ label }, index) => [label, index]));
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
    (width) => ({
      width,
      height: bars.length * ROW_HEIGHT + 48,
      marginLeft: width === WIDE ? 190 : 128,
      marginRight: 16,
      marginTop: 4,
      marginBottom: 40,
      x: { label: axis, tickFormat: format, ...(form === 'bars' && { zero: true }) },
      y: { domain: [...labels.keys()], label: null },
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
    }),
    form === 'bars'
      ? [legendEntry('95 % interval', COLOURS.ink, 'line')]
      : [
          legendEntry('clear change: the 95 % interval leaves out no change', COLOURS.mark, 'dot'),
          legendEntry('no clear change', COLOURS.soft, 'dot'),
        ],
  );
}
