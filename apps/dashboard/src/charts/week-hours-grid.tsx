import { WEEKDAYS } from '@crimetracker/analysis-kit';
import type { Count, Filters } from '@crimetracker/crossfilter';
import { useState } from 'preact/hooks';
import { changeFilters, filters } from '../store.js';
import { ChartTitle } from './chart-title.js';
import type { ColourRamp } from './colour-ramp.js';
import { colourRamp } from './colour-ramp.js';
import { unlessSame } from './is-same.js';
import { hideTip, showTip, showTipAt } from './tip.js';
import { useWidth } from './use-width.js';
import type { WeekCell } from './week-brush.js';
import { DAYS, HOURS, isBetween, isWeekCellChosen, movedCell, weekFilters } from './week-brush.js';
import { countText, incidentsText, number } from './words.js';

interface WeekHoursProps {
  readonly source: string;
  readonly city: string;
  readonly colour: string;
  /** Of the 168 hours. */
  readonly counts: readonly Count[];
  readonly hidden: string;
}

const LEFT = 36;
const TOP = 22;
const BOTTOM = 34;
const ROW = 22;
const PLACES = Array.from({ length: DAYS * HOURS }, (_, place) => ({
  weekday: Math.floor(place / HOURS),
  hour: place % HOURS,
}));
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const NAMES = PLACES.map(
  ({ weekday, hour }) => `${WEEKDAYS[weekday] ?? ''} ${clock(hour)}–${clock(hour).slice(0, 3)}59`,
);
const placeOf = ({ weekday, hour }: WeekCell): number => weekday * HOURS + hour;

/** The 168 hours of a week as a grid in which a rectangle can be chosen, by pointer or by keys. */
export const WeekHoursGrid = unlessSame(({ source, city, colour, counts, hidden }: WeekHoursProps) => {
  // Read here, so that a rectangle stays while its answer is awaited.
  const { weekday, hour } = filters.value;
  const [place, width] = useWidth<HTMLDivElement>();
  const [cursor, setCursor] = useState<WeekCell>({ weekday: 0, hour: 0 });
  const [anchor, setAnchor] = useState<WeekCell | undefined>();
  const [isFocused, setFocused] = useState(false);
  const chosen = { weekday, hour };
  const isFiltered = weekday !== undefined || hour !== undefined;
  const column = Math.max(1, (width - LEFT) / HOURS);
  const ramp = colourRamp(counts);
  const textOf = (at: number): string => `${NAMES[at] ?? ''}: ${incidentsText(counts[at] ?? null, hidden)}`;

  const cellAt = (event: PointerEvent): WeekCell => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const within = (value: number, last: number): number => Math.max(0, Math.min(last, Math.floor(value)));
    return {
      weekday: within((event.clientY - box.top - TOP) / ROW, DAYS - 1),
      hour: within((event.clientX - box.left - LEFT) / column, HOURS - 1),
    };
  };
  const choose = (a: WeekCell, b: WeekCell): void => {
    const next = weekFilters(a, b);
    const isAgain =
      next.weekday?.join() === weekday?.join() && next.hour?.join() === hour?.join() && isFiltered;
    changeFilters(isAgain ? { weekday: undefined, hour: undefined } : next);
    setAnchor(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = movedCell(cursor, event.key);
    if (next !== undefined) {
      event.preventDefault();
      setAnchor(event.shiftKey ? (anchor ?? cursor) : undefined);
      setCursor(next);
      showTipAt(
        textOf(placeOf(next)),
        document.getElementById(`hour-${source}-${placeOf(next)}`) ?? document.body,
      );
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(anchor ?? cursor, cursor);
    } else if (event.key === 'Escape') {
      if (anchor !== undefined) setAnchor(undefined);
      else if (isFiltered) changeFilters({ weekday: undefined, hour: undefined });
    }
  };
  const height = TOP + DAYS * ROW + BOTTOM;
  return (
    <div ref={place}>
      {width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a table cannot be exported as a picture
        <div
          class="week-hours"
          role="grid"
          aria-label={`Hours of the week, ${city}. Arrow keys move, Shift extends, Enter filters, Escape clears.`}
          aria-multiselectable="true"
          aria-activedescendant={`hour-${source}-${placeOf(cursor)}`}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            hideTip();
          }}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            setAnchor(cellAt(event));
            setCursor(cellAt(event));
          }}
          onPointerMove={(event) => {
            const cell = cellAt(event);
            if (anchor !== undefined && event.buttons > 0) setCursor(cell);
            showTip(textOf(placeOf(cell)), event.clientX, event.clientY);
          }}
          onPointerUp={() => anchor !== undefined && choose(anchor, cursor)}
          onPointerCancel={() => setAnchor(undefined)}
          onPointerLeave={hideTip}
        >
          <svg width={width} height={height} role="presentation">
            <Cells
              source={source}
              column={column}
              counts={counts}
              weekday={weekday}
              hour={hour}
              anchor={anchor}
              cursor={anchor === undefined ? undefined : cursor}
              hidden={hidden}
            />
            {isFocused && (
              // biome-ignore lint/a11y/noAriaHiddenOnFocusable: cannot be focused
              <rect
                class="cursor"
                x={LEFT + cursor.hour * column}
                y={TOP + cursor.weekday * ROW}
                width={column}
                height={ROW}
                aria-hidden="true"
              />
            )}
            {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: cannot be focused */}
            <g aria-hidden="true">
              <ChartTitle city={city} colour={colour} text="incidents by hour of the week" />
              {WEEKDAYS.map((name, row) => (
                <text key={name} x={LEFT - 6} y={TOP + row * ROW + ROW / 2} dy="0.35em" text-anchor="end">
                  {name.slice(0, 3)}
                </text>
              ))}
              {PLACES.slice(0, HOURS)
                .filter((one) => one.hour % (column < 16 ? 6 : 3) === 0)
                .map((one) => (
                  <text
                    key={one.hour}
                    x={LEFT + (one.hour + 0.5) * column}
                    y={TOP + DAYS * ROW + 14}
                    text-anchor="middle"
                  >
                    {one.hour}
                  </text>
                ))}
              <text x={LEFT + 12 * column} y={TOP + DAYS * ROW + 29} text-anchor="middle">
                hour of the day
              </text>
            </g>
          </svg>
        </div>
      )}
      <Legend ramp={ramp} hidden={hidden} hasHidden={counts.includes(null)} />
      {isFiltered && (
        <p class="spoken" aria-live="polite">
          {number(PLACES.filter((cell) => isWeekCellChosen(chosen, cell)).length)} of 168 hours chosen
        </p>
      )}
    </div>
  );
});

interface CellsProps extends Omit<WeekHoursProps, 'city' | 'colour'> {
  readonly weekday: Filters['weekday'];
  readonly hour: Filters['hour'];
  readonly column: number;
  readonly anchor: WeekCell | undefined;
  readonly cursor: WeekCell | undefined;
}

const Cells = unlessSame(({ source, column, counts, weekday, hour, anchor, cursor, hidden }: CellsProps) => {
  const ramp = colourRamp(counts);
  const inRectangle = (cell: WeekCell): boolean =>
    anchor !== undefined && cursor !== undefined
      ? isBetween(cell, anchor, cursor)
      : isWeekCellChosen({ weekday, hour }, cell);
  const isAny = anchor !== undefined || weekday !== undefined || hour !== undefined;
  return (
    <>
      {WEEKDAYS.map((name, row) => (
        // biome-ignore lint/a11y/useSemanticElements: in a picture
        <g key={name} role="row" aria-label={name}>
          {PLACES.slice(row * HOURS, (row + 1) * HOURS).map((cell) => {
            const at = placeOf(cell);
            const count = counts[at] ?? null;
            const isIn = inRectangle(cell);
            return (
              // biome-ignore lint/a11y/useSemanticElements: in a picture
              <rect
                key={at}
                id={`hour-${source}-${at}`}
                role="gridcell"
                aria-label={`${NAMES[at] ?? ''}: ${countText(count, hidden)}`}
                aria-selected={isAny && isIn}
                x={(LEFT + cell.hour * column + 0.5).toFixed(1)}
                y={TOP + row * ROW + 0.5}
                width={(column - 1).toFixed(1)}
                height={ROW - 1}
                fill={count === null ? 'var(--surface)' : ramp.steps[ramp.placeOf(count)]?.colour}
                stroke={count === null ? 'var(--line)' : undefined}
                class={isAny ? (isIn ? 'is-chosen' : 'is-dim') : undefined}
              />
            );
          })}
        </g>
      ))}
    </>
  );
});

function Legend({
  ramp,
  hidden,
  hasHidden,
}: {
  readonly ramp: ColourRamp;
  readonly hidden: string;
  readonly hasHidden: boolean;
}) {
  return (
    <p class="legend">
      {ramp.steps.map(({ colour, from, to }, place) => (
        <span key={colour}>
          <i style={{ background: colour }} />
          {from === to ? number(from) : `${number(from)} to ${number(to)}`}
          {place === 0 && ' incidents'}
        </span>
      ))}
      {hasHidden && (
        <span>
          <i style={{ border: '1px solid var(--line)' }} />
          {hidden}
        </span>
      )}
    </p>
  );
}
