import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRawFiles } from '@crimetracker/synthetic';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from './command.js';

vi.setConfig({ testTimeout: 120_000 });

let work: string;
let lake: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-where-'));
  lake = join(work, 'lake');
  const raw = join(work, 'raw');
  // Six years: predictions by place need five.
  await generateRawFiles({ out: raw, rows: 60_000, seed: 11, years: [2018, 2023] });
  const files = (await readdir(raw)).filter((name) => name.endsWith('.csv')).map((name) => join(raw, name));
  const built = await runCommand(['build', ...files, '--lake', lake]);
  expect(built, built.stderr).toMatchObject({ exitCode: 0 });
}, 120_000);

afterAll(() => rm(work, { recursive: true, force: true }));

const rowsOf = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
  const { stdout } = await runCommand(['query', sql, '--json', '--lake', lake]);
  return JSON.parse(stdout) as Record<string, unknown>[];
};

describe('crimetracker hotspots', () => {
  it('answers where, keeps the answers, and computes all of them again to the same numbers', async () => {
    const first = await runCommand(['hotspots', '--lake', lake]);
    expect(first, first.stderr).toMatchObject({ exitCode: 0 });
    expect(first.stdout).toContain('Los Angeles, cells of resolution 9');
    expect(first.stdout).toContain('which are never shown by cell');
    expect(first.stderr).toContain('Gi* at resolution 9');

    const again = await runCommand([
      'hotspots',
      '--source',
      'nypd',
      '--target',
      'All',
      '--json',
      '--lake',
      lake,
    ]);
    expect(again.stderr).not.toContain('Gi*');
    const answer = JSON.parse(again.stdout) as {
      counts: { query: string }[];
      tables: Record<string, Record<string, unknown>[]>;
    };
    expect(answer.counts[0]?.query).toContain('FROM incidents');
    const cells = answer.tables.mart_hotspot_cells ?? [];
    expect(new Set(cells.map(({ source, target }) => `${String(source)} ${String(target)}`))).toEqual(
      new Set(['nypd All']),
    );

    const verified = await runCommand(['verify', '--json', '--lake', lake]);
    expect(verified, verified.stderr).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, differences: [] });
  });

  it('accounts for every incident: in a cell, outside, at the station house, not located, or withheld', async () => {
    const areas = await rowsOf(
      `SELECT a.source, located + station_house + not_located + withheld AS accounted, all_incidents
       FROM mart_hotspot_study_areas a
       JOIN (SELECT source, COUNT(*) AS all_incidents FROM incidents GROUP BY source) i ON i.source = a.source`,
    );
    expect(areas).toHaveLength(4);
    for (const { accounted, all_incidents: all } of areas) expect(accounted).toBe(all);
    const [shown] = await rowsOf(
      "SELECT COUNT(*) AS n FROM mart_count_cell_months_r9 WHERE crime_category IN ('Rape', 'Other sex offense', 'Kidnapping and trafficking')",
    );
    expect(shown?.n).toBe(0);
  });

  it('writes maps for a GIS and tables as CSV, and weighs harm with the weights that are given', async () => {
    const weights = join(work, 'weights.json');
    const discovered = [
      'Drugs',
      'Prostitution and obscenity',
      'Weapon law',
      'Public order',
      'Trespass',
      'DUI and traffic',
    ];
    const [categories] = await Promise.all([
      rowsOf('SELECT DISTINCT crime_category FROM incidents ORDER BY crime_category'),
    ]);
    const names = new Set([
      ...categories.map((row) => String(row.crime_category)),
      ...discovered,
      'Kidnapping and trafficking',
      'Stolen property',
      'Family and child',
    ]);
    await writeFile(
      weights,
      JSON.stringify({
        title: 'Made up for a test',
        url: 'https://example.org/weights',
        unit: 'days',
        jurisdiction: 'nowhere',
        retrieved: '2026-01-01',
        weights: Object.fromEntries(
          [...names].filter((name) => !discovered.includes(name)).map((name, i) => [name, 1 + i]),
        ),
        excluded: Object.fromEntries(discovered.map((name) => [name, 'follows police work'])),
      }),
    );
    const maps = join(work, 'maps');
    const csv = join(work, 'csv');
    const flags = ['--geojson', maps, '--csv', csv, '--harm-weights', weights, '--source', 'lapd'];
    const ran = await runCommand(['hotspots', ...flags, '--lake', lake]);
    expect(ran, ran.stderr).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toContain('Made up for a test');
    const map = JSON.parse(await readFile(join(maps, 'hot-spots-lapd-all.geojson'), 'utf8')) as {
      type: string;
      features: { id: string; properties: Record<string, unknown>; geometry: { type: string } }[];
    };
    expect(map.type).toBe('FeatureCollection');
    expect(map.features[0]).toMatchObject({
      id: expect.stringMatching(/^89/),
      properties: { source: 'lapd', target: 'All', incidents: expect.any(Number) },
      geometry: { type: 'Polygon' },
    });
    expect(await readdir(csv)).toEqual(
      expect.arrayContaining(['hotspot_cells.csv', 'prediction_scores.csv', 'harm_cells.csv']),
    );
    const refused = await runCommand(['hotspots', '--geojson', maps, '--lake', lake]);
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('--overwrite');
  });

  it('says what is wrong with what it is given', async () => {
    const outline = join(work, 'outline.geojson');
    await writeFile(outline, '{"type":"Point","coordinates":[0,0]}');
    for (const [flags, message] of [
      [['--resolution', '6'], 'Resolutions: 7, 8, 9, 10'],
      [['--companion', '10'], 'coarser'],
      [['--target', 'Arsenic'], 'Targets:'],
      [['--source', 'cpd'], 'Known sources'],
      [['--outline', outline], 'Write --outline nypd='],
      [['--outline', `nypd=${outline}`], 'Polygon'],
      [['--outline', 'nypd=absent.geojson'], 'cannot be read'],
      [['--harm-weights', outline], 'harm weights'],
    ] as const) {
      const refused = await runCommand(['hotspots', ...flags, '--lake', lake]);
      expect(refused, flags.join(' ')).toMatchObject({ exitCode: 2 });
      expect(refused.stderr).toContain(message);
    }
  });
});

describe('crimetracker schedule', () => {
  it('makes a week with a certificate, beats both comparisons, and writes page, calendar and tables', async () => {
    const out = join(work, 'schedule');
    const flags = ['--units', '60', '--shift', '8', '--source', 'lapd', '--out', out];
    const made = await runCommand(['schedule', ...flags, '--lake', lake]);
    expect(made, made.stderr).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toMatch(/At most [\d.]+ can be covered under these rules; gap/);
    expect(made.stdout).toContain('does not claim that crime is prevented');
    expect(await readdir(out)).toEqual(['schedule.html', 'schedule.ics', 'shifts.csv', 'visits.csv']);
    const refused = await runCommand(['schedule', ...flags, '--lake', lake]);
    expect(refused).toMatchObject({ exitCode: 2 });

    const json = await runCommand(['schedule', ...flags.slice(0, -2), '--json', '--lake', lake]);
    const { certificate, jurisdictions, shifts } = JSON.parse(json.stdout) as {
      certificate: { objective: number; bound: number; gap: number; comparisons: { objective: number }[] };
      jurisdictions: unknown[];
      shifts: { visits: { minutes: number }[] }[];
    };
    expect(certificate.gap).toBeLessThanOrEqual(0.01);
    expect(certificate.objective).toBeLessThanOrEqual(certificate.bound);
    expect(certificate.comparisons).toHaveLength(2);
    for (const { objective } of certificate.comparisons) {
      expect(certificate.objective).toBeGreaterThanOrEqual(objective);
    }
    expect(jurisdictions).toHaveLength(21);
    expect(shifts).toHaveLength(300);
    const minutes = shifts.flatMap(({ visits }) => visits.map((visit) => visit.minutes));
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...minutes)).toBeLessThanOrEqual(16);
  });

  it('names the rule that cannot be kept, and asks which city', async () => {
    const short = await runCommand([
      ...['schedule', '--units', '20', '--source', 'nypd', '--min-presence', '1'],
      ...['--lake', lake],
    ]);
    expect(short).toMatchObject({ exitCode: 2 });
    expect(short.stderr).toContain('minimum presence');
    for (const [flags, message] of [
      [['--units', '20'], '--source nypd'],
      [['--units', '0', '--source', 'lapd'], 'at least one unit'],
      [['--units', '9', '--source', 'lapd', '--shift', '9'], '8, 10 or 12'],
      [['--units', '9', '--source', 'lapd', '--start-every', '5'], 'divide the day'],
      [['--units', '9', '--source', 'lapd', '--fairness', '2'], 'from 0 to 1'],
      [['--units', '9', '--source', 'lapd', '--week', 'soon'], 'not a date'],
      [[], '--units'],
    ] as const) {
      const refused = await runCommand(['schedule', ...flags, '--lake', lake]);
      expect(refused, flags.join(' ')).toMatchObject({ exitCode: 2 });
      expect(refused.stderr).toContain(message);
    }
  });
});

it('a city without incidents, or with a handful, gets reasons instead of numbers', async () => {
  const raw = join(work, 'few');
  await mkdir(raw);
  await generateRawFiles({
    out: join(raw, 'files'),
    rows: 200,
    seed: 3,
    cities: ['lapd'],
    years: [2023, 2023],
  });
  const few = join(work, 'few-lake');
  const files = (await readdir(join(raw, 'files'))).filter((name) => name.endsWith('.csv'));
  await runCommand(['build', ...files.map((name) => join(raw, 'files', name)), '--lake', few]);
  const where = await runCommand(['hotspots', '--lake', few]);
  expect(where, where.stderr).toMatchObject({ exitCode: 0 });
  expect(where.stdout).toContain('Los Angeles');
  const who = await runCommand(['schedule', '--units', '10', '--lake', few]);
  expect(who).toMatchObject({ exitCode: 2 });
  expect(who.stderr).toContain('five years of incidents');
});
