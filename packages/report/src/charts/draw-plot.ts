import type { PlotOptions } from '@observablehq/plot';
import { plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { LegendEntry, Picture } from '../report.js';

export const WIDE = 760;
const NARROW = 350;

/** Options of a drawing of a width, in pixels. */
export type PlotAt = (width: number) => PlotOptions;

/** Draws a chart at two widths as SVG, without a browser. Numbers have one decimal: a tenth of a pixel. */
export function drawPlot(
  description: string,
  optionsAt: PlotAt,
  legend: readonly LegendEntry[] = [],
): Picture {
  return { description, svg: svgOf(optionsAt(WIDE)), narrow: svgOf(optionsAt(NARROW)), legend };
}

function svgOf(options: PlotOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = plot({ ...options, document, className: 'plot', style: { background: 'none' } });
  return tidy(drawn.outerHTML);
}

/** What the page says once, and digits of coordinates that nobody sees, are left out; texts stay. */
function tidy(svg: string): string {
  return svg
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<svg /, '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replaceAll(/<[^>]*>/g, (tag) =>
      tag
        .replaceAll(/ aria-(?:label|description)="[^"]*"| font-variant="tabular-nums"/g, '')
        .replaceAll(/-?\d+\.\d{2,}/g, (digits) => String(Number(Number(digits).toFixed(1)))),
    );
}
