import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CityIndex } from '@crimetracker/crossfilter';
import type { Engine } from '@crimetracker/engine';
import { parseOutline } from '@crimetracker/hotspots';
import type { Snapshot } from '@crimetracker/lake';
import { HOTSPOT_MARTS } from '../marts/hotspot-marts.js';
import { folderOf } from '../marts/table-set.js';
import { readBoundaries } from './boundaries.js';
import type { PlacesDocument } from './jurisdiction-areas.js';
import { area, deriveJurisdictions } from './jurisdiction-areas.js';

/** The outline of a city and its jurisdictions: official ones where they were given, others derived from incidents. */
export async function makePlaces(
  asking: { readonly engine: Engine; readonly snapshot: Snapshot; readonly signal: AbortSignal },
  { source, city, jurisdictions }: CityIndex,
  given: readonly string[],
): Promise<PlacesDocument> {
  const { engine, snapshot, signal } = asking;
  const file = join(folderOf(snapshot, HOTSPOT_MARTS), `outline-${source}.geojson`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const outline =
    text === undefined
      ? []
      : [area({ kind: 'city', name: city, isOfficial: false }, parseOutline(text, file).coordinates)];
  const official = await readBoundaries(given, source, jurisdictions);
  const derived = await deriveJurisdictions(engine, source, signal);
  const areas = [
    ...official,
    ...derived.filter(({ properties }) => !official.some((one) => one.properties.name === properties.name)),
  ];
  return {
    type: 'FeatureCollection',
    features: [...outline, ...areas.sort((a, b) => (a.properties.name < b.properties.name ? -1 : 1))],
  };
}
