import type { CityIndex, MapResolution, Places } from '@crimetracker/crossfilter';

export interface CityFiles {
  readonly index: CityIndex;
  readonly places: Places;
}

/** Names of the files of a city. */
export const shardFile = (source: string, year: number): string => `shard-${source}-${year}.bin.gz`;
export const cellsFile = (source: string, resolution: number): string => `cells-${source}-${resolution}.json`;
export const placesFile = (source: string): string => `counting-${source}.json`;

/** A city as it stands in its file. */
export interface StoredCity {
  readonly index: CityIndex;
  readonly cellOf: Readonly<Record<MapResolution, readonly number[]>>;
}

export function toCityFiles({ index, cellOf }: StoredCity): CityFiles {
  const numbers = {
    7: Uint32Array.from(cellOf[7]),
    8: Uint32Array.from(cellOf[8]),
    9: Uint32Array.from(cellOf[9]),
  };
  return { index, places: { cells: index.cells, cellOf: numbers } };
}
