import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { holdFileLock } from './file-lock.js';

const binding = createRequire(import.meta.url).resolve('@duckdb/node-api');

/** Another process that has the file locked until it is killed. */
async function otherProcess(file: string): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const script = `require(process.argv[1]).DuckDBInstance.create(process.argv[2]).then((instance) => {
    globalThis.instance = instance;
    console.log('locked');
    setInterval(() => {}, 1000);
  });`;
  const child = spawn(process.execPath, ['-e', script, binding, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'crimetracker-lock-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

it('a lock is held once in a process and can be taken again when released', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'lock.duckdb');
    const lock = await holdFileLock(file);
    await expect(holdFileLock(file)).rejects.toMatchObject({ code: 'locked', exitCode: 2 });
    await lock.release();
    await (await holdFileLock(file)).release();
  }));

it('another process that holds the lock is named, and killing it frees the lock', { timeout: 30_000 }, () =>
  withFolder(async (folder) => {
    const file = join(folder, 'lock.duckdb');
    const other = await otherProcess(file);
    try {
      await expect(holdFileLock(file)).rejects.toThrow(`process ${other.pid}`);
    } finally {
      await other.kill();
    }
    await (await holdFileLock(file)).release();
  }),
);

it('a file that a killed process left half made does not block', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'lock.duckdb');
    await writeFile(file, 'no database, only letters'.repeat(1000));
    await (await holdFileLock(file)).release();
  }));
