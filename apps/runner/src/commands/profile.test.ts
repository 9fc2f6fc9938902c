import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandOptions } from '../acceptance/command.js';
import { runCommand, startCommand } from '../acceptance/command.js';
import type { Profile } from '../profile/profile-schema.js';
import { profileSchema } from '../profile/profile-schema.js';

const CSV = 'id,place\n1,North\n2,South\n3,South\n';
const NYPD = [
  'CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,RPT_DT,KY_CD,OFNS_DESC,LAW_CAT_CD,ADDR_PCT_CD,Latitude,Longitude',
  '100000001,01/05/2015,12:00:00,01/06/2015,341,PETIT LARCENY,MISDEMEANOR,14,40.75,-73.98',
  '100000002,02/05/2016,13:05:00,02/06/2016,344,ASSAULT 3 & RELATED OFFENSES,MISDEMEANOR,75,40.66,-73.88',
  '100000003,02/05/2009,13:05:00,02/06/2009,344,ASSAULT 3 & RELATED OFFENSES,MISDEMEANOR,75,40.66,-73.88',
  '',
].join('\n');

describe('crimetracker profile', { timeout: 60_000 }, () => {
  let folder: string;
  let temporary: string;
  const at = (name: string) => join(folder, name);
  const run = (args: readonly string[], options: CommandOptions = {}) =>
    runCommand(['profile', ...args], {
      cwd: folder,
      env: { TMPDIR: temporary, TMP: temporary, TEMP: temporary },
      ...options,
    });
  const parsed = (text: string): Profile => profileSchema.parse(JSON.parse(text));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crimetracker-profile-command-'));
    temporary = at('temporary');
    await mkdir(temporary);
    await writeFile(at('any.csv'), CSV);
    await writeFile(at('nypd.csv'), NYPD);
    const built = await runCommand(['build', at('nypd.csv'), '--lake', at('lake'), '--json']);
    expect(built.exitCode, built.stderr).toBe(0);
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('prints a summary, leaves nothing behind and makes no lake', async () => {
    const before = await readdir(folder);
    const { exitCode, stdout } = await run(['any.csv']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('3 records × 2 columns');
    expect(await readdir(folder)).toEqual(before);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('answers one JSON document of its schema, and nothing else', async () => {
    const { stdout } = await run(['any.csv', '--json']);
    expect(parsed(stdout)).toMatchObject({ records: 3, title: 'any.csv', snapshot: null });
  });

  it('reads standard input', async () => {
    const { stdout } = await run(['-', '--json'], { input: Buffer.from(CSV) });
    expect(parsed(stdout)).toMatchObject({ records: 3, file: { path: 'standard input' } });
  });

  it('writes a page once, and again only with --overwrite', async () => {
    expect((await run(['any.csv', '--html', 'page.html'])).exitCode).toBe(0);
    await writeFile(at('page.html'), 'mine');
    const refused = await run(['any.csv', '--html', 'page.html', '--json']);
    expect(refused.exitCode).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({ ok: false, error: { code: 'html-exists' } });
    expect(await readFile(at('page.html'), 'utf8')).toBe('mine');
    expect((await run(['any.csv', '--html', 'page.html', '--overwrite'])).exitCode).toBe(0);
    expect(await readFile(at('page.html'), 'utf8')).toContain('<!doctype html>');
  });

  it('profiles the snapshot of a lake, named by its folder, by --lake or by its id', async () => {
    const byFolder = parsed((await run([at('lake'), '--json'])).stdout);
    expect(byFolder).toMatchObject({
      records: 2,
      file: null,
      snapshot: {
        sources: [{ id: 'nypd', city: 'New York' }],
        years: [
          { year: 2015, source: 'nypd', records: 1 },
          { year: 2016, source: 'nypd', records: 1 },
        ],
        ledger: {
          balanced: true,
          records: 3,
          curated: 2,
          quarantined: 1,
          quarantined_by_reason: { 'occurred-outside-window': 1 },
        },
      },
      duplicates: { id_column: 'incident_id', repeated_ids: 0 },
    });
    const category = byFolder.columns.find(({ name }) => name === 'crime_category');
    expect(category?.by_source).toMatchObject([{ source: 'nypd', records: 2, filled: 2, distinct: 2 }]);
    const latitude = byFolder.columns.find(({ name }) => name === 'latitude');
    expect(latitude?.numbers).toMatchObject({ records: 2, min: 40.66, max: 40.75 });
    expect(byFolder.coordinates).toMatchObject([{ source: 'nypd', located: 2, outside_city: 0 }]);

    const id = byFolder.snapshot?.id ?? '';
    const others = [
      ['--snapshot', '--lake', at('lake')],
      ['--snapshot', id, '--lake', at('lake')],
      ['--snapshot', at('lake')],
    ];
    for (const args of others) {
      expect(parsed((await run([...args, '--json'])).stdout).columns).toEqual(byFolder.columns);
    }
    const { stdout } = await run([at('lake')]);
    expect(stdout).toContain('occurred-outside-window');
  });

  it.each([
    [[], 'path-missing'],
    [['no-such-file.csv'], 'raw-file-missing'],
    [['.'], 'path-is-folder'],
    [['any.csv', '--snapshot'], 'lake-missing'],
    [['any.csv', '--source', 'cpd'], 'source-unknown'],
    [['any.csv', '--source', 'nypd'], 'header-unknown'],
    [['lake', '--source', 'nypd'], 'source-of-snapshot'],
    [['lake', '--snapshot', 'other'], 'snapshot-missing'],
    [['any.csv', '--html', 'no/such/folder.html'], 'html-not-writable'],
    [['any.csv', '--html', 'lake'], 'html-is-folder'],
  ])('says what is wrong with %j: %s', async (args, code) => {
    const { exitCode, stdout, stderr } = await run([...args, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code } });
    expect(exitCode).toBeGreaterThanOrEqual(2);
    expect(stderr).not.toContain('fault of the program');
    expect(await readdir(temporary)).toEqual([]);
  });

  it('cleans up when it is interrupted', async () => {
    const rows = Array.from(
      { length: 400_000 },
      (_, index) => `${index},street ${index % 5000},${index % 97}`,
    );
    await writeFile(at('large.csv'), `id,place,kind\n${rows.join('\n')}\n`);
    const command = startCommand(['profile', at('large.csv')], {
      cwd: folder,
      env: { TMPDIR: temporary, TMP: temporary, TEMP: temporary },
    });
    await command.reached('Reading');
    command.process.kill('SIGTERM');
    expect((await command.result).exitCode).toBe(143);
    expect(await readdir(temporary)).toEqual([]);
  });
});
