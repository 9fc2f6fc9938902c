import type { AdapterColumnName, FindingId } from '@crimetracker/schema';
import { ADAPTER_COLUMN_NAMES, CrimeTrackerError, EXIT_CODES, FINDING_IDS } from '@crimetracker/schema';
import { z } from 'zod';
import type { CityAdapter } from './city-adapter.js';
import type { Field, Outcome, Value } from './field.js';
import type { ResolvedHeader } from './resolve-header.js';
import type { TextField } from './text-transform.js';
import { applyTransforms } from './text-transform.js';

/** One record of a file, as text: every declared raw column, the empty string where absent. */
export type RawRow = Readonly<Record<string, string>>;

export interface RowValues {
  readonly values: Readonly<Record<AdapterColumnName, Value>>;
  /** What the fields noticed, each once, in catalogue order. */
  readonly findings: readonly FindingId[];
}

/** How one field came to its values. */
export interface FieldTrace {
  readonly field: string;
  readonly inputs: RawRow;
  readonly outcome: Outcome;
}

export interface StandardisedRow extends RowValues {
  /** One entry per field, in the adapter's order; text columns and constants have none. */
  readonly trace: readonly FieldTrace[];
}

interface PlannedField {
  readonly name: string;
  readonly field: Field;
  /** Answers already given, by the text of the inputs. */
  readonly answers: Map<string, Outcome>;
}

interface RowPlan {
  readonly schema: z.ZodType<RawRow>;
  readonly fields: readonly PlannedField[];
  readonly texts: readonly TextField[];
  /** Every column of an adapter, null unless constant. */
  readonly template: Readonly<Record<AdapterColumnName, Value>>;
}

const PLANS = new WeakMap<CityAdapter, RowPlan>();
const CATALOGUE_ORDER: ReadonlyMap<string, number> = new Map(FINDING_IDS.map((id, index) => [id, index]));
// Files repeat themselves: with answers kept, a row of the real NYPD and LAPD files costs half of what it costs
// without (measured 2026-11). This many coordinates, the largest answers, take about 25 MB.
const ANSWERS_KEPT = 50_000;
const LONGEST_KEY = 256;
const NO_FINDINGS: readonly FindingId[] = [];

/**
 * Turns one raw row into canonical values, with the trace of every field: what `explain` shows.
 *
 * `raw` has every declared raw column; throws `raw-row-invalid` otherwise.
 */
export function standardiseRow(adapter: CityAdapter, raw: RawRow): StandardisedRow {
  const trace: FieldTrace[] = [];
  return { ...evaluateRow(adapter, raw, trace), trace };
}

/** As `standardiseRow` without the trace, for whole files. */
export function standardiseValues(adapter: CityAdapter, raw: RawRow): RowValues {
  return evaluateRow(adapter, raw, undefined);
}

/** Makes the function that turns the fields of a record into a raw row, for one file's header. */
export function rawRowReader(
  adapter: CityAdapter,
  header: ResolvedHeader,
): (fields: readonly string[]) => RawRow {
  const names = Object.keys(adapter.columns);
  const positions = names.map((name) => header.columnOf.indexOf(name));
  const defaults = names.map((name) => header.constants[name] ?? '');
  return (fields) => {
    const row: Record<string, string> = {};
    for (let index = 0; index < names.length; index += 1) {
      const position = positions[index] ?? -1;
      const fallback = defaults[index] ?? '';
      row[names[index] ?? ''] = position < 0 ? fallback : (fields[position] ?? '');
    }
    return row;
  };
}

function evaluateRow(adapter: CityAdapter, raw: RawRow, trace: FieldTrace[] | undefined): RowValues {
  const plan = planOf(adapter);
  const row = checkRow(adapter, plan, raw);
  const values: Record<AdapterColumnName, Value> = { ...plan.template };
  let findings = NO_FINDINGS;

  for (const text of plan.texts)
    values[text.output] = applyTransforms(row[text.input] ?? '', text.transforms);
  for (const planned of plan.fields) {
    const outcome = answer(planned, row);
    for (const output of planned.field.outputs) values[output] = outcome.values[output];
    if (outcome.findings !== undefined && outcome.findings.length > 0) {
      findings = findings.length === 0 ? outcome.findings : [...findings, ...outcome.findings];
    }
    trace?.push({ field: planned.name, inputs: inputsOf(planned.field, row), outcome });
  }
  return { values, findings: inCatalogueOrder(findings) };
}

function answer({ field, answers }: PlannedField, row: RawRow): Outcome {
  const key = keyOf(field.inputs, row);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const outcome = field.evaluate(inputsOf(field, row));
  if (key.length <= LONGEST_KEY) {
    if (answers.size >= ANSWERS_KEPT) answers.clear();
    answers.set(key, outcome);
  }
  return outcome;
}

/** Exactly the inputs: a function that reads more would differ from its crosswalk on the engine path. */
function inputsOf(field: Field, row: RawRow): RawRow {
  const inputs: Record<string, string> = {};
  for (const input of field.inputs) inputs[input] = row[input] ?? '';
  return inputs;
}

/** The lengths stand before the texts, since any separator may occur in them. */
function keyOf(inputs: readonly string[], row: RawRow): string {
  const first = row[inputs[0] ?? ''] ?? '';
  if (inputs.length === 1) return first;
  let lengths = '';
  let texts = '';
  for (const input of inputs) {
    const text = row[input] ?? '';
    lengths += `${text.length},`;
    texts += text;
  }
  return lengths + texts;
}

function planOf(adapter: CityAdapter): RowPlan {
  const known = PLANS.get(adapter);
  if (known !== undefined) return known;
  const nothing = Object.fromEntries(ADAPTER_COLUMN_NAMES.map((name) => [name, null])) as Record<
    AdapterColumnName,
    Value
  >;
  const plan: RowPlan = {
    schema: z.object(Object.fromEntries(Object.keys(adapter.columns).map((name) => [name, z.string()]))),
    fields: Object.entries(adapter.fields).map(([name, field]) => ({ name, field, answers: new Map() })),
    texts: adapter.texts,
    template: { ...nothing, ...adapter.constants },
  };
  PLANS.set(adapter, plan);
  return plan;
}

function checkRow(adapter: CityAdapter, plan: RowPlan, raw: RawRow): RawRow {
  const checked = plan.schema.safeParse(raw);
  if (checked.success) return checked.data;
  const mistakes = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new CrimeTrackerError(`A raw row of ${adapter.id} is not complete:\n  ${mistakes.join('\n  ')}`, {
    code: 'raw-row-invalid',
    exitCode: EXIT_CODES.bug,
    hint: 'Every declared raw column must be given as text; absent columns are the empty string.',
    where: { source: adapter.id },
  });
}

function inCatalogueOrder(findings: readonly FindingId[]): readonly FindingId[] {
  if (findings.length < 2) return findings;
  const place = (id: FindingId) => CATALOGUE_ORDER.get(id) ?? FINDING_IDS.length;
  return [...new Set(findings)].sort((a, b) => place(a) - place(b));
}
