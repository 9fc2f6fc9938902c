import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { indexBy, offenceRow, readCodeTable } from './code-table.js';

const schema = z.object({ code: z.string().min(1), ...offenceRow });
const HEADER = 'code,crime_category,nibrs_code,confidence,note';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code-table-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array) {
  const file = join(folder, 'offences.csv');
  await writeFile(file, content);
  return readCodeTable(pathToFileURL(file), schema);
}

describe('readCodeTable', () => {
  it('reads rows as text, with quotes, line ends in fields, CRLF and a byte order mark', async () => {
    const rows = await read(`\uFEFF${HEADER}\r\n0110,Homicide,09A,high,"a ""note"",\r\nof two lines"\r\n`);
    expect(rows).toEqual([
      {
        code: '0110',
        crime_category: 'Homicide',
        nibrs_code: '09A',
        confidence: 'high',
        note: 'a "note",\r\nof two lines',
      },
    ]);
  });

  it('reports every mistake at once, by line and column, counting lines inside quotes', async () => {
    const content = [
      HEADER,
      '1,Homicide,09A,high,"two',
      'lines"',
      '2,Murder,09A,sure,',
      '3,Homicide',
      ',Other,9,low,',
    ].join('\n');
    await expect(read(content)).rejects.toMatchObject({ code: 'code-table-invalid', where: { mistakes: 5 } });
    await expect(read(content)).rejects.toThrow(
      /line 4: crime_category: .*\n.*line 4: confidence: .*\n.*line 5: 2 fields where the header has 5\n.*line 6: code: .*\n.*line 6: nibrs_code: /,
    );
  });

  it('refuses a header with unknown, repeated or missing names', async () => {
    await expect(read(`${HEADER},comment\n`)).rejects.toThrow('line 1: column comment is not known');
    await expect(read(`${HEADER},note\n`)).rejects.toThrow('line 1: column note occurs twice');
    await expect(read(`${HEADER},\n`)).rejects.toThrow('line 1: a column has no name');
    await expect(read('code\n')).rejects.toThrow('line 1: column note is missing');
  });

  it('refuses an empty file, bytes that are not UTF-8, an open quote and a file that is not there', async () => {
    await expect(read('')).rejects.toThrow('line 1: the file is empty');
    await expect(read(Uint8Array.from([0x63, 0x6f, 0xe9, 0x0a]))).rejects.toMatchObject({
      code: 'code-table-invalid',
    });
    await expect(read(`${HEADER}\n1,"Other`)).rejects.toMatchObject({ code: 'code-table-invalid' });
    await expect(readCodeTable(pathToFileURL(join(folder, 'none.csv')), schema)).rejects.toMatchObject({
      code: 'code-table-missing',
    });
  });
});

describe('indexBy', () => {
  const rows = [{ code: '1' }, { code: '2' }, { code: '1' }, { code: '3' }, { code: '3' }];

  it('finds rows by key', () => {
    expect(indexBy(rows.slice(0, 2), ({ code }) => code, 'weapons.csv').get('2')).toEqual({ code: '2' });
  });

  it('refuses keys that occur twice, naming all of them', () => {
    expect(() => indexBy(rows, ({ code }) => code, 'weapons.csv')).toThrow(
      'weapons.csv has more than one row for: 1, 3.',
    );
  });
});
