import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Field } from '@crimetracker/adapter-kit';
import type { Engine, SqlRow, SqlValue, TableColumn } from '@crimetracker/engine';
import type { AdapterColumnName } from '@crimetracker/schema';
import { columnDefinition, FINDING_IDS } from '@crimetracker/schema';
import { exists } from './lake-folder.js';
import { CROSSWALK_NOTE_COLUMNS, crosswalkColumns, rawColumn, tableColumn } from './snapshot.js';

const LIST_SEPARATOR = ';';

/** Crosswalk columns as they are loaded: dates still as text, cast when the table is made. */
function loadedColumns(field: Field): readonly TableColumn[] {
  return [
    ...field.inputs.map((input): TableColumn => ({ name: rawColumn(input), type: 'text' })),
    ...field.outputs.map((output): TableColumn => {
      const column = tableColumn(output);
      return column.type === 'date' ? { name: output, type: 'text' } : column;
    }),
    ...CROSSWALK_NOTE_COLUMNS,
  ];
}

/** Evaluates a field function on one combination of raw texts: a row of its crosswalk, without the count. */
function evaluate(field: Field, key: SqlRow): readonly SqlValue[] {
  const raw: Record<string, string> = {};
  for (const input of field.inputs) raw[input] = String(key[rawColumn(input)]);
  const outcome = field.evaluate(raw);
  const found = new Set(outcome.findings ?? []);
  return [
    ...field.inputs.map((input) => raw[input] ?? ''),
    ...field.outputs.map((output) => outcome.values[output]),
    found.size === 0 ? '' : FINDING_IDS.filter((id) => found.has(id)).join(LIST_SEPARATOR),
    outcome.rule ?? '',
    outcome.confidence ?? '',
    outcome.note ?? '',
  ];
}

function selectList(engine: Engine, field: Field, prefix: string): string {
  const { dialect } = engine;
  const isDate = (name: string) =>
    field.outputs.includes(name as AdapterColumnName) &&
    columnDefinition(name as AdapterColumnName).type === 'date';
  return loadedColumns(field)
    .map(({ name }) => {
      const column = `${prefix}${dialect.identifier(name)}`;
      return isDate(name) ? `${dialect.cast(column, 'date')} AS ${dialect.identifier(name)}` : column;
    })
    .join(', ');
}

export interface CrosswalkBuild {
  readonly engine: Engine;
  /** Relation of the source's staged records. */
  readonly staged: string;
  readonly field: Field;
  /** Name under which the crosswalk becomes readable. */
  readonly table: string;
  /** Folder of answers kept from earlier builds by the same version of the adapter. */
  readonly memory: string;
  readonly signal?: AbortSignal | undefined;
}

export interface CrosswalkSize {
  readonly rows: number;
  /** Combinations never evaluated before. */
  readonly evaluated: number;
  readonly withFindings: number;
}

/**
 * Makes the crosswalk of a field readable under `table`: the engine finds the distinct inputs, the function
 * answers those it has not answered before, and the answers are remembered.
 */
export async function buildCrosswalk(build: CrosswalkBuild): Promise<CrosswalkSize> {
  const { engine, field, table, memory, signal } = build;
  const { dialect } = engine;
  const name = (column: string) => dialect.identifier(column);
  const keys = field.inputs.map((input) => name(rawColumn(input)));
  const columns = loadedColumns(field);

  await engine.keepTable(
    'distinct_inputs',
    `SELECT ${field.inputs.map((input) => `${name(input)} AS ${name(rawColumn(input))}`).join(', ')}, COUNT(*) AS row_count
     FROM ${build.staged} GROUP BY ${field.inputs.map(name).join(', ')}`,
    signal,
  );
  const remembered = await exists(memory);
  if (remembered) await engine.attachTable('remembered_answers', { location: memory, columns });
  const sameKey = (left: string, right: string) =>
    keys.map((key) => `${left}.${key} = ${right}.${key}`).join(' AND ');
  const unanswered = await engine.query(
    remembered
      ? `SELECT ${keys.map((key) => `d.${key}`).join(', ')} FROM distinct_inputs d
         LEFT JOIN remembered_answers r ON ${sameKey('d', 'r')} WHERE r.${keys[0]} IS NULL`
      : `SELECT ${keys.join(', ')} FROM distinct_inputs`,
    signal,
  );
  await engine.loadRows(
    'new_answers',
    columns,
    unanswered.map((key) => evaluate(field, key)),
  );

  const answers = remembered
    ? `(SELECT ${columns.map((column) => name(column.name)).join(', ')} FROM remembered_answers
        UNION ALL SELECT ${columns.map((column) => name(column.name)).join(', ')} FROM new_answers)`
    : 'new_answers';
  await engine.keepTable(
    table,
    `SELECT ${selectList(engine, field, 'a.')}, d.row_count FROM distinct_inputs d JOIN ${answers} a ON ${sameKey('d', 'a')}`,
    signal,
  );
  const [size] = await engine.query(
    `SELECT COUNT(*) AS row_total, COUNT(NULLIF(findings, '')) AS with_findings FROM ${name(table)}`,
    signal,
  );
  if (unanswered.length > 0) {
    const draft = `${memory}.draft`;
    await rm(draft, { recursive: true, force: true });
    await engine.writeTable({ select: `SELECT * FROM ${answers} a`, location: draft }, signal);
    await rm(memory, { recursive: true, force: true });
    await rename(draft, memory);
  }
  for (const used of ['distinct_inputs', 'new_answers', ...(remembered ? ['remembered_answers'] : [])]) {
    await engine.dropTable(used);
  }
  return {
    rows: Number(size?.row_total),
    evaluated: unanswered.length,
    withFindings: Number(size?.with_findings),
  };
}

/** Writes a crosswalk as Parquet for queries and as CSV for readers, most frequent first. */
export async function writeCrosswalk(
  engine: Engine,
  field: Field,
  table: string,
  folder: string,
): Promise<void> {
  const { dialect } = engine;
  const list = crosswalkColumns({ inputs: [...field.inputs], outputs: [...field.outputs] })
    .map((column) => dialect.identifier(column.name))
    .join(', ');
  const order = field.inputs.map((input) => dialect.identifier(rawColumn(input))).join(', ');
  await engine.writeTable({
    select: `SELECT ${list} FROM ${dialect.identifier(table)} ORDER BY row_count DESC, ${order}`,
    location: join(folder, table),
  });
  await engine.exportCsv(
    `SELECT * FROM ${dialect.identifier(table)} ORDER BY row_count DESC, ${order}`,
    join(folder, `${table}.csv`),
  );
}
