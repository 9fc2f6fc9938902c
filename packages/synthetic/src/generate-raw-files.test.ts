import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cellText, splitCells } from './csv-cells.js';
import { isRecordDirt } from './dirt-records.js';
import type { GenerateOptions } from './generate-raw-files.js';
import { generateRawFiles } from './generate-raw-files.js';
import type { GenerationSummary, Truth } from './truth.js';
import { readTruth } from './truth.js';
import { DIRT_KINDS } from './truth-file.js';

vi.setConfig({ testTimeout: 60_000 });

let root = '';
let made = 0;
const folder = (): string => {
  made += 1;
  return join(root, String(made));
};
const generate = (options: Partial<GenerateOptions> = {}): Promise<GenerationSummary> =>
  generateRawFiles({ out: folder(), rows: 3000, seed: 11, ...options });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'synthetic-files-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Splits a file into its records; right as long as no quote is left open, so at line ends. */
const physicalLines = async (path: string): Promise<string[]> =>
  (await readFile(path, 'latin1')).split('\n').slice(0, -1);

describe('the bytes', () => {
  const hashes = (summary: GenerationSummary): Record<string, string> =>
    Object.fromEntries(summary.files.map(({ file, sha256 }) => [file, sha256]));

  test('depend on rows, seed and options only, not on the size of the write buffer', async () => {
    const [first, second] = [folder(), folder()];
    const one = await generate({ out: first });
    expect(hashes(await generate({ out: second, chunkBytes: 5000 }))).toEqual(hashes(one));
    for (const name of await readdir(join(first, 'truth'))) {
      expect(await readFile(join(second, 'truth', name), 'utf8')).toBe(
        await readFile(join(first, 'truth', name), 'utf8'),
      );
    }
    expect(hashes(await generate({ seed: 12 }))).not.toEqual(hashes(one));
  });

  test('of one city do not depend on the other', async () => {
    const both = hashes(await generate({ rows: 3000, nypdShare: 0.5 }));
    const one = hashes(await generate({ rows: 1500, cities: ['lapd'] }));
    expect(one).toEqual({
      'lapd-2010-2019.csv': both['lapd-2010-2019.csv'],
      'lapd-2020-present.csv': both['lapd-2020-present.csv'],
    });
  });
});

describe('the truth', () => {
  const ROWS = 30_000;
  let out = '';
  let truth: Truth;
  const files = new Map<string, string[]>();

  beforeAll(async () => {
    out = folder();
    await generate({ out, rows: ROWS });
    truth = await readTruth(out);
    for (const { file } of truth.summary.files) files.set(file, await physicalLines(join(out, file)));
  }, 60_000);

  const lineOf = (file: string, record: number): string => files.get(file)?.[record] ?? '';

  test('counts exactly the records there are, as many as asked for', () => {
    expect(truth.summary.rows).toBe(ROWS);
    for (const { file, records } of truth.summary.files) expect(files.get(file)).toHaveLength(records + 1);
  });

  test('balances per file: records = curated + quarantined + duplicates', () => {
    for (const { records, expected } of truth.summary.files) {
      const sum = (counts: Record<string, number>): number =>
        Object.values(counts).reduce((total, count) => total + count, 0);
      expect(expected.curated + sum(expected.quarantined) + sum(expected.duplicates)).toBe(records);
    }
  });

  test('counts incidents per category and year that add up', () => {
    for (const source of Object.values(truth.summary.sources)) {
      const counts = Object.values(source?.byCategoryAndYear ?? {}).flatMap((years) => Object.values(years));
      expect(counts.reduce((total, count) => total + count, 0)).toBe(source?.incidents);
    }
    const repeated = truth.duplicates.length;
    const incidents = Object.values(truth.summary.sources).reduce(
      (total, source) => total + (source?.incidents ?? 0),
      0,
    );
    expect(incidents + repeated).toBe(ROWS);
  });

  test('names for every dirty cell the record and column where its raw value stands', () => {
    for (const row of truth.dirt) {
      const line = lineOf(row.file, row.record);
      expect(line).not.toBe('');
      if (isRecordDirt(row.kind)) continue;
      const names = splitCells(lineOf(row.file, 0)).map(cellText);
      const cells = splitCells(line).map(cellText);
      expect(cells).toHaveLength(names.length);
      expect([row.kind, cells[names.indexOf(row.column)]]).toEqual([row.kind, row.raw_value]);
    }
  });

  test('holds every kind of dirt, one defect per record', () => {
    expect(new Set(truth.dirt.map(({ kind }) => kind))).toEqual(new Set(DIRT_KINDS.map(({ id }) => id)));
    const records = truth.dirt.map(({ file, record }) => `${file}:${record}`);
    expect(new Set(records).size).toBe(records.length);
    expect(truth.dirt.length).toBeGreaterThan(ROWS * 0.008);
    expect(truth.dirt.length).toBeLessThan(ROWS * 0.012);
  });

  test('damages malformed records and no others', () => {
    const malformed = new Map(
      truth.dirt.filter(({ kind }) => isRecordDirt(kind)).map((row) => [`${row.file}:${row.record}`, row]),
    );
    expect(malformed.size).toBeGreaterThan(10);
    for (const [file, lines] of files) {
      const columns = splitCells(lines[0] ?? '').length;
      for (let record = 1; record < lines.length; record += 1) {
        const line = lines[record] ?? '';
        const isWhole =
          splitCells(line).length === columns &&
          line.split('"').length % 2 === 1 &&
          !line.includes('\0') &&
          !/"x(,|$)/.test(line);
        if (isWhole === malformed.has(`${file}:${record}`)) expect.fail(`${file}:${record} ${line}`);
      }
    }
  });

  test('names duplicates that carry the same case number, the kept one later', () => {
    const order = truth.summary.files.map(({ file }) => file);
    const kinds = new Set<string>();
    for (const { file, record, of_file, of_record, kind } of truth.duplicates) {
      kinds.add(kind);
      const [before, after] = [lineOf(file, record), lineOf(of_file, of_record)];
      const caseNumber = (line: string): string => cellText(splitCells(line)[0] ?? '');
      expect(caseNumber(before)).toBe(caseNumber(after));
      if (kind === 'exact') {
        expect([file, before]).toEqual([of_file, after]);
        expect(of_record).toBeGreaterThan(record);
      } else {
        expect(order.indexOf(of_file)).toBeGreaterThan(order.indexOf(file));
      }
    }
    expect(kinds).toEqual(new Set(['exact', 'reformatted', 'superseded']));
  });

  test('is refused when it is not what this version writes', async () => {
    const broken = folder();
    await generate({ out: broken, rows: 200 });
    await writeFile(join(broken, 'truth', 'dirt.csv'), 'file,record\nnypd-ytd.csv,seven\n');
    await expect(readTruth(broken)).rejects.toMatchObject({ code: 'truth-unreadable' });
  });
});

describe('wishes', () => {
  test('clean files have no dirt, no repetitions and one line per record', async () => {
    const out = folder();
    const summary = await generate({ out, rows: 2000, dirtRate: 0, duplicates: false });
    const truth = await readTruth(out);
    expect([truth.dirt, truth.duplicates]).toEqual([[], []]);
    for (const { records, expected } of summary.files) {
      expect(expected).toMatchObject({ curated: records, quarantined: {}, duplicates: {} });
    }
  });

  test('only the kinds of dirt asked for are planted', async () => {
    const out = folder();
    await generate({ out, rows: 2000, dirtRate: 0.05, dirtKinds: ['coordinates-zero', 'nul-byte'] });
    const { dirt } = await readTruth(out);
    expect(new Set(dirt.map(({ kind }) => kind))).toEqual(new Set(['coordinates-zero', 'nul-byte']));
  });

  test('a single year makes only the files that year has', async () => {
    const summary = await generate({ rows: 500, years: [2019, 2019] });
    expect(summary.files.map(({ file }) => file)).toEqual(['nypd-ytd.csv', 'lapd-2010-2019.csv']);
  });

  test('a file can be written in another vintage', async () => {
    const out = folder();
    await generate({ out, rows: 500, vintages: { 'nypd-historic.csv': 'nypd-a' } });
    expect(splitCells((await physicalLines(join(out, 'nypd-historic.csv')))[0] ?? '')).toHaveLength(24);
  });

  test.each([
    ['no rows', { rows: 0 }],
    ['half a row', { rows: 0.5 }],
    ['years in the wrong order', { years: [2020, 2010] }],
    ['a share above one', { nypdShare: 1.5 }],
    ['an unknown kind of dirt', { dirtKinds: ['mud'] }],
  ] as const)('%s are refused with a code and a hint', async (_, options) => {
    await expect(generate(options as Partial<GenerateOptions>)).rejects.toMatchObject({
      code: 'synthetic-options',
      exitCode: 2,
    });
  });

  test('a vintage of the other city is refused', async () => {
    await expect(generate({ vintages: { 'nypd-ytd.csv': 'lapd-a' } })).rejects.toMatchObject({
      code: 'synthetic-options',
    });
  });

  test('effects that could not show are refused', async () => {
    const hotspot = {
      city: 'nypd',
      category: 'Rape',
      latitude: 40.7,
      longitude: -73.9,
      radiusM: 200,
      from: '2015-01-01',
      to: '2016-01-01',
      factor: 9,
    } as const;
    await expect(generate({ effects: { hotspots: [hotspot] } })).rejects.toMatchObject({
      code: 'synthetic-effects',
    });
    const peak = { city: 'lapd', category: 'Jaywalking', weekday: 1, hour: 3, factor: 2 } as const;
    await expect(generate({ effects: { peaks: [peak] } })).rejects.toMatchObject({
      code: 'synthetic-effects',
    });
  });

  test('a folder with files is left alone unless overwriting is allowed', async () => {
    const out = folder();
    await generate({ out, rows: 300 });
    await writeFile(join(out, 'notes.txt'), 'mine');
    await expect(generate({ out, rows: 300 })).rejects.toMatchObject({ code: 'synthetic-folder-not-empty' });
    await generate({ out, rows: 400, years: [2019, 2019], overwrite: true });
    expect((await readdir(out)).sort()).toEqual(['lapd-2010-2019.csv', 'notes.txt', 'nypd-ytd.csv', 'truth']);
  });

  test('an abort stops the work and leaves no half files', async () => {
    const out = folder();
    const controller = new AbortController();
    const running = generate({
      out,
      rows: 400_000,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toThrow(/abort/i);
    expect(await readdir(out)).toEqual(['truth']);
    expect(await readdir(join(out, 'truth'))).toEqual([]);
  });
});

test('memory stays flat: 300,000 rows need hardly more than 30,000', async () => {
  await generate({ rows: 30_000 });
  const before = process.memoryUsage().rss;
  let peak = before;
  const out = folder();
  const started = performance.now();
  await generate({
    out,
    rows: 300_000,
    onProgress: () => {
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `generated ${Math.round(300_000 / seconds).toLocaleString('en')} rows/s, ${Math.round((peak - before) / 1e6)} MB more`,
  );
  expect(peak - before).toBeLessThan(200e6);
  let lines = 0;
  for await (const _ of createInterface({ input: createReadStream(join(out, 'nypd-historic.csv')) }))
    lines += 1;
  expect(lines).toBeGreaterThan(150_000);
}, 120_000);
