import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { CrimeTrackerError } from '@crimetracker/schema';
import { parseString } from 'fast-csv';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OutputFile } from './output-folder.js';
import { prepareRawFile } from './prepare-raw-file.js';
import type { PreparedFile } from './prepared-file.js';
import { readRecords } from './read-records.js';

vi.setConfig({ testTimeout: 30_000 });

let root: string;
let made = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'prepare-raw-file-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A file of these bytes, and a folder that does not exist yet. */
async function given(content: string | Buffer): Promise<{ readonly path: string; readonly folder: string }> {
  made += 1;
  const path = join(root, `raw-${made}.csv`);
  await writeFile(path, content);
  return { path, folder: join(root, `outputs-${made}`) };
}

async function prepare(
  content: string | Buffer,
  options: { readonly maxRecordBytes?: number } = {},
): Promise<PreparedFile> {
  const { path, folder } = await given(content);
  return prepareRawFile(path, { folder, ...options });
}

async function recordsOf(prepared: PreparedFile): Promise<[number, ...(readonly string[])][]> {
  const records: [number, ...(readonly string[])][] = [];
  for await (const { record, fields } of readRecords(prepared)) records.push([record, ...fields]);
  return records;
}

async function malformedOf(prepared: PreparedFile): Promise<Record<string, string>[]> {
  if (prepared.malformedPath === null) return [];
  const text = await readFile(prepared.malformedPath, 'utf8');
  return new Promise((resolve, reject) => {
    const rows: Record<string, string>[] = [];
    parseString(text, { headers: true })
      .on('error', reject)
      .on('data', (row: Record<string, string>) => rows.push(row))
      .on('end', () => resolve(rows));
  });
}

/** The code of the error, after checking that nothing was left behind. */
async function failureOf(
  content: string | Buffer,
  options: { readonly maxRecordBytes?: number } = {},
): Promise<string> {
  const { path, folder } = await given(content);
  const error: unknown = await prepareRawFile(path, { folder, ...options }).catch(
    (reason: unknown) => reason,
  );
  if (!(error instanceof CrimeTrackerError)) throw new Error('No CrimeTrackerError', { cause: error });
  expect(error.hint).toBeTruthy();
  expect(error.message).toContain(path);
  await expect(access(folder)).rejects.toThrow();
  return error.code;
}

describe('prepareRawFile on clean files', () => {
  it('uses the file as it is and says what it holds', async () => {
    const content = '\uFEFFid,text\r\n1,a\r\n2,"b, ""c"""\r\n3,é';
    const { path, folder } = await given(content);
    const prepared = await prepareRawFile(path, { folder });
    expect(prepared).toEqual({
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: Buffer.byteLength(content),
      compression: 'none',
      encoding: 'utf-8',
      delimiter: ',',
      header: ['id', 'text'],
      records: 3,
      malformed: 0,
      csv: { path, delimiter: ',', recordNumberFirst: false, lineEndsInFields: false },
      malformedPath: null,
    });
    expect(await recordsOf(prepared)).toEqual([
      [1, '1', 'a'],
      [2, '2', 'b, "c"'],
      [3, '3', 'é'],
    ]);
    await expect(access(folder)).rejects.toThrow();
  });

  it.each([',', '\t', ';', '|'])(
    'recognises the delimiter %j by the header line alone',
    async (delimiter) => {
      const other = delimiter === ';' ? ',' : ';';
      const prepared = await prepare(
        `a${delimiter}"b${other}${other}${other}"${delimiter}c\n${other}${delimiter}2${delimiter}3\n`,
      );
      expect(prepared.delimiter).toBe(delimiter);
      expect(prepared.csv.recordNumberFirst).toBe(false);
      expect(await recordsOf(prepared)).toEqual([[1, other, '2', '3']]);
    },
  );

  it('takes a header line without records, with and without line end', async () => {
    for (const content of ['a,b', 'a,b\n', 'a,b\n\n']) {
      const prepared = await prepare(content);
      expect([prepared.records, prepared.csv.recordNumberFirst]).toEqual([0, false]);
      expect(await recordsOf(prepared)).toEqual([]);
    }
  });
});

describe('prepareRawFile on files that need a copy', () => {
  it.each([
    [
      'mixed line ends',
      'a,b\r\n1,2\n3,4\r\n',
      [
        [1, '1', '2'],
        [2, '3', '4'],
      ],
    ],
    [
      'empty lines inside',
      'a,b\n1,2\n\n\n3,4\n',
      [
        [1, '1', '2'],
        [2, '3', '4'],
      ],
    ],
    ['empty lines before the header', '\n\r\na,b\n1,2\n', [[1, '1', '2']]],
    ['empty lines of another kind at the end', 'a,b\n1,2\n\r\n', [[1, '1', '2']]],
    ['an empty line at the end of one column', 'a\n1\n\n', [[1, '1']]],
    ['a lone CR in a field', 'a,b\n1,2\r3\n', [[1, '1', '2\r3']]],
    ['a quote inside an unquoted field', 'a,b\n1,5" knife\n', [[1, '1', '5" knife']]],
    ['a quote after blanks', 'a,b\n1, "2"\n', [[1, '1', ' "2"']]],
    ['blanks at the start of a record', 'a,b\n ,2\n', [[1, ' ', '2']]],
    ['a line end in a field', 'a,b\n1,"2\r\n3"\n', [[1, '1', '2\r\n3']]],
    ['a line end in a column name', '"a\nb",c\n1,2\n', [[1, '1', '2']]],
    ['a byte order mark in the middle', 'a,b\n\uFEFF1,2\n', [[1, '\uFEFF1', '2']]],
  ])('%s', async (_, content, records) => {
    const prepared = await prepare(content);
    expect(prepared.csv.recordNumberFirst).toBe(true);
    expect(await recordsOf(prepared)).toEqual(records);
    expect(prepared.records).toBe(records.length);
  });

  it('writes fields with their text unchanged and quoted only where needed', async () => {
    const prepared = await prepare('"a";b\n"x";"1;2"\n1,5; "y" \n"";"""q"""\n');
    expect(await readFile(prepared.csv.path, 'utf8')).toBe(
      'raw_record,a,b\n1,x,1;2\n2,"1,5"," ""y"" "\n3,,"""q"""\n',
    );
  });

  it('tells when a field holds a line end, as the copy may not be split then', async () => {
    expect((await prepare('a,b\n1,"2\n3"\n')).csv.lineEndsInFields).toBe(true);
    expect((await prepare('a,b\n1,2\r3\n')).csv.lineEndsInFields).toBe(true);
    expect((await prepare('a,b\n1,5" knife\n')).csv.lineEndsInFields).toBe(false);
  });

  it('reads gzip by its first bytes, in several members, hashing the bytes as delivered', async () => {
    const content = Buffer.concat([gzipSync('a,b\n1,2\n3'), gzipSync(',4\n'), Buffer.alloc(100)]);
    const prepared = await prepare(content);
    expect(prepared).toMatchObject({
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
      compression: 'gzip',
      records: 2,
    });
    expect(await recordsOf(prepared)).toEqual([
      [1, '1', '2'],
      [2, '3', '4'],
    ]);
  });

  it.each([true, false])('reads UTF-16 of both byte orders, byte order mark: %s', async (mark) => {
    const units = Buffer.from(`${mark ? '\uFEFF' : ''}a,b\r\n1,é€\r\n2,\u{1F600}\r\n`, 'utf16le');
    for (const [encoding, content] of [
      ['utf-16le', units],
      ['utf-16be', Buffer.from(units).swap16()],
    ] as const) {
      const prepared = await prepare(content);
      expect(prepared).toMatchObject({ encoding, header: ['a', 'b'], records: 2, malformed: 0 });
      expect(await recordsOf(prepared)).toEqual([
        [1, '1', 'é€'],
        [2, '2', '\u{1F600}'],
      ]);
    }
  });

  it('reads the whole file as Windows-1252 from one byte on that is not UTF-8, however late', async () => {
    const long = 'é,x\n'.repeat(1_000_000);
    const content = Buffer.concat([Buffer.from(`a,b\n${long}`), Buffer.from([0x93, 0x2c, 0x94, 0x0a])]);
    const prepared = await prepare(content);
    expect(prepared).toMatchObject({ encoding: 'windows-1252', records: 1_000_001, malformed: 0 });
    for await (const { fields } of readRecords(prepared, { limit: 1 })) expect(fields).toEqual(['Ã©', 'x']);
    const copy = await readFile(prepared.csv.path);
    expect(copy.subarray(copy.lastIndexOf('1000001')).toString()).toBe('1000001,“,”\n');
  });
});

describe('prepareRawFile on malformed records', () => {
  it('sets them aside with reason, number, place and text', async () => {
    const lines = ['a,b', '1,2', '1', '1,2,3', '1,"2"x', '1,\0', '"1', '3,4', ''];
    const prepared = await prepare(lines.join('\r\n'));
    expect(prepared).toMatchObject({ records: 7, malformed: 5 });
    expect(await recordsOf(prepared)).toEqual([
      [1, '1', '2'],
      [7, '3', '4'],
    ]);
    const row = (
      raw_record: number,
      byte_offset: number,
      byte_length: number,
      reason: string,
      raw_text: string,
    ) => ({
      raw_record: String(raw_record),
      byte_offset: String(byte_offset),
      byte_length: String(byte_length),
      reason,
      raw_text,
    });
    expect(await malformedOf(prepared)).toEqual([
      row(2, 10, 1, 'fields-too-few', '1'),
      row(3, 13, 5, 'fields-too-many', '1,2,3'),
      row(4, 20, 6, 'quote-misplaced', '1,"2"x'),
      row(5, 28, 3, 'nul-byte', '1,\u2400'),
      row(6, 33, 2, 'quote-unclosed', '"1'),
    ]);
  });

  it('keeps 2,000 characters of a field of 50 MB, without holding it', async () => {
    const content = Buffer.concat([
      Buffer.from('a,b\n1,"'),
      Buffer.alloc(50_000_000, 'é'),
      Buffer.from('"\n3,4\n'),
    ]);
    const prepared = await prepare(content);
    expect(prepared).toMatchObject({ records: 2, malformed: 1 });
    const [row] = await malformedOf(prepared);
    expect(row).toMatchObject({ reason: 'record-too-long', byte_offset: '4', byte_length: '50000004' });
    expect(row?.raw_text).toBe(`1,"${'é'.repeat(1997)}`);
  });

  it('sets aside half a surrogate pair in UTF-16 and a UTF-8 sequence cut off at the end', async () => {
    const utf16 = await prepare(Buffer.from('\uFEFFa,b\n1,2\n3,\uD800\n5,6\n', 'utf16le'));
    expect((await malformedOf(utf16)).map((row) => [row.raw_record, row.reason])).toEqual([
      ['2', 'text-undecodable'],
    ]);
    const utf8 = await prepare(Buffer.from('a,b\né,2\n3,é').subarray(0, -1));
    expect(utf8).toMatchObject({ encoding: 'utf-8', records: 2, malformed: 1 });
    expect((await malformedOf(utf8)).map((row) => row.reason)).toEqual(['text-undecodable']);
  });
});

describe('prepareRawFile refuses', () => {
  it.each([
    ['no bytes', '', 'raw-file-empty'],
    ['only a byte order mark', '\uFEFF', 'raw-file-empty'],
    ['only blanks', ' \r\n\t\n', 'raw-file-empty'],
    ['an empty gzip file', gzipSync(''), 'raw-file-empty'],
    ['a ZIP archive', 'PK\x03\x04abc', 'raw-file-not-csv'],
    ['a Parquet file', 'PAR1abc', 'raw-file-not-csv'],
    ['a web page', '\n<!DOCTYPE html><html>', 'raw-file-not-csv'],
    ['a ZIP archive in gzip', gzipSync('PK\x03\x04abc'), 'raw-file-not-csv'],
    ['gzip cut short', gzipSync('a,b\n1,2\n').subarray(0, -3), 'raw-file-truncated'],
    ['gzip cut short after two bytes', Buffer.from([0x1f, 0x8b]), 'raw-file-truncated'],
    [
      'gzip with a flipped checksum',
      Buffer.concat([gzipSync('a,b\n1,2\n').subarray(0, -8), Buffer.alloc(8)]),
      'raw-file-damaged',
    ],
    [
      'gzip followed by something else',
      Buffer.concat([gzipSync('a,b\n'), Buffer.from('1,2\n')]),
      'raw-file-damaged',
    ],
    [
      'gzip followed by padding and something else',
      Buffer.concat([gzipSync('a,b\n'), Buffer.from('\0\x001,2\n')]),
      'raw-file-damaged',
    ],
    ['a header line with NUL', 'a,\0\n1,2\n', 'raw-header-unreadable'],
    ['a header line with an open quote', 'a,"b\n1,2\n', 'raw-header-unreadable'],
    ['a header line without names', ' ,,\n1,2,3\n', 'raw-header-unreadable'],
    ['the line ends of old Macs', 'a,b\r1,2\r', 'raw-header-unreadable'],
    [
      'a header line longer than a record may be',
      `a,${'b'.repeat(2_000_000)}\n1,2\n`,
      'raw-header-unreadable',
    ],
  ])('%s', async (_, content, code) => {
    expect(await failureOf(content)).toBe(code);
  });

  it('says how much of a truncated file could be decompressed', async () => {
    const { path, folder } = await given(gzipSync(Buffer.alloc(3_000_000, 'a,b\n')).subarray(0, -9));
    await expect(prepareRawFile(path, { folder })).rejects.toThrow(/after \d{7} decompressed bytes/);
  });

  it('missing files, folders and files without permission', async () => {
    const folder = join(root, 'never');
    const codeOf = (path: string) =>
      prepareRawFile(path, { folder }).catch((error: CrimeTrackerError) => [error.code, error.exitCode]);
    expect(await codeOf(join(root, 'nothing.csv'))).toEqual(['raw-file-missing', 3]);
    expect(await codeOf(root)).toEqual(['raw-file-is-directory', 3]);
    const { path } = await given('a,b\n');
    await chmod(path, 0);
    const readable = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (readable) console.info('Not tried: files without permission, as this user may read every file.');
    else expect(await codeOf(path)).toEqual(['raw-file-unreadable', 3]);
  });

  it('a folder it cannot write to', async () => {
    const { path } = await given('a,b\n1\n');
    await expect(prepareRawFile(path, { folder: join(path, 'below-a-file') })).rejects.toMatchObject({
      code: 'folder-not-writable',
      exitCode: 2,
    });
  });

  it('to go on when the disk is full', async () => {
    const full = await open('/dev/full', 'w').catch(() => null);
    if (full === null) {
      console.info('Not tried: a full disk, as this system has no /dev/full.');
      return;
    }
    const file = new OutputFile('/dev/full', full, '/dev');
    await expect(file.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'disk-full', exitCode: 3 });
    await full.close();
  });
});

describe('prepareRawFile on streams', () => {
  it('stores a clean stream as delivered, and only the copy of any other', async () => {
    const folder = join(root, 'streams');
    const clean = await prepareRawFile(Readable.from([Buffer.from('a,b\n1'), Buffer.from(',2\n')]), {
      folder,
    });
    expect(await readFile(clean.csv.path, 'utf8')).toBe('a,b\n1,2\n');
    expect(clean).toMatchObject({
      bytes: 8,
      sha256: createHash('sha256').update('a,b\n1,2\n').digest('hex'),
    });
    const zipped = await prepareRawFile(Readable.from([gzipSync('a,b\n1,2\n')]), { folder });
    expect(await recordsOf(zipped)).toEqual([[1, '1', '2']]);
    expect(await readdir(folder)).toEqual(['copy.csv']);
  });

  it('reports an error of the stream and leaves nothing behind', async () => {
    const folder = join(root, 'broken-stream');
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('a,b\n1,');
        throw new Error('connection lost');
      })(),
    );
    await expect(prepareRawFile(broken, { folder })).rejects.toMatchObject({ code: 'raw-file-unreadable' });
    await expect(access(folder)).rejects.toThrow();
  });
});

describe('prepareRawFile cancelled', () => {
  it('stops in the middle and leaves nothing behind but what was there', async () => {
    const { path, folder } = await given(gzipSync('a,b\n1,2\n'.repeat(2_000_000)));
    await mkdir(folder);
    await writeFile(join(folder, 'other.txt'), '');
    const controller = new AbortController();
    const reading = prepareRawFile(path, {
      folder,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual(['other.txt']);
  });

  it('stops waiting for a stream that sends nothing', async () => {
    const signal = AbortSignal.timeout(20);
    const silent = new Readable({ read() {} });
    await expect(prepareRawFile(silent, { folder: join(root, 'silent'), signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('stops a reader of records', async () => {
    const prepared = await prepare('a,b\n1,2\n');
    const reading = readRecords(prepared, { signal: AbortSignal.abort() }).next();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('progress', () => {
  it('grows to the size of the file, also when it is read a second time', async () => {
    const { path, folder } = await given(`a,b\n${'1,2\n'.repeat(1_000_000)}1\n`);
    const seen: number[] = [];
    const { bytes } = await prepareRawFile(path, { folder, onProgress: (bytesRead) => seen.push(bytesRead) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(bytes);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('readRecords', () => {
  it('stops at the limit and counts on from the record numbers of the copy', async () => {
    const prepared = await prepare('a,b\n1\n2,"x\ny"\n3,4\n');
    const numbers: number[] = [];
    for await (const { record } of readRecords(prepared, { limit: 1 })) numbers.push(record);
    expect(numbers).toEqual([2]);
  });

  it('refuses a file that changed since', async () => {
    const { path, folder } = await given('a,b\n1,2\n3,4\n');
    const prepared = await prepareRawFile(path, { folder });
    await writeFile(path, 'a,b\n1,2\n');
    await expect(recordsOf(prepared)).rejects.toMatchObject({ code: 'records-disagree' });
    await writeFile(path, 'a,b\n1,2,3\n3,4\n');
    await expect(recordsOf(prepared)).rejects.toMatchObject({ code: 'records-disagree' });
    await writeFile(path, 'a,b\n1,"2\n3,4\n');
    await expect(recordsOf(prepared)).rejects.toMatchObject({ code: 'records-disagree' });
  });

  it('reads a file given as a stream of a file', async () => {
    const { path, folder } = await given('a,b\n1,2\n');
    const prepared = await prepareRawFile(createReadStream(path), { folder });
    expect(await recordsOf(prepared)).toEqual([[1, '1', '2']]);
  });
});
