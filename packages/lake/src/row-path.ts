import type { CityAdapter, RawRow, StandardisedRow, Value } from '@crimetracker/adapter-kit';
import { standardiseRow, standardiseValues } from '@crimetracker/adapter-kit';
import type { OccurrenceWindow } from '@crimetracker/cleaning';
import { cleanRow } from '@crimetracker/cleaning';
import type { ColumnName } from '@crimetracker/schema';
import { COLUMN_NAMES } from '@crimetracker/schema';

/** Where a raw row comes from, and what the set rule says of the place it names. */
export interface RowOrigin {
  readonly rawFile: string;
  readonly rawRecord: number;
  readonly window: OccurrenceWindow;
  readonly atStationHouse: boolean;
}

export interface CanonicalResult {
  readonly row: Readonly<Record<ColumnName, Value>>;
  /** Ids of the quarantine rules that hit; empty when the row is not quarantined. */
  readonly reasons: readonly string[];
}

/** The canonical row of one raw row: the same as the build makes of it, one row at a time. */
export function canonicalRow(adapter: CityAdapter, raw: RawRow, origin: RowOrigin): CanonicalResult {
  return finish(adapter, standardiseValues(adapter, raw), origin);
}

/** As `canonicalRow`, with what each field function answered and the values before cleaning. */
export function explainRow(
  adapter: CityAdapter,
  raw: RawRow,
  origin: RowOrigin,
): CanonicalResult & { readonly standardised: StandardisedRow } {
  const standardised = standardiseRow(adapter, raw);
  return { ...finish(adapter, standardised, origin), standardised };
}

function finish(
  adapter: CityAdapter,
  { values, findings }: Pick<StandardisedRow, 'values' | 'findings'>,
  origin: RowOrigin,
): CanonicalResult {
  const { row, flags, reasons } = cleanRow(values, {
    findings,
    atStationHouse: origin.atStationHouse,
    window: origin.window,
  });
  const complete: Readonly<Record<string, Value>> = {
    ...row,
    source: adapter.id,
    city: adapter.city,
    incident_id: row.case_num === null ? null : `${adapter.id}:${row.case_num}`,
    flags: flags.join(';'),
    raw_file: origin.rawFile,
    raw_record: origin.rawRecord,
  };
  return {
    row: Object.fromEntries(COLUMN_NAMES.map((name) => [name, complete[name] ?? null])) as Record<
      ColumnName,
      Value
    >,
    reasons,
  };
}
