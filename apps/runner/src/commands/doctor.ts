import { access, constants, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { openLakeFolder, openSnapshot, readPointer } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { summariseLedger } from '../build-summary.js';
import { bytes } from '../console.js';
import type { CommandContext } from '../context.js';
import { loadSources } from '../sources.js';

const OLDEST_NODE = [20, 19] as const;
const SCARCE_DISK_BYTES = 5e9;
const SCARCE_MEMORY_BYTES = 3e9;

interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'error';
  readonly detail: string;
}

/** Checks this machine and a lake; exits 4 when something is wrong. */
export async function runDoctor({ console, settings }: CommandContext): Promise<ExitCode> {
  const checks: Check[] = [
    checkNode(),
    checkMemory(),
    await attempt('SQL engine', async () => {
      const engine = await openDuckDb({});
      try {
        const [row] = await engine.query('SELECT version() AS version');
        return `DuckDB ${String(row?.version)}, ${availableParallelism()} cores`;
      } finally {
        await engine.close();
      }
    }),
    await attempt('City adapters', async () =>
      (await loadSources()).map(({ adapter }) => `${adapter.id} (${adapter.city})`).join(', '),
    ),
    await checkDisk(settings.lake),
    await checkLake(settings.lake),
  ];
  if (console.json) console.out.write(`${JSON.stringify(checks)}\n`);
  else {
    const mark = {
      ok: console.colours.green('ok     '),
      warning: console.colours.yellow('warning'),
      error: console.colours.red('error  '),
    };
    for (const { name, state, detail } of checks) console.out.write(`  ${mark[state]}  ${name}: ${detail}\n`);
  }
  return checks.some(({ state }) => state === 'error') ? EXIT_CODES.gate : EXIT_CODES.ok;
}

async function attempt(name: string, check: () => Promise<string>): Promise<Check> {
  try {
    return { name, state: 'ok', detail: await check() };
  } catch (error) {
    return { name, state: 'error', detail: error instanceof Error ? error.message : String(error) };
  }
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fine = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return {
    name: 'Node',
    state: fine ? 'ok' : 'error',
    detail: fine ? process.version : `${process.version}; ${OLDEST_NODE.join('.')} or newer is needed`,
  };
}

function checkMemory(): Check {
  const scarce = freemem() < SCARCE_MEMORY_BYTES;
  return {
    name: 'Memory',
    state: scarce ? 'warning' : 'ok',
    detail: `${bytes(freemem())} free of ${bytes(totalmem())}${scarce ? '; a build of 10 million rows wants 4 GB' : ''}`,
  };
}

async function nearestFolder(path: string): Promise<string> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists || dirname(path) === path ? path : nearestFolder(dirname(path));
}

async function checkDisk(lake: string): Promise<Check> {
  const folder = await nearestFolder(resolve(lake));
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return {
      name: 'Disk',
      state: 'error',
      detail: `${folder} cannot be written: give --lake another folder`,
    };
  return {
    name: 'Disk',
    state: free < SCARCE_DISK_BYTES ? 'warning' : 'ok',
    detail: `${bytes(free)} free at ${folder}${free < SCARCE_DISK_BYTES ? '; a build of 10 million rows wants 5 GB' : ''}`,
  };
}

async function checkLake(path: string): Promise<Check> {
  const name = 'Lake';
  try {
    const folder = await openLakeFolder(path);
    const pointer = await readPointer(folder);
    if (!pointer) return { name, state: 'warning', detail: `${folder.root} has no published snapshot yet` };
    const { manifest } = await openSnapshot(folder);
    const { balanced, curated } = summariseLedger(manifest.ledger);
    return {
      name,
      state: balanced ? 'ok' : 'error',
      detail: `${folder.root}, snapshot ${manifest.id}, ${curated.toLocaleString('en-US')} incidents, ledger ${balanced ? 'balances' : 'does not balance'}`,
    };
  } catch (error) {
    const missing = error instanceof CrimeTrackerError && error.code === 'lake-missing';
    return {
      name,
      state: missing ? 'warning' : 'error',
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}
