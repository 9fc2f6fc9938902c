import type { Field } from '@crimetracker/adapter-kit';
import { digitsOf, field } from '@crimetracker/adapter-kit';
import type { AreaRow, CodeTable } from './code-tables.js';
import { wordingKey } from './code-tables.js';

/** The area responsible for the place: by number, or by name where the number is not one of the 21. */
export function areaField(areas: CodeTable<AreaRow>): Field {
  return field({
    inputs: ['area', 'area_name'],
    outputs: ['jurisdiction'],
    evaluate: ({ area, area_name }) => {
      const byNumber = areas.byCode.get(digitsOf(area));
      const row = byNumber ?? areas.byWording.get(wordingKey(area_name));
      return row === undefined
        ? {
            values: { jurisdiction: null },
            findings: ['jurisdiction-unmapped'],
            rule: 'not one of the 21 areas',
          }
        : { values: { jurisdiction: row.area_name }, rule: byNumber === undefined ? 'by name' : 'by number' };
    },
  });
}
