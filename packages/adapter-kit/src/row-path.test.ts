import { ADAPTER_COLUMN_NAMES } from '@crimetracker/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field } from './field.js';
import { resolveHeader } from './resolve-header.js';
import { rawRowReader, standardiseRow, standardiseValues } from './row-path.js';
import { exampleAdapter } from './testing/example-adapter.js';

const adapter = await exampleAdapter.load();
const RAW = {
  report_no: ' A-1 ',
  reported: '1/2/20',
  occurred: '01/01/2020 12:00:00 AM',
  time: '2400',
  offence: '110.0',
  lat: '42.5',
  lon: '-71.5',
};

describe('standardiseRow', () => {
  it('gives every column of an adapter, in the order of the catalogue', () => {
    const { values } = standardiseRow(adapter, RAW);
    expect(Object.keys(values)).toEqual([...ADAPTER_COLUMN_NAMES]);
    expect(values).toMatchObject({
      case_num: 'A-1',
      report_date: '2020-01-02',
      occurred_date: '2020-01-01',
      occurred_time: '23:59',
      crime_code: '110',
      crime_category: 'Homicide',
      latitude: 42.5,
      coordinate_quality: 'Located',
      agency: 'Example PD',
      victim_age: null,
    });
  });

  it('traces each field: what it read and what it said', () => {
    const { trace } = standardiseRow(adapter, RAW);
    expect(trace.map(({ field }) => field)).toEqual(Object.keys(adapter.fields));
    expect(trace.find(({ field }) => field === 'time')).toEqual({
      field: 'time',
      inputs: { time: '2400' },
      outcome: {
        values: { occurred_time: '23:59' },
        findings: ['occurred-time-24-00'],
        rule: '24:00 as 23:59',
      },
    });
  });

  it('lists findings once each, in catalogue order', () => {
    const { findings } = standardiseRow(adapter, {
      ...RAW,
      reported: 'x',
      occurred: 'x',
      time: 'x',
      offence: 'x',
      lat: 'x',
    });
    expect(findings).toEqual([
      'report-date-unreadable',
      'occurred-date-unreadable',
      'occurred-time-unreadable',
      'offence-unmapped',
      'coordinates-unreadable',
    ]);
  });

  it('refuses a row that lacks a declared column or holds something else than text, naming each', () => {
    const { time: _time, ...incomplete } = RAW;
    expect(() => standardiseRow(adapter, incomplete)).toThrow(
      expect.objectContaining({ code: 'raw-row-invalid', exitCode: 1 }),
    );
    expect(() => standardiseRow(adapter, incomplete)).toThrow(/expd is not complete:\n {2}time: /);
  });

  it('ignores what is not a declared column, and passes fields their declared inputs only', () => {
    const seen: string[][] = [];
    const spying = {
      ...adapter,
      fields: {
        report: field({
          inputs: ['reported'],
          outputs: ['report_date'],
          evaluate: (raw) => {
            seen.push(Object.keys(raw));
            return { values: { report_date: null } };
          },
        }),
      },
    };
    standardiseRow(spying, { ...RAW, undeclared: 'x' });
    expect(seen).toEqual([['reported']]);
  });

  it('answers alike with and without trace, the first and the second time, for any texts', () => {
    const texts = fc.record(
      Object.fromEntries(
        Object.keys(RAW).map((name) => [name, fc.oneof(fc.string(), fc.constantFrom(...Object.values(RAW)))]),
      ),
    );
    fc.assert(
      fc.property(texts, (raw) => {
        const { trace: _trace, ...first } = standardiseRow(adapter, raw);
        expect(standardiseValues(adapter, raw)).toEqual(first);
        expect(standardiseValues({ ...adapter }, raw)).toEqual(first);
      }),
    );
  });

  it('does not take one pair of inputs for another that reads the same when joined', () => {
    const place = (lat: string, lon: string) =>
      standardiseValues(adapter, { ...RAW, lat, lon }).values.coordinate_quality;
    expect([
      place('42.5', '-71.5'),
      place('42.5-71.5', ''),
      place('', '42.5-71.5'),
      place('4', '2.5-71.5'),
    ]).toEqual(['Located', 'Missing', 'Missing', 'Unreadable']);
  });

  it('standardises at least 10,000 rows a second', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => ({
      ...RAW,
      report_no: `A-${index}`,
      time: String((index % 24) * 100),
      lat: String(42 + (index % 997) / 1000),
    }));
    const startedAt = performance.now();
    for (const row of rows) standardiseValues(adapter, row);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('rawRowReader', () => {
  it('gives every declared column as text: from the file, from the vintage, else empty', () => {
    const city = {
      ...adapter,
      columns: { ...adapter.columns, date_order: { description: 'How dates are written.' } },
      vintages: [
        {
          id: 'four',
          description: 'Four.',
          header: ['', 'Offence', 'Report No', 'Reported', 'Occurred'],
          constants: { date_order: 'day-first' },
        },
      ],
    };
    const read = rawRowReader(
      city,
      resolveHeader(city, ['', 'Offence', 'Report No', 'Reported', 'Occurred']),
    );
    expect(read(['0', '110', 'A-1', '1/2/20', '1/1/20'])).toEqual({
      report_no: 'A-1',
      reported: '1/2/20',
      occurred: '1/1/20',
      time: '',
      offence: '110',
      lat: '',
      lon: '',
      date_order: 'day-first',
    });
    expect(read(['0', '110', 'A-1'])).toMatchObject({ reported: '', occurred: '' });
  });
});
