import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openLakeFolder, openSnapshot, readPointer } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { CommandContext } from '../context.js';
import { Access, isLoopback } from '../dashboard/access.js';
import { createDashboardServer } from '../dashboard/dashboard-server.js';
import { ServedSnapshot } from '../dashboard/served-snapshot.js';
import { readTiles } from '../dashboard/tiles.js';

export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
  readonly open?: boolean;
  readonly units: number;
  readonly tiles?: string;
  readonly tilesAttribution?: string;
}

/** How often the pointer of the lake is looked at, and how long pages of the snapshot before are still answered. */
const LOOK_MS = 2_000;
const GRACE_MS = 60_000;

/** Serves the dashboard of the current snapshot until it is interrupted, and follows new snapshots. */
export async function runServe(context: CommandContext, flags: ServeFlags): Promise<ExitCode> {
  const { console, settings, signal } = context;
  const token = flags.token ?? (isLoopback(flags.host) ? undefined : randomBytes(18).toString('base64url'));
  const access = new Access(flags.host, token);
  const tiles = readTiles(flags.tiles, flags.tilesAttribution);
  const lake = await openLakeFolder(settings.lake);
  const open = async (id?: string): Promise<ServedSnapshot> =>
    ServedSnapshot.open(context, await openSnapshot(lake, id), { units: flags.units }, tiles);

  let current = await open();
  const served = new Map([[current.id, current]]);
  const server = await createDashboardServer(
    { current: () => current, find: (id) => served.get(id) },
    { access, page: pageFolder(), tileOrigin: tiles === null ? undefined : new URL(tiles.url).origin },
  );
  try {
    await server.listen({ port: flags.port, host: flags.host }).catch((cause: unknown) => {
      throw cannotListen(flags, cause);
    });
    const address = server.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : flags.port;
    const host = flags.host.includes(':') ? `[${flags.host}]` : flags.host;
    const url = `http://${host}:${port}/${token === undefined ? '' : `?token=${encodeURIComponent(token)}`}`;
    if (console.json) console.out.write(`${JSON.stringify({ ok: true, url, snapshot: current.id })}\n`);
    else {
      console.out.write(`${console.colours.bold('Dashboard')}  ${url}\n`);
      console.out.write(`Snapshot   ${current.id}; a new one is shown by itself. Stop with Ctrl-C.\n`);
    }
    if (flags.open) openInBrowser(url);
    while (!signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) break;
      const published = (await readPointer(lake).catch(() => undefined))?.current;
      if (published === undefined || published === current.id) continue;
      console.err.write(`New snapshot ${published}.\n`);
      const next = await open(published).catch((error: unknown) => {
        console.err.write(`It cannot be shown: ${error instanceof Error ? error.message : String(error)}\n`);
      });
      if (next === undefined) {
        await sleep(GRACE_MS, undefined, { signal }).catch(() => {});
        continue;
      }
      const before = current;
      served.set(next.id, next);
      current = next;
      sleep(GRACE_MS, undefined, { signal, ref: false }).then(
        () => {
          served.delete(before.id);
          return before.close();
        },
        () => {},
      );
    }
  } finally {
    await server.close();
    await Promise.all([...served.values()].map((one) => one.close()));
  }
  return EXIT_CODES.ok;
}

/** The folder of the built page. */
export function pageFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('@crimetracker/dashboard/page/index.html')));
}

function cannotListen({ host, port }: ServeFlags, cause: unknown): CrimeTrackerError {
  const code = (cause as { readonly code?: string }).code ?? '';
  return new CrimeTrackerError(
    code === 'EADDRINUSE'
      ? `Port ${port} is used by another program.`
      : `${host} port ${port} cannot be listened on (${code}).`,
    {
      code: 'cannot-listen',
      exitCode: EXIT_CODES.usage,
      hint: 'Give another with --port; --port 0 takes any that is free.',
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
