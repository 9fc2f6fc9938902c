import fc from 'fast-check';
import type { Field } from '../field.js';
import type { RawRow } from '../row-path.js';
import { CODE_TEXTS, HOSTILE_TEXTS, NEVER_SEEN } from './hostile-texts.js';

const RANDOM_CASES = 400;
const TEXTS: readonly string[] = [...Object.values(HOSTILE_TEXTS), NEVER_SEEN];

// fast-check's own unit for any code point builds a table of all of them, which takes over a second.
const anySign = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));

/** Any string, and strings that nearly are a date, a time, a number or a pair. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: anySign, maxLength: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...CODE_TEXTS) },
  {
    weight: 2,
    arbitrary: fc.stringMatching(/^[0-9]{1,4}[-/. ]?[0-9]{1,2}[-/. ]?[0-9]{1,4}([ T][0-9:]{1,8})?$/),
  },
  {
    weight: 2,
    arbitrary: fc.stringMatching(/^[ (+-]?[0-9]{0,3}[.,:]?[0-9]{0,9}[)eE]?[0-9]{0,3} ?([AaPp][Mm])?$/),
  },
  { weight: 1, arbitrary: fc.double().map(String) },
);

/**
 * The inputs a field is tried with: each hostile text and code alone and in every input at once, the cells of
 * the adapter's own tables row by row, and random strings. The same for the same field and seed.
 */
export function fieldCases(
  field: Field,
  tableRows: readonly (readonly string[])[],
  seed: number,
): readonly RawRow[] {
  const { inputs } = field;
  const nothing = Object.fromEntries(inputs.map((input) => [input, '']));
  const cases: RawRow[] = [];
  for (const text of [...TEXTS, ...CODE_TEXTS]) {
    cases.push(Object.fromEntries(inputs.map((input) => [input, text])));
    if (inputs.length > 1) for (const input of inputs) cases.push({ ...nothing, [input]: text });
  }
  const tried = new Set<string>();
  for (const row of tableRows) {
    for (const raw of tableCases(inputs, row, nothing)) {
      const key = JSON.stringify(raw);
      if (!tried.has(key)) cases.push(raw);
      tried.add(key);
    }
  }
  const random = fc.record(Object.fromEntries(inputs.map((input) => [input, anyText])));
  cases.push(...fc.sample(random, { numRuns: RANDOM_CASES, seed }));
  return cases;
}

/** Each cell in each input, and each pair of neighbouring cells in each pair of neighbouring inputs. */
function tableCases(inputs: readonly string[], row: readonly string[], nothing: RawRow): RawRow[] {
  const cases: RawRow[] = [];
  inputs.forEach((input, position) => {
    const next = inputs[position + 1];
    row.forEach((text, cell) => {
      cases.push({ ...nothing, [input]: text });
      const neighbour = row[cell + 1];
      if (next !== undefined && neighbour !== undefined)
        cases.push({ ...nothing, [input]: text, [next]: neighbour });
    });
  });
  return cases;
}
