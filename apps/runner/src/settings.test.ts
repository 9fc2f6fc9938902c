import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from './settings.js';

describe('the settings', () => {
  let folder: string;
  let config: string;
  const write = (text: string) => writeFile(config, text);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crimetracker-settings-'));
    config = join(folder, 'config.json');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('have defaults', async () => {
    await write('{}');
    expect(await readSettings({ config }, {})).toEqual({
      lake: 'lake',
      from: '2010-01-01',
      to: '2023-12-31',
      keep: 3,
      memory: '2GB',
    });
  });

  it('take flags before environment, environment before file', async () => {
    await write('{"lake": "of file", "keep": 5, "threads": 1}');
    const environment = {
      CRIMETRACKER_LAKE: 'of environment',
      CRIMETRACKER_KEEP: '7',
      CRIMETRACKER_MEMORY: '',
    };
    expect(await readSettings({ config, lake: 'of flag' }, environment)).toMatchObject({
      lake: 'of flag',
      keep: 7,
      threads: 1,
      memory: '2GB',
    });
  });

  it('name every wrong value and where it came from', async () => {
    await write('{"keep": 0, "colour": "red"}');
    const wrong = readSettings({ config, from: 'yesterday' }, { CRIMETRACKER_MEMORY: 'plenty' });
    await expect(wrong).rejects.toMatchObject({ code: 'settings-invalid', exitCode: 2 });
    await expect(wrong).rejects.toThrow(/--from: from must be a date/);
    await expect(wrong).rejects.toThrow(/config\.json: keep/);
    await expect(wrong).rejects.toThrow(/CRIMETRACKER_MEMORY: memory must be a size/);
    await expect(wrong).rejects.toThrow(/unknown setting "colour"/);
  });

  it('refuse a window that ends before it begins', async () => {
    await write('{}');
    await expect(readSettings({ config, from: '2020-01-01', to: '2019-12-31' }, {})).rejects.toThrow(
      /must not be before/,
    );
  });

  it('refuse a configuration file that is missing or no JSON object', async () => {
    await expect(readSettings({ config: join(folder, 'absent.json') }, {})).rejects.toMatchObject({
      code: 'config-missing',
    });
    await write('[1, 2');
    await expect(readSettings({ config }, {})).rejects.toMatchObject({ code: 'config-invalid' });
  });
});
