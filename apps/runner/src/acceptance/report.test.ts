import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRawFiles } from '@crimetracker/synthetic';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from './command.js';

vi.setConfig({ testTimeout: 120_000 });

let work: string;
let lake: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-report-'));
  lake = join(work, 'lake');
  const raw = join(work, 'raw');
  await generateRawFiles({ out: raw, rows: 25_000, seed: 5, years: [2018, 2023] });
  // A file may be called anything.
  await rename(join(raw, 'nypd-historic.csv'), join(raw, '=cmd()<img src=x onerror=alert(1)>.csv'));
  const files = (await readdir(raw)).filter((name) => name.endsWith('.csv')).map((name) => join(raw, name));
  const built = await runCommand(['build', ...files, '--lake', lake]);
  expect(built, built.stderr).toMatchObject({ exitCode: 0 });
}, 120_000);

afterAll(() => rm(work, { recursive: true, force: true }));

const report = (out: string, ...flags: readonly string[]) =>
  runCommand(['report', '--out', join(work, out), ...flags, '--lake', lake]);
const verify = (file: string, ...flags: readonly string[]) =>
  runCommand(['verify-report', file, ...flags, '--lake', lake]);
/** Without the time of making. */
const timeless = (page: string): string =>
  page.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T').replaceAll(/made on \d+ \w+ \d{4}/g, 'made');

describe('crimetracker report', () => {
  it('computes what is missing, writes page, Markdown and CSV, and comes out again number by number', async () => {
    const made = await report('first');
    expect(made, made.stderr).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toContain('Recorded crime in Los Angeles and New York, 2023');
    expect(await readdir(join(work, 'first'))).toEqual(['csv', 'drawings', 'report.html', 'report.md']);
    const verified = await verify(join(work, 'first', 'report.html'), '--json');
    expect(verified, verified.stderr).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, different: 0, differences: [] });
  });

  it('gives the same bytes again, except for the time of making', async () => {
    const made = await report('again');
    expect(made, made.stderr).toMatchObject({ exitCode: 0 });
    for (const name of ['report.html', 'report.md']) {
      const [first, again] = await Promise.all(
        ['first', 'again'].map((folder) => readFile(join(work, folder, name), 'utf8')),
      );
      expect(timeless(again ?? '') === timeless(first ?? ''), name).toBe(true);
    }
    const tables = await readdir(join(work, 'first', 'csv'));
    expect(await readdir(join(work, 'again', 'csv'))).toEqual(tables);
    for (const name of tables) {
      const [first, again] = await Promise.all(
        ['first', 'again'].map((folder) => readFile(join(work, folder, 'csv', name))),
      );
      expect(again).toEqual(first);
    }
  });

  it('finds one changed number, and says where', async () => {
    const page = await readFile(join(work, 'first', 'report.html'), 'utf8');
    const [, digits = ''] = /href="#mix-nypd-2023-row-1">([\d,]+)</.exec(page) ?? [];
    const forged = join(work, 'forged.html');
    await writeFile(
      forged,
      page.replace(`>${digits}<`, `>${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}<`),
    );
    const found = await verify(forged, '--json');
    expect(found).toMatchObject({ exitCode: 4 });
    expect(JSON.parse(found.stdout)).toMatchObject({
      ok: false,
      different: 1,
      differences: [{ where: 'summary', found: digits }],
    });
    const told = await verify(forged);
    expect(told.stdout).toContain('found again');
  });

  it('lets the name of a file be nothing but text, in the page, the Markdown and the CSV', async () => {
    const page = await readFile(join(work, 'first', 'report.html'), 'utf8');
    expect(page).toContain('=cmd()&lt;img src=x onerror=alert(1)&gt;.csv');
    expect(page).not.toContain('<img');
    expect(await readFile(join(work, 'first', 'report.md'), 'utf8')).not.toContain('<img');
    expect(await readFile(join(work, 'first', 'csv', 'files.csv'), 'utf8')).toContain("'=cmd()<img");
  });

  it('loads nothing from outside', async () => {
    const page = await readFile(join(work, 'first', 'report.html'), 'utf8');
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(page).not.toMatch(/url\(|@import/);
    expect(page.match(/https?:\/\/[^"' <]+/g)?.filter((url) => url !== 'http://www.w3.org/2000/svg')).toEqual(
      [],
    );
  });

  it('tells numbers that the tables of the snapshot have', async () => {
    const sql =
      "SELECT crime_category, incidents FROM mart_crime_mix WHERE source = 'lapd' AND dimension = 'city' AND occurred_year = 2023 ORDER BY rank, crime_category";
    const { stdout } = await runCommand(['query', sql, '--csv', '--lake', lake]);
    const csv = await readFile(join(work, 'first', 'csv', 'mix-lapd-2023.csv'), 'utf8');
    const shown = csv
      .trim()
      .split('\n')
      .map((line) => line.split(',').slice(1, 3).join(','));
    expect(shown).toEqual(stdout.trim().split(/\r?\n/));
  });

  it('holds years and jurisdictions side by side, and tells a schedule when units are given', async () => {
    const years = await report('years', '--compare', '2021,2022', '--format', 'html', '--source', 'nypd');
    expect(years, years.stderr).toMatchObject({ exitCode: 0 });
    expect(years.stdout).toContain('Recorded crime in New York, 2022');
    const places = await report(
      'places',
      '--compare',
      'jurisdiction:Central,jurisdiction:Pacific',
      '--format',
      'html',
      '--source',
      'lapd',
      '--units',
      '60',
    );
    expect(places, places.stderr).toMatchObject({ exitCode: 0 });
    const page = await readFile(join(work, 'places', 'report.html'), 'utf8');
    expect(page).toContain('Central and Pacific side by side');
    expect(page).toContain('does not claim that crime is prevented');
    for (const folder of ['years', 'places']) {
      const verified = await verify(join(work, folder, 'report.html'));
      expect(verified, verified.stdout).toMatchObject({ exitCode: 0 });
    }
  });

  it('goes without a PDF when there is no Chromium, and says so', async () => {
    const flags = ['report', '--out', join(work, 'no-pdf'), '--lake', lake, '--source', 'lapd'];
    const env = { PATH: join(work, 'nowhere') };
    const made = await runCommand([...flags, '--format', 'html,pdf'], { env });
    expect(made, made.stderr).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toContain('No PDF: no Chromium was found');
    expect(await readdir(join(work, 'no-pdf'))).toEqual(['report.html']);
    const only = await runCommand([...flags, '--format', 'pdf', '--overwrite'], { env });
    expect(only).toMatchObject({ exitCode: 2 });
    expect(only.stderr).toContain('print it');
  });

  it('prints a PDF where there is a Chromium', async ({ skip }) => {
    const made = await report('pdf', '--format', 'pdf', '--source', 'lapd');
    if (made.stderr.includes('no Chromium was found')) skip('There is no Chromium on the path.');
    expect(made, made.stderr).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(work, 'pdf'))).toEqual(['report.pdf']);
    const pdf = await readFile(join(work, 'pdf', 'report.pdf'));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('says what is wrong with what it is given', async () => {
    for (const [flags, message] of [
      [['--format', 'docx'], 'html, md, csv, pdf'],
      [['--compare', '2022'], 'jurisdiction:75,jurisdiction:77'],
      [['--units', '0'], 'at least one unit'],
      [['--units', '20'], '--source nypd'],
      [['--source', 'cpd'], 'Known sources'],
      [['--year', 'soon'], 'whole number'],
      [['--snapshot', 'gone'], 'no published snapshot'],
    ] as const) {
      const refused = await report('wrong', ...flags);
      expect(refused, flags.join(' ')).toMatchObject({ exitCode: 2 });
      expect(refused.stderr).toContain(message);
    }
    const twice = await report('raw');
    expect(twice).toMatchObject({ exitCode: 2 });
    expect(twice.stderr).toContain('--overwrite');
    for (const [file, message] of [
      [join(work, 'absent.html'), 'cannot be read'],
      [join(work, 'raw', 'nypd-ytd.csv'), 'not an HTML report'],
    ] as const) {
      const refused = await verify(file);
      expect(refused).toMatchObject({ exitCode: 2 });
      expect(refused.stderr).toContain(message);
    }
  });
});

it('a city with a few incidents of a few months gets reasons instead of numbers', async () => {
  const raw = join(work, 'few');
  await mkdir(raw);
  await generateRawFiles({
    out: join(raw, 'files'),
    rows: 150,
    seed: 3,
    cities: ['nypd'],
    years: [2023, 2023],
  });
  const few = join(work, 'few-lake');
  const files = (await readdir(join(raw, 'files'))).filter((name) => name.endsWith('.csv'));
  await runCommand([
    'build',
    ...files.map((name) => join(raw, 'files', name)),
    '--to',
    '2023-05-20',
    '--lake',
    few,
  ]);
  const out = join(work, 'few-report');
  const made = await runCommand(['report', '--out', out, '--units', '10', '--lake', few]);
  expect(made, made.stderr).toMatchObject({ exitCode: 0 });
  const page = await readFile(join(out, 'report.html'), 'utf8');
  for (const words of ['records no weapons', 'five years of incidents', 'No forecast for New York']) {
    expect(page).toContain(words);
  }
  expect(page.replace(/<script type.*?<\/script>/s, '')).not.toMatch(/NaN|undefined|Infinity/);
  const verified = await runCommand(['verify-report', join(out, 'report.html'), '--lake', few]);
  expect(verified, verified.stdout).toMatchObject({ exitCode: 0 });
});
