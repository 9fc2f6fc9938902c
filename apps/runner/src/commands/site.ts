import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DateRange } from '@crimetracker/crossfilter';
import type { Catalogue, Current } from '@crimetracker/dashboard/documents';
import { openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { EXIT_CODES } from '@crimetracker/schema';
import { bytes } from '../console.js';
import type { CommandContext } from '../context.js';
import { CATALOGUE, documentNames, ensureDashboard } from '../dashboard/dashboard-folder.js';
import { readTiles } from '../dashboard/tiles.js';
import { checkFolder } from '../marts/csv-folder.js';
import { pageFolder } from './serve.js';

export interface SiteFlags {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly units: number;
  readonly snapshot?: string;
  readonly tiles?: string;
  readonly tilesAttribution?: string;
}

/** Bytes of shards that a page loads at first, at most; one year is loaded in any case. */
const WINDOW_BYTES = 10_000_000;

/** Writes the dashboard as files: the same page, which then counts by itself. */
export async function runSite(context: CommandContext, flags: SiteFlags): Promise<ExitCode> {
  const { console, settings } = context;
  const tiles = readTiles(flags.tiles, flags.tilesAttribution);
  await checkFolder(flags.out, '--out', flags.overwrite ?? false);
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const dashboard = await ensureDashboard(context, snapshot, { units: flags.units });
  const { id } = snapshot.manifest;
  const data = join(flags.out, 'data');
  await rm(data, { recursive: true, force: true });
  await mkdir(join(data, id), { recursive: true });
  await cp(pageFolder(), flags.out, { recursive: true });
  for (const name of await documentNames(dashboard))
    await cp(join(dashboard.path, name), join(data, id, name));
  const range = firstWindow(dashboard.catalogue);
  const catalogue: Catalogue = { ...dashboard.catalogue, tiles, window: range.days };
  await writeFile(join(data, id, CATALOGUE), JSON.stringify(catalogue));
  const current: Current = { snapshot: id, mode: 'static' };
  await writeFile(join(data, 'current.json'), JSON.stringify(current));

  const files = (await readdir(flags.out, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  if (console.json) {
    console.out.write(
      `${JSON.stringify({ ok: true, folder: flags.out, snapshot: id, files: files.length, window: range.days, windowBytes: range.bytes })}\n`,
    );
  } else {
    console.out.write(`${console.colours.bold('Dashboard')}  ${flags.out} (${files.length} files)\n`);
    console.out.write(
      `  Incidents of ${range.days.from} to ${range.days.to} are loaded at first (${bytes(range.bytes)}), other years when asked for.\n`,
    );
    console.out.write(`  Put the folder on any web server; opened as a file it does not work.\n`);
  }
  return EXIT_CODES.ok;
}

/** The latest years whose shards are small enough together, as days, with their bytes. */
function firstWindow({ cities }: Catalogue): { readonly days: DateRange; readonly bytes: number } {
  const years = [...new Set(cities.flatMap((city) => city.years.map(({ year }) => year)))].sort(
    (a, b) => b - a,
  );
  const bytesOf = (wanted: number): number =>
    cities
      .flatMap((city) => city.years)
      .reduce((sum, { year, bytes: size }) => sum + (year === wanted ? size : 0), 0);
  const [last = 1970, ...earlier] = years;
  let from = last;
  let sum = bytesOf(last);
  for (const year of earlier) {
    const more = bytesOf(year);
    if (sum + more > WINDOW_BYTES) break;
    sum += more;
    from = year;
  }
  return { days: { from: `${from}-01-01`, to: `${last}-12-31` }, bytes: sum };
}
