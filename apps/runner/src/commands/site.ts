import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DateRange } from '@crimetracker/crossfilter';
import type { Catalogue, Current } from '@crimetracker/dashboard/documents';
import { openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { bytes } from '../console.js';
import type { CommandContext } from '../context.js';
import { checkBoundaries } from '../dashboard/boundaries.js';
import { CATALOGUE } from '../dashboard/dashboard-files.js';
import { documentNames, ensureDashboard } from '../dashboard/dashboard-folder.js';
import { readTiles } from '../dashboard/tiles.js';
import { checkFolder } from '../marts/csv-folder.js';
import { loadSources } from '../sources.js';
import { pageFolder } from './serve.js';

export interface SiteFlags {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly years?: number;
  readonly units: number;
  readonly snapshot?: string;
  readonly tiles?: string;
  readonly tilesAttribution?: string;
  readonly boundaries: readonly string[];
}

/** Bytes of shards that a page loads at first, at most; one year is loaded in any case. */
const WINDOW_BYTES = 10_000_000;
const INDEX = 'index.html';

/** Writes the dashboard as files: the same page, which then counts by itself. */
export async function runSite(context: CommandContext, flags: SiteFlags): Promise<ExitCode> {
  const { console, settings } = context;
  const tiles = readTiles(flags.tiles, flags.tilesAttribution);
  const sources = (await loadSources()).map(({ adapter }) => adapter.id);
  checkBoundaries(flags.boundaries, sources);
  if (flags.years === 0) {
    throw new CrimeTrackerError('--years 0 leaves nothing to show.', {
      code: 'years-invalid',
      exitCode: EXIT_CODES.usage,
      hint: 'Give one year or more, or leave it out.',
    });
  }
  await checkFolder(flags.out, '--out', flags.overwrite ?? false);
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const { units, boundaries } = flags;
  const dashboard = await ensureDashboard(context, snapshot, { units, boundaries });
  const { id } = snapshot.manifest;
  const window = firstWindow(dashboard.catalogue, flags.years);
  const catalogue: Catalogue = { ...dashboard.catalogue, tiles, window: window.days };

  // What is named by others comes before them, so that a folder that is being served is whole at every moment.
  const [page, data] = [pageFolder(), join(flags.out, 'data')];
  await mkdir(join(data, id), { recursive: true });
  for (const name of await documentNames(dashboard)) {
    if (name !== CATALOGUE) await cp(join(dashboard.path, name), join(data, id, name));
  }
  await writeFile(join(data, id, CATALOGUE), JSON.stringify(catalogue));
  const pageNames = await readdir(page);
  for (const name of pageNames) {
    if (name !== INDEX) await cp(join(page, name), join(flags.out, name), { recursive: true });
  }
  await cp(join(page, INDEX), join(flags.out, INDEX));
  await writeFile(
    join(data, 'current.json'),
    JSON.stringify({ snapshot: id, mode: 'static' } satisfies Current),
  );
  await removeOthers(data, [id, 'current.json']);
  await removeOthers(join(flags.out, 'assets'), await readdir(join(page, 'assets')));

  const sizes = await sizesOf(flags.out);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (console.json) {
    console.out.write(
      `${JSON.stringify({ ok: true, folder: flags.out, snapshot: id, files: sizes.length, bytes: total, window: window.days, windowBytes: window.bytes })}\n`,
    );
    return EXIT_CODES.ok;
  }
  const { bold, dim } = console.colours;
  console.out.write(`${bold('Dashboard')}  ${flags.out}: ${sizes.length} files, ${bytes(total)}\n`);
  console.out.write(`Snapshot   ${id}\n`);
  console.out.write(
    `First view counts ${window.days.from} to ${window.days.to} (${bytes(window.bytes)}); earlier years are loaded when asked for.\n`,
  );
  console.out.write(
    dim('Put the folder on any web server; opened as a file it does not work. Headers: docs/dashboard.md\n'),
  );
  return EXIT_CODES.ok;
}

async function removeOthers(folder: string, kept: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!kept.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function sizesOf(folder: string): Promise<readonly number[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
}

/** The days of the latest years, as many as asked for or as are small enough together, with the bytes of their shards. */
function firstWindow(
  { cities }: Catalogue,
  asked: number | undefined,
): { readonly days: DateRange; readonly bytes: number } {
  const bytesOf = new Map<number, number>();
  for (const { year, bytes: size } of cities.flatMap(({ years }) => years)) {
    bytesOf.set(year, (bytesOf.get(year) ?? 0) + size);
  }
  const [last = [1970, 0], ...earlier] = [...bytesOf].sort(([a], [b]) => b - a);
  let [from, sum] = last;
  for (const [place, [year, size]] of earlier.entries()) {
    if (asked === undefined ? sum + size > WINDOW_BYTES : place + 2 > asked) break;
    sum += size;
    from = year;
  }
  return { days: { from: `${from}-01-01`, to: `${last[0]}-12-31` }, bytes: sum };
}
