import { rawRowReader, resolveHeader, standardiseRow } from '@crimetracker/adapter-kit';
import { describe, expect, it } from 'vitest';
import { lapd } from './lapd-adapter.js';

const adapter = await lapd.load();

function vintage(id: string) {
  const found = adapter.vintages.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`No vintage ${id}.`);
  return found;
}

/** Standardises one record of a vintage; cells not named are empty. */
function standardise(id: string, cells: Readonly<Record<string, string>>) {
  const { header } = vintage(id);
  const unknown = Object.keys(cells).filter((name) => !header.includes(name));
  if (unknown.length > 0) throw new Error(`${id} has no column ${unknown.join(', ')}.`);
  const read = rawRowReader(adapter, resolveHeader(adapter, header));
  const used = new Set<string>();
  return standardiseRow(
    adapter,
    read(
      header.map((name) => {
        const cell = used.has(name) ? 'the second column' : (cells[name] ?? '');
        used.add(name);
        return cell;
      }),
    ),
  );
}

const EXPORT = 'lapd-2020-present-28';
const CELLS = {
  DR_NO: '200312345',
  'Date Rptd': '01/08/2020 12:00:00 AM',
  'DATE OCC': '01/07/2020 12:00:00 AM',
  'TIME OCC': '0845',
  AREA: '03',
  'AREA NAME': 'Southwest',
  'Part 1-2': '2',
  'Crm Cd': '624',
  'Crm Cd Desc': 'BATTERY - SIMPLE ASSAULT',
  'Vict Age': '36',
  'Vict Sex': 'F',
  'Vict Descent': 'B',
  'Premis Cd': '501',
  'Premis Desc': 'SINGLE FAMILY DWELLING',
  'Weapon Used Cd': '400',
  Status: 'AO',
  'Status Desc': 'Adult Other',
  LAT: '34.0141',
  LON: '-118.2978',
};

describe('the header vintages of LAPD', () => {
  it.each(adapter.vintages.map(({ id }) => id))('%s is recognised as itself', (id) => {
    const resolved = resolveHeader(adapter, vintage(id).header);
    expect(resolved.vintage).toMatchObject({ id, isExact: true });
  });

  it.each(adapter.vintages.map(({ id }) => id))(
    '%s is read the same with its columns in reverse order',
    (id) => {
      const { header } = vintage(id);
      const forward = resolveHeader(adapter, header);
      const reverse = resolveHeader(adapter, [...header].reverse());
      const columnsOf = (names: readonly (string | null)[]) => names.filter((name) => name !== null).sort();
      expect(columnsOf(reverse.columnOf)).toEqual(columnsOf(forward.columnOf));
      expect(reverse.constants).toEqual(forward.constants);
    },
  );

  it('a whole row of the untouched export', () => {
    expect(standardise(EXPORT, CELLS)).toMatchObject({
      findings: [],
      values: {
        report_date: '2020-01-08',
        occurred_date: '2020-01-07',
        occurred_time: '08:45',
        crime_code: '624',
        crime_category: 'Simple assault',
        nibrs_code: '13B',
        mapping_confidence: 'high',
        law_class: 'Part 2',
        jurisdiction: 'Southwest',
        agency: 'LAPD',
        case_num: '200312345',
        victim_age: '25-44',
        victim_age_years: 36,
        victim_sex: 'Female',
        victim_race_group: 'Black',
        victim_type: 'Person',
        location_category: 'Residence',
        weapon_category: 'Bodily force',
        arrest_made: 'No',
        cleared_other: 'Yes',
        latitude: 34.0141,
        longitude: -118.2978,
        coordinate_quality: 'Located',
        suspect_age: null,
        suspect_sex: null,
        suspect_race_group: null,
        suspect_age_years: null,
        occurred_end_date: null,
        occurred_end_time: null,
      },
    });
  });

  it('AREA with a trailing blank, as the 2010 to 2019 export writes it', () => {
    const { AREA, ...others } = CELLS;
    expect(
      standardise('lapd-2010-2019-28', { ...others, 'AREA ': AREA, 'AREA NAME': '' }).values.jurisdiction,
    ).toBe('Southwest');
  });

  it('blank header names stand for columns that are not read', () => {
    const resolved = resolveHeader(adapter, vintage('lapd-2020-excel-blank-headers-28').header);
    expect(resolved.ignored).toEqual(['', '', '']);
    expect(standardise('lapd-2020-excel-blank-headers-28', CELLS).values.location_category).toBe('Residence');
  });

  it('of two DATE OCC columns the first is read, not the spreadsheet serial', () => {
    const result = standardise('lapd-2020-2021-duplicate-date-36', {
      ...CELLS,
      'DATE OCC': '4/28/2020 0:00',
    });
    expect(result.values.occurred_date).toBe('2020-04-28');
    expect(result.findings).toEqual([]);
    expect(
      resolveHeader(adapter, vintage('lapd-2020-2021-duplicate-date-36').header).notes.join(' '),
    ).toContain('44119');
  });

  it('two DATE OCC columns in any other header are refused', () => {
    expect(() => resolveHeader(adapter, [...vintage(EXPORT).header, 'DATE OCC'])).toThrow(/more than once/);
  });

  it('lower-case names and ISO dates of the interface', () => {
    const { values } = standardise('lapd-api-28', {
      dr_no: '200312345',
      date_rptd: '2020-01-08T00:00:00.000',
      date_occ: '2020-01-07T00:00:00.000',
      time_occ: '2230',
      area: '03',
      crm_cd: '624',
      part_1_2: '2',
      weapon_used_cd: '400',
      status: 'IC',
      lat: '34.0141',
      lon: '-118.2978',
    });
    expect(values).toMatchObject({
      report_date: '2020-01-08',
      occurred_date: '2020-01-07',
      occurred_time: '22:30',
    });
  });

  it('the point column of 2010 to 2017 is not taken for the address', () => {
    const { values } = standardise('lapd-2010-2017-26', {
      'DR Number': '1208575',
      'Date Reported': '03/14/2013',
      'Date Occurred': '03/11/2013',
      'Time Occurred': '1800',
      'Area ID': '12',
      'Crime Code': '510',
      'Status Code': 'AA',
      Address: '6300    BRYNHURST                    AV',
      'Location ': '(33.9829, -118.3338)',
    });
    expect(values).toMatchObject({
      case_num: '001208575',
      report_date: '2013-03-14',
      jurisdiction: '77th Street',
      law_class: 'Part 1',
      latitude: 33.9829,
      longitude: -118.3338,
      coordinate_quality: 'Located',
      arrest_made: 'Yes',
      weapon_category: 'Not applicable',
    });
  });

  it('the cut without weapon and status says so and does not pretend', () => {
    const { values, findings } = standardise('lapd-derived-snake-case-16', {
      dr_no: '10304468',
      date_rptd: '2020-01-08',
      date_occ: '2020-01-08',
      time_occ: '2230',
      area_name: 'N Hollywood',
      crm_cd: '624',
      vict_age: '36',
      vict_sex: 'F',
      vict_descent: 'B',
      premis_desc: 'SINGLE FAMILY DWELLING',
      lat: '34.0141',
      lon: '-118.2978',
    });
    expect(values).toMatchObject({
      case_num: '010304468',
      jurisdiction: 'N Hollywood',
      weapon_category: 'Not recorded',
      arrest_made: null,
      cleared_other: null,
      law_class: 'Part 2',
      location_category: 'Residence',
    });
    expect(findings).toEqual([]);
  });

  it('the day-first cut: 8/01/2020 is 8 January, words stand for codes', () => {
    const { values, findings } = standardise('lapd-derived-day-first-12', {
      id: '404158',
      division_number: '210804296',
      date_reported: '8/01/2020',
      date_occured: '4/01/2020',
      time_occured: '1025',
      area_name: 'West LA',
      crime_category: 'Other',
      crime_description: 'EXTORTION',
      victim_age: '49',
      victim_sex: 'Male',
      victim_descent_name: 'Hispanic/Latin/Mexican',
      premis_desc: 'CYBERSPACE',
    });
    expect(values).toMatchObject({
      case_num: '210804296',
      report_date: '2020-01-08',
      occurred_date: '2020-01-04',
      occurred_time: '10:25',
      crime_code: '940',
      crime_category: 'Fraud and forgery',
      jurisdiction: 'West LA',
      victim_sex: 'Male',
      victim_race_group: 'Hispanic',
      location_category: 'Online',
      weapon_category: 'Not recorded',
      arrest_made: null,
    });
    expect(findings).toEqual(['coordinates-missing']);
  });

  it('the day-first cut with a column more is refused, since its dates would be read month-first', () => {
    expect(() => resolveHeader(adapter, [...vintage('lapd-derived-day-first-12').header, 'notes'])).toThrow(
      /dr_no/,
    );
  });

  it('the six-column cut without a report date is refused and says what it lacks', () => {
    expect(() =>
      resolveHeader(adapter, ['Crime_id', 'AreaCode', 'CrimeCode', 'DateOccured', 'Latitude', 'Longitude']),
    ).toThrow(/date_rptd/);
  });
});

describe('the quirks of LAPD rows', () => {
  it('two date formats in one row, both month-first', () => {
    const row = standardise(EXPORT, {
      ...CELLS,
      'Date Rptd': '04/14/2020 12:00:00 AM',
      'DATE OCC': '01/08/2020 00:00',
    });
    expect(row.values).toMatchObject({ report_date: '2020-04-14', occurred_date: '2020-01-08' });
    expect(row.findings).toEqual([]);
  });

  it.each([
    ['1', '00:01'],
    ['0001', '00:01'],
    ['75', null],
    ['845', '08:45'],
    ['2130', '21:30'],
    ['75.0', null],
    ['59', '00:59'],
  ])('time of occurrence %s', (text, time) => {
    const row = standardise(EXPORT, { ...CELLS, 'TIME OCC': text });
    expect(row.values.occurred_time).toBe(time);
    expect(row.findings).toEqual(time === null ? ['occurred-time-unreadable'] : []);
  });

  it('time 2400 is the last minute of the day, and says so', () => {
    const row = standardise(EXPORT, { ...CELLS, 'TIME OCC': '2400' });
    expect(row.values.occurred_time).toBe('23:59');
    expect(row.findings).toEqual(['occurred-time-24-00']);
  });

  it.each(['010304468', '10304468', ' 10304468 ', '10304468.0'])(
    'DR_NO %j gets its lost zero back',
    (text) => {
      expect(standardise(EXPORT, { ...CELLS, DR_NO: text }).values.case_num).toBe('010304468');
    },
  );

  it('a blank DR_NO stays null, not a row of zeros', () => {
    expect(standardise(EXPORT, { ...CELLS, DR_NO: ' ' }).values.case_num).toBeNull();
  });

  it.each([
    ['0', '0'],
    ['0.0', '0.0000'],
  ])('coordinates (%s, %s) are missing, not a place', (LAT, LON) => {
    const row = standardise(EXPORT, { ...CELLS, LAT, LON });
    expect(row.values).toMatchObject({ latitude: null, longitude: null, coordinate_quality: 'Zero' });
    expect(row.findings).toEqual(['coordinates-zero']);
  });

  it('a latitude of 34 without decimals is a place', () => {
    expect(standardise(EXPORT, { ...CELLS, LAT: '34' }).values.latitude).toBe(34);
  });

  it('coordinates of another city are outside', () => {
    expect(standardise(EXPORT, { ...CELLS, LAT: '40.7', LON: '-73.9' }).findings).toEqual([
      'coordinates-outside-city',
    ]);
  });
});
