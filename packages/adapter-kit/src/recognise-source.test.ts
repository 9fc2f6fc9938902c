import { describe, expect, it } from 'vitest';
import type { CityAdapter } from './city-adapter.js';
import { recogniseSource, resolveHeaderAs } from './recognise-source.js';
import { exampleAdapter } from './testing/example-adapter.js';

const example = await exampleAdapter.load();
const other: CityAdapter = {
  ...example,
  id: 'other',
  columns: { case_id: { description: 'Case.' }, offence: { description: 'Offence.' } },
  required: [['case_id']],
  vintages: [{ id: 'other-2', description: 'Two columns.', header: ['Case ID', 'Offence'] }],
};
const adapters = [example, other];
const EXAMPLE = ['Report No', 'Reported', 'Occurred', 'Time', 'Offence', 'Lat', 'Lon'];

describe('recogniseSource', () => {
  it('finds the source whose required columns are all there', () => {
    expect(recogniseSource(adapters, EXAMPLE).id).toBe('expd');
    expect(recogniseSource(adapters, ['offence', 'CASE_ID']).id).toBe('other');
  });

  it('says for every source what is missing and which header came nearest', () => {
    expect(() => recogniseSource(adapters, ['Reported', 'Occurred', 'Offence'])).toThrow(
      [
        'The header is of no known source.',
        '  expd: lacks report_no; nearest portal-7 (Portal export, 7 columns.), 42% of names in common',
        '  other: lacks case_id; nearest other-2 (Two columns.), 25% of names in common',
      ].join('\n'),
    );
  });

  it('does not choose between two sources that both fit', () => {
    expect(() => recogniseSource(adapters, [...EXAMPLE, 'Case ID'])).toThrow(
      expect.objectContaining({ code: 'header-ambiguous', exitCode: 2, where: { sources: 'expd,other' } }),
    );
  });
});

describe('resolveHeaderAs', () => {
  it('says whose file it is when the wrong source was named', () => {
    expect(() => resolveHeaderAs(other, adapters, EXAMPLE)).toThrow(
      'This is a expd file (portal-7), given as other.',
    );
    expect(() => resolveHeaderAs(other, adapters, EXAMPLE)).toThrow(
      expect.objectContaining({ code: 'header-wrong-source', exitCode: 2 }),
    );
  });

  it('resolves for the source that was named, also where several would fit', () => {
    expect(resolveHeaderAs(other, adapters, ['Case ID', 'Offence']).vintage.id).toBe('other-2');
    expect(resolveHeaderAs(other, adapters, [...EXAMPLE, 'Case ID']).columnOf.at(-1)).toBe('case_id');
  });

  it('says what is missing when the header is nobody’s', () => {
    expect(() => resolveHeaderAs(other, adapters, ['x'])).toThrow(
      expect.objectContaining({ code: 'header-unknown' }),
    );
  });
});
