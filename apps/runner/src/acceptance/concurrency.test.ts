import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand, startCommand } from './command.js';
import { checkLake, listLake } from './lake-check.js';
import { rawLines, textOf } from './raw-inputs.js';

vi.setConfig({ testTimeout: 120_000 });

const BIN = fileURLToPath(new URL('../../bin/crimetracker.js', import.meta.url));
/** Enough for a build that is still at work when it is disturbed. */
const ROWS = 4000;

let work: string;
let small: string;
let large: string;
const lake = (name: string): string => join(work, name);

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-concurrency-'));
  small = join(work, 'small.csv');
  large = join(work, 'large.csv');
  await writeFile(small, textOf(await rawLines(work, 'nypd-b', 30, 1)));
  await writeFile(large, textOf(await rawLines(work, 'nypd-c', ROWS, 2)));
}, 120_000);

afterAll(() => rm(work, { recursive: true, force: true }));

/** Snapshots and pointer of a lake: what a disturbed build must leave alone. */
async function published(folder: string): Promise<readonly (readonly [string, string])[]> {
  return [...(await listLake(folder))]
    .filter(([name]) => name === 'current' || name.startsWith('snapshots/'))
    .sort();
}

describe('two builds of one lake at once', () => {
  it('are one build and one refusal that names the process at work', async () => {
    const first = startCommand(['build', large, '--lake', lake('twice'), '--json']);
    await first.reached('Reading');
    const second = await runCommand(['build', small, '--lake', lake('twice'), '--json']);
    expect(second.exitCode).toBe(2);
    const { error } = JSON.parse(second.stdout) as { error: { code: string; message: string; hint: string } };
    expect(error.code).toBe('locked');
    expect(error.message).toContain(`process ${first.process.pid}`);
    expect(error.hint).toMatch(/Wait/);

    const { exitCode } = await first.result;
    expect(exitCode).toBe(0);
    expect(await checkLake(lake('twice'))).toMatchObject({ records: ROWS, problems: [] });
    expect((await runCommand(['build', small, '--lake', lake('twice')])).exitCode).toBe(0);
  });

  it('started in the same moment never spoil each other', async () => {
    const started = [small, large, small].map(
      (path) => startCommand(['build', path, '--lake', lake('race'), '--force']).result,
    );
    const exitCodes = (await Promise.all(started)).map(({ exitCode }) => exitCode);
    expect(exitCodes.filter((code) => code === 0).length).toBeGreaterThan(0);
    expect(exitCodes.every((code) => code === 0 || code === 2)).toBe(true);
    expect((await checkLake(lake('race'))).problems).toEqual([]);
  });
});

describe('readers', () => {
  it('are answered from the published snapshot while a build is at work', async () => {
    await runCommand(['build', small, '--lake', lake('read')]);
    const building = startCommand(['build', large, '--lake', lake('read')]);
    await building.reached('Reading');
    const { exitCode, stdout } = await runCommand([
      'query',
      'SELECT COUNT(*) AS incidents FROM incidents',
      '--lake',
      lake('read'),
      '--json',
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual([{ incidents: 30 }]);
    expect((await building.result).exitCode).toBe(0);
  });
});

describe('a request to stop', () => {
  it.each([
    ['SIGINT', 130, 'Reading'],
    ['SIGTERM', 143, 'Crosswalk'],
    ['SIGINT', 130, 'Cleaning'],
  ] as const)('by %s exits %i while %s, and keeps what was published', async (signal, expected, step) => {
    const folder = lake(`${signal}-${step}`);
    await runCommand(['build', small, '--lake', folder]);
    const before = await published(folder);
    const building = startCommand(['build', large, small, '--lake', folder, '--json']);
    await building.reached(step);
    building.process.kill(signal);
    const { exitCode, signal: killedBy, stderr } = await building.result;
    expect(killedBy).toBeNull();
    expect(exitCode).toBe(expected);
    expect(stderr).toContain('What was published stays as it was');
    expect(stderr).not.toContain('fault of the program');
    expect(await published(folder)).toEqual(before);
    const left = [...(await listLake(folder)).keys()].filter(
      (name) => name.startsWith('work/') || name.endsWith('.draft'),
    );
    expect(left).toEqual([]);

    expect((await runCommand(['build', large, small, '--lake', folder])).exitCode).toBe(0);
    expect(await checkLake(folder)).toMatchObject({ records: ROWS + 30, problems: [] });
  });
});

describe('a reader that goes away', () => {
  const pipeTo = (command: string): Promise<number | null> =>
    new Promise((resolve, reject) => {
      // The status of the pipe's first command, as bash keeps it.
      const shell = spawn('bash', ['-c', `"$0" "$@" ${command}; exit "\${PIPESTATUS[0]}"`, ...arguments_], {
        stdio: 'ignore',
      });
      shell.once('error', reject).once('close', resolve);
    });
  let arguments_: readonly string[] = [];

  it('does not end a build: | head -1 on both outputs leaves it published', async () => {
    arguments_ = [process.execPath, BIN, 'build', small, '--lake', lake('head')];
    expect(await pipeTo('2>&1 | head -1')).toBe(0);
    expect(await checkLake(lake('head'))).toMatchObject({ records: 30, problems: [] });
  });

  it('ends a long answer without an error', async () => {
    await runCommand(['build', large, '--lake', lake('answer')]);
    arguments_ = [
      process.execPath,
      BIN,
      'query',
      'SELECT * FROM incidents',
      '--csv',
      '--lake',
      lake('answer'),
    ];
    expect(await pipeTo('| head -1')).toBe(0);
  });
});
