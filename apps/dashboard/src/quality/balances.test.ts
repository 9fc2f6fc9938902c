import { expect, test } from 'vitest';
import { balances, rulesOf } from './balances.js';

const entry = (source: string, kind: string, records: number, rule = '', detail = '') => ({
  source,
  kind,
  rule,
  detail,
  records,
  meaning: rule === '' ? null : `What ${rule} means.`,
});
const LEDGER = [
  entry('nypd', 'records', 100),
  entry('nypd', 'curated', 90),
  entry('nypd', 'quarantined', 4, 'report-date-missing'),
  entry('nypd', 'quarantined', 3, 'case-number-missing'),
  entry('nypd', 'duplicate', 3, 'same-case'),
  entry('nypd', 'touched', 50, 'time-heaped'),
  entry('nypd', 'unmapped', 2, 'weapon-unmapped', 'weapon=X'),
  entry('nypd', 'unmapped', 1, 'weapon-unmapped', 'weapon=Y'),
  entry('lapd', 'records', 10),
  entry('lapd', 'curated', 8),
  entry('lapd', 'touched', 5, 'time-heaped'),
];

test('records in are curated, set aside or duplicates; what is missing shows', () => {
  expect(balances(LEDGER)).toEqual([
    { source: 'lapd', records: 10, curated: 8, quarantined: 0, duplicates: 0, missing: 2 },
    { source: 'nypd', records: 100, curated: 90, quarantined: 7, duplicates: 3, missing: 0 },
  ]);
});

test('rules are summed over their raw values and sorted by records', () => {
  expect(rulesOf(LEDGER, 'unmapped')).toEqual([
    {
      kind: 'unmapped',
      rule: 'weapon-unmapped',
      meaning: 'What weapon-unmapped means.',
      records: { nypd: 3 },
    },
  ]);
  expect(rulesOf(LEDGER, 'quarantined').map(({ rule }) => rule)).toEqual([
    'report-date-missing',
    'case-number-missing',
  ]);
  expect(rulesOf(LEDGER, 'touched')[0]?.records).toEqual({ nypd: 50, lapd: 5 });
});
