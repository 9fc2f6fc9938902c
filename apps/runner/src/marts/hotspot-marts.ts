import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeMarts } from '@crimetracker/analysis-kit/mart-files';
import type { Engine, SqlRow } from '@crimetracker/engine';
import type { HotspotsOutput, MultiPolygon, Resolution } from '@crimetracker/hotspots';
import {
  analyseHotspots,
  cellGrid,
  geoJsonChunks,
  HOTSPOT_RESULTS,
  HOTSPOTS_VERSION,
  hotspotCounts,
  outlineFeature,
  parseOutline,
  RESOLUTIONS,
} from '@crimetracker/hotspots';
import type { Snapshot, Source } from '@crimetracker/lake';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import * as z from 'zod';
import { analysedSources } from '../sources.js';
import type { TableManifest, TableSet } from './table-set.js';
import { folderOf, storeTables } from './table-set.js';

/** Where: the counts by cell and the answers of hotspots. */
export const HOTSPOT_MARTS: TableSet = {
  name: 'hotspots',
  version: HOTSPOTS_VERSION,
  tables: [
    ...new Map(
      RESOLUTIONS.flatMap((resolution) => hotspotCounts(resolution, resolution)).map((mart) => [
        mart.name,
        mart,
      ]),
    ).values(),
    ...HOTSPOT_RESULTS,
  ],
};

/** What a user chose; the same choice gives the same tables. */
export interface HotspotSettings {
  readonly resolution: Resolution;
  readonly companion: Resolution;
  readonly seed: number;
  /** Digest of the outline given for a source. */
  readonly outlines: Readonly<Record<string, string>>;
}

export interface HotspotMartsInput {
  /** Has the tables of the snapshot attached. */
  readonly engine: Engine;
  readonly snapshot: Snapshot;
  readonly sources: readonly Source[];
  readonly settings: HotspotSettings;
  readonly outlines: ReadonlyMap<string, MultiPolygon>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((label: string, done: number, total: number) => void) | undefined;
}

const settingsSchema = z.object({
  resolution: z.literal(RESOLUTIONS),
  companion: z.literal(RESOLUTIONS),
  seed: z.number(),
  outlines: z.record(z.string(), z.string()),
});

/** The choice with which stored tables were made. */
export function settingsOf({ settings }: TableManifest): HotspotSettings {
  return settingsSchema.parse(settings);
}

/** Whether stored tables were made with this choice. */
export function isMadeWith({ settings }: TableManifest, wanted: HotspotSettings): boolean {
  return JSON.stringify(settings) === JSON.stringify(wanted);
}

/** Reads `source=file` texts into outlines, with a digest each. Throws a usage error for what is no outline. */
export async function readOutlines(
  given: readonly string[],
  sources: readonly Source[],
): Promise<{ outlines: ReadonlyMap<string, MultiPolygon>; digests: Readonly<Record<string, string>> }> {
  const outlines = new Map<string, MultiPolygon>();
  const digests: Record<string, string> = {};
  for (const text of [...given].sort()) {
    const [source = '', file] = text.split(/=(.*)/s);
    if (file === undefined || !sources.some(({ adapter }) => adapter.id === source)) {
      throw new CrimeTrackerError(`--outline ${text} does not name a source and a file.`, {
        code: 'outline-unknown-source',
        exitCode: EXIT_CODES.usage,
        hint: `Write --outline nypd=boundary.geojson. Sources: ${sources.map(({ adapter }) => adapter.id).join(', ')}.`,
      });
    }
    const content = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new CrimeTrackerError(`${file} cannot be read.`, {
        code: 'path-missing',
        exitCode: EXIT_CODES.usage,
        hint: 'Check the path of the outline.',
        cause,
      });
    });
    outlines.set(source, parseOutline(content, file));
    digests[source] = createHash('sha256').update(content).digest('hex');
  }
  return { outlines, digests };
}

/** Computes hot spots of the snapshot, without writing anything; the counts stay on the engine. */
export function computeHotspots(input: HotspotMartsInput): Promise<HotspotsOutput> {
  const { engine, snapshot, sources, settings, outlines, signal, onProgress } = input;
  return analyseHotspots({
    engine,
    sources: analysedSources(sources, snapshot),
    window: snapshot.manifest.window,
    resolution: settings.resolution,
    companion: settings.companion,
    seed: settings.seed,
    outlines,
    signal,
    onProgress,
  });
}

/** Computes hot spots and puts them into the snapshot, with the outline of each city. */
export function buildHotspotMarts(input: HotspotMartsInput): Promise<TableManifest> {
  const { engine, snapshot, settings, signal } = input;
  return storeTables(
    snapshot,
    HOTSPOT_MARTS,
    async (draft) => {
      const { counts, results, outlines } = await computeHotspots(input);
      for (const { mart } of counts) {
        await engine.writeTable(
          { select: `SELECT * FROM ${mart.name}`, location: join(draft, mart.name) },
          signal,
        );
        await engine.dropTable(mart.name);
      }
      await writeMarts(engine, results, draft, signal);
      for (const [source, outline] of outlines) {
        await writeFile(join(draft, `outline-${source}.geojson`), outlineFeature(outline, { source }));
      }
      return {
        settings: { ...settings },
        counts: counts.map(({ mart, query, rows }) => ({ name: mart.name, query, rows })),
        results: results.map(({ mart, rows }) => ({
          name: mart.name,
          analysis: 'hotspots',
          reads: counts.map((count) => count.mart.name),
          rows: rows.length,
        })),
      };
    },
    signal,
  );
}

/** The outlines that were given when stored tables were made, to make them again. */
export async function storedOutlines(
  snapshot: Snapshot,
  { outlines }: HotspotSettings,
): Promise<ReadonlyMap<string, MultiPolygon>> {
  const read = Object.keys(outlines).map(async (source) => {
    const file = join(folderOf(snapshot, HOTSPOT_MARTS), `outline-${source}.geojson`);
    return [source, parseOutline(await readFile(file, 'utf8'), file)] as const;
  });
  return new Map(await Promise.all(read));
}

/** Writes rows by cell as a GeoJSON file that any GIS reads: one feature a cell, the other columns as properties. */
export async function writeCellsGeoJson(file: string, rows: readonly SqlRow[]): Promise<void> {
  const grid = cellGrid(rows.map((row) => String(row.h3)));
  const byCell = new Map(rows.map((row) => [String(row.h3), row]));
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'h3');
  const columns = Object.fromEntries(
    names.map((name) => [
      name,
      grid.cells.map((cell) => {
        const value = byCell.get(cell)?.[name] ?? null;
        return typeof value === 'boolean' ? String(value) : value;
      }),
    ]),
  );
  await pipeline(Readable.from(geoJsonChunks(grid, columns)), createWriteStream(file));
}
