import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LakeFolder } from '@crimetracker/lake';
import { openLakeFolder, openSnapshot, readPointer } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { bytes } from '../console.js';
import type { CommandContext } from '../context.js';
import { Access, isLoopback } from '../dashboard/access.js';
import { checkBoundaries } from '../dashboard/boundaries.js';
import { createDashboardServer } from '../dashboard/dashboard-server.js';
import { ServedSnapshot } from '../dashboard/served-snapshot.js';
import { readTiles } from '../dashboard/tiles.js';
import { loadSources } from '../sources.js';

export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
  readonly open?: boolean;
  readonly units: number;
  readonly tiles?: string;
  readonly tilesAttribution?: string;
  readonly boundaries: readonly string[];
}

/** How often the pointer of the lake is looked at, and how long pages of the snapshot before are still answered. */
const LOOK_MS = 2_000;
const GRACE_MS = 120_000;

/** Serves the dashboard of the current snapshot until it is interrupted, and follows new snapshots. */
export async function runServe(context: CommandContext, flags: ServeFlags): Promise<ExitCode> {
  const { console, settings } = context;
  const token = flags.token ?? (isLoopback(flags.host) ? undefined : randomBytes(24).toString('base64url'));
  const access = new Access(flags.host, token);
  const tiles = readTiles(flags.tiles, flags.tilesAttribution);
  const sources = (await loadSources()).map(({ adapter }) => adapter.id);
  checkBoundaries(flags.boundaries, sources);
  const lake = await openLakeFolder(settings.lake);
  await openSnapshot(lake);
  await checkAddress(flags);
  const open = async (id?: string): Promise<ServedSnapshot> => {
    const { units, boundaries } = flags;
    return ServedSnapshot.open(context, await openSnapshot(lake, id), { units, boundaries }, tiles);
  };

  const served = new Served(await open());
  const server = await createDashboardServer(
    { current: () => served.current, find: (id) => served.find(id) },
    {
      access,
      page: pageFolder(),
      tileOrigin: tiles === null ? undefined : new URL(tiles.url).origin,
      onProblem: (problem) => console.err.write(`${problem}\n`),
    },
  );
  try {
    await server.listen({ port: flags.port, host: flags.host }).catch((cause: unknown) => {
      throw cannotListen(flags, cause);
    });
    const address = server.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : flags.port;
    const url = `http://${urlHost(flags.host)}:${port}/${token === undefined ? '' : `?token=${token}`}`;
    if (console.json)
      console.out.write(`${JSON.stringify({ ok: true, url, snapshot: served.current.id })}\n`);
    else {
      const { bold, dim } = console.colours;
      console.out.write(`${bold('Dashboard')}  ${url}\n`);
      console.out.write(`Snapshot   ${served.current.id}; a new one is shown by itself.\n`);
      console.out.write(`Memory     ${bytes(process.memoryUsage.rss())}\n`);
      if (token !== undefined) {
        console.out.write(
          `${dim('Whoever has this address can read the dashboard. It is not encrypted: use it in a network you trust, or behind TLS.')}\n`,
        );
      }
      console.out.write(`${dim('Stop with Ctrl-C.')}\n`);
    }
    if (flags.open) openInBrowser(url);
    await follow(context, lake, served, open);
  } finally {
    await Promise.all([server.close(), served.close()]);
  }
  return EXIT_CODES.ok;
}

/** The current snapshot, and for a time the one before. */
class Served {
  current: ServedSnapshot;
  #before: ServedSnapshot | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(first: ServedSnapshot) {
    this.current = first;
  }

  find(id: string): ServedSnapshot | undefined {
    return [this.current, this.#before].find((one) => one?.id === id);
  }

  async replace(next: ServedSnapshot): Promise<void> {
    const older = this.#before;
    this.#before = this.current;
    this.current = next;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#retire(), GRACE_MS).unref();
    await older?.close();
  }

  async #retire(): Promise<void> {
    const before = this.#before;
    this.#before = undefined;
    await before?.close();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all([this.current.close(), this.#retire()]);
  }
}

/** Looks for newly published snapshots until it is interrupted, and serves them once they are prepared. */
async function follow(
  { console, signal }: CommandContext,
  lake: LakeFolder,
  served: Served,
  open: (id: string) => Promise<ServedSnapshot>,
): Promise<void> {
  const wait = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    await wait(LOOK_MS);
    const published = (await readPointer(lake).catch(() => undefined))?.current;
    if (signal.aborted || published === undefined || published === served.current.id) continue;
    console.err.write(`Preparing the new snapshot ${published}.\n`);
    const next = await open(published).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      console.err.write(`It cannot be shown: ${error instanceof Error ? error.message : String(error)}\n`);
      return undefined;
    });
    if (next === undefined) await wait(GRACE_MS);
    else {
      await served.replace(next);
      console.err.write(`Showing snapshot ${published}.\n`);
    }
  }
}

/** The folder of the built page. */
export function pageFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('@crimetracker/dashboard/page/index.html')));
}

/** How the host stands in an address; one that means every address is opened as this machine. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** Finds out before long work that the address is taken. Throws `cannot-listen`. */
async function checkAddress(flags: ServeFlags): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(flags.port, flags.host);
    await once(probe, 'listening');
  } catch (cause) {
    throw cannotListen(flags, cause);
  } finally {
    probe.close();
  }
}

function cannotListen({ host, port }: ServeFlags, cause: unknown): CrimeTrackerError {
  const code = (cause as { readonly code?: string }).code ?? '';
  return new CrimeTrackerError(
    code === 'EADDRINUSE'
      ? `Port ${port} is used by another program.`
      : `The server cannot listen on ${host}, port ${port} (${code}).`,
    {
      code: 'cannot-listen',
      exitCode: EXIT_CODES.usage,
      hint: 'Give another --port; --port 0 takes any that is free.',
      cause,
    },
  );
}

/** Opens the default browser, where there is one. */
function openInBrowser(url: string): void {
  const commands: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  };
  const [command, ...args] = commands[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}
