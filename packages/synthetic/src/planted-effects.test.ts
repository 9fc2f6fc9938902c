import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIso, weekdayOf } from './calendar.js';
import { setUpCity } from './city-setup.js';
import { cellText, splitCells } from './csv-cells.js';
import type { City, Effects } from './effects.js';
import { generateRawFiles } from './generate-raw-files.js';
import { LAPD_OFFENCES } from './lapd-offences.js';
import { NYPD_OFFENCES } from './nypd-offences.js';
import type { Truth } from './truth.js';
import { readTruth } from './truth.js';
import { distanceM } from './world.js';

const SEED = 5;
const YEARS = [2019, 2020] as const;
const NONE: Effects = { hotspots: [], peaks: [], weaponTrends: [], anomalies: [], levelShifts: [] };

interface Row {
  readonly day: number;
  readonly hour: number;
  readonly category: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly weapon: string;
}

/** Category by what the raw row says of the offence. */
const CATEGORY = new Map<string, string>([
  ...Object.entries(NYPD_OFFENCES).flatMap(([label, rows]) =>
    rows.map((row) => [`${row[1]}/${row[3]}/${row[4]}`, label] as const),
  ),
  ...Object.entries(LAPD_OFFENCES).flatMap(([label, rows]) =>
    rows.map((row) => [String(row[1]), label] as const),
  ),
]);

async function readRows(folder: string, city: City, files: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const file of files) {
    const [header = '', ...lines] = (await readFile(join(folder, file), 'utf8'))
      .split('\n')
      .filter((line) => line !== '');
    const names = splitCells(header).map(cellText);
    for (const line of lines) {
      const cells = splitCells(line).map(cellText);
      const get = (name: string): string => cells[names.indexOf(name)] ?? '';
      const blank = (text: string): string => (text === '(null)' ? '' : text);
      const [month, day, year] = (city === 'nypd' ? get('CMPLNT_FR_DT') : get('DATE OCC').slice(0, 10)).split(
        '/',
      );
      rows.push({
        day: parseIso(`${year}-${month}-${day}`),
        hour: Number(city === 'nypd' ? get('CMPLNT_FR_TM').slice(0, 2) : get('TIME OCC').slice(0, 2)),
        category:
          CATEGORY.get(
            city === 'nypd'
              ? `${get('KY_CD')}/${blank(get('PD_CD'))}/${blank(get('PD_DESC'))}`
              : get('Crm Cd'),
          ) ?? 'unknown',
        latitude: Number(get(city === 'nypd' ? 'Latitude' : 'LAT')),
        longitude: Number(get(city === 'nypd' ? 'Longitude' : 'LON')),
        weapon: city === 'lapd' ? get('Weapon Used Cd') : '',
      });
    }
  }
  return rows;
}

let root = '';
let truth: Truth;
const planted: Partial<Record<City, Row[]>> = {};
const ordinary: Partial<Record<City, Row[]>> = {};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'synthetic-effects-'));
  const options = { rows: 80_000, seed: SEED, years: YEARS, nypdShare: 0.5, dirtRate: 0, duplicates: false };
  await generateRawFiles({ ...options, out: join(root, 'planted') });
  await generateRawFiles({ ...options, out: join(root, 'ordinary'), effects: NONE });
  truth = await readTruth(join(root, 'planted'));
  for (const [city, files] of [
    ['nypd', ['nypd-historic.csv', 'nypd-ytd.csv']],
    ['lapd', ['lapd-2010-2019.csv', 'lapd-2020-present.csv']],
  ] as const) {
    planted[city] = await readRows(join(root, 'planted'), city, files);
    ordinary[city] = await readRows(join(root, 'ordinary'), city, files);
  }
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const count = (rows: readonly Row[] | undefined, match: (row: Row) => boolean): number =>
  (rows ?? []).filter(match).length;

describe('what is planted is in the raw files', () => {
  test('as the truth counts it: hotspots, peaks, anomalies and weapons', () => {
    const { observed } = truth.planted;
    const inHotspots = truth.planted.hotspots.map((hotspot) =>
      count(
        planted[hotspot.city],
        (row) =>
          row.category === hotspot.category &&
          row.day >= parseIso(hotspot.from) &&
          row.day <= parseIso(hotspot.to) &&
          distanceM(hotspot.latitude, hotspot.longitude, row.latitude, row.longitude) <=
            hotspot.radiusM + 0.5,
      ),
    );
    expect(inHotspots).toEqual(observed.hotspots);
    const inPeaks = truth.planted.peaks.map((peak) =>
      count(
        planted[peak.city],
        (row) =>
          row.category === peak.category && weekdayOf(row.day) === peak.weekday - 1 && row.hour === peak.hour,
      ),
    );
    expect(inPeaks).toEqual(observed.peaks);
    const inWeeks = truth.planted.anomalies.map((anomaly) =>
      count(
        planted[anomaly.city],
        (row) =>
          row.category === anomaly.category &&
          row.day >= parseIso(anomaly.weekStart) &&
          row.day < parseIso(anomaly.weekStart) + 7,
      ),
    );
    expect(inWeeks).toEqual(observed.anomalies);
    const armed = count(
      planted.lapd,
      (row) =>
        ['Robbery', 'Aggravated assault'].includes(row.category) &&
        row.weapon.startsWith('1') &&
        !['113', '114'].includes(row.weapon),
    );
    const counted = Object.values(observed.weaponTrends[0] ?? {}).reduce(
      (sum, { firearms }) => sum + firearms,
      0,
    );
    expect(armed).toBe(counted);
  });

  test('hotspots have the planted factor, within what chance allows', () => {
    for (const [index, hotspot] of truth.planted.hotspots.entries()) {
      const { place, from, to } =
        setUpCity({ city: hotspot.city, seed: SEED, years: YEARS }).hotspots.filter(
          (_, other) => truth.planted.hotspots.filter(({ city }) => city === hotspot.city)[other] === hotspot,
        )[0] ?? expect.fail();
      const inPeriod = count(
        ordinary[hotspot.city],
        (row) =>
          row.category === hotspot.category &&
          row.day >= parseIso(hotspot.from) &&
          row.day <= parseIso(hotspot.to),
      );
      expect(to).toBeGreaterThan(from);
      const expected = inPeriod * place.share * hotspot.factor;
      const found = truth.planted.observed.hotspots[index] ?? 0;
      expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(expected) + 0.1 * expected);
    }
  });

  test('the peak hour has about its factor times the ordinary number', () => {
    for (const { city, category, weekday, hour, factor } of truth.planted.peaks) {
      const inPeak = (row: Row): boolean =>
        row.category === category && weekdayOf(row.day) === weekday - 1 && row.hour === hour;
      const ratio = count(planted[city], inPeak) / count(ordinary[city], inPeak);
      expect(ratio).toBeGreaterThan(factor * 0.65);
      expect(ratio).toBeLessThan(factor * 1.45);
    }
  });

  test('anomalous weeks stand out from the other weeks by about their factor', () => {
    for (const [index, { city, category, factor }] of truth.planted.anomalies.entries()) {
      const weeks = 104;
      const mean = count(ordinary[city], (row) => row.category === category) / weeks;
      const ratio = (truth.planted.observed.anomalies[index] ?? 0) / mean;
      expect(ratio).toBeGreaterThan(factor * 0.5);
      expect(ratio).toBeLessThan(factor * 1.6);
    }
  });

  test('level shifts move the level from their month on and not before', () => {
    for (const { city, category, month, factor } of truth.planted.levelShifts) {
      const start = parseIso(`${month}-01`);
      const ratio = (isAfter: boolean): number => {
        const inPart = (row: Row): boolean => row.category === category && row.day >= start === isAfter;
        return count(planted[city], inPart) / count(ordinary[city], inPart);
      };
      expect(ratio(true) / ratio(false)).toBeGreaterThan(factor * 0.85);
      expect(ratio(true) / ratio(false)).toBeLessThan(factor * 1.15);
    }
  });

  test('the share of firearms rises as planted', () => {
    const [trend = expect.fail()] = truth.planted.weaponTrends;
    const [from, to] = [parseIso(trend.from), parseIso(trend.to)];
    const share = (start: number, end: number): number => {
      const inPart = (row: Row): boolean =>
        trend.categories.includes(row.category) &&
        row.weapon !== '' &&
        (row.day - from) / (to - from) >= start &&
        (row.day - from) / (to - from) < end;
      return (
        count(
          planted.lapd,
          (row) => inPart(row) && row.weapon.startsWith('1') && !['113', '114'].includes(row.weapon),
        ) / count(planted.lapd, inPart)
      );
    };
    const at = (position: number): number => trend.shareFrom + (trend.shareTo - trend.shareFrom) * position;
    expect(Math.abs(share(0, 0.25) - at(0.125))).toBeLessThan(0.04);
    expect(Math.abs(share(0.75, 1) - at(0.875))).toBeLessThan(0.04);
  });
});

describe('the ordinary world', () => {
  test('mixes NYPD offences as published: petit larceny 17.6 %, harassment 13.5 %', () => {
    const total = Object.values(NYPD_OFFENCES)
      .flat()
      .reduce((sum, [weight]) => sum + weight, 0);
    const share = (codes: readonly number[]): number =>
      Object.values(NYPD_OFFENCES)
        .flat()
        .filter(([, code]) => codes.includes(code))
        .reduce((sum, [weight]) => sum + weight, 0) / total;
    expect(share([341])).toBeCloseTo(0.176, 2);
    expect(share([578])).toBeCloseTo(0.135, 2);
    expect(share([344])).toBeCloseTo(0.105, 2);
    expect(share([121, 351])).toBeCloseTo(0.095, 2);
    expect(share([109])).toBeCloseTo(0.087, 2);
  });

  test('knows every offence it writes', () => {
    for (const city of ['nypd', 'lapd'] as const)
      expect(count(ordinary[city], ({ category }) => category === 'unknown')).toBe(0);
  });

  test('puts NYPD sex crimes at one point per precinct and returns to the same street points', () => {
    const points = (match: (row: Row) => boolean): number =>
      new Set(
        ordinary.nypd
          ?.filter(match)
          .map(({ latitude, longitude }) => `${latitude.toFixed(6)},${longitude.toFixed(6)}`),
      ).size;
    expect(points(({ category }) => category === 'Rape')).toBeLessThanOrEqual(77);
    const all = ordinary.nypd?.length ?? 0;
    expect(points(() => true)).toBeLessThan(all * 0.75);
    expect(points(() => true)).toBeGreaterThan(all * 0.2);
  });

  test('heaps times at noon and one past midnight, which no LAPD report puts at 0000', () => {
    const noon = count(ordinary.nypd, ({ hour }) => hour === 12);
    expect(noon).toBeGreaterThan(count(ordinary.nypd, ({ hour }) => hour === 11));
    expect(noon).toBeGreaterThan(count(ordinary.nypd, ({ hour }) => hour === 13));
  });

  test('stays inside both cities', () => {
    expect(
      count(
        ordinary.nypd,
        ({ latitude, longitude }) =>
          latitude < 40.47 || latitude > 40.93 || longitude < -74.27 || longitude > -73.69,
      ),
    ).toBe(0);
    expect(
      count(
        ordinary.lapd,
        ({ latitude, longitude }) =>
          latitude < 33.6 || latitude > 34.4 || longitude < -118.75 || longitude > -118.1,
      ),
    ).toBe(0);
  });
});
