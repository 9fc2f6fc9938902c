import type { AdapterColumnName, Confidence, FindingId } from '@crimetracker/schema';

/** A canonical value: what a field function returns and a row carries. Dates and times are ISO text. */
export type Value = string | number | null;

/** What a field function says of one combination of raw texts. */
export interface Outcome<Output extends AdapterColumnName = AdapterColumnName> {
  readonly values: Readonly<Record<Output, Value>>;
  /** What was noticed about the raw text; empty or absent when nothing. */
  readonly findings?: readonly FindingId[];
  /** Which branch of the function answered, in a few words a policy analyst understands. */
  readonly rule?: string;
  readonly confidence?: Confidence;
  readonly note?: string;
}

/** A pure function from one to four raw columns to one or more canonical columns. */
export interface Field {
  readonly inputs: readonly string[];
  readonly outputs: readonly AdapterColumnName[];
  /** `raw` holds exactly the inputs; absent columns are the empty string. Must not throw; gives exactly the outputs. */
  readonly evaluate: (raw: Readonly<Record<string, string>>) => Outcome;
}

type OneToFour<T> = readonly [T] | readonly [T, T] | readonly [T, T, T] | readonly [T, T, T, T];

/** The values of a field with a single output column whose name is only known when the field is built. */
export function singleValue(output: AdapterColumnName, value: Value): Outcome['values'] {
  return { [output]: value } as Record<AdapterColumnName, Value>;
}

/** Declares a field with its inputs and outputs checked against the function's types. */
export function field<
  const Inputs extends OneToFour<string>,
  const Outputs extends readonly AdapterColumnName[],
>(declaration: {
  readonly inputs: Inputs;
  readonly outputs: Outputs;
  readonly evaluate: (raw: Readonly<Record<Inputs[number], string>>) => Outcome<Outputs[number]>;
}): Field {
  return declaration as Field;
}
