import type { CityAdapter } from '@crimetracker/adapter-kit';
import type { Snapshot } from '@crimetracker/lake';
import { attachSnapshot } from '@crimetracker/lake';
import { COLUMN_NAMES, columnDefinition } from '@crimetracker/schema';
import { summariseLedger } from '../build-summary.js';
import { observe } from './observations.js';
import type { ProfiledColumn, ProfiledRelation } from './profile-column.js';
import { profileColumn, text, whole } from './profile-column.js';
import { findCoordinates, profileCoordinates } from './profile-coordinates.js';
import { profileDuplicates } from './profile-duplicates.js';
import type { ProfileOptions } from './profile-file.js';
import type { ColumnProfile, CoordinateProfile, Profile, SnapshotFacts } from './profile-schema.js';
import { PROFILE_VERSION } from './profile-schema.js';

const RELATION = 'incidents';
const ID_COLUMN = 'incident_id';
/** What tells two rows apart beside the id: where they were read from. */
const ORIGIN_COLUMNS = ['case_num', 'raw_file', 'raw_record'];

/** Profiles the incidents of a published snapshot, per canonical column and source. */
export async function profileSnapshot(
  snapshot: Snapshot,
  options: Omit<ProfileOptions, 'work'>,
): Promise<Profile> {
  const { engine, signal, onProgress = () => {} } = options;
  const started = performance.now();
  await attachSnapshot(engine, snapshot);
  const subject: ProfiledRelation = {
    engine,
    relation: RELATION,
    sourceColumn: 'source',
    signal,
    ...(options.shapedValues !== undefined && { shapedValues: options.shapedValues }),
  };
  const columns = COLUMN_NAMES.map(
    (name, index): ProfiledColumn => ({
      position: index + 1,
      name,
      label: name,
      description: columnDefinition(name).description,
      column: name,
    }),
  );
  const profiles: ColumnProfile[] = [];
  for (const column of columns) {
    onProgress({ label: 'Profiling columns', done: profiles.length, total: columns.length });
    profiles.push(await profileColumn(subject, column));
  }
  onProgress({ label: 'Looking for duplicates', done: 0 });
  const [count] = await engine.query(`SELECT COUNT(*) AS n FROM ${RELATION}`, signal);
  const records = whole(count?.n);
  const id = columns.find(({ name }) => name === ID_COLUMN);
  const duplicates =
    id && records > 0
      ? await profileDuplicates(
          subject,
          columns,
          profiles,
          { position: id.position, knownBy: 'source' },
          ORIGIN_COLUMNS,
        )
      : null;
  const found = {
    records,
    file: null,
    snapshot: await factsOf(snapshot, subject),
    columns: profiles,
    duplicates,
    coordinates: await coordinatesOf(subject, snapshot, columns, options.adapters),
  };
  return {
    version: PROFILE_VERSION,
    created_at: options.now().toISOString(),
    seconds: Math.round(performance.now() - started) / 1000,
    title: `Snapshot ${snapshot.manifest.id}`,
    observations: observe(found),
    ...found,
  };
}

async function coordinatesOf(
  subject: ProfiledRelation,
  { manifest }: Snapshot,
  columns: readonly ProfiledColumn[],
  adapters: readonly CityAdapter[],
): Promise<CoordinateProfile[]> {
  const pair = findCoordinates(columns);
  const profiles: CoordinateProfile[] = [];
  for (const { id } of pair ? manifest.sources : []) {
    const bounds = adapters.find((adapter) => adapter.id === id)?.bounds ?? null;
    const where = `WHERE source = ${subject.engine.dialect.literal(id)}`;
    if (pair) profiles.push(await profileCoordinates(subject, pair, { source: id, bounds, where }));
  }
  return profiles;
}

async function factsOf(
  { manifest, path }: Snapshot,
  { engine, signal }: ProfiledRelation,
): Promise<SnapshotFacts> {
  const years = await engine.query(
    `SELECT EXTRACT(YEAR FROM occurred_date) AS occurred_year, source, COUNT(*) AS records
     FROM ${RELATION} GROUP BY 1, 2 ORDER BY 1, 2`,
    signal,
  );
  const ledger = summariseLedger(manifest.ledger);
  return {
    id: manifest.id,
    path,
    created_at: manifest.createdAt,
    window: manifest.window,
    sources: manifest.sources.map(({ id, city }) => ({ id, city })),
    years: years.map((row) => ({
      year: whole(row.occurred_year),
      source: text(row.source),
      records: whole(row.records),
    })),
    ledger: {
      ...ledger,
      files: ledger.files.map((account) => ({ ...account })),
      quarantined_by_reason: { ...ledger.quarantined_by_reason },
      duplicates_by_rule: { ...ledger.duplicates_by_rule },
      touched_by_rule: { ...ledger.touched_by_rule },
      unmapped: ledger.unmapped.map((entry) => ({ ...entry })),
    },
  };
}
