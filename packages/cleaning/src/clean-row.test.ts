import { FINDING_IDS } from '@crimetracker/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanRow } from './clean-row.js';
import { RULE_IDS, RULES } from './rules.js';
import { SOUND_CONTEXT, SOUND_ROW, testRows } from './testing-rows.js';

test('findings come first and everything stands in catalogue order, whatever order the fields reported', () => {
  const { flags, reasons } = cleanRow(
    { ...SOUND_ROW, report_date: null, case_num: null, occurred_time: '12:00' },
    { ...SOUND_CONTEXT, findings: ['coordinates-zero', 'report-date-unreadable'] },
  );
  expect(flags).toEqual(['report-date-unreadable', 'coordinates-zero', 'case-number-missing', 'time-heaped']);
  expect(reasons).toEqual(['report-date-unreadable', 'case-number-missing']);
});

test('a finding reported twice is listed once', () => {
  const findings = ['coordinates-zero', 'coordinates-zero'] as const;
  expect(cleanRow(SOUND_ROW, { ...SOUND_CONTEXT, findings }).flags).toEqual(['coordinates-zero']);
});

test('columns beside the adapter’s pass through', () => {
  const row = { ...SOUND_ROW, occurred_time: '12:00', raw_file: 'abc', raw_record: 7 };
  expect(cleanRow(row, SOUND_CONTEXT).row).toEqual(row);
});

test('the given row is not changed', () => {
  const row = Object.freeze({ ...SOUND_ROW, occurred_date: '1919-10-11' });
  expect(cleanRow(row, SOUND_CONTEXT).row.occurred_date).toBe('2019-10-11');
  expect(row.occurred_date).toBe('1919-10-11');
});

test('on any row: flags are in catalogue order, reasons are its quarantine rules, and no change comes without a repair or flag', () => {
  fc.assert(
    fc.property(testRows, ({ row, context }) => {
      const cleaned = cleanRow(row, context);
      const positions = cleaned.flags.map((id) => RULE_IDS.indexOf(id));
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      const quarantine = RULES.filter(({ action }) => action === 'quarantine').map(({ id }) => id);
      expect(cleaned.reasons).toEqual(cleaned.flags.filter((id) => quarantine.includes(id)));
      expect(cleaned.flags.filter((id) => (FINDING_IDS as readonly string[]).includes(id))).toHaveLength(
        context.findings.length,
      );
      const touched = new Set(
        RULES.filter(({ id }) => (cleaned.flags as readonly string[]).includes(id)).flatMap(
          ({ columns }) => columns,
        ),
      );
      for (const [name, value] of Object.entries(cleaned.row)) {
        if (value !== row[name as keyof typeof row]) expect([...touched]).toContain(name);
      }
    }),
    { numRuns: 3000 },
  );
});

test('a repaired row needs no second repair', () => {
  fc.assert(
    fc.property(testRows, ({ row, context }) => {
      const once = cleanRow(row, context).row;
      const twice = cleanRow(once, context).row;
      expect(twice).toEqual(once);
    }),
    { numRuns: 3000 },
  );
});
