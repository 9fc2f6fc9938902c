import { describe, expect, it } from 'vitest';
import type { CityAdapter } from './city-adapter.js';
import { resolveHeader } from './resolve-header.js';
import { exampleAdapter } from './testing/example-adapter.js';

const example = await exampleAdapter.load();
const HEADER = ['Report No', 'Reported', 'Occurred', 'Time', 'Offence', 'Lat', 'Lon'];

/** The example city with headers that need what a vintage can say. */
const city: CityAdapter = {
  ...example,
  columns: {
    ...example.columns,
    date_order: { description: 'How dates are written.' },
    place: { description: 'Address.' },
  },
  vintages: [
    ...example.vintages,
    {
      id: 'day-first-6',
      description: 'Uploaded by someone.',
      header: ['id', 'division', 'Reported', 'Occurred', 'Offence', ''],
      rename: { division: 'report_no' },
      constants: { date_order: 'day-first' },
    },
    {
      id: 'twice-8',
      description: 'Two Occurred.',
      header: [...HEADER, 'Occurred'],
      duplicates: { Occurred: 'the second is a spreadsheet serial' },
    },
    {
      id: 'lower-7',
      description: 'As the interface names them.',
      header: HEADER.map((name) => name.toLowerCase().replace(' ', '_')),
    },
  ],
};

describe('resolveHeader', () => {
  it('finds the columns of a known header', () => {
    expect(resolveHeader(city, HEADER)).toEqual({
      vintage: { id: 'portal-7', description: 'Portal export, 7 columns.', isExact: true, similarity: 1 },
      columnOf: ['report_no', 'reported', 'occurred', 'time', 'offence', 'lat', 'lon'],
      constants: {},
      missing: [],
      ignored: [],
      notes: [],
    });
  });

  it('tells vintages apart that differ in letter case only', () => {
    expect(
      resolveHeader(
        city,
        HEADER.map((name) => name.toLowerCase().replace(' ', '_')),
      ).vintage.id,
    ).toBe('lower-7');
  });

  it('finds columns by alias, in any order, and ignores blank and unknown names', () => {
    const { columnOf, ignored, vintage, notes } = resolveHeader(city, [
      '',
      'lon',
      ' OFFENCE ',
      'weekday',
      'Report Number',
      'occurred',
      '',
      'reported',
    ]);
    expect(columnOf).toEqual([null, 'lon', 'offence', null, 'report_no', 'occurred', null, 'reported']);
    expect(ignored).toEqual(['', 'weekday', '']);
    expect(vintage.isExact).toBe(false);
    expect(notes).toEqual([
      expect.stringMatching(/^No known header is exactly this; nearest is .* of names in common\.$/),
    ]);
  });

  it('applies rename and constants to an exact match in any order, with or without blank columns', () => {
    for (const header of [
      ['id', 'division', 'Reported', 'Occurred', 'Offence', ''],
      ['Offence', 'Occurred', 'Reported', 'Division', 'ID'],
    ]) {
      const { columnOf, constants, missing, vintage } = resolveHeader(city, header);
      expect(columnOf[header.findIndex((name) => /division/i.test(name))]).toBe('report_no');
      expect(constants).toEqual({ date_order: 'day-first' });
      expect(missing).not.toContain('date_order');
      expect(vintage).toMatchObject({ id: 'day-first-6', isExact: true });
    }
  });

  it('does not guess that a header near a vintage means what that vintage means', () => {
    expect(() => resolveHeader(city, ['id', 'division', 'Reported', 'Occurred', 'Offence', 'extra'])).toThrow(
      /lacks report_no\./,
    );
  });

  it('reads the first of two columns where a vintage says so, and tells why', () => {
    const { columnOf, notes, ignored } = resolveHeader(city, [...HEADER, 'Occurred']);
    expect(columnOf.slice(2)).toEqual(['occurred', 'time', 'offence', 'lat', 'lon', null]);
    expect(ignored).toEqual(['Occurred']);
    expect(notes).toEqual([
      '"Occurred" occurs again in column 8; the first is read: the second is a spreadsheet serial.',
    ]);
  });

  it('refuses a column that occurs twice elsewhere, by name and position', () => {
    expect(() => resolveHeader(city, [...HEADER, 'offence', 'TIME'])).toThrow(
      'The header has columns that occur more than once: "TIME" in columns 4 and 9; "offence" in columns 5 and 8.',
    );
    expect(() => resolveHeader(city, [...HEADER, 'weekday', 'weekday'])).not.toThrow();
  });

  it('refuses an alias that occurs twice, although the column has its own name too', () => {
    expect(() => resolveHeader(city, [...HEADER, 'report number', 'Report Number'])).toThrow(
      /"Report Number" in columns 8 and 9/,
    );
  });

  it('prefers the column’s own name to an alias, and notes the other', () => {
    const { columnOf, notes } = resolveHeader(city, ['Report Number', ...HEADER]);
    expect(columnOf.slice(0, 2)).toEqual([null, 'report_no']);
    expect(notes).toContain('"Report Number" is another name of report_no, which is read from "Report No".');
  });

  it('says what is missing and which header came nearest', () => {
    expect.assertions(4);
    try {
      resolveHeader(city, ['Reported', 'Occurred', 'Time', 'Lat', 'Lon']);
    } catch (error) {
      expect(error).toMatchObject({
        code: 'header-unknown',
        exitCode: 2,
        where: { source: 'expd', vintage: 'portal-7' },
      });
      expect(String(error)).toContain('the header lacks report_no, and offence.');
      expect(String(error)).toContain('portal-7 (Portal export, 7 columns.), 71% of names in common');
      expect(error).toHaveProperty('hint');
    }
  });

  it('names a group of columns of which one would do', () => {
    const either = { ...city, required: [['report_no'], ['lat', 'place']] };
    expect(() => resolveHeader(either, ['Report No'])).toThrow(/lacks one of lat or place\./);
    expect(resolveHeader(either, ['Report No', 'Place']).columnOf).toEqual(['report_no', 'place']);
  });

  it.each([[[]], [['', ' ']], [['123', '01/01/2020']], [['constructor', '__proto__', 'toString']]])(
    'refuses %j',
    (header) => {
      expect(() => resolveHeader(city, header)).toThrow(/the header lacks report_no/);
    },
  );

  it('names what occurs twice in a header that is also incomplete', () => {
    expect(() => resolveHeader(city, ['division', 'division', 'Reported'])).toThrow(
      /has more than once: division\./,
    );
  });
});
