import { join } from 'node:path';
import type { RawRow } from '@crimetracker/adapter-kit';
import {
  digitsOf,
  prepareRawFile,
  rawRowReader,
  readRecords,
  resolveHeader,
} from '@crimetracker/adapter-kit';
import type { StationHouseIncident } from '@crimetracker/cleaning';
import { findDuplicates, findStationHouses } from '@crimetracker/cleaning';
import type { Engine, SqlRow } from '@crimetracker/engine';
import type { CanonicalResult, Snapshot, Source } from '@crimetracker/lake';
import { attachSnapshot, canonicalRow } from '@crimetracker/lake';
import { COLUMN_NAMES } from '@crimetracker/schema';

export interface ParityReport {
  readonly rows: number;
  readonly values: number;
  /** `file:record column: row path value | engine value`, the first hundred. */
  readonly differences: readonly string[];
}

/**
 * Reads every raw file of a snapshot again, record by record through fast-csv and the field functions, and
 * compares each canonical value, each reason and each duplicate with what the engine published.
 */
export async function compareRowPath(
  engine: Engine,
  snapshot: Snapshot,
  sources: readonly Source[],
  work: string,
): Promise<ParityReport> {
  await attachSnapshot(engine, snapshot);
  const list = COLUMN_NAMES.map((name) => engine.dialect.identifier(name)).join(', ');
  const differences: string[] = [];
  let rows = 0;
  let values = 0;
  const note = (where: string, column: string, rowPath: unknown, engineValue: unknown) => {
    if (differences.length < 100)
      differences.push(`${where} ${column}: ${JSON.stringify(rowPath)} | ${JSON.stringify(engineValue)}`);
  };

  for (const { adapter } of sources) {
    const files = snapshot.manifest.files.filter((file) => file.source === adapter.id);
    const ranks = new Map(
      [...files]
        .sort(
          (a, b) =>
            (a.publishedUpTo ?? '').localeCompare(b.publishedUpTo ?? '') ||
            a.records - b.records ||
            a.sha256.localeCompare(b.sha256),
        )
        .map((file, index) => [file.sha256, index]),
    );
    const candidates: Parameters<typeof findDuplicates>[0] extends Iterable<infer Row> ? Row[] : never = [];
    for (const [index, file] of files.entries()) {
      const published = await engine.query(
        `SELECT '' AS reasons, '' AS duplicate_rule, ${list} FROM incidents WHERE raw_file = '${file.sha256}'
         UNION ALL SELECT '', duplicate_rule, ${list} FROM duplicates WHERE raw_file = '${file.sha256}'
         UNION ALL SELECT reasons, '', ${list} FROM quarantine WHERE raw_file = '${file.sha256}' AND raw_text IS NULL`,
      );
      const byRecord = new Map<number, SqlRow>(published.map((row) => [Number(row.raw_record), row]));
      const results = await rowPathOf(file.path, join(work, `${adapter.id}-${index}`), snapshot, {
        adapter,
        sha256: file.sha256,
      });
      if (results.length !== published.length) note(file.name, 'rows', results.length, published.length);
      for (const { row, reasons } of results) {
        const where = `${file.name}:${String(row.raw_record)}`;
        const engineRow = byRecord.get(Number(row.raw_record));
        rows += 1;
        if (!engineRow) {
          note(where, 'row', 'present', 'absent');
          continue;
        }
        for (const name of COLUMN_NAMES) {
          values += 1;
          if (row[name] !== engineRow[name]) note(where, name, row[name], engineRow[name]);
        }
        values += 1;
        if (reasons.join(';') !== engineRow.reasons)
          note(where, 'reasons', reasons.join(';'), engineRow.reasons);
        candidates.push({
          ...row,
          raw_file: file.sha256,
          raw_record: Number(row.raw_record),
          reasons: reasons.join(';'),
          file_rank: ranks.get(file.sha256) ?? 0,
        });
      }
    }
    const expected = new Map(findDuplicates(candidates).map((d) => [`${d.raw_file}:${d.raw_record}`, d]));
    const published = await engine.query(
      `SELECT raw_file, raw_record, duplicate_rule, kept_raw_file, kept_raw_record FROM duplicates WHERE source = '${adapter.id}'`,
    );
    if (expected.size !== published.length) note(adapter.id, 'duplicates', expected.size, published.length);
    for (const row of published) {
      const key = `${String(row.raw_file)}:${String(row.raw_record)}`;
      const own = expected.get(key);
      const same =
        own?.rule === row.duplicate_rule &&
        own?.kept_raw_file === row.kept_raw_file &&
        own?.kept_raw_record === row.kept_raw_record;
      if (!same) note(key, 'duplicate', own, row);
    }
  }
  return { rows, values, differences };
}

async function rowPathOf(
  path: string,
  folder: string,
  { manifest }: Snapshot,
  { adapter, sha256 }: { readonly adapter: Source['adapter']; readonly sha256: string },
): Promise<readonly CanonicalResult[]> {
  const prepared = await prepareRawFile(path, { folder });
  const header = resolveHeader(adapter, prepared.header);
  const toRaw = rawRowReader(adapter, header);
  const origin = (rawRecord: number, atStationHouse: boolean) => ({
    rawFile: sha256,
    rawRecord,
    window: manifest.window,
    atStationHouse,
  });

  const incidents: StationHouseIncident[] = [];
  const rule = adapter.stationHouse;
  const rows: {
    readonly record: number;
    readonly raw: RawRow;
    readonly place: string;
    readonly result: CanonicalResult;
  }[] = [];
  const placeOf = (jurisdiction: unknown, latitude: unknown, longitude: unknown) =>
    `${String(jurisdiction)} ${String(latitude)} ${String(longitude)}`;
  for await (const { record, fields } of readRecords(prepared)) {
    const raw = toRaw(fields);
    const result = canonicalRow(adapter, raw, origin(record, false));
    const { row } = result;
    const located = {
      jurisdiction: row.jurisdiction as string | null,
      latitude: row.latitude as number | null,
      longitude: row.longitude as number | null,
    };
    incidents.push({
      raw_file: sha256,
      ...located,
      is_station_house_offence: rule?.values.includes(digitsOf(raw[rule.column] ?? '')) ?? false,
    });
    rows.push({ record, raw, result, place: placeOf(row.jurisdiction, row.latitude, row.longitude) });
  }
  const houses = new Set(
    findStationHouses(incidents).map((house) => placeOf(house.jurisdiction, house.latitude, house.longitude)),
  );
  return rows.map(({ record, raw, place, result }) =>
    houses.has(place) ? canonicalRow(adapter, raw, origin(record, true)) : result,
  );
}
