import { monthText } from '@crimetracker/analysis-kit/words';
import type { DateRange, Series } from '@crimetracker/crossfilter';
import { useEffect, useRef, useState } from 'preact/hooks';
import { changeFilters, shownRange } from '../store.js';
import { unlessSame } from './is-same.js';
import type { MonthSpan } from './month-brush.js';
import {
  edgesOf,
  monthAt,
  monthAxis,
  moved,
  rangeOfSpan,
  resized,
  spanBetween,
  spanOf,
  stepOf,
} from './month-brush.js';
import { useWidth } from './use-width.js';
import { rangeText } from './words.js';

interface OverviewStripProps {
  /** Days of all data. */
  readonly data: DateRange;
  readonly cities: readonly { readonly city: string; readonly colour: string; readonly months: Series }[];
}

const ROW = 38;
const BOTTOM = 20;
/** So long after the last key the chosen months are counted. */
const PAUSE_MS = 350;

type Drag = {
  readonly kind: 'new' | 'move' | 'first' | 'last';
  readonly month: number;
  readonly span: MonthSpan;
};

/** All months of the data, with a brush for those that are shown. */
export const OverviewStrip = unlessSame(({ data, cities }: OverviewStripProps) => {
  // Read here, so that the brush never jumps back while its answer is awaited.
  const range = shownRange.value;
  const [place, width] = useWidth<HTMLDivElement>();
  const [draft, setDraft] = useState<MonthSpan | undefined>();
  const drag = useRef<Drag | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const axis = monthAxis(data);
  const months = axis.months.length;
  const shown = draft === undefined ? range : rangeOfSpan(axis, draft);
  const [first, last] = edgesOf(axis, shown);
  const span = draft ?? spanOf(axis, range);
  const monthOf = (event: PointerEvent): number => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return monthAt(axis, (event.clientX - box.left) / Math.max(1, box.width));
  };
  const commit = (to: MonthSpan): void => {
    clearTimeout(timer.current);
    setDraft(undefined);
    changeFilters(rangeOfSpan(axis, to));
  };
  const dragged = ({ kind, month, span: before }: Drag, to: number): MonthSpan => {
    switch (kind) {
      case 'new':
        return spanBetween(month, to);
      case 'move':
        return moved(axis, before, to - month);
      default:
        return resized(axis, before, kind, to);
    }
  };
  const onKeyDown = (kind: 'move' | 'first' | 'last') => (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      clearTimeout(timer.current);
      setDraft(undefined);
      return;
    }
    const step = stepOf(event.key);
    if (step === undefined) return;
    event.preventDefault();
    const next = kind === 'move' ? moved(axis, span, step) : resized(axis, span, kind, span[kind] + step);
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(next), PAUSE_MS);
  };
  const onBlur = (): void => {
    if (draft !== undefined && drag.current === undefined) commit(draft);
  };
  const percentOf = (edge: number): string => `${((100 * edge) / Math.max(1, months)).toFixed(3)}%`;
  const slider = (kind: 'first' | 'last') => (
    <div
      key={kind}
      class="brush-handle"
      data-kind={kind}
      style={{ left: percentOf(kind === 'first' ? first : last) }}
      role="slider"
      tabIndex={0}
      aria-label={kind === 'first' ? 'First month' : 'Last month'}
      aria-valuemin={0}
      aria-valuemax={months - 1}
      aria-valuenow={span[kind]}
      aria-valuetext={monthText(axis.months[span[kind]] ?? '')}
      onKeyDown={onKeyDown(kind)}
      onBlur={onBlur}
    />
  );
  return (
    <div class="overview">
      <p class="chart-note">
        {draft === undefined ? 'Shown' : 'Choosing'}: <b>{rangeText(shown)}</b>. Drag across the strip, or
        move the handles by arrow keys, to choose other months.
      </p>
      <div
        ref={place}
        class="brush"
        style={{ height: `${cities.length * ROW + BOTTOM}px` }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          const kind = (event.target as HTMLElement).dataset.kind;
          event.currentTarget.setPointerCapture(event.pointerId);
          const month = monthOf(event);
          drag.current = {
            kind: kind === 'first' || kind === 'last' || kind === 'move' ? kind : 'new',
            month,
            span,
          };
          if (drag.current.kind === 'new') setDraft(spanBetween(month, month));
        }}
        onPointerMove={(event) => {
          if (drag.current !== undefined) setDraft(dragged(drag.current, monthOf(event)));
        }}
        onPointerUp={(event) => {
          const ended = drag.current;
          drag.current = undefined;
          if (ended === undefined) return;
          // Days within the months stay as they are when nothing was moved.
          if (ended.kind !== 'new' && monthOf(event) === ended.month) setDraft(undefined);
          else commit(dragged(ended, monthOf(event)));
        }}
        onPointerCancel={() => {
          drag.current = undefined;
          setDraft(undefined);
        }}
      >
        {width > 0 && <Months data={data} cities={cities} width={width} />}
        <div class="brush-out" style={{ left: 0, width: percentOf(first) }} />
        <div class="brush-out" style={{ left: percentOf(last), right: 0 }} />
        {cities.map(({ city }, row) => (
          <span key={city} class="strip-name" style={{ top: `${row * ROW}px` }}>
            {city}
          </span>
        ))}
        <div
          class="brush-window"
          data-kind="move"
          style={{ left: percentOf(first), width: percentOf(last - first) }}
          role="slider"
          tabIndex={0}
          aria-label="Shown months, moved together"
          aria-valuemin={0}
          aria-valuemax={months - 1}
          aria-valuenow={span.first}
          aria-valuetext={`${monthText(axis.months[span.first] ?? '')} to ${monthText(axis.months[span.last] ?? '')}`}
          onKeyDown={onKeyDown('move')}
          onBlur={onBlur}
        />
        {slider('first')}
        {slider('last')}
      </div>
    </div>
  );
});

const Months = unlessSame(({ data, cities, width }: OverviewStripProps & { readonly width: number }) => {
  const axis = monthAxis(data);
  const step = width / Math.max(1, axis.months.length);
  const years = axis.months.flatMap((month, place) =>
    month.endsWith('-01-01') ? [{ year: month.slice(0, 4), place }] : [],
  );
  const every = Math.max(1, Math.ceil((44 * years.length) / Math.max(1, width)));
  return (
    <svg width={width} height={cities.length * ROW + BOTTOM} role="presentation">
      {cities.map(({ city, colour, months }, row) => (
        <g key={city} transform={`translate(0 ${row * ROW})`}>
          <path
            d={columns(
              months,
              spanOf(axis, { from: months.starts[0] ?? data.from, to: data.to }).first,
              step,
            )}
            fill={colour}
            opacity="0.55"
          />
          <line x1={0} x2={width} y1={ROW - 1} y2={ROW - 1} stroke="var(--line)" />
        </g>
      ))}
      {years.map(({ year, place }, index) =>
        index % every === 0 && place * step < width - 30 ? (
          <text key={year} x={place * step + 2} y={cities.length * ROW + 14}>
            {year}
          </text>
        ) : null,
      )}
    </svg>
  );
});

/** Months as columns in one path, as high as the largest count; hidden counts have none. */
function columns({ counts }: Series, offset: number, step: number): string {
  let most = 1;
  for (const count of counts) if (count !== null && count > most) most = count;
  let path = '';
  for (const [place, count] of counts.entries()) {
    if (count === null || count === 0) continue;
    const height = ((ROW - 6) * count) / most;
    path += `M${((offset + place) * step).toFixed(1)},${ROW - 1}v${(-height).toFixed(1)}h${Math.max(0.5, step - 0.5).toFixed(1)}v${height.toFixed(1)}z`;
  }
  return path;
}
