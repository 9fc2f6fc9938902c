import type { CityAdapter } from '@crimetracker/adapter-kit';
import { missingGroups, resolveHeader, standardiseRow } from '@crimetracker/adapter-kit';
import { beforeAll, describe, expect, it } from 'vitest';
import { nypd } from './nypd-adapter.js';

let adapter: CityAdapter;
beforeAll(async () => {
  adapter = await nypd.load();
});

/** A complete raw row: blank but for the given columns. */
const rowOf = (given: Readonly<Record<string, string>>) => ({
  ...Object.fromEntries(Object.keys(adapter.columns).map((name) => [name, ''])),
  ...given,
});
const read = (given: Readonly<Record<string, string>>) => standardiseRow(adapter, rowOf(given));

describe('NYPD headers', () => {
  it('every vintage is recognised as itself and reads every one of its named columns', () => {
    for (const { id, header } of adapter.vintages) {
      const resolved = resolveHeader(adapter, header);
      expect(resolved.vintage).toMatchObject({ id, isExact: true });
      expect(resolved.ignored.filter((name) => name !== '')).toEqual([]);
    }
  });

  it('columns may stand in any order', () => {
    const reversed = [...(adapter.vintages[0]?.header ?? [])].reverse();
    expect(resolveHeader(adapter, reversed).vintage.isExact).toBe(true);
  });

  it('an arrest file is not a complaint file', () => {
    const arrests =
      'ARREST_KEY,ARREST_DATE,PD_CD,PD_DESC,KY_CD,OFNS_DESC,LAW_CODE,LAW_CAT_CD,ARREST_BORO,ARREST_PRECINCT,' +
      'JURISDICTION_CODE,AGE_GROUP,PERP_SEX,PERP_RACE,X_COORD_CD,Y_COORD_CD,Latitude,Longitude';
    expect(missingGroups(adapter, arrests.split(','))).toEqual([
      ['cmplnt_num'],
      ['cmplnt_fr_dt'],
      ['rpt_dt'],
      ['addr_pct_cd'],
    ]);
  });
});

describe('NYPD rows', () => {
  it.each([
    ['12/31/2019', '2019-12-31'],
    ['12/31/19', '2019-12-31'],
    ['1/2/19', '2019-01-02'],
    ['2018-01-01T00:00:00.000', '2018-01-01'],
    ['10/11/1919', '1919-10-11'],
  ])('the date %s of one vintage or another is %s', (text, expected) => {
    expect(read({ rpt_dt: text, cmplnt_fr_dt: text }).values).toMatchObject({
      report_date: expected,
      occurred_date: expected,
    });
  });

  it.each([
    ['08:00:00', '08:00'],
    ['8:00:00', '08:00'],
    ['0:38:00', '00:38'],
  ])('the time %s is %s', (text, expected) => {
    expect(read({ cmplnt_fr_tm: text }).values.occurred_time).toBe(expected);
  });

  it('24:00:00 is the last minute of the same day, with a finding', () => {
    const { values, findings } = read({ cmplnt_fr_tm: '24:00:00', cmplnt_to_tm: '24:00:00' });
    expect(values).toMatchObject({ occurred_time: '23:59', occurred_end_time: '23:59' });
    expect(findings).toEqual(expect.arrayContaining(['occurred-time-24-00', 'end-time-24-00']));
  });

  it.each(['(null)', 'NA', '', ' '])('%j is no end of the occurrence, without a finding', (text) => {
    const { values, findings } = read({ cmplnt_to_dt: text, cmplnt_to_tm: text });
    expect(values).toMatchObject({ occurred_end_date: null, occurred_end_time: null });
    expect(findings.filter((id) => id.startsWith('end-'))).toEqual([]);
  });

  it('an H1 suffix of the id stays, a .0 of pandas goes', () => {
    expect(read({ cmplnt_num: ' 308374155H1 ' }).values.case_num).toBe('308374155H1');
    expect(read({ cmplnt_num: '968417082.0' }).values.case_num).toBe('968417082');
  });

  it('zero coordinates are not a place', () => {
    expect(read({ latitude: '0.0', longitude: '0' })).toMatchObject({
      values: { latitude: null, longitude: null, coordinate_quality: 'Zero' },
    });
  });

  it('8 and 15 decimals are one point', () => {
    const short = read({ latitude: '40.88733282', longitude: '-73.84725' }).values;
    const long = read({ latitude: '40.88733281800006', longitude: '-73.84725000000003' }).values;
    expect(short.latitude).toBe(long.latitude);
    expect(short.h3_r10).toBe(long.h3_r10);
  });

  it('what the source does not publish is null or Not recorded, never a guess', () => {
    expect(read({}).values).toMatchObject({
      arrest_made: null,
      cleared_other: null,
      victim_age_years: null,
      suspect_age_years: null,
      weapon_category: 'Not recorded',
    });
  });
});
