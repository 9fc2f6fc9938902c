import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { openLakeFolder, openSnapshot } from '@crimetracker/lake';
import { generateRawFiles } from '@crimetracker/synthetic';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runCommand } from './command.js';

vi.setConfig({ testTimeout: 120_000 });

let work: string;
let lake: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-analyse-'));
  lake = join(work, 'lake');
  const raw = join(work, 'raw');
  await generateRawFiles({ out: raw, rows: 60_000, seed: 4 });
  const files = (await readdir(raw)).filter((name) => name.endsWith('.csv')).map((name) => join(raw, name));
  expect((await runCommand(['build', ...files, '--lake', lake])).exitCode).toBe(0);
}, 120_000);

afterAll(() => rm(work, { recursive: true, force: true }));

it('answers from the snapshot, keeps the answers, and computes all of them again to the same numbers', async () => {
  const first = await runCommand(['analyse', 'mix', 'weapons', '--lake', lake]);
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stdout).toContain('Most common crimes');
  expect(first.stdout).toContain('Left out: New York');
  expect(first.stderr).toContain('Counted');

  const again = await runCommand(['analyse', 'weapons', '--json', '--lake', lake]);
  expect(again.exitCode).toBe(0);
  expect(again.stderr).not.toContain('Counted');
  const [weapons] = JSON.parse(again.stdout) as {
    snapshot: string;
    tables: { name: string; computed_from: { query: string }[]; rows: Record<string, unknown>[] }[];
  }[];
  expect(weapons?.snapshot).toMatch(/^\d{8}T/);
  const firearms = weapons?.tables
    .find(({ name }) => name === 'mart_weapon_trends')
    ?.rows.find((row) => row.crime_category === 'Robbery' && row.weapon_category === 'Firearm');
  expect(firearms).toMatchObject({ city: 'Los Angeles', direction: 'rising' });
  expect(weapons?.tables[0]?.computed_from[0]?.query).toContain('FROM incidents');

  const verified = await runCommand(['verify', '--json', '--lake', lake]);
  expect(verified.exitCode).toBe(0);
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, differences: [] });
});

it('verify finds a number that was changed', async () => {
  const snapshot = await openSnapshot(await openLakeFolder(lake));
  const location = join(snapshot.path, 'marts', 'weapon_shares');
  const engine = await openDuckDb({ threads: 1 });
  try {
    await engine.keepTable(
      'changed',
      `SELECT * REPLACE (CASE WHEN incidents = (SELECT MAX(incidents) FROM read_parquet('${location}/data.parquet'))
         THEN incidents + 1 ELSE incidents END AS incidents) FROM read_parquet('${location}/data.parquet')`,
    );
    await rm(location, { recursive: true });
    await engine.writeTable({ select: 'SELECT * FROM changed', location });
  } finally {
    await engine.close();
  }
  const verified = await runCommand(['verify', '--lake', lake]);
  expect(verified.exitCode).toBe(4);
  expect(verified.stdout).toMatch(/mart_weapon_shares row \d+ incidents: kept \d+, computed \d+/);
});

it('writes every table as CSV, and not into a folder that holds something', async () => {
  const csv = join(work, 'csv');
  expect((await runCommand(['analyse', '--csv', csv, '--lake', lake])).exitCode).toBe(0);
  expect(await readdir(csv)).toEqual(
    expect.arrayContaining(['crime_mix.csv', 'peak_hours.csv', 'forecasts.csv']),
  );
  expect(await readFile(join(csv, 'crime_mix.csv'), 'utf8')).toMatch(
    /^source,city,dimension,value,occurred_year/,
  );
  const refused = await runCommand(['analyse', '--csv', csv, '--lake', lake]);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('--overwrite');
});

it('says which analyses there are, and lets their tables be queried', async () => {
  const unknown = await runCommand(['analyse', 'weather', '--lake', lake]);
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('mix, hours, weapons');
  const asked = await runCommand([
    'query',
    'SELECT COUNT(*) AS n FROM mart_crime_mix',
    '--json',
    '--lake',
    lake,
  ]);
  expect(asked.exitCode).toBe(0);
  expect((JSON.parse(asked.stdout) as { n: number }[])[0]?.n).toBeGreaterThan(1000);
});
