import type { CountQuery, ReportVersion, Section } from '../report.js';
import type { ReportContext } from '../report-context.js';
import { column, figure, readTable } from '../report-context.js';
import { say } from '../sentence.js';
import { sql } from '../sql.js';
import { sourcesOf } from './trend-tables.js';

/** Where a report comes from. */
export interface ReportOrigin {
  readonly snapshot: string;
  readonly versions: readonly ReportVersion[];
  readonly counts: readonly CountQuery[];
}

/** Which files, which snapshot, which versions. */
export async function provenanceSection(
  context: ReportContext,
  { snapshot, versions, counts }: ReportOrigin,
): Promise<Section> {
  const files = await readTable(context, {
    id: 'files',
    title: 'Datasets',
    query: sql`SELECT name, source, vintage, records, malformed, raw_file FROM files WHERE source IN (${sourcesOf(context)})
      ORDER BY source, name, raw_file`,
    columns: [
      column('name', 'File'),
      column('source', 'Source'),
      column('vintage', 'Vintage'),
      column('records', 'Records', 'count'),
      column('malformed', 'Malformed', 'count'),
      column('raw_file', 'SHA-256'),
    ],
  });
  return {
    id: 'provenance',
    title: 'Provenance',
    blocks: [
      figure(
        files,
        say`All numbers come from these files, as they were published, and from snapshot ${snapshot}.`,
      ),
      { kind: 'list', items: versions.map(({ name, version }) => say`${name}: ${version}`) },
      {
        kind: 'paragraph',
        sentence: say`Check this report: crimetracker verify-report FILE --lake LAKE runs every query again on the snapshot and compares every number; crimetracker verify --lake LAKE computes the tables themselves again.`,
      },
      ...(counts.length === 0 ? [] : [{ kind: 'queries', items: counts } as const]),
    ],
  };
}
