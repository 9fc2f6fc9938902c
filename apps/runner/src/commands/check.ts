import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CityAdapter } from '@crimetracker/adapter-kit';
import {
  prepareRawFile,
  rawRowReader,
  readRecords,
  recogniseSource,
  resolveHeader,
  resolveHeaderAs,
} from '@crimetracker/adapter-kit';
import { runConformanceChecks } from '@crimetracker/adapter-kit/testing';
import { canonicalRow } from '@crimetracker/lake';
import type { ExitCode } from '@crimetracker/schema';
import { COLUMN_NAMES, EXIT_CODES, INCIDENT_COLUMN_NAMES } from '@crimetracker/schema';
import { adapterModules } from '../adapters.gen.js';
import { bytes, number, percent, table } from '../console.js';
import type { CommandContext } from '../context.js';
import { listInputs } from '../inputs.js';
import { checkSource, loadSources } from '../sources.js';

const SHOWN_ROWS = 3;
const SHOWN_COLUMNS = [
  'case_num',
  'report_date',
  'occurred_date',
  'occurred_time',
  'crime_category',
  'jurisdiction',
  'weapon_category',
  'victim_age',
  'flags',
] as const;

export interface CheckFlags {
  readonly source?: string;
  readonly rows: number;
}

/** Checks a raw file before it is built, or an adapter by its id. Exits 4 when an adapter breaks its contract. */
export async function runCheck(
  context: CommandContext,
  target: string,
  flags: CheckFlags,
): Promise<ExitCode> {
  const module = adapterModules.find(({ id }) => id === target.toLowerCase());
  return module ? checkAdapter(context, module.id) : checkFile(context, target, flags);
}

async function checkAdapter(
  { console: { out, colours, json } }: CommandContext,
  id: string,
): Promise<ExitCode> {
  const module = adapterModules.find((known) => known.id === id);
  const results = module ? await runConformanceChecks(module) : [];
  const broken = results.filter(({ problems }) => problems.length > 0);
  if (json) out.write(`${JSON.stringify({ adapter: id, ok: broken.length === 0, checks: results })}\n`);
  else {
    for (const { title, skipped, problems } of results) {
      const mark =
        problems.length > 0
          ? colours.red('broken ')
          : skipped === undefined
            ? colours.green('holds  ')
            : colours.dim('skipped');
      out.write(`  ${mark}  ${title}${skipped === undefined ? '' : colours.dim(` (${skipped})`)}\n`);
      for (const { where, what, todo } of problems)
        out.write(`           ${where}: ${what}\n           ${colours.dim(todo)}\n`);
    }
  }
  return broken.length > 0 ? EXIT_CODES.gate : EXIT_CODES.ok;
}

/** What a file is and what its first records become. */
interface FileCheck {
  readonly path: string;
  readonly source: string;
  readonly vintage: {
    readonly id: string;
    readonly exact: boolean;
    readonly similarity: number;
    readonly description: string;
  };
  readonly bytes: number;
  readonly encoding: string;
  readonly compression: string;
  readonly records: number;
  readonly malformed: number;
  readonly columns_read: number;
  /** Drift: columns the adapter knows and the file lacks, and columns the file has and nobody reads. */
  readonly missing_columns: readonly string[];
  readonly ignored_columns: readonly string[];
  readonly notes: readonly string[];
  readonly records_checked: number;
  readonly findings: Readonly<Record<string, number>>;
  readonly quarantined: Readonly<Record<string, number>>;
  /** Share of checked records in which a canonical column is null or Unknown. */
  readonly unknown_share: Readonly<Record<string, number>>;
  readonly first_rows: readonly Readonly<Record<string, unknown>>[];
}

async function checkFile(context: CommandContext, path: string, flags: CheckFlags): Promise<ExitCode> {
  const { console, input, signal, settings } = context;
  const sources = await loadSources();
  const given = checkSource(sources, flags.source);
  const adapters = sources.map(({ adapter }) => adapter);
  const checks: FileCheck[] = [];
  for (const file of await listInputs([path], input)) {
    const folder = await mkdtemp(join(tmpdir(), 'crimetracker-check-'));
    try {
      const prepared = await prepareRawFile(file.stream ?? file.path, { folder, signal });
      const named = adapters.find(({ id }) => id === given);
      const adapter = named ?? recogniseSource(adapters, prepared.header);
      const header = named
        ? resolveHeaderAs(named, adapters, prepared.header)
        : resolveHeader(adapter, prepared.header);
      const toRaw = rawRowReader(adapter, header);
      const survey = new RowSurvey(adapter, { from: settings.from, to: settings.to });
      for await (const { record, fields } of readRecords(prepared, { limit: flags.rows, signal })) {
        survey.add(toRaw(fields), prepared.sha256, record);
      }
      checks.push({
        path: file.path,
        source: adapter.id,
        vintage: {
          id: header.vintage.id,
          exact: header.vintage.isExact,
          similarity: header.vintage.similarity,
          description: header.vintage.description,
        },
        bytes: prepared.bytes,
        encoding: prepared.encoding,
        compression: prepared.compression,
        records: prepared.records,
        malformed: prepared.malformed,
        columns_read: header.columnOf.filter((column) => column !== null).length,
        missing_columns: header.missing,
        ignored_columns: header.ignored,
        notes: header.notes,
        ...survey.result(),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  if (console.json) console.out.write(`${JSON.stringify(checks)}\n`);
  else for (const check of checks) console.out.write(`${draw(check, context)}\n`);
  return EXIT_CODES.ok;
}

class RowSurvey {
  readonly #adapter: CityAdapter;
  readonly #window: { readonly from: string; readonly to: string };
  readonly #findings: Record<string, number> = {};
  readonly #quarantined: Record<string, number> = {};
  readonly #unknown: Record<string, number> = {};
  readonly #firstRows: Readonly<Record<string, unknown>>[] = [];
  #rows = 0;

  constructor(adapter: CityAdapter, window: { readonly from: string; readonly to: string }) {
    this.#adapter = adapter;
    this.#window = window;
  }

  add(raw: Readonly<Record<string, string>>, rawFile: string, rawRecord: number): void {
    const { row, reasons } = canonicalRow(this.#adapter, raw, {
      rawFile,
      rawRecord,
      window: this.#window,
      atStationHouse: false,
    });
    this.#rows += 1;
    for (const id of String(row.flags).split(';'))
      if (id !== '') this.#findings[id] = (this.#findings[id] ?? 0) + 1;
    for (const id of reasons) this.#quarantined[id] = (this.#quarantined[id] ?? 0) + 1;
    for (const name of INCIDENT_COLUMN_NAMES) {
      if (row[name] === null || row[name] === 'Unknown') this.#unknown[name] = (this.#unknown[name] ?? 0) + 1;
    }
    if (this.#firstRows.length < SHOWN_ROWS)
      this.#firstRows.push(Object.fromEntries(COLUMN_NAMES.map((name) => [name, row[name]])));
  }

  result() {
    return {
      records_checked: this.#rows,
      findings: this.#findings,
      quarantined: this.#quarantined,
      unknown_share: Object.fromEntries(
        Object.entries(this.#unknown).map(([name, rows]) => [name, rows / this.#rows]),
      ),
      first_rows: this.#firstRows,
    };
  }
}

function draw(check: FileCheck, { console: { colours } }: CommandContext): string {
  const { vintage } = check;
  const lines = [
    colours.bold(check.path),
    `  source     ${check.source}, ${vintage.exact ? '' : 'nearest to '}${vintage.id}${vintage.exact ? '' : ` (${(100 * vintage.similarity).toFixed(0)} % of names in common)`}: ${vintage.description}`,
    `  file       ${bytes(check.bytes)}, ${check.encoding}, ${check.compression === 'none' ? 'not compressed' : check.compression}`,
    `  records    ${number(check.records)}, malformed ${number(check.malformed)}; ${number(check.records_checked)} checked`,
    `  columns    ${check.columns_read} read`,
  ];
  if (check.missing_columns.length > 0) lines.push(`  missing    ${check.missing_columns.join(', ')}`);
  if (check.ignored_columns.length > 0)
    lines.push(`  not read   ${check.ignored_columns.map((name) => name || '(blank)').join(', ')}`);
  lines.push(...check.notes.map((note) => `  note       ${note}`), '');
  const found = Object.entries(check.findings).sort(([, a], [, b]) => b - a);
  if (found.length > 0) {
    lines.push(
      table(
        ['finding or rule', 'rows', 'share'],
        found.map(([id, rows]) => [id, rows, percent(rows, check.records_checked)]),
        colours,
      ),
      '',
    );
  }
  lines.push(
    table(
      [...SHOWN_COLUMNS],
      check.first_rows.map((row) => SHOWN_COLUMNS.map((name) => String(row[name] ?? '–'))),
      colours,
    ),
  );
  return `${lines.join('\n')}\n`;
}
