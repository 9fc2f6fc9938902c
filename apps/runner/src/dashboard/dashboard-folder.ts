import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CityIndex } from '@crimetracker/crossfilter';
import { MAP_RESOLUTIONS, readCities, readShards, writeShard } from '@crimetracker/crossfilter';
import type { Catalogue } from '@crimetracker/dashboard/documents';
import type { Engine } from '@crimetracker/engine';
import { parseOutline } from '@crimetracker/hotspots';
import type { Snapshot } from '@crimetracker/lake';
import { attachSnapshot } from '@crimetracker/lake';
import * as z from 'zod';
import { ensureMarts } from '../commands/analyse.js';
import { defaultHotspots, ensureHotspots } from '../commands/hotspots.js';
import { createProgress } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { HOTSPOT_MARTS, settingsOf } from '../marts/hotspot-marts.js';
import { attachTables, folderOf, replaceFolder } from '../marts/table-set.js';
import { programVersion } from '../program-version.js';
import { analysedSources, loadSources } from '../sources.js';
import { makeAnswers, makeCatalogue, makeHotspots, makeQuality } from './dashboard-documents.js';
import type { CityFiles, StoredCity } from './dashboard-files.js';
import { cellsFile, placesFile, shardFile, toCityFiles } from './dashboard-files.js';
import type { PlacesDocument } from './jurisdiction-areas.js';
import { area, deriveJurisdictions } from './jurisdiction-areas.js';
import { viewSchedule } from './schedule-view.js';

/** Raised when the same snapshot would give other files. */
const VERSION = 1;
const NAME = 'dashboard';
/** Hours of a shift in the schedule that is shown at first. */
const SHIFT_HOURS = 8;
const pack = promisify(gzip);

/** Files that the page reads, and those with which it is counted, beside a snapshot. */
export interface DashboardFolder {
  readonly path: string;
  readonly catalogue: Catalogue;
  readonly cities: readonly CityFiles[];
}

export interface DashboardChoice {
  /** Units of the schedule that is shown at first. */
  readonly units: number;
}

export const CATALOGUE = 'catalogue.json';
const manifestSchema = z.object({
  version: z.literal(VERSION),
  snapshot: z.string(),
  units: z.number(),
});

/** The files of a snapshot's dashboard; made first when there are none, or those of another choice. */
export async function ensureDashboard(
  context: CommandContext,
  snapshot: Snapshot,
  choice: DashboardChoice,
): Promise<DashboardFolder> {
  const path = join(snapshot.path, NAME);
  const known = await readFile(join(path, `${NAME}.json`), 'utf8').catch(() => undefined);
  const parsed = known === undefined ? undefined : manifestSchema.safeParse(JSON.parse(known));
  const isKept =
    parsed?.success === true &&
    parsed.data.snapshot === snapshot.manifest.id &&
    parsed.data.units === choice.units;
  if (!isKept) await makeDashboard(context, snapshot, choice);
  return openDashboard(path);
}

async function openDashboard(path: string): Promise<DashboardFolder> {
  const catalogue = await readDocument<Catalogue>(path, CATALOGUE);
  const cities = await Promise.all(
    catalogue.cities.map(({ source }) => readDocument<StoredCity>(path, placesFile(source))),
  );
  return { path, catalogue, cities: cities.map(toCityFiles) };
}

/** Our own file, written by this version of the program. */
async function readDocument<Document>(path: string, name: string): Promise<Document> {
  return JSON.parse(await readFile(join(path, name), 'utf8')) as Document;
}

async function makeDashboard(
  context: CommandContext,
  snapshot: Snapshot,
  { units }: DashboardChoice,
): Promise<void> {
  const { signal } = context;
  const engine = await openEngine(context);
  const progress = createProgress(context.console);
  try {
    await attachSnapshot(engine, snapshot);
    await ensureMarts(context, engine, snapshot, false);
    const hotspots =
      (await attachTables(engine, snapshot, HOTSPOT_MARTS)) ??
      (await ensureHotspots(context, engine, snapshot, defaultHotspots(), false));
    const hotspotResolution = settingsOf(hotspots).resolution;
    await replaceFolder(
      snapshot,
      NAME,
      async (draft) => {
        const write = (name: string, document: unknown): Promise<void> =>
          writeFile(join(draft, name), JSON.stringify(document));
        const cities = await readCities(engine, signal);
        const years = cities.reduce((sum, city) => sum + city.years.length, 0);
        const bytes = new Map<string, number>();
        for (const city of cities) {
          const { index, places } = city;
          const { source } = index;
          for await (const shard of readShards(engine, city, signal)) {
            progress.step('Counting for the dashboard', bytes.size, years);
            const packed = await pack(writeShard(shard));
            await writeFile(join(draft, shardFile(source, shard.year)), packed);
            bytes.set(`${source}-${shard.year}`, packed.length);
          }
          const { cellOf } = places;
          await write(placesFile(source), {
            index,
            cellOf: { 7: Array.from(cellOf[7]), 8: Array.from(cellOf[8]), 9: Array.from(cellOf[9]) },
          } satisfies StoredCity);
          for (const resolution of MAP_RESOLUTIONS) {
            await write(cellsFile(source, resolution), index.cells[resolution]);
          }
        }
        const asking = { engine, snapshot, signal };
        for (const [at, { index }] of cities.entries()) {
          const { source } = index;
          progress.step('Documents of the dashboard', at, cities.length);
          await write(`answers-${source}.json`, await makeAnswers(asking, source));
          await write(`hotspots-${source}.json`, await makeHotspots(asking, source, hotspotResolution));
          await write(`places-${source}.geojson`, await makePlaces(engine, snapshot, index, signal));
          const choice = { source, units, shift: SHIFT_HOURS };
          await write(`schedule-${source}.json`, await viewSchedule(engine, snapshot, choice, signal));
        }
        await write('quality.json', await makeQuality(asking));
        const sources = analysedSources(await loadSources(), snapshot);
        await write(
          CATALOGUE,
          await makeCatalogue(asking, cities, {
            program: await programVersion(),
            timeZones: new Map(sources.map(({ id, timeZone }) => [id, timeZone])),
            hotspotResolution,
            bytes,
          }),
        );
        const manifest: z.output<typeof manifestSchema> = {
          version: VERSION,
          snapshot: snapshot.manifest.id,
          units,
        };
        await write(`${NAME}.json`, manifest);
      },
      signal,
    );
  } finally {
    progress.stop();
    await engine.close();
  }
}

async function makePlaces(
  engine: Engine,
  snapshot: Snapshot,
  { source, city }: CityIndex,
  signal: AbortSignal,
): Promise<PlacesDocument> {
  const file = join(folderOf(snapshot, HOTSPOT_MARTS), `outline-${source}.geojson`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const outline =
    text === undefined
      ? []
      : [area({ kind: 'city', name: city, isOfficial: false }, parseOutline(text, file).coordinates)];
  return {
    type: 'FeatureCollection',
    features: [...outline, ...(await deriveJurisdictions(engine, source, signal))],
  };
}

/** Names of all documents of a folder that the page may ask for. */
export async function documentNames({ path }: DashboardFolder): Promise<readonly string[]> {
  return (await readdir(path)).filter((name) => !name.startsWith('counting-') && name !== `${NAME}.json`);
}
