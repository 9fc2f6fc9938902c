import type { Field } from '@crimetracker/adapter-kit';
import { field, isBlank } from '@crimetracker/adapter-kit';
import type { CodeTable, StatusRow } from './code-tables.js';
import { wordingKey } from './code-tables.js';

/** Whether an arrest was made, or the case cleared otherwise, as at export: statuses change later. */
export function statusField(statuses: CodeTable<StatusRow>): Field {
  return field({
    inputs: ['status', 'status_desc'],
    outputs: ['arrest_made', 'cleared_other'],
    evaluate: ({ status, status_desc }) => {
      const nothing = { arrest_made: null, cleared_other: null };
      if (isBlank(status) && isBlank(status_desc)) return { values: nothing, rule: 'blank' };
      const row = isBlank(status)
        ? statuses.byWording.get(wordingKey(status_desc))
        : statuses.byCode.get(status.trim().toUpperCase());
      return row === undefined
        ? { values: nothing, findings: ['status-unmapped'], rule: 'unseen' }
        : {
            values: { arrest_made: row.arrest_made || null, cleared_other: row.cleared_other || null },
            rule: isBlank(status) ? 'by wording' : 'by code',
            note: row.note,
          };
    },
  });
}
