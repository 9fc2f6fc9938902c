import type { Markup } from '@crimetracker/analysis-kit';
import { html } from '@crimetracker/analysis-kit';
import { timeText } from '../heaping.js';
import type { CoordinateProfile, TimeProfile } from '../profile-schema.js';

const HEIGHT = 100;

/** Bars side by side, the largest full; one path, so that thousands stay small. `isMarked` ones get the second colour. */
export function barChart(
  counts: readonly number[],
  label: string,
  axis: readonly string[],
  isMarked: (index: number) => boolean = () => false,
): Markup {
  const most = Math.max(1, ...counts);
  const width = counts.length;
  const gap = width <= 80 ? 0.14 : 0;
  const path = (marked: boolean) =>
    counts
      .flatMap((n, index) => {
        if (n === 0 || isMarked(index) !== marked) return [];
        const height = Math.max(0.8, (n / most) * HEIGHT);
        return [`M${round(index + gap / 2)} ${HEIGHT}v-${round(height)}h${round(1 - gap)}v${round(height)}z`];
      })
      .join('');
  return html`<div class="chart"><svg viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
<path class="bars" d="${path(false)}"/><path class="bars marked" d="${path(true)}"/></svg>
<div class="axis ${axis.length === counts.length && 'each'}" aria-hidden="true">${axis.map((text) => html`<span>${text}</span>`)}</div></div>`;
}

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** Every minute of a day, those on the hour and half hour marked: heaping shows as spikes. */
export function minuteChart({ minutes, records }: TimeProfile): Markup {
  const [at, most] = minutes.reduce(
    ([best, n], count, index) => (count > n ? [index, count] : [best, n]),
    [0, 0],
  );
  const label = `Records per minute of the day; of ${records.toLocaleString('en-US')} the most, ${most.toLocaleString('en-US')}, at ${timeText(at)}`;
  const path = (isMarked: boolean) =>
    minutes
      .flatMap((n, minute) =>
        n === 0 || (minute % 30 === 0) !== isMarked
          ? []
          : [`M${minute + 0.5} ${HEIGHT}V${round(HEIGHT - Math.max(0.8, (n / most) * HEIGHT))}`],
      )
      .join('');
  return html`<div class="chart"><svg viewBox="0 0 1440 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
<path class="lines" d="${path(false)}"/><path class="lines marked" d="${path(true)}"/></svg>
<div class="axis" aria-hidden="true">${['00:00', '06:00', '12:00', '18:00', '24:00'].map((text) => html`<span>${text}</span>`)}</div></div>`;
}

const SHADES = 7;

/** Points per cell of a map, north up, darker with the logarithm of the count; the crowded cells are not the only ones to be seen. */
export function densityMap(places: CoordinateProfile): Markup {
  if (!places.grid) return html``;
  const { columns, rows, cells, box } = places.grid;
  const most = Math.max(...cells.map(([, , n]) => n));
  const shade = (n: number) =>
    most === 1 ? SHADES - 1 : Math.min(SHADES - 1, Math.floor((Math.log(n) / Math.log(most)) * SHADES));
  const paths = Array.from({ length: SHADES }, () => '');
  for (const [x, y, n] of cells) paths[shade(n)] += `M${x} ${rows - 1 - y}h1v1h-1z`;
  const latitude = (box.south + box.north) / 2;
  // Cells are about square on the ground; what is left of the difference goes into the height.
  const groundHeight =
    (box.north - box.south) / ((box.east - box.west) * Math.cos((latitude * Math.PI) / 180));
  const height = Math.max(0.2, Math.min(1.6, groundHeight));
  return html`<svg class="map" viewBox="0 0 ${columns} ${rows}" preserveAspectRatio="none" style="aspect-ratio:${round(1 / height)}" role="img"
 aria-label="Map of where the records lie; the fullest of ${cells.length} cells holds ${most.toLocaleString('en-US')}">
${paths.map((d, level) => (d === '' ? '' : html`<path class="cell" d="${d}" opacity="${round(0.16 + (0.84 * level) / (SHADES - 1))}"/>`))}</svg>`;
}

/** Parts of a whole, side by side, each named in the class and the title. */
export function stackedBar(parts: readonly { readonly name: string; readonly share: number }[]): Markup {
  return html`<span class="stack" aria-hidden="true">${parts
    .filter(({ share }) => share > 0)
    .map(
      ({ name, share }) =>
        html`<span class="kind-${name}" style="flex-grow:${round(Math.max(share * 100, 0.4))}" title="${name}"></span>`,
    )}</span>`;
}

/** A share as a small bar behind nothing: the number stands beside it. */
export function shareBar(share: number): Markup {
  return html`<span class="share" aria-hidden="true">${
    share > 0 && html`<span style="width:max(1px,${round(Math.min(100, share * 100))}%)"></span>`
  }</span>`;
}
