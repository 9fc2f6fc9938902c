import type { CityAdapter, RawRow, RowValues } from '@crimetracker/adapter-kit';
import { standardiseValues } from '@crimetracker/adapter-kit';
import type { FindingId } from '@crimetracker/schema';
import { ADAPTER_COLUMN_NAMES } from '@crimetracker/schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { nypd } from './nypd-adapter.js';
import type { SampleFile } from './testing/sample-files.js';
import { readSample, SAMPLE_FILES, whyNoSharedFolder } from './testing/sample-files.js';

interface ReadRow extends RowValues {
  readonly file: SampleFile;
  readonly raw: RawRow;
}

const absent = whyNoSharedFolder();
const vintageOf = new Map<SampleFile, string>();
const rows: ReadRow[] = [];

beforeAll(async () => {
  if (absent !== undefined) return;
  const adapter: CityAdapter = await nypd.load();
  for (const file of SAMPLE_FILES) {
    const sample = await readSample(adapter, file);
    vintageOf.set(file, sample.vintageId);
    for (const raw of sample.rows) rows.push({ file, raw, ...standardiseValues(adapter, raw) });
  }
});

const inFile = (file: SampleFile) => rows.filter((row) => row.file === file);
const withFinding = (id: FindingId) => rows.filter((row) => row.findings.includes(id));

describe('real NYPD files', () => {
  it('are recognised by their header', (context) => {
    if (absent !== undefined) return context.skip(absent);
    expect([...vintageOf]).toEqual([
      ['historic-24col-2015', 'historic-24'],
      ['historic-35col-2010', 'historic-35'],
      ['historic-35col-pandas-2006-2019', 'historic-35'],
      ['ytd-35col-excel-2019', 'ytd-35-excel'],
      ['ytd-36col-quoted-2017-2023', 'ytd-36'],
    ]);
    expect(SAMPLE_FILES.map((file) => inFile(file).length)).toEqual([1511, 1469, 1192, 5980, 1132]);
  });

  it('hold no code that is not mapped and no date or time that is not read', (context) => {
    if (absent !== undefined) return context.skip(absent);
    const counts = new Map<string, number>();
    for (const { findings } of rows) for (const id of findings) counts.set(id, (counts.get(id) ?? 0) + 1);
    console.info(`findings in ${rows.length} real rows: ${JSON.stringify(Object.fromEntries(counts))}`);
    const unexpected = [...counts.keys()].filter((id) => /unmapped|by-class|unreadable/.test(id));
    expect(unexpected).toEqual([]);
  });

  it('keep every murder, although its detail, borough and premises are blank', (context) => {
    if (absent !== undefined) return context.skip(absent);
    const murders = rows.filter(({ values }) => values.crime_category === 'Homicide');
    expect(murders).toHaveLength(25);
    expect(
      murders.every(
        ({ raw, values }) => /^(\(null\))?$/.test(raw.pd_desc ?? '') && values.crime_code === '101',
      ),
    ).toBe(true);
    expect(murders.filter(({ values }) => String(values.case_num).endsWith('H1'))).toHaveLength(2);
  });

  it('have the dirt that was measured: one age of -56, five zero coordinates, three victims of sex L', (context) => {
    if (absent !== undefined) return context.skip(absent);
    expect(withFinding('victim-age-impossible')).toHaveLength(1);
    expect(withFinding('coordinates-zero')).toHaveLength(5);
    expect(withFinding('coordinates-missing')).toHaveLength(98);
    const undocumented = rows.filter(({ raw }) => raw.vic_sex === 'L');
    expect(undocumented.map(({ values }) => values.victim_type)).toEqual(['Person', 'Person', 'Person']);
  });

  it('have organisations and the State as victims without sex, age and race', (context) => {
    if (absent !== undefined) return context.skip(absent);
    const notPersons = rows.filter(({ raw }) => raw.vic_sex === 'D' || raw.vic_sex === 'E');
    expect(notPersons).toHaveLength(1195 + 1078);
    for (const { values } of notPersons) {
      expect([values.victim_sex, values.victim_age, values.victim_race_group]).toEqual([null, null, null]);
    }
  });

  it('say the same of an incident in two vintages, in every column both publish', (context) => {
    if (absent !== undefined) return context.skip(absent);
    const byCase = new Map<string, ReadRow[]>();
    for (const row of rows) {
      const key = String(row.values.case_num);
      byCase.set(key, [...(byCase.get(key) ?? []), row]);
    }
    const pairs = [...byCase.values()].filter((group) => group.length > 1);
    console.info(
      `NYPD incidents in two vintages: ${pairs.map((group) => group.map(({ file }) => file).join(' = ')).join('; ')}`,
    );
    expect(pairs.length).toBeGreaterThan(0);
    for (const [first, ...others] of pairs) {
      for (const other of others) {
        const is24 = [first, other].some((row) => row?.file === 'historic-24col-2015');
        const columns = ADAPTER_COLUMN_NAMES.filter((name) => !(is24 && /^(victim|suspect)_/.test(name)));
        for (const name of columns) expect(other.values[name], name).toBe(first?.values[name]);
      }
    }
  });
});
