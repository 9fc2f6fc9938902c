import type { MapResolution } from '@crimetracker/crossfilter';
import { cellToBoundary } from 'h3-js';
import type { CellList, PlacesProperties } from '../documents.js';
import { loadDocument } from '../load.js';
import { cellNames } from './map-export.js';
import type { MapBox, MapPoint } from './mercator.js';
import { boxAround, project } from './mercator.js';

/** An outline on the map, drawn with x and y from 0 to 1 over the world. */
export interface Shape {
  readonly name: string;
  readonly kind: PlacesProperties['kind'];
  readonly isOfficial: boolean;
  readonly rings: readonly (readonly MapPoint[])[];
  readonly box: MapBox;
}

/** Cells of one resolution with their corners. */
export interface CellShapes {
  readonly cells: readonly string[];
  readonly placeOf: ReadonlyMap<string, number>;
  readonly rings: readonly (readonly MapPoint[])[];
}

interface PlacesDocument {
  readonly features: readonly {
    readonly properties: PlacesProperties;
    readonly geometry: {
      readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[];
    };
  }[];
}

/** The outlines of a city and its jurisdictions. */
export async function loadShapes(source: string): Promise<readonly Shape[]> {
  const { features } = await loadDocument<PlacesDocument>(`places-${source}.geojson`);
  return features.flatMap(({ properties, geometry }) => {
    const rings = geometry.coordinates.flat().map((ring) => ring.map(([lon, lat]) => project(lon, lat)));
    const box = boxAround(rings.flat());
    return box === undefined ? [] : [{ ...properties, rings, box }];
  });
}

/** The cells of a city of one resolution. */
export async function loadCells(source: string, resolution: MapResolution): Promise<CellShapes> {
  const cells = await loadDocument<CellList>(`cells-${source}-${resolution}.json`);
  cellNames.set(`${source} ${resolution}`, cells);
  return {
    cells,
    placeOf: new Map(cells.map((cell, place) => [cell, place])),
    rings: cells.map(cellRing),
  };
}

export function cellRing(cell: string): readonly MapPoint[] {
  return cellToBoundary(cell).map(([lat, lon]) => project(lon, lat));
}

/** Rings as one path. */
export function pathOf(rings: Iterable<readonly MapPoint[]>, scale: number, origin: MapPoint): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    for (const [at, [x, y]] of ring.entries()) {
      if (at === 0) path.moveTo((x - origin[0]) * scale, (y - origin[1]) * scale);
      else path.lineTo((x - origin[0]) * scale, (y - origin[1]) * scale);
    }
    path.closePath();
  }
  return path;
}
