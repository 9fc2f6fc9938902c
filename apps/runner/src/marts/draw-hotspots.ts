import type { SqlRow } from '@crimetracker/engine';
import type { Console } from '../console.js';
import { number, table } from '../console.js';
import { bar } from '../profile/terminal-charts.js';
import { rowsOf, shareText } from './draw-text.js';

type Colours = Console['colours'];
type Tables = ReadonlyMap<string, readonly SqlRow[]>;

const LISTED = 12;
const LISTED_CELLS = 10;
const LISTED_CLASSES = 4;
const BAR_WIDTH = 16;

/** What is drawn: one city, and one target or the most telling ones. */
export interface HotspotView {
  readonly city: string;
  readonly resolution: number;
  readonly target?: string | undefined;
}

/** Draws where a city's recorded crime is concentrated, how that came about, and what predicts it. */
export function drawHotspots(view: HotspotView, tables: Tables, colours: Colours): string {
  const own = (name: string) => rowsOf(tables, name).filter((row) => row.city === view.city);
  const ofTarget = (row: SqlRow) => view.target === undefined || row.target === view.target;
  const atResolution = (row: SqlRow) => Number(row.resolution) === view.resolution;
  return [
    ...drawArea(own('hotspot_study_areas').filter(atResolution), view, colours),
    ...drawConcentration(own('hotspot_periods').filter(ofTarget), view, colours),
    ...drawCells(own('hotspot_cells').filter(atResolution), view, colours),
    ...drawEmergence(own('emerging_summary').filter(ofTarget).filter(atResolution), colours),
    ...drawNearRepeats(own('near_repeats').filter(ofTarget), colours),
    ...drawPredictions(own('prediction_scores').filter(ofTarget), view, colours),
  ].join('\n');
}

function drawArea([area]: readonly SqlRow[], { city, resolution }: HotspotView, colours: Colours): string[] {
  if (area === undefined) return [];
  const head = colours.bold(`${city}, cells of resolution ${resolution}`);
  if (area.reason !== null) return [head, `  ${String(area.reason)}`, ''];
  const count = (name: string) => number(Number(area[name]));
  return [
    head,
    `  ${count('cells')} cells, ${number(Math.round(Number(area.area_km2)))} km², ${area.outline === 'given' ? 'in the outline given' : 'the outline derived from the incidents'}; ${count('empty_cells')} never had an incident.`,
    `  ${count('located')} incidents have good coordinates. Left out: ${count('station_house')} placed at the station house, ${count('not_located')} without good coordinates, ${count('outside')} outside the area, ${count('withheld')} sex offences, kidnappings and traffickings, which are never shown by cell.`,
    '',
  ];
}

function drawConcentration(rows: readonly SqlRow[], view: HotspotView, colours: Colours): string[] {
  const recent = rows.filter((row) => row.period_kind === 'recent');
  const fine = recent.filter((row) => Number(row.resolution) === view.resolution);
  if (fine.length === 0) return [];
  const coarse = new Map(
    recent.filter((row) => Number(row.resolution) !== view.resolution).map((row) => [row.target, row]),
  );
  const other = [...coarse.values()][0]?.resolution;
  return [
    `  Where recorded crime was concentrated, ${String(fine[0]?.period)}`,
    table(
      [
        'target',
        'incidents',
        'hot cells',
        'core',
        'their share of incidents',
        '',
        'half is in',
        'Gini',
        `at resolution ${String(other ?? '–')}: hot, half is in`,
      ],
      fine
        .sort((a, b) => Number(b.incidents) - Number(a.incidents))
        .slice(0, LISTED)
        .map((row) => {
          const also = coarse.get(row.target);
          return [
            String(row.target),
            Number(row.incidents),
            row.hot_cells === null ? '–' : number(Number(row.hot_cells)),
            row.core_cells === null ? '–' : number(Number(row.core_cells)),
            shareText(row.hot_share),
            colours.cyan(bar(Number(row.hot_share ?? 0), BAR_WIDTH)),
            `${shareText(row.area_share_of_half)} of the area`,
            row.gini_generalised === null ? '–' : Number(row.gini_generalised).toFixed(2),
            also === undefined || also.hot_cells === null
              ? '–'
              : `${number(Number(also.hot_cells))}, ${shareText(also.area_share_of_half)}`,
          ];
        }),
      colours,
    ),
    ...reasons(fine, 'target', 'Not tested'),
    '',
  ];
}

function drawCells(rows: readonly SqlRow[], { target = 'All' }: HotspotView, colours: Colours): string[] {
  const hot = rows
    .filter((row) => row.target === target && row.class === 'hot')
    .sort((a, b) => Number(b.gi_star) - Number(a.gi_star))
    .slice(0, LISTED_CELLS);
  if (hot.length === 0) return [];
  return [
    `  Hottest cells, ${target}`,
    table(
      ['cell', 'centre', 'incidents', 'a km²', 'Gi*', 'q', ''],
      hot.map((row) => [
        String(row.h3),
        `${Number(row.latitude).toFixed(4)}, ${Number(row.longitude).toFixed(4)}`,
        Number(row.incidents),
        Math.round(Number(row.incidents) / Number(row.area_km2)),
        Number(row.gi_star).toFixed(1),
        Number(row.q) < 0.001 ? '< 0.001' : Number(row.q).toFixed(3),
        row.is_core === true ? 'core' : 'beside a core',
      ]),
      colours,
    ),
    '',
  ];
}

function drawEmergence(rows: readonly SqlRow[], colours: Colours): string[] {
  const found = rows.filter((row) => row.class !== null && row.class !== 'No pattern detected');
  if (found.length === 0) return [];
  const targets = [...new Set(found.map((row) => String(row.target)))].slice(0, LISTED);
  return [
    '  How hot and cold spots came about in three years',
    table(
      ['target', 'classes: cells'],
      targets.map((target) => [
        target,
        found
          .filter((row) => row.target === target)
          .sort((a, b) => Number(b.cells) - Number(a.cells))
          .slice(0, LISTED_CLASSES)
          .map((row) => `${String(row.class)} ${number(Number(row.cells))}`)
          .join(' · '),
      ]),
      colours,
    ),
    '',
  ];
}

function drawNearRepeats(rows: readonly SqlRow[], colours: Colours): string[] {
  const significant = rows.filter(
    (row) => row.reason === null && Number(row.q) < 0.05 && Number(row.ratio) > 1,
  );
  if (significant.length === 0) return [];
  return [
    '  Near repeats: after an incident, another one close by and soon is more frequent than by chance',
    table(
      ['target', 'distance', 'time', 'times chance', 'pairs', 'q'],
      significant
        .sort((a, b) => Number(b.ratio) - Number(a.ratio))
        .slice(0, LISTED)
        .map((row) => [
          String(row.target),
          String(row.distance),
          String(row.time),
          Number(row.ratio).toFixed(2),
          Number(row.observed),
          Number(row.q).toFixed(3),
        ]),
      colours,
    ),
    '',
  ];
}

function drawPredictions(rows: readonly SqlRow[], { target }: HotspotView, colours: Colours): string[] {
  const shown = rows.filter(
    (row) =>
      row.is_shown === true &&
      row.budget === 'patrol' &&
      (target !== undefined || Number(row.horizon_weeks) === NEXT_WEEKS),
  );
  if (shown.length === 0) return reasons(rows, 'target', 'Not predicted');
  return [
    `  Prediction by place${target === undefined ? `, ${NEXT_WEEKS} weeks ahead` : ''}, tested on the last 52 weeks`,
    table(
      [
        'target',
        'weeks ahead',
        'shown',
        'incidents in 1 % of the cells',
        'PAI (95 %)',
        'gain on the retrospective count (95 %)',
      ],
      shown.map((row) => [
        String(row.target),
        Number(row.horizon_weeks),
        METHODS[String(row.method)] ?? String(row.method),
        shareText(row.hit_rate),
        `${Number(row.pai).toFixed(1)} (${Number(row.pai_lower).toFixed(1)} – ${Number(row.pai_upper).toFixed(1)})`,
        row.beats_retrospective === true
          ? `${points(row.gain)} (${points(row.gain_lower)} to ${points(row.gain_upper)})`
          : 'nothing beats it',
      ]),
      colours,
    ),
    ...reasons(rows, 'target', 'Not predicted'),
    '',
  ];
}

/** Weeks ahead that are drawn when no target is asked for. */
const NEXT_WEEKS = 4;

const METHODS: Readonly<Record<string, string>> = {
  retrospective: 'retrospective count',
  decay: 'decayed count',
  'pro-map': 'prospective map',
  mixture: 'mixture',
};

const points = (value: unknown): string =>
  `${Number(value) > 0 ? '+' : ''}${(100 * Number(value)).toFixed(1)} pp`;

/** Why some rows have no answer, one line for each reason. */
function reasons(rows: readonly SqlRow[], column: string, what: string): string[] {
  const byReason = new Map<string, string[]>();
  for (const row of rows) {
    if (row.reason === null || row.reason === undefined) continue;
    const reason = String(row.reason);
    byReason.set(reason, [...(byReason.get(reason) ?? []), String(row[column])]);
  }
  return [...byReason].map(([reason, names]) => `  ${what}: ${names.join(', ')}. ${reason}`);
}
