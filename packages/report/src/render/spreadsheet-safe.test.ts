import { spreadsheetSafe } from '@crimetracker/analysis-kit';
import fc from 'fast-check';
import { parseString } from 'fast-csv';
import { expect, test } from 'vitest';
import { HOSTILE, testReport, testTables } from '../testing-marts.js';
import { renderCsvFiles } from './render-csv.js';

test('no text begins with what a spreadsheet runs, and numbers stay numbers', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', 'a', ''),
      fc.string(),
      (first, rest) => {
        expect(String(spreadsheetSafe(first + rest))).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      },
    ),
  );
  expect(spreadsheetSafe(-5)).toBe(-5);
  expect(spreadsheetSafe('a=1')).toBe('a=1');
  expect(spreadsheetSafe(null)).toBeNull();
});

test('hostile text comes out of the CSV as the same text, neutralised', async () => {
  const files = await renderCsvFiles(await testReport(testTables(HOSTILE)));
  const read = (name: string) =>
    new Promise<readonly Record<string, string>[]>((done, fail) => {
      const rows: Record<string, string>[] = [];
      parseString<Record<string, string>, Record<string, string>>(files.get(name) ?? '', { headers: true })
        .on('data', (row: Record<string, string>) => rows.push(row))
        .on('error', fail)
        .on('end', () => done(rows));
    });
  const places = await read('mix-places-nypd.csv');
  expect(places.map(({ value }) => value)).toContain(`'${HOSTILE.place}`);
  expect(places[0]?.total).toBe('1000');
  const [file] = await read('files.csv');
  expect(file?.name).toMatch(/^'@SUM\(1\+1\)\tx{65536}/);
});
