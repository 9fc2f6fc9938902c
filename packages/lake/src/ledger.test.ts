import { MALFORMED_REASONS } from '@crimetracker/adapter-kit';
import { RECORD_RULES } from '@crimetracker/cleaning';
import { CrimeTrackerError } from '@crimetracker/schema';
import { describe, expect, it } from 'vitest';
import { accountsOf, assertBalanced } from './ledger.js';
import type { LedgerEntry } from './snapshot.js';

const entry = (file: string, kind: LedgerEntry['kind'], records: number, rule = ''): LedgerEntry => ({
  source: 'nypd',
  raw_file: `sha of ${file}`,
  file,
  kind,
  rule,
  detail: '',
  records,
});

describe('the ledger', () => {
  it('gives one account per file, with quarantined and duplicates summed over their rules', () => {
    const ledger = [
      entry('a.csv', 'records', 10),
      entry('a.csv', 'curated', 6),
      entry('a.csv', 'quarantined', 1, 'nul-byte'),
      entry('a.csv', 'quarantined', 2, 'occurred-date-missing'),
      entry('a.csv', 'duplicate', 1, 'duplicate-exact'),
      entry('a.csv', 'touched', 9, 'time-heaped'),
      entry('b.csv', 'records', 0),
      entry('b.csv', 'curated', 0),
    ];
    expect(accountsOf(ledger).map(({ raw_file: _, ...account }) => account)).toEqual([
      { file: 'a.csv', source: 'nypd', records: 10, curated: 6, quarantined: 3, duplicates: 1 },
      { file: 'b.csv', source: 'nypd', records: 0, curated: 0, quarantined: 0, duplicates: 0 },
    ]);
    expect(() => assertBalanced(ledger)).not.toThrow();
  });

  it('refuses a file whose records do not add up, even when the total over all files does', () => {
    const ledger = [
      entry('a.csv', 'records', 10),
      entry('a.csv', 'curated', 9),
      entry('b.csv', 'records', 10),
      entry('b.csv', 'curated', 11),
    ];
    expect(() => assertBalanced(ledger)).toThrow(CrimeTrackerError);
    expect(() => assertBalanced(ledger)).toThrow(/a\.csv: 10 records in, 9 curated/);
  });

  it('knows a rule for every reason the framer can give', () => {
    expect(Object.keys(RECORD_RULES).sort()).toEqual([...MALFORMED_REASONS].sort());
  });
});
