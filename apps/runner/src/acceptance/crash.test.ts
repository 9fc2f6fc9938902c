import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './command.js';
import { crashBuilds } from './crash-run.js';
import { checkLake, listLake } from './lake-check.js';
import type { RawLines } from './raw-inputs.js';
import { rawLines, textOf } from './raw-inputs.js';
import { mountSmallDisk } from './small-disk.js';

let work: string;
let nypd: RawLines;
let lapd: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-crash-'));
  nypd = await rawLines(work, 'nypd-c', 2000, 3);
  lapd = join(work, 'lapd.csv');
  await writeFile(lapd, textOf(await rawLines(work, 'lapd-b', 1000, 4)));
}, 60_000);

afterAll(() => rm(work, { recursive: true, force: true }));

/** The n-th build reads a file of its own, and one that all builds share. */
async function inputs(build: number): Promise<readonly string[]> {
  const own = join(work, `nypd-${build}.csv`);
  const from = (Math.abs(build) * 17) % 1000;
  await writeFile(own, textOf({ ...nypd, records: nypd.records.slice(from, from + 1000) }));
  return [own, lapd];
}

describe('builds ended at random moments', () => {
  it.each([
    ['SIGKILL', 6],
    ['SIGTERM', 4],
  ] as const)(
    'by %s leave a snapshot that opens and balances, and no litter; the next build completes',
    async (signal, kills) => {
      const options = {
        inputs,
        kills,
        signal,
        seed: 11,
        completeEvery: 5,
        keep: 1,
        say: () => {},
      } as const;
      const report = await crashBuilds({ folder: join(work, signal), ...options });
      expect(report.problems).toEqual([]);
      expect(report.kills).toHaveLength(kills);
    },
    180_000,
  );
});

describe('a disk that is full', () => {
  it('is one clear error at any step, and leaves what was published; with room again the build completes', async () => {
    const disk = await mountSmallDisk(join(work, 'disk'), 100_000);
    if (typeof disk === 'string') {
      process.stdout.write(`Skipped: a disk that is full, because ${disk}.\n`);
      return;
    }
    try {
      const lake = join(disk.path, 'lake');
      const build = async () =>
        runCommand(['build', ...(await inputs(7)), '--lake', lake, '--force', '--json']);
      expect((await runCommand(['build', lapd, '--lake', lake])).exitCode).toBe(0);
      const before = [...(await listLake(join(lake, 'snapshots')))];
      const used = await disk.usedKilobytes();
      for (const room of [8, 120, 400]) {
        await disk.resize(used + room);
        const { exitCode, stdout } = await build();
        expect(JSON.parse(stdout).error).toMatchObject({ code: 'disk-full' });
        expect(exitCode).toBe(3);
        expect([...(await listLake(join(lake, 'snapshots')))]).toEqual(before);
        expect((await listLake(join(lake, 'work'))).size).toBe(0);
        expect((await checkLake(lake)).problems).toEqual([]);
      }
      await disk.resize(100_000);
      expect((await build()).exitCode).toBe(0);
      expect((await checkLake(lake)).problems).toEqual([]);
    } finally {
      await disk.remove();
    }
  }, 120_000);
});
