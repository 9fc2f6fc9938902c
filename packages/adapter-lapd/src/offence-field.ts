import type { Field } from '@crimetracker/adapter-kit';
import { collapse, digitsOf, field, isBlank } from '@crimetracker/adapter-kit';
import type { FindingId, LawClass } from '@crimetracker/schema';
import type { CodeTable, OffenceRow } from './code-tables.js';
import { wordingKey } from './code-tables.js';

/**
 * The offence: by number, or by wording where the number is blank.
 *
 * A number never seen before stays `Other` even when its wording is known: LAPD keys on the number
 * and rewords freely.
 */
export function offenceField(offences: CodeTable<OffenceRow>): Field {
  return field({
    inputs: ['crm_cd', 'crm_cd_desc', 'part_1_2'],
    outputs: ['crime_code', 'crime_category', 'nibrs_code', 'mapping_confidence', 'law_class'],
    evaluate: ({ crm_cd, crm_cd_desc, part_1_2 }) => {
      const byWording = isBlank(crm_cd);
      const row = byWording
        ? offences.byWording.get(wordingKey(crm_cd_desc))
        : offences.byCode.get(digitsOf(crm_cd));
      const law = lawClass(part_1_2, row);
      if (row === undefined) {
        return {
          values: {
            crime_code: digitsOf(crm_cd) || collapse(crm_cd) || null,
            crime_category: 'Other',
            nibrs_code: null,
            mapping_confidence: 'low',
            law_class: law.value,
          },
          findings: ['offence-unmapped', ...law.findings],
          rule: byWording ? (isBlank(crm_cd_desc) ? 'no offence' : 'unseen wording') : 'unseen number',
          confidence: 'low',
        };
      }
      return {
        values: {
          crime_code: row.crm_cd,
          crime_category: row.crime_category,
          nibrs_code: row.nibrs_code === '' ? null : row.nibrs_code,
          mapping_confidence: row.confidence,
          law_class: law.value,
        },
        findings: law.findings,
        rule: byWording ? 'by wording' : 'by number',
        confidence: row.confidence,
        note: row.note,
      };
    },
  });
}

/** The published part, or where the vintage has no such column the part of the code. */
function lawClass(
  part: string,
  row: OffenceRow | undefined,
): { value: LawClass; findings: readonly FindingId[] } {
  const published = isBlank(part) ? row?.part : digitsOf(part);
  if (published === '1') return { value: 'Part 1', findings: [] };
  if (published === '2') return { value: 'Part 2', findings: [] };
  return { value: 'Unknown', findings: isBlank(part) ? [] : ['law-class-unmapped'] };
}
