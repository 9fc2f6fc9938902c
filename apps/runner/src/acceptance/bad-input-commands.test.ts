import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CommandOptions } from './command.js';
import { runCommand } from './command.js';
import { checkLake, listLake } from './lake-check.js';
import { rawLines, textOf } from './raw-inputs.js';

interface Answer {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly unchanged?: boolean;
  readonly ledger?: { readonly balanced: boolean; readonly records: number };
}

vi.setConfig({ testTimeout: 60_000 });

let work: string;
let lake: string;
let csv: string;
let published: ReadonlyMap<string, string>;
const at = (name: string): string => join(work, name);

/** Runs the command with --json and reads the last line of its answer. */
async function ask(
  args: readonly string[],
  options?: CommandOptions,
): Promise<{ exitCode: number | null; stderr: string; answer: Answer }> {
  const { exitCode, stdout, stderr } = await runCommand([...args, '--json'], options);
  return { exitCode, stderr, answer: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Answer };
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-bad-commands-'));
  lake = at('lake');
  csv = textOf(await rawLines(work, 'nypd-b', 25, 5));
  await writeFile(at('nypd.csv'), csv);
  await writeFile(at('empty.csv'), '');
  await writeFile(at('other.csv'), 'a,b\n1,2\n');
  await mkdir(at('folder/subfolder'), { recursive: true });
  await writeFile(at('folder/notes.md'), 'no data');
  expect((await runCommand(['build', at('nypd.csv'), '--lake', lake])).exitCode).toBe(0);
  published = await listLake(lake);
}, 60_000);

afterAll(async () => {
  await rm(work, { recursive: true, force: true });
});

describe('a build that cannot be done', () => {
  const cases: readonly (readonly [
    what: string,
    args: () => readonly string[],
    exitCode: number,
    code: string,
    message: RegExp,
  ])[] = [
    ['an empty file alone', () => [at('empty.csv')], 3, 'raw-file-empty', /empty\.csv is empty/],
    [
      'an unknown header alone',
      () => [at('other.csv')],
      2,
      'header-unknown',
      /lapd: lacks dr_no[\s\S]*nypd: lacks cmplnt_num[\s\S]*nearest historic-24/,
    ],
    [
      'only bad files',
      () => [at('empty.csv'), at('other.csv')],
      3,
      'all-files-failed',
      /None of the 2 files[\s\S]*empty\.csv: [\s\S]*other\.csv: /,
    ],
    [
      'an NYPD file given as LAPD',
      () => [at('nypd.csv'), '--source', 'lapd'],
      2,
      'header-wrong-source',
      /This is a nypd file \(historic-35\), given as lapd/,
    ],
    [
      'a source nobody knows',
      () => [at('nypd.csv'), '--source', 'cpd'],
      2,
      'source-unknown',
      /no source "cpd"/,
    ],
    [
      'a missing path',
      () => [at('nypd.csv'), at('missing.csv')],
      2,
      'path-missing',
      /missing\.csv does not exist/,
    ],
    [
      'a path below a file',
      () => [at('nypd.csv/inside.csv')],
      2,
      'path-missing',
      /inside\.csv does not exist/,
    ],
    [
      'a folder without raw files',
      () => [at('folder')],
      2,
      'folder-without-files',
      /holds no \.csv, \.tsv or \.txt file/,
    ],
  ];

  it.each(cases)('because of %s leaves the lake as it was', async (_, args, exitCode, code, message) => {
    const result = await ask(['build', ...args(), '--lake', lake]);
    expect(result.exitCode).toBe(exitCode);
    expect(result.answer.ok).toBe(false);
    expect(result.answer.error?.code).toBe(code);
    expect(result.answer.error?.message).toMatch(message);
    expect(result.answer.error?.hint?.length ?? 0).toBeGreaterThan(10);
    expect(result.stderr).not.toContain('fault of the program');
    expect(await listLake(lake)).toEqual(published);
  });

  it('into an empty lake publishes nothing', async () => {
    await ask(['build', at('empty.csv'), at('other.csv'), '--lake', at('nothing')]);
    const query = await ask(['query', 'SELECT 1', '--lake', at('nothing')]);
    expect(query.exitCode).toBe(2);
    expect(query.answer.error?.code).toBe('snapshot-missing');
  });
});

describe('a lake folder that cannot be used', () => {
  it.each([
    ['below a file', () => at('nypd.csv/lake'), 'lake-not-writable', /cannot be written/],
    ['that is a file', () => at('nypd.csv'), 'lake-not-writable', /cannot be written/],
    ['with other things in it', () => work, 'lake-not-empty', /holds other files/],
  ])('%s is refused before anything is written', async (_, folder, code, message) => {
    const before = await readFile(at('nypd.csv'));
    const { exitCode, answer } = await ask(['build', at('nypd.csv'), '--lake', folder()]);
    expect(exitCode).toBe(2);
    expect(answer.error?.code).toBe(code);
    expect(answer.error?.message).toMatch(message);
    expect(existsSync(join(work, 'lake.json'))).toBe(false);
    expect(await readFile(at('nypd.csv'))).toEqual(before);
  });

  it.skipIf(!existsSync('/proc/self'))('in a file system nobody may write to is refused', async () => {
    const { exitCode, answer } = await ask(['build', at('nypd.csv'), '--lake', '/proc/crimetracker']);
    expect(exitCode).toBe(2);
    expect(answer.error?.code).toBe('lake-not-writable');
  });

  it('of another version is not touched', async () => {
    await mkdir(at('newer'));
    await writeFile(at('newer/lake.json'), '{"product":"CrimeTracker 360","format":99}');
    for (const args of [['build', at('nypd.csv')], ['query', 'SELECT 1'], ['ledger']]) {
      const { exitCode, answer } = await ask([...args, '--lake', at('newer')]);
      expect(exitCode).toBe(2);
      expect(answer.error?.code).toBe('lake-format');
    }
    expect([...(await listLake(at('newer'))).keys()]).toEqual(['lake.json']);
  });

  it('that does not exist cannot be asked, and is not created by asking', async () => {
    const { exitCode, answer } = await ask(['ledger', '--lake', at('no-lake')]);
    expect(exitCode).toBe(2);
    expect(answer.error?.code).toBe('lake-missing');
    expect(existsSync(at('no-lake'))).toBe(false);
  });

  it('whose pointer is damaged is not swept: the snapshots may be all there is', async () => {
    await runCommand(['build', at('nypd.csv'), '--lake', at('damaged')]);
    await writeFile(at('damaged/current'), '');
    const before = await listLake(at('damaged'));
    for (const args of [['build', at('nypd.csv')], ['ledger']]) {
      const { exitCode, answer } = await ask([...args, '--lake', at('damaged')]);
      expect(exitCode).toBe(2);
      expect(answer.error?.code).toBe('lake-damaged');
      expect(answer.error?.message).toContain('current');
    }
    expect(await listLake(at('damaged'))).toEqual(before);
  });
});

describe('standard input', () => {
  it.each([
    ['plain', () => Buffer.from(csv), []],
    ['gzip', () => gzipSync(csv), ['--source', 'nypd']],
  ])('is read, %s', async (kind, input, flags) => {
    const { exitCode, answer } = await ask(['build', '-', ...flags, '--lake', at(`from-${kind}`)], {
      input: input(),
    });
    expect(exitCode).toBe(0);
    expect(answer.ledger).toMatchObject({ balanced: true, records: 25 });
    expect((await checkLake(at(`from-${kind}`))).problems).toEqual([]);
    expect((await listLake(join(at(`from-${kind}`), 'work'))).size).toBe(0);
  });

  it.each([
    ['nothing', () => Buffer.alloc(0), 'raw-file-empty'],
    ['half a gzip file', () => gzipSync(csv).subarray(0, 900), 'raw-file-truncated'],
  ])('with %s is an error that names it', async (_, input, code) => {
    const { exitCode, answer } = await ask(['build', '-', '--lake', lake], { input: input() });
    expect(exitCode).toBe(3);
    expect(answer.error?.code).toBe(code);
    expect(answer.error?.message).toContain('standard input');
    expect(await listLake(lake)).toEqual(published);
  });
});

describe('the same build again', () => {
  it('finds nothing to do and changes nothing', async () => {
    const { exitCode, answer } = await ask(['build', at('nypd.csv'), '--lake', lake]);
    expect(exitCode).toBe(0);
    expect(answer).toMatchObject({ ok: true, unchanged: true });
    expect(await listLake(lake)).toEqual(published);
  });
});

describe('wrong settings', () => {
  const wrong: readonly (readonly [what: string, args: readonly string[], code: string, message: RegExp])[] =
    [
      [
        '--from after --to',
        ['--from', '2020-01-01', '--to', '2019-01-01'],
        'settings-invalid',
        /--to: to must not be before "from"/,
      ],
      ['a date that is none', ['--from', '2020-02-30'], 'settings-invalid', /--from: from must be a date/],
      [
        'a memory limit that is none',
        ['--memory', 'plenty'],
        'settings-invalid',
        /--memory: memory must be a size/,
      ],
      ['no threads', ['--threads', '0'], 'settings-invalid', /--threads: threads /],
      [
        'a configuration file that is missing',
        ['--config', 'nowhere.json'],
        'config-missing',
        /nowhere\.json cannot be read/,
      ],
    ];
  it.each(wrong)('such as %s are named with their origin', async (_, flags, code, message) => {
    const { exitCode, answer } = await ask(['build', at('nypd.csv'), '--lake', lake, ...flags]);
    expect(exitCode).toBe(2);
    expect(answer.error?.code).toBe(code);
    expect(answer.error?.message).toMatch(message);
  });

  it.each([
    ['is broken', '{"lake": "lake"', 'config-invalid', /crimetracker\.config\.json is not a JSON object/],
    ['is a list', '["lake"]', 'config-invalid', /is not a JSON object/],
    [
      'has an unknown setting',
      '{"lakes": "lake", "keep": 2}',
      'settings-invalid',
      /crimetracker\.config\.json: unknown setting "lakes"/,
    ],
    ['has a wrong value', '{"keep": "many"}', 'settings-invalid', /crimetracker\.config\.json: keep /],
  ])('in a configuration file that %s are named', async (what, text, code, message) => {
    const cwd = at(`config-${what.replaceAll(' ', '-')}`);
    await mkdir(cwd);
    await writeFile(join(cwd, 'crimetracker.config.json'), text);
    const { exitCode, answer } = await ask(['build', at('nypd.csv')], { cwd });
    expect(exitCode).toBe(2);
    expect(answer.error?.code).toBe(code);
    expect(answer.error?.message).toMatch(message);
    expect(existsSync(join(cwd, 'lake'))).toBe(false);
  });

  it('in the environment are named by their variable', async () => {
    const { exitCode, answer } = await ask(['build', at('nypd.csv')], {
      cwd: work,
      env: { CRIMETRACKER_KEEP: '-1' },
    });
    expect(exitCode).toBe(2);
    expect(answer.error?.message).toMatch(/CRIMETRACKER_KEEP: keep .*-1/);
  });

  it.each([
    ['an unknown command', ['bild', 'x'], /unknown command 'bild'/],
    ['an unknown flag', ['build', 'x', '--fast'], /unknown option '--fast'/],
    ['no path', ['build'], /missing required argument 'paths'/],
    ['a flag without its value', ['build', 'x', '--lake'], /argument missing/],
  ])('such as %s exit 2 with a pointer to the help', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await runCommand(args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('--help');
    expect(stdout).toBe('');
  });
});
