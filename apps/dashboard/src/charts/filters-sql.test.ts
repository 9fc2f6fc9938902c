import { filtersSchema } from '@crimetracker/crossfilter';
import { describe, expect, test } from 'vitest';
import { countSql, filtersSql } from './filters-sql.js';

const range = { from: '2023-01-01', to: '2023-12-31' };

describe('filtersSql', () => {
  test('names absent values as the page does, and leaves out what a view leaves out', () => {
    const filters = filtersSchema.parse({
      arrest_made: ['Not recorded'],
      crime_category: ['Arson'],
      hour: [0, 3],
    });
    const sql = filtersSql(filters, range, ['crime_category']);
    expect(sql).toContain("COALESCE(arrest_made, 'Not recorded') IN ('Not recorded')");
    expect(sql).toContain('IN (0, 3)');
    expect(sql).not.toContain('Arson');
  });

  test('writes a quote twice', () => {
    expect(filtersSql({ jurisdiction: ["O'Hara"] }, range)).toContain("IN ('O''Hara')");
  });

  test('never counts withheld categories by cell', () => {
    expect(filtersSql({ cell: ['882a100d2dfffff'] }, range)).toMatch(
      /Located.*NOT crime_category IN \('Rape'/s,
    );
  });

  test('counts by city and key', () => {
    expect(countSql(['crime_category'], {}, range)).toBe(
      "SELECT source, crime_category AS key_1, COUNT(*) AS incidents\nFROM incidents\nWHERE occurred_date BETWEEN '2023-01-01' AND '2023-12-31'\nGROUP BY ALL ORDER BY ALL",
    );
  });
});
