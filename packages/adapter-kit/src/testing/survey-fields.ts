import { CONFIDENCES, FINDINGS } from '@crimetracker/schema';
import type { CityAdapter } from '../city-adapter.js';
import type { Field, Outcome } from '../field.js';
import type { RawRow } from '../row-path.js';
import { fieldCases } from './field-cases.js';
import type { Problem } from './problem.js';
import { showRow } from './problem.js';
import { valueProblem } from './value-problem.js';

/** What trying every field with every case found, by the check it belongs to. */
export interface FieldSurvey {
  readonly thrown: readonly Problem[];
  readonly impure: readonly Problem[];
  readonly values: readonly Problem[];
  readonly findings: readonly Problem[];
  readonly cases: number;
}

const ANSWERS_AT_MOST_MS = 50;

/** Tries every field of an adapter with hostile, coded and random texts, forwards and backwards. */
export function surveyFields(
  adapter: CityAdapter,
  tableRows: readonly (readonly string[])[],
  seed: number,
): FieldSurvey {
  const survey = {
    thrown: [] as Problem[],
    impure: [] as Problem[],
    values: [] as Problem[],
    findings: [] as Problem[],
  };
  let count = 0;
  for (const [name, field] of Object.entries(adapter.fields)) {
    const cases = fieldCases(field, tableRows, seed);
    count += cases.length;
    const where = (raw: RawRow) => `${adapter.id}, field ${name}, ${showRow(raw)}`;
    const first = cases.map((raw) => tryField(field, raw));
    first.forEach((attempt, index) => {
      const raw = cases[index] ?? {};
      if ('error' in attempt) {
        survey.thrown.push({
          where: where(raw),
          what: `the function threw ${attempt.error}`,
          todo: 'Return null or the word for unknown, with a finding; bad cells are data.',
        });
        return;
      }
      survey.impure.push(...readingProblems(field, raw, attempt, where));
      survey.values.push(...valueProblems(field, attempt.outcome, () => where(raw)));
      survey.findings.push(...findingProblems(attempt.outcome, () => where(raw)));
    });
    survey.impure.push(...repeatProblems(field, cases, first, where));
  }
  return { ...survey, cases: count };
}

interface Answer {
  readonly outcome: Outcome;
  /** The outcome as text, to compare. */
  readonly text: string;
  readonly undeclared: ReadonlySet<string>;
  readonly durationMs: number;
}

interface Failure {
  readonly error: string;
}

/** Evaluates with a row that cannot be changed and that remembers reads outside the declared inputs. */
function tryField(field: Field, raw: RawRow): Answer | Failure {
  const undeclared = new Set<string>();
  const guarded = new Proxy(Object.freeze({ ...raw }), {
    get: (row, key) => {
      if (typeof key === 'string' && !field.inputs.includes(key)) undeclared.add(key);
      return Reflect.get(row, key);
    },
  });
  const startedAt = performance.now();
  try {
    const outcome = field.evaluate(guarded);
    return { outcome, text: JSON.stringify(outcome), undeclared, durationMs: performance.now() - startedAt };
  } catch (error) {
    return { error: String(error).slice(0, 120) };
  }
}

function readingProblems(
  field: Field,
  raw: RawRow,
  { undeclared, durationMs }: Answer,
  where: (raw: RawRow) => string,
): Problem[] {
  const problems: Problem[] = [];
  if (undeclared.size > 0) {
    problems.push({
      where: where(raw),
      what: `the function reads ${[...undeclared].join(', ')}, which it does not declare as input`,
      todo: 'Add it to inputs: the engine joins on the declared inputs only.',
    });
  }
  if (durationMs > ANSWERS_AT_MOST_MS && isSlow(field, raw)) {
    problems.push({
      where: where(raw),
      what: `the function needs more than ${ANSWERS_AT_MOST_MS} ms for one row`,
      todo: 'Look for a regular expression that backtracks; anchor it or use a parser of the kit.',
    });
  }
  return problems;
}

/** A busy machine may delay one call; a slow function is slow every time. */
function isSlow(field: Field, raw: RawRow): boolean {
  return [1, 2, 3].every(() => {
    const attempt = tryField(field, raw);
    return !('error' in attempt) && attempt.durationMs > ANSWERS_AT_MOST_MS;
  });
}

/** A second pass in reverse order, on another day and with another random sequence, must give the same answers. */
function repeatProblems(
  field: Field,
  cases: readonly RawRow[],
  first: readonly (Answer | Failure)[],
  where: (raw: RawRow) => string,
): Problem[] {
  return onAnotherDay(() => {
    for (let index = cases.length - 1; index >= 0; index -= 1) {
      const raw = cases[index] ?? {};
      const before = first[index];
      const again = tryField(field, raw);
      if (before === undefined || said(before) === said(again)) continue;
      return [
        {
          where: where(raw),
          what: `the function said ${said(before)} first and ${said(again)} later`,
          todo: 'Make it depend on its inputs only: no clock, no random numbers, no state between calls.',
        },
      ];
    }
    return [];
  });
}

function said(attempt: Answer | Failure): string {
  return 'error' in attempt ? attempt.error : attempt.text;
}

/** The clock and the random source are the two things outside the program that a function might read. */
function onAnotherDay<Result>(run: () => Result): Result {
  const RealDate = Date;
  const realRandom = Math.random;
  class ShiftedDate extends RealDate {
    constructor(...parts: readonly (number | string | Date)[]) {
      if (parts.length === 0) super('1987-06-05T04:03:02Z');
      else super(...(parts as [number]));
    }
    static override now(): number {
      return new RealDate('1987-06-05T04:03:02Z').getTime();
    }
  }
  let state = 1;
  try {
    Reflect.set(globalThis, 'Date', ShiftedDate);
    Math.random = () => {
      state = (state * 16807) % 2147483647;
      return state / 2147483647;
    };
    return run();
  } finally {
    Reflect.set(globalThis, 'Date', RealDate);
    Math.random = realRandom;
  }
}

function valueProblems(field: Field, outcome: Outcome, where: () => string): Problem[] {
  const problems: Problem[] = [];
  const given = Object.keys(outcome.values);
  for (const output of field.outputs) {
    const what = valueProblem(
      output,
      Object.hasOwn(outcome.values, output) ? outcome.values[output] : undefined,
    );
    if (what !== null)
      problems.push({ where: where(), what, todo: 'Return a value of the column: see the data dictionary.' });
  }
  for (const name of given.filter((key) => !field.outputs.some((output) => output === key))) {
    problems.push({
      where: where(),
      what: `the function returns ${name}, which it does not declare`,
      todo: 'Add it to outputs or drop it.',
    });
  }
  return problems;
}

function findingProblems(outcome: Outcome, where: () => string): Problem[] {
  const problems: Problem[] = (outcome.findings ?? [])
    .filter((finding) => !Object.hasOwn(FINDINGS, finding))
    .map((finding) => ({
      where: where(),
      what: `"${finding}" is not a finding`,
      todo: 'Use one of FINDINGS in the schema package.',
    }));
  if (outcome.confidence !== undefined && !CONFIDENCES.includes(outcome.confidence)) {
    problems.push({
      where: where(),
      what: `"${outcome.confidence}" is not a confidence`,
      todo: `Use ${CONFIDENCES.join(', ')}.`,
    });
  }
  return problems;
}
