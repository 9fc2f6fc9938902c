import type { ColumnName } from './columns.js';

export interface ColumnConstraint {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: RegExp;
}

/** What a value must satisfy beyond its column's type and vocabulary; null is checked apart from it. */
export const COLUMN_CONSTRAINTS: { readonly [Name in ColumnName]?: ColumnConstraint } = {
  latitude: { minimum: -90, maximum: 90 },
  longitude: { minimum: -180, maximum: 180 },
  source: { pattern: /^[a-z][a-z0-9-]*$/ },
  incident_id: { pattern: /^[a-z][a-z0-9-]*:.+$/ },
  nibrs_code: { pattern: /^\d\d[0-9A-Z]$/ },
  victim_age_years: { minimum: 0, maximum: 120 },
  suspect_age_years: { minimum: 0, maximum: 120 },
  h3_r7: { pattern: /^87[0-9a-f]{13}$/ },
  h3_r8: { pattern: /^88[0-9a-f]{13}$/ },
  h3_r9: { pattern: /^89[0-9a-f]{13}$/ },
  h3_r10: { pattern: /^8a[0-9a-f]{13}$/ },
  flags: { pattern: /^[a-z0-9;-]*$/ },
  raw_file: { pattern: /^[0-9a-f]{64}$/ },
  raw_record: { minimum: 1 },
};
