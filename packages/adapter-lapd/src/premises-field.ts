import type { Field } from '@crimetracker/adapter-kit';
import { digitsOf, field, isBlank } from '@crimetracker/adapter-kit';
import type { CodeTable, PremisesRow } from './code-tables.js';
import { wordingKey } from './code-tables.js';

/** The kind of place: by number, and by wording where the number is blank or new. */
export function premisesField(premises: CodeTable<PremisesRow>): Field {
  return field({
    inputs: ['premis_cd', 'premis_desc'],
    outputs: ['location_category'],
    evaluate: ({ premis_cd, premis_desc }) => {
      if (isBlank(premis_cd) && isBlank(premis_desc)) {
        return { values: { location_category: 'Unknown' }, rule: 'blank' };
      }
      const byNumber = premises.byCode.get(digitsOf(premis_cd));
      const row = byNumber ?? premises.byWording.get(wordingKey(premis_desc));
      return row === undefined
        ? {
            values: { location_category: 'Other' },
            findings: ['premises-unmapped'],
            rule: 'unseen',
            confidence: 'low',
          }
        : {
            values: { location_category: row.location_category },
            rule: byNumber === undefined ? 'by wording' : 'by number',
            confidence: row.confidence,
            note: row.note,
          };
    },
  });
}
