import { parseString } from 'fast-csv';
import { expect, test } from 'vitest';
import { writeScheduleCsv } from './schedule-csv.js';
import { HOSTILE, hostilePublished, testingPublished } from './testing-published.js';

type Row = Readonly<Record<string, string>>;

const rowsOf = (text: string): Promise<readonly Row[]> =>
  new Promise((resolve, reject) => {
    const rows: Row[] = [];
    parseString<Row, Row>(text, { headers: true })
      .on('data', (row: Row) => rows.push(row))
      .on('error', reject)
      .on('end', () => resolve(rows));
  });

test('shifts have a row for each unit and day, in local time with the offset', async () => {
  const published = testingPublished();
  const rows = await rowsOf((await writeScheduleCsv(published)).shifts);
  expect(rows).toHaveLength(4 + 5 + 4);
  expect(rows[0]).toEqual({
    unit: 'C-2',
    jurisdiction: 'Central',
    shift_date: '2026-05-04',
    start_local: '2026-05-04 06:00',
    start_utc_offset: 'UTC-07:00',
    end_local: '2026-05-04 14:00',
    end_utc_offset: 'UTC-07:00',
    duration_hours: '8',
    visits: String(published.shifts[0]?.visits.length),
    cells: published.shifts[0]?.cells.map(({ h3 }) => h3).join(' '),
  });
});

test('visits have a row each, inside their shift', async () => {
  const published = testingPublished();
  const rows = await rowsOf((await writeScheduleCsv(published)).visits);
  expect(rows).toHaveLength(published.shifts.reduce((sum, { visits }) => sum + visits.length, 0));
  const [first] = published.shifts[0]?.visits ?? [];
  expect(rows[0]).toMatchObject({
    unit: 'C-2',
    visit: '1',
    h3: first?.cell.h3,
    duration_minutes: String(first?.minutes),
  });
  expect(Number(rows[0]?.latitude)).toBeCloseTo(first?.cell.latitude ?? 0, 5);
  expect(Number(rows[0]?.longitude)).toBeCloseTo(first?.cell.longitude ?? 0, 5);
  expect(rows.every((row) => (row.start_local ?? '') < (row.end_local ?? ''))).toBe(true);
});

test('a shift across the change of clocks shows both offsets and its true length', async () => {
  const spring = testingPublished({ meta: { weekStart: '2026-03-02' } });
  const rows = await rowsOf((await writeScheduleCsv(spring)).shifts);
  expect(rows.find((row) => row.start_local === '2026-03-07 22:00')).toMatchObject({
    start_utc_offset: 'UTC-08:00',
    end_local: '2026-03-08 06:00',
    end_utc_offset: 'UTC-07:00',
    duration_hours: '7',
  });
});

test('no cell begins like a formula', async () => {
  const { shifts, visits } = await writeScheduleCsv(hostilePublished());
  for (const rows of [await rowsOf(shifts), await rowsOf(visits)]) {
    for (const row of rows) {
      for (const [column, cell] of Object.entries(row)) {
        if (!['latitude', 'longitude'].includes(column)) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }
    }
    expect(rows[0]?.unit).toBe(`'${HOSTILE}1`);
  }
});

test('an empty schedule has headers only', async () => {
  const { shifts, visits } = await writeScheduleCsv({ ...testingPublished(), shifts: [] });
  expect([shifts, visits].map((text) => text.trim().split('\n').length)).toEqual([1, 1]);
});
