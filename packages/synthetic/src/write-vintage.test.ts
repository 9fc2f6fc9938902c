import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VintageId } from './city-stream.js';
import { VINTAGES } from './city-stream.js';
import { cellText, splitCells } from './csv-cells.js';
import { GenerationError } from './errors.js';
import { writeVintage } from './write-vintage.js';

const ROWS = 400;
const TEXT = new Map<VintageId, string>();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synthetic-vintages-'));
  for (const vintage of VINTAGES) {
    const path = join(folder, `${vintage}.csv`);
    const { records } = await writeVintage({ path, vintage, rows: ROWS, seed: 3, years: [2018, 2019] });
    expect(records).toBe(ROWS);
    TEXT.set(vintage, await readFile(path, 'utf8'));
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const text = (vintage: VintageId): string => TEXT.get(vintage) ?? '';
const lines = (vintage: VintageId): string[] =>
  text(vintage)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
/** Rows by the header's names, as texts. */
function rows(vintage: VintageId): Record<string, string>[] {
  const [header = '', ...body] = lines(vintage);
  const names = splitCells(header).map(cellText);
  return body.map((line) => {
    const cells = splitCells(line).map(cellText);
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

// First, middle and last names, and the number of columns, as the published files have them.
const HEADERS: readonly (readonly [VintageId, number, string, string])[] = [
  [
    'nypd-a',
    24,
    'CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,RPT_DT,KY_CD,',
    ',Latitude,Longitude,Lat_Lon',
  ],
  [
    'nypd-b',
    35,
    'CMPLNT_NUM,CMPLNT_FR_DT,CMPLNT_FR_TM,CMPLNT_TO_DT,CMPLNT_TO_TM,ADDR_PCT_CD,RPT_DT,',
    ',VIC_AGE_GROUP,VIC_RACE,VIC_SEX',
  ],
  ['nypd-b-na', 35, 'CMPLNT_NUM,CMPLNT_FR_DT,', ',PATROL_BORO,STATION_NAME,VIC_AGE_GROUP,VIC_RACE,VIC_SEX'],
  ['nypd-c', 35, 'CMPLNT_NUM,CMPLNT_FR_DT,', ',PATROL_BORO,STATION_NAME,VIC_AGE_GROUP,VIC_RACE,VIC_SEX'],
  [
    'nypd-d',
    35,
    'CMPLNT_NUM,ADDR_PCT_CD,BORO_NM,CMPLNT_FR_DT,',
    ',X_COORD_CD,Y_COORD_CD,Latitude,Longitude,Lat_Lon',
  ],
  ['nypd-e', 36, '"CMPLNT_NUM","ADDR_PCT_CD","BORO_NM",', ',"Lat_Lon","New Georeferenced Column"'],
  ['nypd-f', 37, ',addr_pct_cd,boro_nm,cmplnt_fr_dt,cmplnt_fr_tm,cmplnt_num,', ',x_coord_cd,y_coord_cd'],
  ['nypd-g', 35, 'cmplnt_num,cmplnt_fr_dt,', ',vic_age_group,vic_race,vic_sex'],
  ['nypd-g-ytd', 36, 'cmplnt_num,addr_pct_cd,boro_nm,', ',lat_lon,geocoded_column'],
  [
    'lapd-a',
    28,
    'DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,AREA NAME,Rpt Dist No,Part 1-2,',
    ',Crm Cd 4,LOCATION,Cross Street,LAT,LON',
  ],
  ['lapd-b', 28, 'DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,', ',Crm Cd 4,LOCATION,Cross Street,LAT,LON'],
  ['lapd-b2', 28, 'DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,', ',Crm Cd 1,,,,LOCATION,Cross Street,LAT,LON'],
  ['lapd-c', 28, 'DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA,', ',Crm Cd 4,LOCATION,Cross Street,LAT,LON'],
  [
    'lapd-d',
    36,
    'DR_NO,Date Rptd,DATE OCC,DATE OCC,month,day,year,weeknum,dayofweek,month_text,week_text,TIME OCC,',
    ',LAT,LON',
  ],
  ['lapd-e', 28, 'DR_NO,Date Rptd,DATE OCC,TIME OCC,AREA ,AREA NAME,', ',LAT,LON'],
  [
    'lapd-h',
    26,
    'DR Number,Date Reported,Date Occurred,Time Occurred,Area ID,',
    ',Address,Cross Street,Location ',
  ],
  [
    'lapd-i',
    28,
    'dr_no,date_rptd,date_occ,time_occ,area,area_name,rpt_dist_no,part_1_2,',
    ',location,cross_street,lat,lon',
  ],
];

test('every vintage is covered by the header table', () => {
  expect(HEADERS.map(([vintage]) => vintage)).toEqual([...VINTAGES]);
});

test.each(HEADERS)(
  '%s has the published header, %i columns, on every line',
  (vintage, columns, start, end) => {
    const [header = '', ...body] = lines(vintage);
    expect(header.startsWith(start)).toBe(true);
    expect(header.endsWith(end)).toBe(true);
    expect(splitCells(header)).toHaveLength(columns);
    expect(body).toHaveLength(ROWS);
    for (const line of body) expect(splitCells(line)).toHaveLength(columns);
  },
);

describe('the formats of the vintages', () => {
  const shapes = (vintage: VintageId, column: string): Set<string> =>
    new Set(rows(vintage).map((row) => (row[column] ?? '').replace(/\d/g, '9')));

  test('NYPD dates, times and floats', () => {
    expect(shapes('nypd-b', 'RPT_DT')).toEqual(new Set(['99/99/9999']));
    expect(shapes('nypd-b', 'CMPLNT_FR_TM')).toEqual(new Set(['99:99:99']));
    expect(shapes('nypd-d', 'RPT_DT')).toEqual(new Set(['9/9/99', '9/99/99', '99/9/99', '99/99/99']));
    expect(shapes('nypd-d', 'CMPLNT_FR_TM')).toEqual(new Set(['9:99:99', '99:99:99']));
    expect(shapes('nypd-g', 'rpt_dt')).toEqual(new Set(['9999-99-99T99:99:99.999']));
    expect(rows('nypd-c').every((row) => /^\d+\.0$/.test(row.ADDR_PCT_CD ?? ''))).toBe(true);
    expect(rows('nypd-b-na').every((row) => /^[\d,]+$/.test(row.X_COORD_CD ?? ''))).toBe(true);
  });

  test('the quoted NYPD file writes absent text as (null) and absent numbers as nothing', () => {
    const some = rows('nypd-e').filter((row) => row.STATION_NAME === '(null)');
    expect(some.length).toBeGreaterThan(ROWS / 2);
    expect(some.every((row) => row.TRANSIT_DISTRICT === '')).toBe(true);
    expect(rows('nypd-e')[0]?.['New Georeferenced Column']).toMatch(/^POINT \(-7\d\.\d+ 4\d\.\d+\)$/);
  });

  test('byte order mark, line ends and the missing last one', () => {
    expect(text('nypd-b-na').startsWith('\uFEFFCMPLNT_NUM')).toBe(true);
    expect(text('nypd-d').endsWith('\n')).toBe(false);
    expect(text('lapd-c').match(/\r\n/g)).toHaveLength(ROWS + 1);
    expect(text('lapd-a')).not.toContain('\r');
  });

  test('LAPD dates: long, half touched by Excel (short up to day 12), Excel', () => {
    expect(shapes('lapd-a', 'DATE OCC')).toEqual(new Set(['99/99/9999 99:99:99 AM']));
    for (const row of rows('lapd-b')) {
      const date = row['DATE OCC'] ?? '';
      expect(date.endsWith(Number(date.slice(3, 5)) <= 12 ? ' 00:00' : ' 12:00:00 AM')).toBe(true);
    }
    expect(shapes('lapd-c', 'DATE OCC')).toEqual(
      new Set(['9/9/9999 9:99', '9/99/9999 9:99', '99/9/9999 9:99', '99/99/9999 9:99']),
    );
  });

  test('Excel loses the leading zeros of LAPD codes and times', () => {
    const [before, after] = [rows('lapd-a'), rows('lapd-b2')];
    for (const [index, row] of before.entries()) {
      expect(after[index]?.['TIME OCC']).toBe(String(Number(row['TIME OCC'])));
      expect(after[index]?.AREA).toBe(String(Number(row.AREA)));
    }
    expect(before.some((row) => (row['TIME OCC'] ?? '').startsWith('00'))).toBe(true);
  });

  test('the second DATE OCC is the Excel serial of the first', () => {
    const [, ...body] = lines('lapd-d');
    for (const line of body.slice(0, 50)) {
      const [, , date = '', serial = ''] = splitCells(line);
      const [month = 0, day = 0, year = 0] = (date.split(' ')[0] ?? '').split('/').map(Number);
      expect(Number(serial)).toBe(Date.UTC(year, month - 1, day) / 86_400_000 + 25_569);
    }
  });
});

test('one seed gives the same incidents in every vintage of a city', () => {
  const ids = (vintage: VintageId, column: string): (string | undefined)[] =>
    rows(vintage).map((row) => row[column]);
  for (const vintage of VINTAGES.filter((id) => id.startsWith('nypd'))) {
    const column = ['nypd-f', 'nypd-g', 'nypd-g-ytd'].includes(vintage) ? 'cmplnt_num' : 'CMPLNT_NUM';
    expect(ids(vintage, column)).toEqual(ids('nypd-b', 'CMPLNT_NUM'));
  }
  for (const vintage of VINTAGES.filter((id) => id.startsWith('lapd'))) {
    const column = vintage === 'lapd-h' ? 'DR Number' : vintage === 'lapd-i' ? 'dr_no' : 'DR_NO';
    expect(ids(vintage, column)).toEqual(ids('lapd-a', 'DR_NO'));
  }
  expect(new Set(ids('nypd-b', 'CMPLNT_NUM')).size).toBe(ROWS);
  expect(new Set(ids('lapd-a', 'DR_NO')).size).toBe(ROWS);
});

test('spellings of one NYPD point round to the same six decimals in every vintage', () => {
  const rounded = (vintage: VintageId): string[] =>
    rows(vintage).map((row) => Number(row.Latitude).toFixed(6));
  for (const vintage of ['nypd-a', 'nypd-c', 'nypd-d', 'nypd-e'] as const)
    expect(rounded(vintage)).toEqual(rounded('nypd-b'));
  for (const row of rows('nypd-d')) {
    expect(Number(/\((.+),/.exec(row.Lat_Lon ?? '')?.[1]).toFixed(6)).toBe(Number(row.Latitude).toFixed(6));
  }
});

test('an unknown vintage is refused with the ones that exist', async () => {
  const wish = { path: join(folder, 'x.csv'), vintage: 'nypd-z' as VintageId, rows: 1, seed: 1 };
  await expect(writeVintage(wish)).rejects.toThrow(GenerationError);
});
