import { join } from 'node:path';
import type { CityAdapter, Field, Value } from '@crimetracker/adapter-kit';
import type { Dialect, Engine } from '@crimetracker/engine';
import type { ColumnName, FindingId } from '@crimetracker/schema';
import { COLUMN_NAMES, FINDING_IDS, FINDINGS } from '@crimetracker/schema';
import { rawColumn, tableColumn } from './snapshot.js';
import type { StagedFile } from './stage.js';
import { columnsRead, MALFORMED_FIELDS } from './stage.js';
import { textFieldSql } from './text-sql.js';

/** A source's staged files and the names of its relations on the engine. */
export interface SourceTables {
  readonly adapter: CityAdapter;
  readonly staged: string;
  /** Columns of the staged relation. */
  readonly columns: readonly string[];
  /** Query of the malformed records. */
  readonly malformed: string;
  readonly crosswalk: (field: string) => string;
  /** Fields whose crosswalk holds at least one finding. */
  readonly fieldsWithFindings: Set<string>;
}

/** Makes the staged files of one source readable as one relation of text columns, absent columns as ''. */
export async function attachStagedFiles(
  engine: Engine,
  adapter: CityAdapter,
  files: readonly StagedFile[],
): Promise<SourceTables> {
  const { dialect } = engine;
  const staged = `staged_${adapter.id}`;
  const malformed = `malformed_${adapter.id}`;
  const text = (name: string) => ({ name, type: 'text' }) as const;
  const columns = ['raw_file', ...columnsRead(adapter)];
  const partitionBy = ['raw_file'];
  const list = columns.map((column) => dialect.identifier(column)).join(', ');
  const locations = (kind: 'records' | 'malformed', isWanted: (file: StagedFile) => boolean) =>
    files.filter(isWanted).map((file) => join(file.folder, kind));

  await engine.attachTable(`${staged}_whole`, {
    location: locations('records', (file) => !file.numbered),
    columns: columns.map(text),
    partitionBy,
    recordNumber: 'raw_record',
  });
  await engine.attachTable(`${staged}_numbered`, {
    location: locations('records', (file) => file.numbered),
    columns: ['raw_record', ...columns].map(text),
    partitionBy,
  });
  await engine.defineView(
    staged,
    `SELECT raw_record, ${list} FROM ${staged}_whole
     UNION ALL SELECT ${dialect.cast('raw_record', 'bigint')} AS raw_record, ${list} FROM ${staged}_numbered`,
  );
  await engine.attachTable(malformed, {
    location: locations('malformed', (file) => file.malformed > 0),
    columns: [...MALFORMED_FIELDS, 'raw_file'].map(text),
    partitionBy,
  });
  const number = (name: string) => `${dialect.cast(name, 'bigint')} AS ${name}`;
  return {
    adapter,
    staged,
    columns: ['raw_record', ...columns],
    malformed: `SELECT ${dialect.literal(adapter.id)} AS source, raw_file, ${number('raw_record')},
      ${number('byte_offset')}, ${number('byte_length')}, reason, raw_text FROM ${malformed}`,
    crosswalk: (field) => `crosswalk_${adapter.id}_${field}`,
    fieldsWithFindings: new Set(),
  };
}

/** Catalogue position of the first finding a field can raise: fields are listed in this order. */
function findingOrder(field: Field): number {
  const outputs: readonly string[] = field.outputs;
  const first = FINDING_IDS.findIndex((id: FindingId) => outputs.includes(FINDINGS[id].column));
  return first === -1 ? FINDING_IDS.length : first;
}

function constantSql(dialect: Dialect, column: ColumnName, value: Value): string {
  return `CAST(${dialect.literal(value)} AS ${dialect.type(tableColumn(column).type)})`;
}

/**
 * The SQL of a source's canonical rows before cleaning: staged text joined with the crosswalks of the fields
 * that the wanted columns need. Adds field_findings when `withFindings`.
 */
export function standardisedSql(
  dialect: Dialect,
  tables: SourceTables,
  wanted: readonly ColumnName[],
  options: { readonly withFindings: boolean; readonly extra?: readonly string[] },
): string {
  const { adapter } = tables;
  const name = (column: string) => dialect.identifier(column);
  const expressions = new Map<string, string>();
  const joins: string[] = [];
  const findings: string[] = [];
  const fields = Object.entries(adapter.fields).sort(([, a], [, b]) => findingOrder(a) - findingOrder(b));

  for (const [fieldName, field] of fields) {
    const raises = options.withFindings && tables.fieldsWithFindings.has(fieldName);
    const outputs: readonly string[] = field.outputs;
    if (!raises && !wanted.some((column) => outputs.includes(column))) continue;
    const alias = name(`f_${fieldName}`);
    const on = field.inputs
      .map((input) => `s.${name(input)} = ${alias}.${name(rawColumn(input))}`)
      .join(' AND ');
    const crosswalk = name(tables.crosswalk(fieldName));
    // That nothing was found is NULL here: to test it then costs next to nothing.
    const side = raises ? `(SELECT *, NULLIF(findings, '') AS found FROM ${crosswalk})` : crosswalk;
    joins.push(`LEFT JOIN ${side} ${alias} ON ${on}`);
    for (const output of field.outputs) expressions.set(output, `${alias}.${name(output)}`);
    if (raises) findings.push(`${alias}.found`);
  }
  for (const text of adapter.texts)
    expressions.set(text.output, textFieldSql(dialect, text, `s.${name(text.input)}`));
  for (const [column, value] of Object.entries(adapter.constants)) {
    expressions.set(column, constantSql(dialect, column as ColumnName, value ?? null));
  }
  expressions.set('source', dialect.literal(adapter.id));
  expressions.set('city', dialect.literal(adapter.city));
  expressions.set(
    'incident_id',
    `${dialect.literal(`${adapter.id}:`)} || ${expressions.get('case_num') ?? 'NULL'}`,
  );
  expressions.set('flags', "''");
  expressions.set('raw_file', 's.raw_file');
  expressions.set('raw_record', 's.raw_record');

  const list = COLUMN_NAMES.filter((column) => wanted.includes(column)).map(
    (column) => `${expressions.get(column) ?? 'NULL'} AS ${name(column)}`,
  );
  if (options.withFindings) {
    const none = findings.map((found) => `${found} IS NULL`).join(' AND ');
    list.push(
      `${findings.length === 0 ? "''" : `CASE WHEN ${none} THEN '' ELSE ${dialect.joinTexts(';', findings)} END`} AS field_findings`,
    );
  }
  return `SELECT ${[...list, ...(options.extra ?? [])].join(', ')} FROM ${name(tables.staged)} s\n${joins.join('\n')}`;
}
