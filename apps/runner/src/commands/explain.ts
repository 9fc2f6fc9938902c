import { basename, resolve } from 'node:path';
import type { CityAdapter, RawRow } from '@crimetracker/adapter-kit';
import { applyTransforms } from '@crimetracker/adapter-kit';
import { RULES } from '@crimetracker/cleaning';
import type { Engine, SqlRow } from '@crimetracker/engine';
import type { Snapshot, Source } from '@crimetracker/lake';
import {
  attachSnapshot,
  explainRow,
  openLakeFolder,
  openSnapshot,
  readStagedRecord,
} from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { COLUMN_NAMES, CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { table } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { loadSources } from '../sources.js';

const TABLES = ['incidents', 'duplicates', 'quarantine'] as const;

export interface ExplainFlags {
  readonly snapshot?: string;
}

interface Found {
  readonly disposition: 'curated' | 'duplicate' | 'quarantined';
  readonly row: SqlRow;
}

/** How one published row came about: raw text, function answers, rules and result. */
interface Explanation {
  readonly source: string;
  readonly file: string;
  readonly raw_file: string;
  readonly raw_record: number;
  readonly disposition: Found['disposition'];
  readonly reasons: readonly string[];
  /** The row kept instead, for a duplicate. */
  readonly kept: { readonly raw_file: string; readonly raw_record: number } | null;
  /** Text of a malformed record; null otherwise. */
  readonly raw_text: string | null;
  readonly raw: RawRow | null;
  readonly fields: readonly {
    readonly field: string;
    readonly raw: RawRow;
    readonly values: Readonly<Record<string, unknown>>;
    readonly rule: string | null;
    readonly confidence: string | null;
    readonly note: string | null;
    readonly findings: readonly string[];
  }[];
  readonly rules: readonly { readonly id: string; readonly action: string; readonly sentence: string }[];
  readonly result: Readonly<Record<string, unknown>>;
  /** Columns where the row path and the published row differ: always empty, else a fault of the program. */
  readonly differences: readonly string[];
}

/** Explains every published row of a case number, or the row of FILE:RECORD. */
export async function runExplain(
  context: CommandContext,
  wanted: string,
  flags: ExplainFlags,
): Promise<ExitCode> {
  const folder = await openLakeFolder(context.settings.lake);
  const snapshot = await openSnapshot(folder, flags.snapshot);
  const sources = await loadSources();
  const engine = await openEngine(context);
  try {
    await attachSnapshot(engine, snapshot);
    const found = await findRows(engine, snapshot, wanted);
    if (found.length === 0) {
      throw new CrimeTrackerError(`No row of snapshot ${snapshot.manifest.id} is ${wanted}.`, {
        code: 'row-unknown',
        exitCode: EXIT_CODES.usage,
        hint: 'Give a case number, or FILE:RECORD with a file of the snapshot and a record number counted from 1 after the header.',
      });
    }
    const explanations: Explanation[] = [];
    for (const row of found) {
      const source = sources.find(({ adapter }) => adapter.id === row.row.source);
      if (!source) continue;
      const raw = await readStagedRecord(engine, folder, source.adapter, {
        rawFile: String(row.row.raw_file),
        rawRecord: Number(row.row.raw_record),
      });
      explanations.push(explain(source, snapshot, row, raw));
    }
    if (context.console.json) context.console.out.write(`${JSON.stringify(explanations)}\n`);
    else for (const explanation of explanations) context.console.out.write(`${draw(explanation, context)}\n`);
    return explanations.every(({ differences }) => differences.length === 0)
      ? EXIT_CODES.ok
      : EXIT_CODES.gate;
  } finally {
    await engine.close();
  }
}

async function findRows(engine: Engine, snapshot: Snapshot, wanted: string): Promise<readonly Found[]> {
  const { literal } = engine.dialect;
  const place = /^(.+):(\d+)$/.exec(wanted);
  const files = place
    ? snapshot.manifest.files.filter(
        (file) =>
          file.path === resolve(place[1] ?? '') ||
          file.name === basename(place[1] ?? '') ||
          file.sha256.startsWith(place[1] ?? ''),
      )
    : [];
  const condition =
    place && files.length > 0
      ? `raw_file IN (${files.map((file) => literal(file.sha256)).join(', ')}) AND raw_record = ${literal(Number(place[2]))}`
      : `case_num = ${literal(wanted)} OR incident_id = ${literal(wanted)}`;
  const found: Found[] = [];
  for (const name of TABLES) {
    const rows = await engine.query(`SELECT * FROM ${name} WHERE ${condition} ORDER BY raw_file, raw_record`);
    const disposition =
      name === 'incidents' ? 'curated' : name === 'duplicates' ? 'duplicate' : 'quarantined';
    found.push(...rows.map((row) => ({ disposition, row }) as const));
  }
  return found;
}

function explain(
  { adapter }: Source,
  { manifest }: Snapshot,
  { disposition, row }: Found,
  raw: RawRow | undefined,
): Explanation {
  const origin = {
    rawFile: String(row.raw_file),
    rawRecord: Number(row.raw_record),
    window: manifest.window,
    atStationHouse: String(row.flags).split(';').includes('station-house'),
  };
  const explained = raw && explainRow(adapter, raw, origin);
  const ids = String(row.flags)
    .split(';')
    .filter((id) => id !== '');
  const duplicateRule =
    row.duplicate_rule === undefined || row.duplicate_rule === null ? [] : [String(row.duplicate_rule)];
  const result = explained?.row ?? Object.fromEntries(COLUMN_NAMES.map((name) => [name, row[name] ?? null]));
  return {
    source: adapter.id,
    file: manifest.files.find((file) => file.sha256 === origin.rawFile)?.path ?? '',
    raw_file: origin.rawFile,
    raw_record: origin.rawRecord,
    disposition,
    reasons: String(row.reasons ?? '')
      .split(';')
      .filter((id) => id !== ''),
    kept:
      duplicateRule.length > 0
        ? { raw_file: String(row.kept_raw_file), raw_record: Number(row.kept_raw_record) }
        : null,
    raw_text: row.raw_text === undefined || row.raw_text === null ? null : String(row.raw_text),
    raw: raw ?? null,
    fields: explained ? [...textFields(adapter, raw), ...tracedFields(explained.standardised.trace)] : [],
    rules: [...ids, ...duplicateRule].map((id) => {
      const rule = RULES.find((known) => known.id === id);
      return { id, action: rule?.action ?? '', sentence: rule?.sentence ?? '' };
    }),
    result,
    differences: explained ? COLUMN_NAMES.filter((name) => (row[name] ?? null) !== explained.row[name]) : [],
  };
}

function textFields(adapter: CityAdapter, raw: RawRow): Explanation['fields'] {
  return adapter.texts.map(({ input, output, transforms }) => ({
    field: output,
    raw: { [input]: raw[input] ?? '' },
    values: { [output]: applyTransforms(raw[input] ?? '', transforms) },
    rule: transforms.map(({ kind }) => kind).join(', '),
    confidence: null,
    note: null,
    findings: [],
  }));
}

function tracedFields(trace: ReturnType<typeof explainRow>['standardised']['trace']): Explanation['fields'] {
  return trace.map(({ field, inputs, outcome }) => ({
    field,
    raw: inputs,
    values: outcome.values,
    rule: outcome.rule ?? null,
    confidence: outcome.confidence ?? null,
    note: outcome.note ?? null,
    findings: outcome.findings ?? [],
  }));
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '–' : value === '' ? '""' : String(value);

function draw(explanation: Explanation, { console: { colours } }: CommandContext): string {
  const lines = [
    `${colours.bold(`${explanation.source} ${shown(explanation.result.case_num)}`)}  ${explanation.disposition}`,
    `  record ${explanation.raw_record} of ${explanation.file}`,
    '',
  ];
  if (explanation.raw_text !== null) lines.push(`  ${explanation.raw_text}`, '');
  if (explanation.kept)
    lines.push(
      `  Kept instead: record ${explanation.kept.raw_record} of file ${explanation.kept.raw_file.slice(0, 12)}`,
      '',
    );
  const rows = explanation.fields.map((field) => [
    field.field,
    Object.entries(field.raw)
      .map(([name, text]) => `${name} ${shown(text)}`)
      .join('\n'),
    Object.entries(field.values)
      .map(([name, value]) => `${name} ${shown(value)}`)
      .join('\n'),
    [field.rule, field.confidence && `confidence ${field.confidence}`, field.note, ...field.findings]
      .filter(Boolean)
      .join('\n'),
  ]);
  if (rows.length > 0) lines.push(table(['field', 'raw', 'function answers', 'how'], rows, colours), '');
  if (explanation.rules.length > 0) {
    lines.push(
      table(
        ['rule', 'action', 'what it means'],
        explanation.rules.map((rule) => [rule.id, rule.action, rule.sentence]),
        colours,
      ),
      '',
    );
  }
  lines.push(
    table(
      ['column', 'result'],
      Object.entries(explanation.result).map(([name, value]) => [name, shown(value)]),
      colours,
    ),
  );
  if (explanation.differences.length > 0)
    lines.push('', colours.red(`  The published row differs in ${explanation.differences.join(', ')}.`));
  return `${lines.join('\n')}\n`;
}
