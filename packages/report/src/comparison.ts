import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

/** What is held side by side. */
export type Comparison =
  | { readonly kind: 'years'; readonly first: number; readonly second: number }
  | { readonly kind: 'jurisdictions'; readonly first: string; readonly second: string };

const YEAR = /^\d{4}$/;
const JURISDICTION = /^jurisdiction:(.+)$/s;

/** Reads `2022,2023` or `jurisdiction:75,jurisdiction:77`. Throws `compare-invalid`. */
export function parseComparison(text: string): Comparison {
  const [first = '', second = '', ...more] = text.split(',').map((part) => part.trim());
  if (more.length === 0 && first !== second) {
    if (YEAR.test(first) && YEAR.test(second)) {
      const [early = 0, late = 0] = [Number(first), Number(second)].sort((a, b) => a - b);
      return { kind: 'years', first: early, second: late };
    }
    const [a, b] = [JURISDICTION.exec(first)?.[1], JURISDICTION.exec(second)?.[1]];
    if (a !== undefined && b !== undefined) return { kind: 'jurisdictions', first: a, second: b };
  }
  throw new CrimeTrackerError(`--compare ${text} does not name two years or two jurisdictions.`, {
    code: 'compare-invalid',
    exitCode: EXIT_CODES.usage,
    hint: 'Write --compare 2022,2023 or --compare "jurisdiction:75,jurisdiction:77".',
  });
}
