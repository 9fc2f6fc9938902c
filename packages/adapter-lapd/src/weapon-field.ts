import type { Field } from '@crimetracker/adapter-kit';
import { digitsOf, field, isBlank } from '@crimetracker/adapter-kit';
import type { CodeTable, OffenceRow, WeaponRow } from './code-tables.js';
import { wordingKey } from './code-tables.js';
import { NOT_PUBLISHED } from './not-published.js';

/**
 * The weapon. A blank means two things: no weapon for offences whose form is left blank by practice (theft,
 * burglary), and unknown for offences whose weapon is always recorded (assault, robbery, threats).
 */
export function weaponField(weapons: CodeTable<WeaponRow>, offences: CodeTable<OffenceRow>): Field {
  return field({
    inputs: ['weapon_used_cd', 'weapon_desc', 'crm_cd'],
    outputs: ['weapon_category'],
    evaluate: ({ weapon_used_cd, weapon_desc, crm_cd }) => {
      if (weapon_used_cd === NOT_PUBLISHED) {
        return { values: { weapon_category: 'Not recorded' }, rule: 'the file has no weapon column' };
      }
      const isCodeBlank = isBlank(weapon_used_cd);
      if (isCodeBlank && isBlank(weapon_desc)) return blankWeapon(offences.byCode.get(digitsOf(crm_cd)));
      const row = isCodeBlank
        ? weapons.byWording.get(wordingKey(weapon_desc))
        : weapons.byCode.get(digitsOf(weapon_used_cd));
      return row === undefined
        ? {
            values: { weapon_category: 'Other' },
            findings: ['weapon-unmapped'],
            rule: isCodeBlank ? 'unseen wording' : 'unseen number',
            confidence: 'low',
          }
        : {
            values: { weapon_category: row.weapon_category },
            rule: isCodeBlank ? 'by wording' : 'by number',
            confidence: row.confidence,
            note: row.note,
          };
    },
  });
}

function blankWeapon(offence: OffenceRow | undefined) {
  if (offence === undefined) {
    return {
      values: { weapon_category: 'Unknown' },
      rule: 'blank, practice for this offence not known',
    } as const;
  }
  const note =
    offence.weapon_rows === ''
      ? 'Practice not measured.'
      : `${offence.weapon_filled} of ${offence.weapon_rows} measured reports of this offence carry a weapon.`;
  return offence.weapon_recorded === 'yes'
    ? ({
        values: { weapon_category: 'Unknown' },
        rule: 'blank though always recorded for this offence',
        note,
      } as const)
    : ({
        values: { weapon_category: 'Not applicable' },
        rule: 'blank by practice for this offence',
        note,
      } as const);
}
