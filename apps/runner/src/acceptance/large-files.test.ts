import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeVintage } from '@crimetracker/synthetic';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runCommand } from './command.js';
import { checkLake } from './lake-check.js';

vi.setConfig({ testTimeout: 120_000 });

/** More than the 16 MiB from which a file is imported while it is being framed. */
const ROWS = 60_000;

let work: string;
let large: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-large-'));
  large = join(work, 'large.csv');
  await writeVintage({ path: large, vintage: 'nypd-b', rows: ROWS, seed: 5 });
  expect((await stat(large)).size).toBeGreaterThan(16 << 20);
}, 120_000);

afterAll(() => rm(work, { recursive: true, force: true }));

async function build(lake: string) {
  const { exitCode } = await runCommand(['build', large, '--lake', lake, '--json']);
  expect(exitCode).toBe(0);
  return checkLake(lake);
}

it('a large file is read whole, and so it is when its last record turns out to be damaged', async () => {
  const clean = await build(join(work, 'clean'));
  expect(clean).toMatchObject({ records: ROWS, problems: [] });

  await appendFile(large, '1,2,3\n');
  const damaged = await build(join(work, 'damaged'));
  expect(damaged).toMatchObject({ records: ROWS + 1, problems: [] });

  // A quote that is never closed: a reader without the framer would lose what follows it.
  await appendFile(large, '"never closed\n');
  const unclosed = await build(join(work, 'damaged'));
  expect(unclosed).toMatchObject({ records: ROWS + 2, problems: [] });
});
