import { expect, it } from 'vitest';
import { lawClassField } from './law-class.js';

const read = (text: string) => lawClassField().evaluate({ law_cat_cd: text });

it.each([
  ['FELONY', 'Felony'],
  ['M', 'Misdemeanor'],
  ['VIOLATION', 'Violation'],
  ['', 'Unknown'],
  ['(null)', 'Unknown'],
])('NYPD law category %j is %s', (text, expected) => {
  expect(read(text).values.law_class).toBe(expected);
  expect(read(text).findings ?? []).toEqual([]);
});

it.each(['I', '9'])('NYPD law category %s of the arrest file is unknown, with a finding', (text) => {
  expect(read(text)).toMatchObject({ values: { law_class: 'Unknown' }, findings: ['law-class-unmapped'] });
});
