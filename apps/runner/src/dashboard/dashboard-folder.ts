import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { CityShards } from '@crimetracker/crossfilter';
import { MAP_RESOLUTIONS, readCities, readShards, writeShard } from '@crimetracker/crossfilter';
import type { Catalogue, ShardPlaces } from '@crimetracker/dashboard/documents';
import type { Engine } from '@crimetracker/engine';
import type { Snapshot } from '@crimetracker/lake';
import { attachSnapshot } from '@crimetracker/lake';
import * as z from 'zod';
import { ensureMarts } from '../commands/analyse.js';
import { defaultHotspots, ensureHotspots } from '../commands/hotspots.js';
import type { Progress } from '../console.js';
import { createProgress } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { HOTSPOT_MARTS, settingsOf } from '../marts/hotspot-marts.js';
import { attachTables, readManifest, replaceFolder } from '../marts/table-set.js';
import { TREND_MARTS } from '../marts/trend-marts.js';
import { programVersion } from '../program-version.js';
import { analysedSources, loadSources } from '../sources.js';
import { digestBoundaries } from './boundaries.js';
import { makeAnswers, makeCatalogue, makeHotspots, makeQuality } from './dashboard-documents.js';
import { CATALOGUE, cellsFile, readCatalogue, shardFile, shardPlacesFile } from './dashboard-files.js';
import { makePlaces } from './make-places.js';
import { viewSchedule } from './schedule-view.js';

/** Raised when the same snapshot would give other files. */
const VERSION = 2;
const NAME = 'dashboard';
/** Hours of a shift in the schedule that is shown at first. */
const SHIFT_HOURS = 8;
const pack = promisify(gzip);

/** Files that the page reads, and those with which it is counted, beside a snapshot. */
export interface DashboardFolder {
  readonly path: string;
  readonly catalogue: Catalogue;
}

export interface DashboardChoice {
  /** Units of the schedule that is shown at first. */
  readonly units: number;
  /** Official boundaries of jurisdictions, as `source=file` each. */
  readonly boundaries: readonly string[];
}

const manifestSchema = z.object({
  version: z.literal(VERSION),
  snapshot: z.string(),
  units: z.number(),
  /** Digests of the boundaries by source. */
  boundaries: z.record(z.string(), z.string()),
  /** When the tables that were read had been made. */
  tables: z.array(z.string().nullable()),
});
type Manifest = z.output<typeof manifestSchema>;

async function manifestOf(snapshot: Snapshot, { units, boundaries }: DashboardChoice): Promise<Manifest> {
  const tables = [TREND_MARTS, HOTSPOT_MARTS].map((set) => readManifest(snapshot, set));
  return {
    version: VERSION,
    snapshot: snapshot.manifest.id,
    units,
    boundaries: await digestBoundaries(boundaries),
    tables: (await Promise.all(tables)).map((manifest) => manifest?.createdAt ?? null),
  };
}

/** The files of a snapshot's dashboard; undefined when there are none, or those of another choice or of older tables. */
export async function findDashboard(
  snapshot: Snapshot,
  choice: DashboardChoice,
): Promise<DashboardFolder | undefined> {
  const path = join(snapshot.path, NAME);
  const known = await readFile(join(path, `${NAME}.json`), 'utf8').catch(() => undefined);
  if (known === undefined) return undefined;
  const parsed = manifestSchema.safeParse(JSON.parse(known));
  const wanted = await manifestOf(snapshot, choice);
  if (!parsed.success || JSON.stringify(parsed.data) !== JSON.stringify(wanted)) return undefined;
  return { path, catalogue: await readCatalogue(path) };
}

/** The files of a snapshot's dashboard; made first when there are none of this choice. */
export async function ensureDashboard(
  context: CommandContext,
  snapshot: Snapshot,
  choice: DashboardChoice,
): Promise<DashboardFolder> {
  const found = await findDashboard(snapshot, choice);
  if (found !== undefined) return found;
  await makeDashboard(context, snapshot, choice);
  const path = join(snapshot.path, NAME);
  return { path, catalogue: await readCatalogue(path) };
}

async function makeDashboard(
  context: CommandContext,
  snapshot: Snapshot,
  choice: DashboardChoice,
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
        const asking = { engine, snapshot, signal };
        for (const { index } of cities) {
          await write(`places-${index.source}.geojson`, await makePlaces(asking, index, choice.boundaries));
        }
        const bytes = await writeShards(engine, cities, draft, progress, signal);
        for (const [at, { index, places }] of cities.entries()) {
          const { source } = index;
          progress.step('Documents of the dashboard', at, cities.length);
          for (const resolution of MAP_RESOLUTIONS) {
            await write(cellsFile(source, resolution), index.cells[resolution]);
          }
          const { cellOf } = places;
          await write(shardPlacesFile(source), {
            7: Array.from(cellOf[7]),
            8: Array.from(cellOf[8]),
            9: Array.from(cellOf[9]),
          } satisfies ShardPlaces);
          await write(`answers-${source}.json`, await makeAnswers(asking, source));
          await write(`hotspots-${source}.json`, await makeHotspots(asking, source, hotspotResolution));
          const schedule = { source, units: choice.units, shift: SHIFT_HOURS };
          await write(`schedule-${source}.json`, await viewSchedule(engine, snapshot, schedule, signal));
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
        await write(`${NAME}.json`, await manifestOf(snapshot, choice));
      },
      signal,
    );
  } finally {
    progress.stop();
    await engine.close();
  }
}

/** Writes the shards of all cities; returns their sizes by `<source>-<year>`. */
async function writeShards(
  engine: Engine,
  cities: readonly CityShards[],
  folder: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const years = cities.reduce((sum, city) => sum + city.years.length, 0);
  const bytes = new Map<string, number>();
  for (const city of cities) {
    for await (const { source, year, ...shard } of readShards(engine, city, signal)) {
      progress.step('Counting for the dashboard', bytes.size, years);
      const packed = await pack(writeShard({ source, year, ...shard }));
      await writeFile(join(folder, shardFile(source, year)), packed);
      bytes.set(`${source}-${year}`, packed.length);
    }
  }
  return bytes;
}

/** Names of all documents of a folder that the page may ask for. */
export async function documentNames({ path }: DashboardFolder): Promise<readonly string[]> {
  return (await readdir(path)).filter((name) => name !== `${NAME}.json`);
}
