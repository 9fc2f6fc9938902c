import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf } from './csv.js';
import { countCell } from './panel-table.js';

/** A CSV reader of its own, after RFC 4180. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      while (text[at] !== '"' || text[at + 1] === '"') {
        if (text[at] === '"') at += 1;
        cell += text[at];
        at += 1;
      }
      at += 1;
    } else while (text[at] !== ',' && text[at] !== '\r') cell += text[at++];
    row.push(cell);
    if (text[at] === ',') at += 1;
    else {
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const cells = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '=', '-', '@', '\t', 'ж') }),
  fc.integer(),
  // Plus 0, as a minus 0 is written as 0.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

test('what is written is read back cell by cell, and nothing of it runs in a spreadsheet', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cells, cells), { maxLength: 5 }), (rows) => {
      const read = readCsv(csvOf({ columns: ['a', '=b'], rows }));
      expect(read[0]).toEqual(['a', "'=b"]);
      expect(read).toHaveLength(rows.length + 1);
      rows.forEach((row, i) => {
        row.forEach((cell, column) => {
          const text = read[i + 1]?.[column] ?? '';
          if (typeof cell === 'number') expect(Number(text)).toBe(cell);
          else {
            expect(text === cell || text === `'${cell}`).toBe(true);
            expect(text).not.toMatch(/^[=+\-@\t\r\n]/);
          }
        });
      });
    }),
  );
});

test('no value is empty, a hidden count says that it is hidden', () => {
  expect(csvOf({ columns: ['n', 'm'], rows: [[null, countCell(null)]] })).toBe('n,m\r\n,fewer than 5\r\n');
  expect(countCell(0)).toBe(0);
  expect(countCell(undefined)).toBeNull();
});
