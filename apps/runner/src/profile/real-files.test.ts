import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'fast-csv';
import { describe, expect, it } from 'vitest';
import { sampleFiles, samplesAbsent } from '../acceptance/samples.js';
import { loadSources } from '../sources.js';
import type { Profile } from './profile-schema.js';
import { columnOf, observationIds, profileOf } from './testing-profile.js';

if (samplesAbsent)
  process.stdout.write(`Skipped: profiles of the real sample files, because ${samplesAbsent}.\n`);

/** Reads all records by another reader than the profile's. */
async function readRows(path: string): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of createReadStream(path)
    .pipe(createGunzip())
    .pipe(parse({ headers: false })))
    rows.push(row as string[]);
  return rows.slice(1);
}

const countBy = <T>(items: readonly T[]): Map<T, number> => {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};

describe.skipIf(samplesAbsent)('profiles of the real sample files', { timeout: 60_000 }, () => {
  it.each(samplesAbsent ? [] : sampleFiles().map((path) => [basename(path), path]))(
    'counts %s as a plain loop over its records does',
    async (_, path) => {
      const adapters = (await loadSources()).map(({ adapter }) => adapter);
      const [profile, rows] = await Promise.all([profileOf({ path }, { adapters }), readRows(path)]);
      expect(profile.records).toBe(rows.length);
      expect(profile.file?.malformed).toBe(0);
      for (const column of profile.columns) {
        const values = rows.map((row) => row[column.position - 1] ?? '');
        const filled = values.filter((value) => value !== '');
        const counts = countBy(filled);
        expect({ label: column.label, empty: column.kinds.empty ?? 0, distinct: column.distinct }).toEqual({
          label: column.label,
          empty: values.length - filled.length,
          distinct: counts.size,
        });
        expect(Object.values(column.kinds).reduce((sum, n) => sum + n, 0)).toBe(rows.length);
        const most = Math.max(0, ...counts.values());
        expect(column.top[0]?.records ?? 0).toBe(most);
        for (const { value, records } of column.top) expect(counts.get(value)).toBe(records);
        expect(column.repeated.values).toBe([...counts.values()].filter((n) => n > 1).length);
        expect(column.whitespace.double).toBe(filled.filter((value) => /\S\s{2,}\S/.test(value)).length);
        const lengths = [...counts.keys()].map((value) => value.length);
        expect(column.lengths).toEqual(
          lengths.length === 0 ? null : { min: Math.min(...lengths), max: Math.max(...lengths) },
        );
      }
      const id = profile.columns.find(({ label }) => label === profile.duplicates?.id_column);
      const others = rows.map((row) =>
        row.filter((_value, index) => index + 1 !== id?.position).join('\u001f'),
      );
      const groups = [...countBy(others)].filter(([, n]) => n > 1);
      expect(profile.duplicates?.identical_except_id).toEqual({
        groups: groups.length,
        records: groups.reduce((sum, [, n]) => sum + n, 0),
      });
    },
    60_000,
  );

  const named = async (name: string): Promise<Profile> => {
    const path = sampleFiles().find((file) => basename(file).startsWith(name));
    if (path === undefined) throw new Error(`No sample file ${name}.`);
    return profileOf({ path }, { adapters: (await loadSources()).map(({ adapter }) => adapter) });
  };

  it('recognises the source, the vintage, the id and the coordinates of a NYPD file', async () => {
    const profile = await named('ytd-36col-quoted');
    expect(profile.file?.source).toMatchObject({ id: 'nypd', vintage: { is_exact: true } });
    expect(profile.duplicates).toMatchObject({ id_column: 'CMPLNT_NUM', id_known_by: 'source' });
    expect(profile.coordinates[0]).toMatchObject({
      source: 'nypd',
      latitude: 'Latitude',
      longitude: 'Longitude',
      zeros: 5,
    });
    expect(columnOf(profile, 'PARKS_NM').markers[0]?.value).toBe('(null)');
  });

  it('shows the two date formats of the mixed LAPD file, its dummy times and the heaped 12:00', async () => {
    const profile = await named('present-28col-mixed-dates');
    expect(observationIds(profile, 'DATE OCC')).toEqual(
      expect.arrayContaining(['formats-mixed', 'time-dummy']),
    );
    const noon = columnOf(profile, 'TIME OCC').times?.heaps.find(({ what }) => what === '12:00');
    expect(noon?.index).toBeGreaterThan(10);
  });

  it('shows what pandas did to a NYPD file: integers with .0, thousands commas left', async () => {
    const profile = await named('historic-35col-pandas');
    expect(observationIds(profile, 'PD_CD')).toContain('decimal-zero');
    expect(observationIds(profile, 'HOUSING_PSA')).toContain('thousands-commas');
  });

  it('names the blank headers that a spreadsheet left in a LAPD file', async () => {
    const profile = await named('present-28col-excel-blank-headers');
    expect(profile.columns.slice(21, 24).map(({ label }) => label)).toEqual([
      'column 22',
      'column 23',
      'column 24',
    ]);
  });

  it('keeps the two columns of one name in a LAPD file apart', async () => {
    const profile = await named('present-36col-duplicate-header');
    expect(columnOf(profile, 'DATE OCC (3)').dates?.records).toBe(profile.records);
    expect(columnOf(profile, 'DATE OCC (4)').numbers?.records).toBe(profile.records);
  });
});
