import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CityIndex, Places } from '@crimetracker/crossfilter';
import { MAP_RESOLUTIONS } from '@crimetracker/crossfilter';
import type { Catalogue, CityEntry, ShardPlaces } from '@crimetracker/dashboard/documents';

/** What is needed to count in shards of a city. */
export interface CityFiles {
  readonly index: CityIndex;
  readonly places: Places;
}

export const CATALOGUE = 'catalogue.json';
/** Names of the files of a city. */
export const shardFile = (source: string, year: number): string => `shard-${source}-${year}.bin.gz`;
export const cellsFile = (source: string, resolution: number): string => `cells-${source}-${resolution}.json`;
export const shardPlacesFile = (source: string): string => `shard-places-${source}.json`;

/** Reads a file of the folder; files there are written by this version of the program. */
async function readDocument<Document>(folder: string, name: string): Promise<Document> {
  return JSON.parse(await readFile(join(folder, name), 'utf8')) as Document;
}

export const readCatalogue = (folder: string): Promise<Catalogue> => readDocument(folder, CATALOGUE);

export async function readCityFiles(folder: string, entry: CityEntry): Promise<CityFiles> {
  const { source, city, range, incidents, jurisdictions } = entry;
  const lists = MAP_RESOLUTIONS.map((resolution) =>
    readDocument<readonly string[]>(folder, cellsFile(source, resolution)),
  );
  const [seven = [], eight = [], nine = []] = await Promise.all(lists);
  const cells = { 7: seven, 8: eight, 9: nine };
  const cellOf = await readDocument<ShardPlaces>(folder, shardPlacesFile(source));
  return {
    index: { source, city, range, incidents, jurisdictions, cells },
    places: {
      cells,
      cellOf: {
        7: Uint32Array.from(cellOf[7]),
        8: Uint32Array.from(cellOf[8]),
        9: Uint32Array.from(cellOf[9]),
      },
    },
  };
}
