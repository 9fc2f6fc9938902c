import type { PeriodJudgement } from './agree.js';

export interface AnomalyWords {
  /** "Robbery in Hollywood". */
  readonly what: string;
  /** "the week of 4 March 2024", for the index of a period. */
  readonly nameOf: (at: number) => string;
}

/** One sentence on a judged period, for a reader without statistics. */
export function describeAnomaly(judgement: PeriodJudgement, { what, nameOf }: AnomalyWords): string {
  const { at, observed, expected, lower, upper, direction, since } = judgement;
  const band = `between ${Math.ceil(lower)} and ${Math.floor(upper)}`;
  const counted = `${what}: ${observed} in ${nameOf(at)}`;
  if (direction === undefined) return `${counted}, within what is usual (${band}).`;
  const size = direction === 'above' ? 'more' : 'fewer';
  const start = since === undefined || since === at ? '' : `, as in every period since ${nameOf(since)}`;
  const about = expected < 10 ? expected.toFixed(1) : String(Math.round(expected));
  return `${counted}, ${size} than the ${about} expected (${band})${start}.`;
}
