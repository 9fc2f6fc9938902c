import type { Field } from '@crimetracker/adapter-kit';
import { field } from '@crimetracker/adapter-kit';
import type { LawClass } from '@crimetracker/schema';
import { publishedText } from './published-text.js';

/** The letters are those of the arrest file. */
const LAW_CLASS_OF: ReadonlyMap<string, LawClass> = new Map([
  ['FELONY', 'Felony'],
  ['F', 'Felony'],
  ['MISDEMEANOR', 'Misdemeanor'],
  ['M', 'Misdemeanor'],
  ['VIOLATION', 'Violation'],
  ['V', 'Violation'],
]);

/** Level of the offence from LAW_CAT_CD; blank is Unknown without a finding. */
export function lawClassField(): Field {
  return field({
    inputs: ['law_cat_cd'],
    outputs: ['law_class'],
    evaluate: (raw) => {
      const text = publishedText(raw.law_cat_cd);
      const known = LAW_CLASS_OF.get(text);
      if (known !== undefined) return { values: { law_class: known }, rule: 'law category' };
      if (text === '') return { values: { law_class: 'Unknown' }, rule: 'blank' };
      return { values: { law_class: 'Unknown' }, findings: ['law-class-unmapped'], rule: 'unmapped' };
    },
  });
}
