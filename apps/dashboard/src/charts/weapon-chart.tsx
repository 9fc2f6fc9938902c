import type { Grain } from '@crimetracker/crossfilter';
import { scaleUtc } from 'd3-scale';
import { area } from 'd3-shape';
import { useMemo, useState } from 'preact/hooks';
import { toggleValue } from '../store.js';
import { ChartTitle } from './chart-title.js';
import { unlessSame } from './is-same.js';
import { hideTip, showTip, showTipAt } from './tip.js';
import { useWidth } from './use-width.js';
import type { WeaponMix } from './weapon-mix.js';
import { OTHER_KINDS, spreadLabels } from './weapon-mix.js';
import { percent, periodText } from './words.js';

interface WeaponChartProps {
  readonly city: string;
  readonly colour: string;
  readonly grain: Grain;
  readonly mix: WeaponMix;
  readonly chosen: readonly string[];
}

const HEIGHT = 250;
const TOP = 26;
const BASE = HEIGHT - 24;
const LEFT = 42;
const LABELS = 140;
const LABEL_HEIGHT = 17;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** The same colour for the same weapon, whatever is shown. */
const COLOURS: Readonly<Record<string, string>> = {
  Firearm: 'var(--kind-1)',
  Knife: 'var(--kind-5)',
  'Blunt object': 'var(--kind-6)',
  Vehicle: 'var(--kind-3)',
  'Bodily force': 'var(--kind-2)',
  'Threat only': 'var(--kind-4)',
  'Chemical or poison': 'var(--kind-3)',
  'Simulated or air gun': 'var(--kind-3)',
  Unknown: 'var(--kind-none)',
};
const colourOf = (name: string): string => COLOURS[name] ?? 'var(--kind-rest)';
const y = (share: number): number => BASE - share * (BASE - TOP);
const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Shares of weapons over time, one above the other; choosing a name filters by it. */
export const WeaponChart = unlessSame(({ city, colour, grain, mix, chosen }: WeaponChartProps) => {
  const [place, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | undefined>();
  const last = mix.starts.length - 1;
  const right = Math.max(LEFT + 1, width - LABELS);
  const x = useMemo(
    () =>
      scaleUtc(
        [timeOf(mix.starts[0] ?? '1970-01-01'), timeOf(mix.starts[last] ?? '1970-01-01')],
        [LEFT, right],
      ),
    [mix, last, right],
  );
  const xOf = (period: number): number => (last === 0 ? LEFT : x(timeOf(mix.starts[period] ?? '')));
  const layers = useMemo(() => stacked(mix), [mix]);
  const words = (period: number): string =>
    [
      periodText(grain, mix.starts[period] ?? ''),
      ...mix.layers
        .map(({ name, shares }) => {
          const share = shares[period] ?? null;
          return `${name} ${share === null ? 'not told' : percent(share)}`;
        })
        .reverse(),
    ].join('\n');
  const ends = layers.map(({ bands }) => {
    const end = bands.findLast((band) => band !== null);
    return end === undefined || end === null ? 0 : (y(end[0]) + y(end[1])) / 2;
  });
  // Layers go up, so their labels come from below; they are spread from the top.
  const labels = [...spreadLabels([...ends].reverse(), LABEL_HEIGHT, TOP + 4, BASE - 4)].reverse();
  const move = (next: number): number => Math.max(0, Math.min(last, next));
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: (at ?? last) - 1,
      ArrowRight: (at ?? last) + 1,
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(move(next));
    showTipAt(words(move(next)), event.currentTarget as Element);
  };
  return (
    <div ref={place} class="weapon-chart">
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-label={`Shares of weapons, ${city}`}>
          <ChartTitle city={city} colour={colour} text={`shares of weapons by ${grain}`} />
          {TICKS.map((tick) => (
            <text key={tick} x={LEFT - 6} y={y(tick)} dy="0.35em" text-anchor="end">
              {100 * tick} %
            </text>
          ))}
          {layers.map(({ name, bands }) => (
            <path
              key={name}
              d={
                last === 0
                  ? column(bands[0] ?? null, right)
                  : (area<readonly [number, number] | null>(
                      (_, period) => xOf(period),
                      (band) => y(band?.[0] ?? 0),
                      (band) => y(band?.[1] ?? 0),
                    ).defined((band) => band !== null)([...bands]) ?? '')
              }
              fill={colourOf(name)}
              stroke="var(--surface)"
              stroke-width="1"
              opacity={chosen.length === 0 || chosen.includes(name) ? 1 : 0.35}
            />
          ))}
          {last > 0 &&
            x.ticks(Math.max(2, Math.min(6, Math.floor((right - LEFT) / 64)))).map((tick) => (
              <text
                key={+tick}
                x={x(tick)}
                y={HEIGHT - 6}
                text-anchor={x(tick) < LEFT + 14 ? 'start' : 'middle'}
              >
                {x.tickFormat()(tick)}
              </text>
            ))}
          {at !== undefined && <line x1={xOf(at)} x2={xOf(at)} y1={TOP} y2={BASE} stroke="var(--ink)" />}
          <rect
            class="chart-cursor"
            x={LEFT}
            y={TOP}
            width={right - LEFT}
            height={BASE - TOP}
            fill="transparent"
            role="slider"
            tabindex={0}
            aria-label={`Shares of weapons, ${city}, by ${grain}`}
            aria-valuemin={0}
            aria-valuemax={last}
            aria-valuenow={move(at ?? last)}
            aria-valuetext={words(move(at ?? last))}
            onKeyDown={onKeyDown}
            onBlur={() => {
              setAt(undefined);
              hideTip();
            }}
            onPointerMove={(event) => {
              const share =
                (event.clientX - event.currentTarget.getBoundingClientRect().left) / (right - LEFT);
              const period = move(Math.round(share * last));
              setAt(period);
              showTip(words(period), event.clientX, event.clientY);
            }}
            onPointerLeave={() => {
              setAt(undefined);
              hideTip();
            }}
          />
          {layers.map(({ name }, layer) => (
            <WeaponLabel
              key={name}
              name={name}
              x={right}
              from={ends[layer] ?? 0}
              to={labels[layer] ?? 0}
              isChosen={chosen.includes(name)}
            />
          ))}
        </svg>
      )}
    </div>
  );
});

/** A single period is drawn as a column. */
function column(band: readonly [number, number] | null, right: number): string {
  return band === null ? '' : `M${LEFT},${y(band[0])}H${right}V${y(band[1])}H${LEFT}z`;
}

interface StackedLayer {
  readonly name: string;
  readonly bands: readonly (readonly [number, number] | null)[];
}

function stacked({ starts, layers }: WeaponMix): readonly StackedLayer[] {
  const base = starts.map(() => 0);
  return layers.map(({ name, shares }) => ({
    name,
    bands: shares.map((share, period) => {
      if (share === null) return null;
      const low = base[period] ?? 0;
      base[period] = low + share;
      return [low, low + share] as const;
    }),
  }));
}

function WeaponLabel({
  name,
  x,
  from,
  to,
  isChosen,
}: {
  readonly name: string;
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly isChosen: boolean;
}) {
  const mark = (
    <>
      <path
        d={`M${x + 1},${from.toFixed(1)}L${x + 9},${to.toFixed(1)}`}
        stroke={colourOf(name)}
        stroke-width="1.5"
        fill="none"
      />
      <text x={x + 12} y={to.toFixed(1)} dy="0.35em" font-weight={isChosen ? '700' : '400'}>
        {name}
      </text>
    </>
  );
  if (name === OTHER_KINDS) return <g>{mark}</g>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: within a picture
    <g
      class="weapon-label"
      role="button"
      tabindex={0}
      aria-pressed={isChosen}
      aria-label={`Weapon: ${name}`}
      onClick={() => toggleValue('weapon_category', name)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        toggleValue('weapon_category', name);
      }}
    >
      {mark}
    </g>
  );
}
