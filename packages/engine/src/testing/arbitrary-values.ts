import fc from 'fast-check';
import { daysBetween, isoDay } from './reference.js';

const SEED = 20_260_101;

/** Always the same values, so that a failure can be run again. */
export function sample<T>(arbitrary: fc.Arbitrary<T>, count: number): readonly T[] {
  return fc.sample(arbitrary, { seed: SEED, numRuns: count });
}

/** Characters that text functions disagree about. */
const TRICKY = [
  ...' \t\r\n\v\f',
  '\u00A0',
  '\u0085',
  '\u2003',
  '\u200B',
  '\u3000',
  '\uFEFF',
  '\u0301',
  ...'aAzZéÉßıİſǆ09%_\\"\',;',
  '😀',
  '𝔘',
  '👮🏽‍♀️',
  'SP',
  'P2',
];

/** Text with many blanks, odd letters, quotes and wildcards; never NUL or half a surrogate pair. */
export const trickyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...TRICKY), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
  fc.stringMatching(/^ {0,3}[a-z0-9-]{0,12} {0,3}$/),
);

const LAST_DAY = daysBetween('1900-01-01', '2100-12-31');

/** ISO dates from 1900 to 2100. */
export const isoDate: fc.Arbitrary<string> = fc.integer({ min: 0, max: LAST_DAY }).map(isoDay);

/** The days of 1900 to 2100 where calendars go wrong: ends of February and of years. */
export const EDGE_DATES: readonly string[] = Array.from({ length: LAST_DAY + 1 }, (_, day) =>
  isoDay(day),
).filter((iso) => /-(?:01-01|02-28|02-29|03-01|12-31)$/.test(iso));
