import assert from 'node:assert/strict';
import { CrimeTrackerError } from '@crimetracker/schema';
import type { Engine, SqlRow, SqlValue } from '../engine.js';

/** An open engine with a place of its own for files. */
export interface EngineUnderTest {
  readonly engine: Engine;
  /** A location the engine can write to; a name stands for the same location for as long as the engine is open. */
  readonly location: (name: string) => string;
  /** Writes a UTF-8 file where the engine can read it and returns its path. */
  readonly writeFile: (name: string, text: string) => Promise<string>;
  /** Closes the engine and removes its files. */
  readonly close: () => Promise<void>;
}

export type OpenEngine = () => Promise<EngineUnderTest>;

/** One named claim about an engine. */
export interface EngineCheck {
  readonly id: string;
  /** The claim, as a sentence. */
  readonly title: string;
  /** Throws when the claim does not hold. */
  readonly run: (test: EngineUnderTest) => Promise<void>;
}

/** The single value of a query with one row and one column. */
export async function queryValue(engine: Engine, sql: string): Promise<SqlValue> {
  const rows = await engine.query(sql);
  assert.equal(rows.length, 1, `one row from ${sql.slice(0, 200)}`);
  const values = Object.values(rows[0] ?? {});
  assert.equal(values.length, 1, `one column from ${sql.slice(0, 200)}`);
  return values[0] ?? null;
}

/** The rows as a list of values each, in the order of `names`. */
export function valuesOf(
  rows: readonly SqlRow[],
  names: readonly string[],
): readonly (readonly SqlValue[])[] {
  return rows.map((row) => names.map((name) => row[name] ?? null));
}

/** Throws unless the promise rejects with a CrimeTrackerError of this code, which it returns. */
export async function rejectsWith(promise: Promise<unknown>, code: string): Promise<CrimeTrackerError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  assert.ok('error' in outcome, `expected ${code}, but the call succeeded`);
  assert.ok(outcome.error instanceof CrimeTrackerError, `expected ${code}, not ${String(outcome.error)}`);
  assert.equal(outcome.error.code, code, outcome.error.message);
  return outcome.error;
}

/** Throws unless the function throws a CrimeTrackerError. */
export function refuses(make: () => unknown, what: string): void {
  let made: unknown;
  try {
    made = make();
  } catch (error) {
    assert.ok(error instanceof CrimeTrackerError, `${what} throws ${String(error)}`);
    return;
  }
  assert.fail(`${what} is not refused but becomes ${String(made)}`);
}

/** The numbers 0 to `count - 1`. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
