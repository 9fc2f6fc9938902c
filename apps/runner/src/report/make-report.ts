import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '@crimetracker/engine';
import { HOTSPOTS_VERSION, parseOutline } from '@crimetracker/hotspots';
import type { Snapshot } from '@crimetracker/lake';
import type { Report, ReportChoice, ReportVersion, ScheduleFacts } from '@crimetracker/report';
import { gatherReport } from '@crimetracker/report';
import { CrimeTrackerError } from '@crimetracker/schema';
import { MARTS_VERSION } from '@crimetracker/trends';
import { ensureMarts } from '../commands/analyse.js';
import { defaultHotspots, ensureHotspots } from '../commands/hotspots.js';
import type { CommandContext } from '../context.js';
import { HOTSPOT_MARTS, settingsOf } from '../marts/hotspot-marts.js';
import type { TableManifest } from '../marts/table-set.js';
import { attachTables, folderOf } from '../marts/table-set.js';
import { programVersion } from '../program-version.js';
import { analysedSources, checkSource, loadSources } from '../sources.js';
import { reportSchedule } from './report-schedule.js';

/**
 * Makes the report of a snapshot that is attached to the engine; computes its tables first when it has none. The same
 * choice, snapshot and time of making give the same report.
 */
export async function makeReport(
  context: CommandContext,
  engine: Engine,
  snapshot: Snapshot,
  choice: ReportChoice,
  createdAt: string,
): Promise<Report> {
  const sources = await loadSources();
  const source = checkSource(sources, choice.source);
  const cities = analysedSources(sources, snapshot).filter(({ id }) => source === undefined || id === source);
  const trends = await ensureMarts(context, engine, snapshot, false);
  const hotspots =
    (await attachTables(engine, snapshot, HOTSPOT_MARTS)) ??
    (await ensureHotspots(context, engine, snapshot, defaultHotspots(), false));
  const manifests = [trends, hotspots];
  return gatherReport({
    engine,
    choice,
    cities,
    snapshot: snapshot.manifest.id,
    createdAt,
    versions: versionsOf(snapshot, hotspots, await programVersion()),
    counts: manifests.flatMap(({ counts }) => counts.map(({ name, query }) => ({ name, query }))),
    origins: new Map(
      manifests.flatMap(({ results }) => results.map(({ name, reads }) => [`mart_${name}`, reads] as const)),
    ),
    outlines: await readOutlines(
      snapshot,
      cities.map(({ id }) => id),
    ),
    resolution: settingsOf(hotspots).resolution,
    schedule: await scheduleOf(context, engine, snapshot, choice),
    signal: context.signal,
  });
}

function versionsOf(
  { manifest }: Snapshot,
  hotspots: TableManifest,
  program: string,
): readonly ReportVersion[] {
  return [
    { name: 'Program', version: `CrimeTracker 360 ${program}` },
    { name: 'Snapshot', version: `${manifest.id}, built ${manifest.createdAt}` },
    { name: 'Digest of everything the snapshot depends on', version: manifest.inputsDigest },
    { name: 'Incidents that occurred', version: `${manifest.window.from} to ${manifest.window.to}` },
    ...manifest.sources.map(({ id, fingerprint }) => ({ name: `Adapter ${id}`, version: fingerprint })),
    { name: 'Tables of trends', version: `version ${MARTS_VERSION}` },
    {
      name: 'Tables of hot spots',
      version: `version ${HOTSPOTS_VERSION}, ${Object.entries(settingsOf(hotspots))
        .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
        .join(', ')}`,
    },
  ];
}

/** The outlines that stand beside the hot spots; a city without one is drawn without. */
async function readOutlines(snapshot: Snapshot, ids: readonly string[]) {
  const read = ids.map(async (id) => {
    const file = join(folderOf(snapshot, HOTSPOT_MARTS), `outline-${id}.geojson`);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text === undefined ? [] : [[id, parseOutline(text, file).coordinates] as const];
  });
  return new Map((await Promise.all(read)).flat());
}

/** Reasons for which there is no schedule, which the report tells instead. */
const UNSCHEDULABLE = ['schedule-without-data', 'staffing-infeasible'];

async function scheduleOf(
  context: CommandContext,
  engine: Engine,
  snapshot: Snapshot,
  { source, units }: ReportChoice,
): Promise<ScheduleFacts | string | undefined> {
  if (units === undefined) return undefined;
  try {
    return await reportSchedule(context, engine, snapshot, { source, units });
  } catch (error) {
    if (error instanceof CrimeTrackerError && UNSCHEDULABLE.includes(error.code)) {
      return [error.message, error.hint].filter((text) => text !== undefined).join(' ');
    }
    throw error;
  }
}
