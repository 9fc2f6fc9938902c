import type { Markup } from '@crimetracker/analysis-kit';
import { proseHtml as html, MS_PER_MINUTE } from '@crimetracker/analysis-kit';
import type { PlannedShift } from '../../visits/plan-week.js';
import { DAYS } from '../words.js';

const SHADES = 8;
const round = (value: number): string => String(Math.round(value * 1000) / 1000);

/** A week as 7 rows of 24 hours, stronger for more; `most` is drawn full. One path for each shade. */
export function weekMap(
  values: ArrayLike<number>,
  most: number,
  kind: 'units' | 'harm',
  label: string,
): Markup {
  const paths = Array.from({ length: SHADES + 1 }, () => '');
  const shadeOf = (slot: number): number =>
    most <= 0 ? 0 : Math.min(SHADES, Math.ceil(((values[slot] ?? 0) / most) * SHADES - 1e-9));
  for (let day = 0; day < 7; day += 1) {
    for (let hour = 0; hour < 24; ) {
      const shade = shadeOf(day * 24 + hour);
      let end = hour + 1;
      while (end < 24 && shadeOf(day * 24 + end) === shade) end += 1;
      paths[shade] += `M${hour} ${day}h${end - hour}v1h-${end - hour}z`;
      hour = end;
    }
  }
  const drawn = paths.map((d, shade) =>
    shade > 0 && d !== '' ? html`<path class="${kind}" d="${d}" opacity="${round(shade / SHADES)}"/>` : '',
  );
  return html`<div class="grid"><div class="names" aria-hidden="true">${DAYS.map((day) => html`<span>${day.slice(0, 1)}</span>`)}</div>
<svg viewBox="0 0 24 7" preserveAspectRatio="none" shape-rendering="crispEdges" role="img" aria-label="${label}">${drawn}</svg>
<div class="hours" aria-hidden="true">${[0, 6, 12, 18, 24].map((hour) => html`<span>${hour}</span>`)}</div></div>`;
}

/** A shift from left to right: stops, the ways to them, the break; what is left is for calls. */
export function shiftTimeline(
  { startMs, endMs, visits, meal }: PlannedShift,
  ends: readonly [string, string],
): Markup {
  const minutes = (ms: number): number => (ms - startMs) / MS_PER_MINUTE;
  const bar = (kind: string, from: number, length: number): Markup =>
    html`<rect class="${kind}" x="${round(from)}" y="0" width="${round(length)}" height="10"/>`;
  return html`<div class="timeline"><svg viewBox="0 0 ${round(minutes(endMs))} 10" preserveAspectRatio="none" role="img" aria-label="${visits.length} visits spread over the shift from ${ends[0]} to ${ends[1]}">
${meal && bar('meal', minutes(meal.startMs), minutes(meal.endMs) - minutes(meal.startMs))}${visits.map(
  (visit) => [
    bar('way', minutes(visit.startMs) - visit.travelMinutes, visit.travelMinutes),
    bar('visit', minutes(visit.startMs), visit.minutes),
  ],
)}</svg><div class="ends" aria-hidden="true"><span>${ends[0]}</span><span>${ends[1]}</span></div></div>`;
}

/** Shares between 0 and 1 as lines, one for each run. */
export function runLines(
  groups: readonly { readonly kind: string; readonly paths: readonly (readonly number[])[] }[],
  truth: number,
  label: string,
): Markup {
  const line = (path: readonly number[]): string =>
    path
      .map((share, index) => `${index === 0 ? 'M' : 'L'}${round(index)} ${round(100 * (1 - share))}`)
      .join('');
  const width = Math.max(1, ...groups.flatMap(({ paths }) => paths.map((path) => path.length - 1)));
  return html`<svg viewBox="0 0 ${width} 100" preserveAspectRatio="none" role="img" aria-label="${label}">
${groups.map(({ kind, paths }) => paths.map((path) => html`<path class="${kind}" d="${line(path)}"/>`))}
<line class="truth" x1="0" x2="${width}" y1="${round(100 * (1 - truth))}" y2="${round(100 * (1 - truth))}"/></svg>`;
}
