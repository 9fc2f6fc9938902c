import type { Field } from '@crimetracker/adapter-kit';
import { beforeAll, describe, expect, it } from 'vitest';
import { agencyField, jurisdictionField, premisesField } from './place.js';
import { readTables } from './tables.js';

let jurisdiction: Field;
let agency: Field;
let premises: Field;
beforeAll(async () => {
  const tables = await readTables();
  jurisdiction = jurisdictionField(tables);
  agency = agencyField(tables);
  premises = premisesField(tables);
});

describe('NYPD precincts', () => {
  const read = (text: string) => jurisdiction.evaluate({ addr_pct_cd: text });

  it.each([
    ['75', 'Precinct 75'],
    ['75.0', 'Precinct 75'],
    [' 1 ', 'Precinct 1'],
    ['22', 'Precinct 22'],
  ])('%j is %s', (text, expected) => {
    expect(read(text)).toMatchObject({ values: { jurisdiction: expected } });
    expect(read(text).findings ?? []).toEqual([]);
  });

  it.each(['116', '121'])('the precinct %s, missing from older boundary files, is known', (text) => {
    expect(read(text).values.jurisdiction).toBe(`Precinct ${text}`);
  });

  it.each(['', ' ', '(null)'])('%j is null without a finding', (text) => {
    expect(read(text)).toEqual({ values: { jurisdiction: null }, rule: 'blank' });
  });

  it.each(['2', '124', '-99', '0', 'HOLLYWOOD'])('%j is no precinct: null, with a finding', (text) => {
    expect(read(text)).toMatchObject({ values: { jurisdiction: null }, findings: ['jurisdiction-unmapped'] });
  });
});

describe('NYPD agencies', () => {
  const read = (name: string, code: string) => agency.evaluate({ juris_desc: name, jurisdiction_code: code });

  it.each([
    ['N.Y. POLICE DEPT', '0', 'NYPD Patrol'],
    ['N.Y. TRANSIT POLICE', '1.0', 'NYPD Transit'],
    ['N.Y. HOUSING POLICE', '2', 'NYPD Housing'],
    ['PORT AUTHORITY', '3', 'Port Authority'],
  ])('%s is %s', (name, code, expected) => {
    expect(read(name, code).values.agency).toBe(expected);
  });

  it('murder rows have no jurisdiction code: the wording is enough', () => {
    expect(read('N.Y. POLICE DEPT', '').values.agency).toBe('NYPD Patrol');
  });

  it('a blank wording leaves the code, whose 0 is a value', () => {
    expect(read('(null)', '0.0').values.agency).toBe('NYPD Patrol');
  });

  it('both blank is null; a new agency is given as published, with a finding', () => {
    expect(read('', '')).toEqual({ values: { agency: null }, rule: 'blank' });
    expect(read('Harbor  Police', '0')).toMatchObject({
      values: { agency: 'Harbor Police' },
      findings: ['agency-unmapped'],
    });
    expect(read('', '98')).toMatchObject({
      values: { agency: 'Jurisdiction 98' },
      findings: ['agency-unmapped'],
    });
  });
});

describe('NYPD premises', () => {
  const read = (text: string) => premises.evaluate({ prem_typ_desc: text });

  it.each([
    ['STREET', 'Street'],
    ['RESIDENCE - APT. HOUSE', 'Residence'],
    ['GAS STATION', 'Retail'],
    ['HOMELESS SHELTER', 'Residence'],
    ['PARK/PLAYGROUND', 'Open space'],
    ['TRANSIT - NYC SUBWAY', 'Transportation'],
  ])('%s is %s', (text, expected) => {
    expect(read(text).values.location_category).toBe(expected);
  });

  it('murder rows have none: unknown without a finding', () => {
    for (const text of ['', '(null)'])
      expect(read(text)).toEqual({ values: { location_category: 'Unknown' }, rule: 'blank' });
  });

  it('new premises are Other, with a finding', () => {
    expect(read('SPACE PORT')).toMatchObject({
      values: { location_category: 'Other' },
      findings: ['premises-unmapped'],
    });
  });
});
