import { signed } from '@crimetracker/analysis-kit/words';
import type { Markish } from '@observablehq/plot';
import { axisX, axisY, gridX } from '@observablehq/plot';
import { WIDE } from './draw-plot.js';

const ROW_HEIGHT = 22;
const FONT_SIZE = 12;
/** Width of a sign; fonts differ, and a wide one must fit. */
const SIGN_WIDTH = 7.2;

/** Room for the labels of rows at a width, in pixels. */
function labelRoom(labels: readonly string[], width: number): number {
  const longest = Math.max(...labels.map(({ length }) => length), 0);
  return Math.min(width === WIDE ? 280 : 150, Math.ceil(longest * SIGN_WIDTH) + 14);
}

/** What the numbers of an axis are: shares, changes with their sign, or percentage points with theirs. */
export type AxisFormat = 'share' | 'change' | 'points';

function tickText(value: number, format: AxisFormat): string {
  const text = String(Number((100 * value).toPrecision(3)));
  if (format === 'points') return signed(text, value);
  return format === 'change' ? signed(`${text} %`, value) : `${text} %`;
}

/** Size and axes of a chart of labelled rows. */
export function labelledRows(labels: readonly string[], width: number, axis: string, format: AxisFormat) {
  const room = labelRoom(labels, width);
  const ticks = width === WIDE ? 6 : 3;
  const axes: readonly Markish[] = [
    gridX({ ticks }),
    axisX({
      ticks,
      tickFormat: (value: number) => tickText(value, format),
      label: axis,
      labelAnchor: width === WIDE ? 'center' : 'right',
      labelArrow: 'none',
      fontSize: FONT_SIZE,
    }),
    axisY({
      tickSize: 0,
      fontSize: FONT_SIZE,
      label: null,
      lineWidth: (room - 14) / FONT_SIZE,
      textOverflow: width === WIDE ? 'ellipsis' : 'ellipsis-middle',
    }),
  ];
  return {
    layout: {
      width,
      height: labels.length * ROW_HEIGHT + 48,
      marginLeft: room,
      marginRight: 18,
      marginTop: 4,
      marginBottom: 40,
      y: { domain: [...new Set(labels)], label: null },
    },
    axes,
  };
}
