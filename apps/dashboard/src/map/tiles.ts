import type { ZoomTransform } from 'd3-zoom';
import type { Fit } from './mercator.js';

const TILE = 256;
const DEEPEST = 19;
const MOST_KEPT = 300;
const images = new Map<string, HTMLImageElement>();

/** Draws raster tiles over a screen; asks for those that are missing and calls `again` when one has come. */
export function drawTiles(
  context: CanvasRenderingContext2D,
  url: string,
  view: { readonly fit: Fit; readonly zoom: ZoomTransform; readonly width: number; readonly height: number },
  again: () => void,
): void {
  const { fit, zoom, width, height } = view;
  const world = fit.scale * zoom.k;
  const level = Math.max(0, Math.min(DEEPEST, Math.round(Math.log2(world / TILE))));
  const count = 2 ** level;
  const size = world / count;
  const left = fit.x * zoom.k + zoom.x;
  const top = fit.y * zoom.k + zoom.y;
  const first = (offset: number): number => Math.max(0, Math.floor(-offset / size));
  const last = (offset: number, length: number): number =>
    Math.min(count - 1, Math.floor((length - offset) / size));
  for (let y = first(top); y <= last(top, height); y += 1) {
    for (let x = first(left); x <= last(left, width); x += 1) {
      const image = tileImage(
        url.replace('{z}', `${level}`).replace('{x}', `${x}`).replace('{y}', `${y}`),
        again,
      );
      if (image.complete && image.naturalWidth > 0) {
        context.drawImage(image, left + x * size, top + y * size, size + 0.5, size + 0.5);
      }
    }
  }
}

function tileImage(address: string, again: () => void): HTMLImageElement {
  const known = images.get(address);
  if (known !== undefined) return known;
  const image = new Image();
  // Without leave of the server of tiles the picture of the map could not be saved.
  image.crossOrigin = 'anonymous';
  image.onload = again;
  image.src = address;
  images.set(address, image);
  const [oldest] = images.keys();
  if (images.size > MOST_KEPT && oldest !== undefined) images.delete(oldest);
  return image;
}
