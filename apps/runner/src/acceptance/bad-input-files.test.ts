import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BuildResult } from '@crimetracker/lake';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { buildSummary } from '../build-summary.js';
import { runCommand } from './command.js';
import { checkLake } from './lake-check.js';
import { rawLines, textOf } from './raw-inputs.js';

vi.setConfig({ testTimeout: 60_000 });

type Summary = ReturnType<typeof buildSummary>;

let work: string;
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'crimetracker-bad-input-'));
});

afterAll(() => rm(work, { recursive: true, force: true }));

describe('files that cannot be read, among good ones', () => {
  let exitCode: number | null;
  let stderr: string;
  let summary: Summary;
  const failed = (name: string): BuildResult['failed'][number] => {
    const file = summary.failed.find(({ path }) => path.endsWith(name));
    if (!file) throw new Error(`${name} is not listed as failed`);
    return file;
  };

  beforeAll(async () => {
    const good = await rawLines(work, 'nypd-b', 40, 1);
    const other = await rawLines(work, 'lapd-a', 30, 2);
    const text = textOf(good);
    const gzip = gzipSync(text);
    const wrongSum = Buffer.from(gzip);
    wrongSum.writeUInt32LE((wrongSum.readUInt32LE(wrongSum.length - 8) ^ 1) >>> 0, wrongSum.length - 8);
    const files: Readonly<Record<string, string | Buffer>> = {
      'a-good-nypd.csv': text,
      'empty.csv': '',
      'blank.csv': ' \n\r\n\n',
      'truncated.csv.gz': gzip.subarray(0, gzip.length >> 1),
      'wrong-checksum.csv.gz': wrongSum,
      'overwritten.csv.gz': Buffer.concat([gzip, Buffer.from('not gzip at all')]),
      'other-columns.csv': 'id,when,where\n1,2020-01-01,here\n',
      'lost-columns.csv': text.replace('CMPLNT_NUM', 'NUMBER').replace('RPT_DT', 'DAY'),
      'duplicate-header.csv': text.replace('PARKS_NM', 'KY_CD'),
      'no-names.csv': ',,,\n1,2,3,4\n',
      'open-quote-header.csv': `"${text}`,
      'workbook.csv': Buffer.from('PK\x03\x04\x14\x00\x06\x00'),
      'login-page.csv': '<!DOCTYPE html><html><body>Please log in</body></html>\n',
      'error-answer.csv': '{"error": true, "message": "Internal error"}\n',
      'old-mac.csv': text.replaceAll('\n', '\r'),
      'z-good-lapd.csv': textOf(other),
    };
    const paths: string[] = [];
    for (const [name, content] of Object.entries(files)) {
      paths.push(join(work, name));
      await writeFile(join(work, name), content);
    }
    if (existsSync('/proc/self/mem')) paths.push('/proc/self/mem');
    const result = await runCommand(['build', ...paths, '--lake', join(work, 'unreadable'), '--json']);
    ({ exitCode, stderr } = result);
    summary = JSON.parse(lastLine(result.stdout)) as Summary;
  }, 60_000);

  it('do not lose the good ones: these are published and the command exits 3', async () => {
    expect(exitCode).toBe(3);
    expect(summary.ok).toBe(false);
    expect(summary.ledger.files.map(({ file, records }) => [file, records])).toEqual([
      ['z-good-lapd.csv', 30],
      ['a-good-nypd.csv', 40],
    ]);
    expect(summary.ledger.balanced).toBe(true);
    expect(await checkLake(join(work, 'unreadable'))).toMatchObject({ records: 70, files: 2, problems: [] });
  });

  it('are each listed once, with a message and what to do next', () => {
    const expected = existsSync('/proc/self/mem') ? 15 : 14;
    expect(summary.failed).toHaveLength(expected);
    expect(new Set(summary.failed.map(({ path }) => path)).size).toBe(expected);
    for (const { path, message, hint } of summary.failed) {
      expect(message.length, path).toBeGreaterThan(20);
      expect(hint?.length ?? 0, path).toBeGreaterThan(10);
    }
  });

  it('are told apart by their code', () => {
    expect(
      Object.fromEntries(summary.failed.map(({ path, code }) => [path.split('/').at(-1), code])),
    ).toEqual({
      'empty.csv': 'raw-file-empty',
      'blank.csv': 'raw-file-empty',
      'truncated.csv.gz': 'raw-file-truncated',
      'wrong-checksum.csv.gz': 'raw-file-damaged',
      'overwritten.csv.gz': 'raw-file-damaged',
      'other-columns.csv': 'header-unknown',
      'lost-columns.csv': 'header-unknown',
      'duplicate-header.csv': 'header-duplicate',
      'no-names.csv': 'raw-header-unreadable',
      'open-quote-header.csv': 'raw-header-unreadable',
      'workbook.csv': 'raw-file-not-csv',
      'login-page.csv': 'raw-file-not-csv',
      'error-answer.csv': 'raw-file-not-csv',
      'old-mac.csv': 'raw-header-unreadable',
      ...(existsSync('/proc/self/mem') && { mem: 'raw-file-unreadable' }),
    });
  });

  it('with an unknown header say which columns are missing and which vintage came nearest', () => {
    const { message } = failed('lost-columns.csv');
    expect(message).toMatch(
      /nypd: lacks .*cmplnt_num.*; nearest historic-35 \(.*\), \d\d% of names in common/,
    );
    expect(message).toMatch(/lapd: lacks .*dr_no/);
    expect(failed('other-columns.csv').message).toMatch(/nypd: lacks .*\n.*|lapd: lacks .*\n.*/);
  });

  it('with a column twice say which one and where', () => {
    expect(failed('duplicate-header.csv').message).toMatch(/"KY_CD" in columns 8 and 19/);
  });

  it('that are cut short say so, and how far they could be read', () => {
    expect(failed('truncated.csv.gz').message).toMatch(/cut short: .* after \d+ decompressed bytes/);
    expect(failed('overwritten.csv.gz').message).toMatch(/is damaged: decompressing stopped/);
  });

  it('are no fault of the program: no stack is printed', () => {
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toContain('fault of the program');
  });
});
