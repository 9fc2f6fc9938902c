import { areaY, axisX, axisY, dot, gridY, lineY, rectY, ruleX } from '@observablehq/plot';
import type { LegendEntry, Picture } from '../report.js';
import { COLOURS, legendEntry } from './colours.js';
import { drawPlot, WIDE } from './draw-plot.js';

export interface SeriesPoint {
  /** First day of the period, ISO. */
  readonly start: string;
  readonly value: number;
  /** Level without season and chance; NaN where there is none. */
  readonly trend: number;
  readonly isComplete: boolean;
}

/** A span of days, ISO, both included. */
interface SeriesEvent {
  readonly from: string;
  readonly to: string;
}

interface SeriesBand {
  readonly start: string;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

export interface SeriesChartOptions {
  readonly axis: string;
  readonly events?: readonly SeriesEvent[];
  /** Days on which another level begins. */
  readonly shifts?: readonly string[];
  /** Days of periods that stand out. */
  readonly anomalies?: readonly string[];
  readonly forecast?: readonly SeriesBand[];
}

const instant = (isoDate: string): Date => new Date(`${isoDate}T00:00:00Z`);
const HEIGHT = 270;
const later = (a: Date, b: Date): Date => (a > b ? a : b);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
/** An event of a day is drawn a week wide, or nobody sees it. */
const LEAST_EVENT_MS = 7 * 86_400_000;

/** Draws a series by period with its trend, known events, other levels, what stands out, and a forecast. */
export function drawSeries(
  description: string,
  points: readonly SeriesPoint[],
  { axis, events = [], shifts = [], anomalies = [], forecast = [] }: SeriesChartOptions,
): Picture {
  const line = points.map(({ start, value }) => ({ x: instant(start), y: value }));
  const trend = points
    .filter((point) => Number.isFinite(point.trend))
    .map((point) => ({ x: instant(point.start), y: point.trend }));
  const open = points
    .filter(({ isComplete }) => !isComplete)
    .map(({ start, value }) => ({ x: instant(start), y: value }));
  const marked = new Set(anomalies.map((day) => day.slice(0, 7)));
  const unusual = points
    .filter(({ start }) => marked.has(start.slice(0, 7)))
    .map(({ start, value }) => ({ x: instant(start), y: value }));
  const band = forecast.map(({ start, expected, lower, upper }) => ({
    x: instant(start),
    expected,
    lower,
    upper,
  }));
  const values = [...points.map(({ value }) => value), ...forecast.map(({ upper }) => upper)];
  const most = 1.06 * Math.max(...values, 1);
  const first = instant(points[0]?.start ?? '');
  const last = instant((forecast.at(-1) ?? points.at(-1))?.start ?? '');
  const spans = events
    .map(({ from, to }) => ({
      x1: instant(from),
      x2: new Date(Math.max(+instant(to), +instant(from) + LEAST_EVENT_MS)),
    }))
    .filter(({ x1, x2 }) => x2 > first && x1 <= last)
    .map(({ x1, x2 }) => ({ x1: later(x1, first), x2: earlier(x2, last) }));
  return drawPlot(
    description,
    (width) => ({
      width,
      height: HEIGHT,
      marginLeft: 48,
      marginRight: 12,
      marginTop: 24,
      marginBottom: 36,
      x: { type: 'utc' },
      y: { domain: [0, most] },
      marks: [
        rectY(spans, {
          x1: 'x1',
          x2: 'x2',
          y1: 0,
          y2: most,
          fill: COLOURS.mark,
          fillOpacity: 0.16,
        }),
        gridY({ ticks: 5 }),
        axisX({ ticks: width === WIDE ? 8 : 4, fontSize: 12, label: null }),
        axisY({ ticks: 5, tickSize: 0, fontSize: 12, label: axis, labelAnchor: 'top', labelArrow: 'none' }),
        areaY(band, { x: 'x', y1: 'lower', y2: 'upper', fill: COLOURS.band, fillOpacity: 0.8 }),
        lineY(line, {
          x: 'x',
          y: 'y',
          stroke: COLOURS.accent,
          strokeWidth: 1.2,
          strokeOpacity: trend.length > 0 ? 0.75 : 1,
        }),
        lineY(trend, { x: 'x', y: 'y', stroke: COLOURS.ink, strokeWidth: 1.8 }),
        lineY(band, {
          x: 'x',
          y: 'expected',
          stroke: COLOURS.accent,
          strokeWidth: 1.8,
          strokeDasharray: '5 3',
        }),
        ruleX(shifts.map(instant), { stroke: COLOURS.mark, strokeWidth: 1.4, strokeDasharray: '4 3' }),
        dot(open, {
          x: 'x',
          y: 'y',
          r: 3,
          fill: 'var(--panel,#fff)',
          stroke: COLOURS.accent,
          strokeWidth: 1.4,
        }),
        dot(unusual, { x: 'x', y: 'y', r: 4, fill: COLOURS.mark }),
      ],
    }),
    legendOf({ trend, open, spans, shifts, unusual, band }),
  );
}

type Counted = { readonly length: number };

function legendOf(
  drawn: Readonly<Record<'trend' | 'open' | 'spans' | 'shifts' | 'unusual' | 'band', Counted>>,
): LegendEntry[] {
  const entry = (of: Counted, ...told: Parameters<typeof legendEntry>): LegendEntry[] =>
    of.length === 0 ? [] : [legendEntry(...told)];
  return [
    legendEntry('recorded', COLOURS.accent, 'line'),
    ...entry(drawn.trend, 'level without season and chance', COLOURS.ink, 'line'),
    ...entry(drawn.open, 'reports are still coming in', COLOURS.accent, 'ring'),
    ...entry(drawn.spans, 'known events that change what counts mean', COLOURS.mark, 'shade'),
    ...entry(drawn.shifts, 'another level begins', COLOURS.mark, 'dashes'),
    ...entry(drawn.unusual, 'far from what is usual', COLOURS.mark, 'dot'),
    ...entry(drawn.band, 'forecast', COLOURS.accent, 'dashes'),
    ...entry(drawn.band, '90 % interval of the forecast', COLOURS.band, 'area'),
  ];
}
