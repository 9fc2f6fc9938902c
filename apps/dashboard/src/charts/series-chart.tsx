import { dateText } from '@crimetracker/analysis-kit/words';
import type { Count, DateRange, Grain } from '@crimetracker/crossfilter';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { useMemo, useState } from 'preact/hooks';
import { ChartTitle } from './chart-title.js';
import { unlessSame } from './is-same.js';
import type { OverlayForecast, Overlays } from './overlays.js';
import type { SeriesPoint } from './series-points.js';
import { linePaths, lonePoints } from './series-points.js';
import { hideTip, showTip, showTipAt } from './tip.js';
import { useWidth } from './use-width.js';
import { incidentsText, number, periodText } from './words.js';

interface SeriesChartProps {
  readonly source: string;
  readonly city: string;
  readonly colour: string;
  readonly grain: Grain;
  readonly range: DateRange;
  readonly points: readonly SeriesPoint[];
  readonly overlays: Overlays | undefined;
  readonly hidden: string;
}

const HEIGHT = 226;
const TOP = 40;
const BOTTOM = 24;
const RIGHT = 14;
const BASE = HEIGHT - BOTTOM;
const NARROW = 520;
const SIGN_WIDTH = 7;

const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
/** Names of breaks in the chart; below it stands what they mean. */
export const breakName = (place: number): string => String.fromCharCode(65 + (place % 26));

/** What can be pointed at: a period with its count, its forecast, or both. */
interface Stop {
  readonly start: string;
  readonly point: SeriesPoint | undefined;
  readonly forecast: OverlayForecast | undefined;
}

function stopsOf(points: readonly SeriesPoint[], forecast: readonly OverlayForecast[]): readonly Stop[] {
  const ofStart = new Map(forecast.map((one) => [one.start, one]));
  const counted = new Set(points.map(({ start }) => start));
  return [
    ...points.map((point) => ({ start: point.start, point, forecast: ofStart.get(point.start) })),
    ...forecast
      .filter(({ start }) => !counted.has(start))
      .map((one) => ({ start: one.start, point: undefined, forecast: one })),
  ];
}

interface Scales {
  readonly x: (date: string) => number;
  readonly y: (count: number) => number;
  readonly left: number;
  readonly right: number;
  readonly yTicks: readonly number[];
  readonly xTicks: readonly (readonly [number, string])[];
}

function scalesOf(
  width: number,
  points: readonly SeriesPoint[],
  forecast: readonly OverlayForecast[],
): Scales {
  let most = 1;
  for (const { count } of points) if (count !== null && count > most) most = count;
  for (const { p95 } of forecast) if (p95 > most) most = p95;
  const yScale = scaleLinear([0, most * 1.05], [BASE, TOP]);
  const yTicks = yScale.ticks(4).filter(Number.isInteger);
  const left = 10 + SIGN_WIDTH * Math.max(...yTicks.map((tick) => number(tick).length), 1);
  const first = points[0]?.start ?? '1970-01-01';
  const last = [points.at(-1)?.start ?? first, forecast.at(-1)?.start ?? first].sort().at(-1) ?? first;
  const right = Math.max(left + 1, width - RIGHT);
  const xScale = scaleUtc(
    [timeOf(first), timeOf(last)],
    first === last ? [(left + right) / 2, right] : [left, right],
  );
  const ticks = first === last ? [] : xScale.ticks(width < NARROW ? 4 : 8);
  const format = xScale.tickFormat();
  return {
    x: (date) => xScale(timeOf(date)),
    y: (count) => yScale(count),
    left,
    right,
    yTicks,
    xTicks: ticks.map((tick) => [xScale(tick), format(tick)] as const),
  };
}

function wordsOf(
  { start, point, forecast }: Stop,
  grain: Grain,
  overlays: Overlays | undefined,
  hidden: string,
): string {
  const said: string[] = [];
  const name = periodText(grain, start);
  if (point !== undefined) {
    said.push(`${name}: ${incidentsText(point.count, hidden)}`);
    if (!point.isWhole) said.push('Only some of its days are shown.');
    if (!point.isComplete) said.push('Not completely reported yet.');
  }
  if (forecast !== undefined) {
    const { expected, p05, p25, p75, p95 } = forecast;
    said.push(
      `${point === undefined ? `${name}: forecast` : 'Forecast'} ${number(expected)}; 50\u00a0%: ${number(p25)} to ${number(p75)}, 90\u00a0%: ${number(p05)} to ${number(p95)}`,
    );
  }
  for (const one of overlays?.anomalies ?? [])
    if (one.isOnLine && one.start === start) said.push(one.sentence);
  return said.join('\n');
}

/** Incidents of a city over time, with what its answers add; the periods can be gone through by arrow keys. */
export const SeriesChart = unlessSame((props: SeriesChartProps) => {
  const { city, grain, points, overlays, hidden } = props;
  const [place, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | undefined>();
  const forecast = overlays?.forecast ?? [];
  const stops = useMemo(() => stopsOf(points, forecast), [points, forecast]);
  const scales = useMemo(() => scalesOf(width, points, forecast), [width, points, forecast]);
  const last = Math.max(0, stops.length - 1);
  const current = at === undefined ? undefined : stops[Math.min(at, last)];
  const words = (stop: Stop | undefined): string =>
    stop === undefined ? '' : wordsOf(stop, grain, overlays, hidden);
  const nearest = (x: number): number => {
    let best = 0;
    for (const [index, { start }] of stops.entries())
      if (Math.abs(scales.x(start) - x) < Math.abs(scales.x(stops[best]?.start ?? start) - x)) best = index;
    return best;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = at ?? last;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: from - 1,
      ArrowRight: from + 1,
      Home: 0,
      End: last,
      PageUp: from + 10,
      PageDown: from - 10,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(last, next));
    setAt(to);
    showTipAt(words(stops[to]), event.currentTarget as Element);
  };
  return (
    <div
      ref={place}
      class="series-chart"
      role="slider"
      tabIndex={0}
      aria-label={`${city}, incidents by ${grain}`}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at === undefined ? last : Math.min(at, last)}
      aria-valuetext={words(current ?? stops[last])}
      onKeyDown={onKeyDown}
      onFocus={() => setAt((before) => before ?? last)}
      onBlur={() => {
        setAt(undefined);
        hideTip();
      }}
      onPointerMove={(event) => {
        const next = nearest(event.clientX - event.currentTarget.getBoundingClientRect().left);
        setAt(next);
        showTip(words(stops[next]), event.clientX, event.clientY);
      }}
      onPointerLeave={(event) => {
        if (document.activeElement !== event.currentTarget) setAt(undefined);
        hideTip();
      }}
    >
      {width > 0 && points.length > 0 && (
        <svg width={width} height={HEIGHT} role="presentation">
          <Drawing {...props} width={width} />
          {current !== undefined && <Cursor scales={scales} stop={current} colour={props.colour} />}
        </svg>
      )}
    </div>
  );
});

function Cursor({
  scales: { x, y },
  stop,
  colour,
}: {
  readonly scales: Scales;
  readonly stop: Stop;
  readonly colour: string;
}) {
  const value: Count = stop.point?.count ?? stop.forecast?.expected ?? null;
  return (
    <g class="cursor">
      <line x1={x(stop.start)} x2={x(stop.start)} y1={TOP} y2={BASE} stroke="var(--ink-soft)" />
      {value !== null && (
        <circle cx={x(stop.start)} cy={y(value)} r={4.5} fill={colour} stroke="var(--surface)" />
      )}
    </g>
  );
}

const Drawing = unlessSame(
  ({
    source,
    city,
    colour,
    grain,
    points,
    overlays,
    width,
  }: SeriesChartProps & { readonly width: number }) => {
    const forecast = overlays?.forecast ?? [];
    const { x, y, left, right, yTicks, xTicks } = scalesOf(width, points, forecast);
    const placed = points.map(({ start, count, isWhole, isComplete }) =>
      count === null ? undefined : { x: x(start), y: y(count), isSure: isWhole && isComplete, isWhole },
    );
    // A part of a period is no low count: no line leads to it.
    const whole = placed.map((point) => (point?.isWhole === true ? point : undefined));
    const { sure, open } = linePaths(whole);
    const firstOpen = points.find(({ isComplete }) => !isComplete);
    const lastOpen = points.findLast(({ isComplete }) => !isComplete);
    const counts = new Map(points.map(({ start, count }) => [start, count]));
    const band = (low: 'p05' | 'p25', high: 'p75' | 'p95'): string =>
      area<OverlayForecast>(
        (one) => x(one.start),
        (one) => y(one[low]),
        (one) => y(one[high]),
      )(forecast) ?? '';
    const inside = (date: string): number => Math.max(left, Math.min(right, x(date)));
    return (
      <>
        <defs>
          <pattern
            id={`hatch-${source}`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="2" height="6" fill="var(--ink-soft)" opacity="0.28" />
          </pattern>
        </defs>
        <ChartTitle city={city} colour={colour} text={`incidents by ${grain}`} />
        {yTicks.map((tick) => (
          <g key={tick}>
            <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
            <text x={left - 6} y={y(tick)} dy="0.35em" text-anchor="end">
              {number(tick)}
            </text>
          </g>
        ))}
        {xTicks.map(([at, text]) => (
          <text
            key={at}
            x={at}
            y={HEIGHT - 6}
            text-anchor={at > right - 16 ? 'end' : at < left + 16 ? 'start' : 'middle'}
          >
            {text}
          </text>
        ))}
        {firstOpen !== undefined && lastOpen !== undefined && (
          <rect
            x={x(firstOpen.start)}
            width={Math.max(2, x(lastOpen.start) - x(firstOpen.start))}
            y={TOP}
            height={BASE - TOP}
            fill={`url(#hatch-${source})`}
          />
        )}
        {overlays?.breaks.map(({ from, to }, place) => {
          const [x1, x2] = [inside(from), inside(to)];
          return (
            <g key={`${from}${place}`} class="break">
              <rect
                x={x1}
                width={Math.max(2, x2 - x1)}
                y={TOP - 4}
                height={3}
                fill="var(--break)"
                opacity="0.5"
              />
              <line x1={x1} x2={x1} y1={TOP - 4} y2={BASE} stroke="var(--break)" />
              <text x={Math.min(x1 + 1, right - 8)} y={TOP - 8}>
                {breakName(place)}
              </text>
            </g>
          );
        })}
        {overlays?.shifts.map(({ at }) => (
          <line
            key={at}
            x1={inside(at)}
            x2={inside(at)}
            y1={TOP}
            y2={BASE}
            stroke="var(--warning)"
            stroke-width="2"
            stroke-dasharray="5 3"
          />
        ))}
        {forecast.length > 0 && (
          <>
            <path d={band('p05', 'p95')} fill={colour} opacity="0.16" />
            <path d={band('p25', 'p75')} fill={colour} opacity="0.24" />
            <path
              d={
                line<OverlayForecast>(
                  (one) => x(one.start),
                  (one) => y(one.expected),
                )(forecast) ?? ''
              }
              fill="none"
              stroke={colour}
              stroke-width="1.6"
              stroke-dasharray="2 3"
            />
          </>
        )}
        <path d={sure} fill="none" stroke={colour} stroke-width="1.8" stroke-linejoin="round" />
        <path d={open} fill="none" stroke={colour} stroke-width="1.8" stroke-dasharray="5 4" opacity="0.75" />
        {lonePoints(whole).map(({ x: cx, y: cy }) => (
          <circle key={cx} cx={cx} cy={cy} r={3} fill={colour} />
        ))}
        {placed.map((point) =>
          point === undefined || point.isWhole ? null : (
            <circle
              key={point.x}
              cx={point.x}
              cy={point.y}
              r={3.5}
              fill="var(--surface)"
              stroke={colour}
              stroke-width="1.6"
            />
          ),
        )}
        {points.map(({ start, count }) =>
          count === null ? (
            <rect
              key={start}
              x={x(start) - 2}
              y={BASE - 5}
              width="4"
              height="4"
              fill="none"
              stroke="var(--ink-soft)"
            />
          ) : null,
        )}
        {overlays?.anomalies.map(({ start, isAbove, isOnLine }) => {
          const count = isOnLine ? (counts.get(start) ?? null) : null;
          return count === null ? (
            <path
              key={start}
              class="anomaly"
              d={triangle(inside(start), isAbove ? -1 : 1)}
              fill="var(--danger)"
            />
          ) : (
            <circle key={start} class="anomaly" cx={x(start)} cy={y(count)} r={5} fill="var(--danger)" />
          );
        })}
        <line x1={left} x2={right} y1={BASE} y2={BASE} stroke="var(--ink-soft)" />
      </>
    );
  },
);

/** A triangle on the axis that points up (-1) or down (1). */
function triangle(x: number, direction: -1 | 1): string {
  return `M${(x - 4).toFixed(1)},${BASE - 3 * direction}h8l-4,${6 * direction}z`;
}

/** What the marks of the charts mean; only those that are drawn. */
export function SeriesLegend({
  cities,
}: {
  readonly cities: readonly {
    readonly points: readonly SeriesPoint[];
    readonly overlays: Overlays | undefined;
  }[];
}) {
  const points = cities.flatMap((city) => city.points);
  const has = (test: (overlays: Overlays) => boolean): boolean =>
    cities.some(({ overlays }) => overlays !== undefined && test(overlays));
  return (
    <p class="legend series-legend">
      {points.some(({ isComplete }) => !isComplete) && (
        <span>
          <i class="key-hatch" />
          not completely reported yet
        </span>
      )}
      {points.some(({ isWhole }) => !isWhole) && (
        <span>
          <i class="key-ring" />
          only some days of the period are shown
        </span>
      )}
      {points.some(({ count }) => count === null) && (
        <span>
          <i class="key-box" />
          small count, hidden
        </span>
      )}
      {has(({ anomalies }) => anomalies.length > 0) && (
        <span>
          <i class="key-dot" />
          stands out
        </span>
      )}
      {has(({ shifts }) => shifts.length > 0) && (
        <span>
          <i class="key-shift" />
          another level begins
        </span>
      )}
      {has(({ breaks }) => breaks.length > 0) && (
        <span>
          <i class="key-break" />
          known event, named below
        </span>
      )}
      {has(({ forecast }) => forecast.length > 0) && (
        <span>
          <i class="key-band" />
          forecast with the ranges that hold with 50 % and 90 %
        </span>
      )}
    </p>
  );
}

/** Days of a break as words. */
export const breakDays = ({ from, to }: DateRange): string =>
  from === to ? dateText(from) : `${dateText(from)} to ${dateText(to)}`;
