import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine, SqlRow } from '@crimetracker/engine';
import type { Resolution } from '@crimetracker/hotspots';
import { RESOLUTIONS } from '@crimetracker/hotspots';
import type { Snapshot } from '@crimetracker/lake';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { createProgress, seconds } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { checkFolder, writeCsvFolder } from '../marts/csv-folder.js';
import { drawHotspots } from '../marts/draw-hotspots.js';
import { drawHarm, weighHarm } from '../marts/harm-ranks.js';
import type { HotspotSettings } from '../marts/hotspot-marts.js';
import {
  buildHotspotMarts,
  HOTSPOT_MARTS,
  isMadeWith,
  readOutlines,
  writeCellsGeoJson,
} from '../marts/hotspot-marts.js';
import type { TableManifest } from '../marts/table-set.js';
import { attachTables } from '../marts/table-set.js';
import { analysedSources, checkSource, loadSources } from '../sources.js';

export interface HotspotFlags {
  readonly source?: string;
  readonly target?: string;
  readonly resolution: number;
  readonly companion?: number;
  readonly outline: readonly string[];
  readonly seed: number;
  readonly harmWeights?: string;
  readonly csv?: string;
  readonly geojson?: string;
  readonly overwrite?: boolean;
  readonly fresh?: boolean;
  readonly snapshot?: string;
}

/** The rows of every table of answers, by name. */
type Tables = ReadonlyMap<string, readonly SqlRow[]>;

/**
 * Answers where over a published snapshot: hot spots, how they came about, near repeats, prediction by place. Computed
 * once and kept in the snapshot; another choice of resolution, outline or seed computes again.
 */
export async function runHotspots(context: CommandContext, flags: HotspotFlags): Promise<ExitCode> {
  const { console, settings } = context;
  const sources = await loadSources();
  const source = checkSource(sources, flags.source);
  const chosen = await readSettings(flags, sources);
  for (const [flag, folder] of [
    ['--csv', flags.csv],
    ['--geojson', flags.geojson],
  ] as const) {
    if (folder !== undefined) await checkFolder(folder, flag, flags.overwrite ?? false);
  }
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const engine = await openEngine(context);
  try {
    await attachSnapshot(engine, snapshot);
    const manifest = await ensureHotspots(context, engine, snapshot, chosen, flags.fresh ?? false);
    const tables = await readTables(engine, source, flags.target, context.signal);
    const harm =
      flags.harmWeights === undefined
        ? undefined
        : await weighHarm(
            engine,
            snapshot,
            flags.harmWeights,
            {
              sources: analysedSources(sources, snapshot).filter(
                ({ id }) => source === undefined || id === source,
              ),
              resolution: chosen.settings.resolution,
            },
            context.signal,
          );
    if (harm) tables.set('harm_cells', harm.cells);
    if (flags.csv !== undefined) await writeCsvFolder(flags.csv, tables);
    if (flags.geojson !== undefined) await writeMaps(flags.geojson, tables, chosen.settings.resolution);
    if (console.json) {
      const rows = Object.fromEntries([...tables].map(([name, own]) => [`mart_${name}`, own]));
      console.out.write(
        `${JSON.stringify({ snapshot: manifest.snapshot, settings: manifest.settings, counts: manifest.counts, tables: rows, harm: harm ? { weights: harm.weights, cities: harm.cities } : null })}\n`,
      );
      return EXIT_CODES.ok;
    }
    const cities = [...new Set((tables.get('hotspot_study_areas') ?? []).map((row) => String(row.city)))];
    for (const city of cities) {
      const view = { city, resolution: chosen.settings.resolution, target: flags.target };
      console.out.write(`${drawHotspots(view, tables, console.colours)}\n`);
    }
    if (harm) console.out.write(`${drawHarm(harm, console.colours)}\n`);
    const { dim } = console.colours;
    console.out.write(
      dim(
        `  Snapshot ${manifest.snapshot}. Where incidents are recorded, not where people are at risk. Every number is a row of a mart_ table: crimetracker query "SELECT * FROM mart_hotspot_cells LIMIT 5"\n`,
      ),
    );
    if (flags.csv !== undefined) console.out.write(`  CSV       ${flags.csv}\n`);
    if (flags.geojson !== undefined) console.out.write(`  GeoJSON   ${flags.geojson}\n`);
  } finally {
    await engine.close();
  }
  return EXIT_CODES.ok;
}

interface Chosen {
  readonly settings: HotspotSettings;
  readonly outlines: Awaited<ReturnType<typeof readOutlines>>['outlines'];
}

async function readSettings(
  flags: Pick<HotspotFlags, 'resolution' | 'companion' | 'outline' | 'seed'>,
  sources: Parameters<typeof readOutlines>[1],
): Promise<Chosen> {
  const { outlines, digests } = await readOutlines(flags.outline, sources);
  const resolution = checkResolution('--resolution', flags.resolution);
  const companion = checkResolution('--companion', flags.companion ?? Math.max(7, resolution - 1));
  if (companion > resolution) {
    throw new CrimeTrackerError(`The companion, ${companion}, is finer than the resolution, ${resolution}.`, {
      code: 'companion-finer',
      exitCode: EXIT_CODES.usage,
      hint: 'Give --companion a coarser resolution: a smaller number.',
    });
  }
  return { settings: { resolution, companion, seed: flags.seed, outlines: digests }, outlines };
}

function checkResolution(flag: string, given: number): Resolution {
  const found = RESOLUTIONS.find((resolution) => resolution === given);
  if (found !== undefined) return found;
  throw new CrimeTrackerError(`${flag} ${given} is not a resolution of the clean table.`, {
    code: 'resolution-unknown',
    exitCode: EXIT_CODES.usage,
    hint: `Resolutions: ${RESOLUTIONS.join(', ')}; 9 is about 0.11 km² a cell, each step seven times finer.`,
  });
}

/** The default choice of a command that only needs hot spots to be there. */
export function defaultHotspots(): Chosen {
  return { settings: { resolution: 9, companion: 8, seed: 1, outlines: {} }, outlines: new Map() };
}

/** Reads the snapshot's hot spots, after computing them when it has none of this choice. */
export async function ensureHotspots(
  context: CommandContext,
  engine: Engine,
  snapshot: Snapshot,
  { settings, outlines }: Chosen,
  fresh: boolean,
): Promise<TableManifest> {
  const kept = fresh ? undefined : await attachTables(engine, snapshot, HOTSPOT_MARTS);
  if (kept && isMadeWith(kept, settings)) return kept;
  const progress = createProgress(context.console);
  const started = performance.now();
  try {
    const manifest = await buildHotspotMarts({
      engine,
      snapshot,
      sources: await loadSources(),
      settings,
      outlines,
      signal: context.signal,
      onProgress: (label, done, total) => progress.step(label, done, total),
    });
    progress.stop();
    context.console.err.write(`Hot spots in ${seconds(performance.now() - started)}.\n`);
    await attachTables(engine, snapshot, HOTSPOT_MARTS);
    return manifest;
  } finally {
    progress.stop();
  }
}

async function readTables(
  engine: Engine,
  source: string | undefined,
  target: string | undefined,
  signal: AbortSignal,
): Promise<Map<string, readonly SqlRow[]>> {
  const tables = new Map<string, readonly SqlRow[]>();
  const known = await engine.query(
    'SELECT DISTINCT target FROM mart_hotspot_periods ORDER BY target',
    signal,
  );
  const targets = known.map((row) => String(row.target));
  if (target !== undefined && !targets.includes(target)) {
    throw new CrimeTrackerError(`There is no target "${target}".`, {
      code: 'target-unknown',
      exitCode: EXIT_CODES.usage,
      hint: `Targets: ${targets.join(', ')}.`,
    });
  }
  for (const { name, columns } of HOTSPOT_MARTS.tables) {
    if (name.startsWith('count_')) continue;
    const conditions = [
      ...(source === undefined ? [] : [`source = ${engine.dialect.literal(source)}`]),
      ...(target === undefined || !columns.some((column) => column.name === 'target')
        ? []
        : [`target = ${engine.dialect.literal(target)}`]),
    ];
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
    tables.set(name, await engine.query(`SELECT * FROM mart_${name}${where}`, signal));
  }
  return tables;
}

/** One map a city and target of the recent hot spots, and one of the emerging ones. */
async function writeMaps(folder: string, tables: Tables, resolution: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [table, kind] of [
    ['hotspot_cells', 'hot-spots'],
    ['emerging_hotspots', 'emerging'],
    ['place_predictions', 'prediction'],
    ['harm_cells', 'harm'],
  ] as const) {
    const maps = new Map<string, SqlRow[]>();
    for (const row of tables.get(table) ?? []) {
      if (row.resolution !== null && Number(row.resolution) !== resolution) continue;
      const weeks = row.horizon_weeks === undefined ? '' : `-${String(row.horizon_weeks)}-weeks`;
      const name = `${kind}-${String(row.source)}-${String(row.target ?? 'all')}${weeks}`;
      const own = maps.get(name);
      if (own === undefined) maps.set(name, [row]);
      else own.push(row);
    }
    for (const [name, rows] of maps) {
      const file = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.geojson`;
      await writeCellsGeoJson(join(folder, file), rows);
    }
  }
}
