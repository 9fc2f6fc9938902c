import type { PanelTable } from '../export/panel-table.js';
import { countCell } from '../export/panel-table.js';
import type { CountsState } from '../store.js';
import { catalogue } from '../store.js';

/** Incidents by cell, or by jurisdiction where persons are filtered. */
export function mapTable({ cities }: CountsState): PanelTable {
  const entries = catalogue.value?.cities ?? [];
  return {
    columns: ['City', 'Place', 'Incidents'],
    rows: cities.flatMap(({ source, cells, jurisdiction }) => {
      const entry = entries.find((city) => city.source === source);
      const city = entry?.city ?? source;
      if (cells === null) {
        return jurisdiction.map((count, place) => [
          city,
          entry?.jurisdictions[place] ?? '',
          countCell(count),
        ]);
      }
      const list = cellNames.get(`${source} ${cells.resolution}`) ?? [];
      return cells.places.map((place, at) => [city, list[place] ?? `cell ${place}`, cells.counts[at] ?? 0]);
    }),
  };
}

/** Lists of cells that are loaded, by source and resolution; the map fills it. */
export const cellNames = new Map<string, readonly string[]>();

/** The maps side by side as one picture. */
export async function mapPicture(canvases: readonly HTMLCanvasElement[]): Promise<Blob> {
  const gap = 16;
  const picture = document.createElement('canvas');
  picture.width = canvases.reduce((sum, { width }) => sum + width + gap, -gap);
  picture.height = Math.max(0, ...canvases.map(({ height }) => height));
  const context = picture.getContext('2d');
  if (canvases.length === 0 || context === null) throw new Error('There is no map to export.');
  let x = 0;
  for (const canvas of canvases) {
    context.drawImage(canvas, x, 0);
    x += canvas.width + gap;
  }
  return new Promise((done, fail) => {
    picture.toBlob(
      (blob) => (blob === null ? fail(new Error('The map cannot be saved.')) : done(blob)),
      'image/png',
    );
  });
}
