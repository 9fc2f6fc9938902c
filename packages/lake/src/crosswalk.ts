import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Field } from '@crimetracker/adapter-kit';
import type { Engine, SqlRow, SqlValue, TableColumn } from '@crimetracker/engine';
import { FINDING_IDS } from '@crimetracker/schema';
import { exists } from './lake-folder.js';
import { CROSSWALK_NOTE_COLUMNS, crosswalkColumns, rawColumn, tableColumn } from './snapshot.js';

const LIST_SEPARATOR = ';';

/** Evaluates a field function on one combination of raw texts: its outputs and the notes on them. */
function evaluate(field: Field, key: SqlRow): readonly SqlValue[] {
  const raw: Record<string, string> = {};
  for (const input of field.inputs) raw[input] = String(key[rawColumn(input)]);
  const { values, findings = [], rule = '', confidence = '', note = '' } = field.evaluate(raw);
  return [
    ...field.outputs.map((output) => values[output]),
    findings.length === 0 ? '' : FINDING_IDS.filter((id) => findings.includes(id)).join(LIST_SEPARATOR),
    rule,
    confidence,
    note,
  ];
}

/** Combinations answered before other work gets a turn. */
const ANSWERS_A_TURN = 1000;

/** The answers to the inputs of these keys, each behind its `input_id`. */
async function evaluateAll(field: Field, keys: readonly SqlRow[]): Promise<(readonly SqlValue[])[]> {
  const answers: (readonly SqlValue[])[] = [];
  for (const key of keys) {
    if (answers.length % ANSWERS_A_TURN === 0) await setImmediate();
    answers.push([key.input_id ?? null, ...evaluate(field, key)]);
  }
  return answers;
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
  /** Folder for what is not finished, on the disk of `memory`; the caller removes it. */
  readonly work: string;
  /** Folder in which the crosswalk is published, as Parquet in a folder of its name and as CSV. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

export interface CrosswalkSize {
  readonly rows: number;
  readonly withFindings: number;
}

/**
 * Makes the crosswalk of a field readable under `table` and publishes it as Parquet for queries and as CSV for readers,
 * most frequent inputs first: the engine finds the distinct inputs, the function answers those it has not answered
 * before, and the answers are remembered.
 */
export async function buildCrosswalk(build: CrosswalkBuild): Promise<CrosswalkSize> {
  const { engine, field, table, memory, signal } = build;
  const name = (column: string) => engine.dialect.identifier(column);
  const [inputs, fresh, remembered] = [`${table}_inputs`, `${table}_fresh`, `${table}_remembered`];
  const keys = field.inputs.map((input) => name(rawColumn(input)));
  const made: readonly TableColumn[] = [...field.outputs.map(tableColumn), ...CROSSWALK_NOTE_COLUMNS];
  const list = (alias: string, columns: readonly string[]) =>
    columns.map((column) => `${alias}.${column}`).join(', ');
  const answersOf = (alias: string) =>
    list(
      alias,
      made.map((column) => name(column.name)),
    );

  await engine.keepTable(
    inputs,
    `SELECT ROW_NUMBER() OVER () AS input_id, d.* FROM (
       SELECT ${field.inputs.map((input) => `${name(input)} AS ${name(rawColumn(input))}`).join(', ')}, COUNT(*) AS row_count
       FROM ${name(build.staged)} GROUP BY ${field.inputs.map(name).join(', ')}) d`,
    signal,
  );
  const remembers = await exists(memory);
  const isRemembered = keys.map((key) => `i.${key} = r.${key}`).join(' AND ');
  if (remembers) {
    const key = (input: string): TableColumn => ({ name: rawColumn(input), type: 'text' });
    await engine.attachTable(remembered, { location: memory, columns: [...field.inputs.map(key), ...made] });
  }
  const unanswered = await engine.query(
    `SELECT i.input_id, ${list('i', keys)} FROM ${name(inputs)} i
     ${remembers ? `LEFT JOIN ${name(remembered)} r ON ${isRemembered} WHERE r.${keys[0]} IS NULL` : ''}`,
    signal,
  );
  await engine.loadRows(
    fresh,
    [{ name: 'input_id', type: 'bigint' }, ...made],
    await evaluateAll(field, unanswered),
  );

  const answers = [
    `SELECT ${list('i', keys)}, ${answersOf('f')}, i.row_count FROM ${name(inputs)} i JOIN ${name(fresh)} f ON i.input_id = f.input_id`,
    remembers &&
      `SELECT ${list('i', keys)}, ${answersOf('r')}, i.row_count FROM ${name(inputs)} i JOIN ${name(remembered)} r ON ${isRemembered}`,
  ];
  await engine.keepLookup(
    table,
    `${answers.filter((select) => select !== false).join(' UNION ALL ')} ORDER BY ${mostFrequentFirst(engine, field)}`,
    field.outputs.map(tableColumn).flatMap((column) => (column.type === 'text' ? [column.name] : [])),
    signal,
  );
  const [size] = await engine.query(
    `SELECT COUNT(*) AS row_total, COUNT(NULLIF(findings, '')) AS with_findings FROM ${name(table)}`,
    signal,
  );
  const location = join(build.folder, table);
  await writeCrosswalk(build, location);
  if (unanswered.length > 0) {
    const draft = join(build.work, `${table}-remembered`);
    if (remembers) {
      const select = `SELECT ${list('t', keys)}, ${answersOf('t')} FROM ${name(table)} t
        UNION ALL SELECT ${list('r', keys)}, ${answersOf('r')} FROM ${name(remembered)} r
        LEFT JOIN ${name(inputs)} i ON ${isRemembered} WHERE i.input_id IS NULL`;
      await engine.writeTable({ select, location: draft }, signal);
      await rm(memory, { recursive: true, force: true });
    } else {
      await cp(location, draft, { recursive: true });
    }
    await rename(draft, memory);
  }
  for (const used of [inputs, fresh, remembered]) await engine.dropTable(used);
  return { rows: Number(size?.row_total), withFindings: Number(size?.with_findings) };
}

function mostFrequentFirst(engine: Engine, field: Field): string {
  const inputs = field.inputs.map((input) => engine.dialect.identifier(rawColumn(input)));
  return ['row_count DESC', ...inputs].join(', ');
}

async function writeCrosswalk(
  { engine, field, table, signal }: CrosswalkBuild,
  location: string,
): Promise<void> {
  const { dialect } = engine;
  const list = crosswalkColumns({ inputs: [...field.inputs], outputs: [...field.outputs] })
    .map((column) => dialect.identifier(column.name))
    .join(', ');
  const select = `SELECT ${list} FROM ${dialect.identifier(table)} ORDER BY ${mostFrequentFirst(engine, field)}`;
  await engine.writeTable({ select, location }, signal);
  await engine.exportCsv(select, `${location}.csv`, signal);
}
