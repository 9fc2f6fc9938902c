import type { CityAdapterModule } from '../define-city-adapter.js';
import type { ConformanceCheck } from './check.js';
import { dataChecks } from './data-checks.js';
import { fieldChecks } from './field-checks.js';
import { headerChecks } from './header-checks.js';
import type { Problem } from './problem.js';
import { sampleCheck } from './sample-check.js';
import type { ConformanceOptions, Subject } from './subject.js';
import { loadSubject } from './subject.js';

/** Every claim of the conformance kit about a loaded adapter, in the order in which they are reported. */
export const CONFORMANCE_CHECKS: readonly ConformanceCheck[] = [
  ...headerChecks,
  ...fieldChecks,
  ...dataChecks,
  sampleCheck,
];

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  /** Why the check did not run; absent when it did. */
  readonly skipped?: string;
  readonly problems: readonly Problem[];
}

/** Runs the checks without a test runner; a module that does not load gives the single result `loads`. */
export async function runConformanceChecks(
  module: CityAdapterModule,
  options: ConformanceOptions = {},
  checks: readonly ConformanceCheck[] = CONFORMANCE_CHECKS,
): Promise<readonly CheckResult[]> {
  const loading = { id: 'loads', title: 'the adapter loads' };
  let subject: Subject;
  try {
    subject = await loadSubject(module, options);
  } catch (error) {
    return [{ ...loading, problems: [loadProblem(module, error)] }];
  }
  const results: CheckResult[] = [{ ...loading, problems: identityProblems(module, subject.adapter.id) }];
  for (const { id, title, skip, run } of checks) {
    const skipped = skip?.(options) ?? null;
    results.push(
      skipped === null ? { id, title, problems: await run(subject) } : { id, title, skipped, problems: [] },
    );
  }
  return results;
}

/** Says how a module failed to load. */
export function loadProblem(module: CityAdapterModule, error: unknown): Problem {
  return {
    where: module.id,
    what: error instanceof Error ? error.message : String(error),
    todo: 'Correct the declaration or the code table it names.',
  };
}

/** Says when a module and its adapter do not carry the same id. */
export function identityProblems(module: CityAdapterModule, id: string): readonly Problem[] {
  return module.id === id
    ? []
    : [{ where: module.id, what: `its adapter calls itself ${id}`, todo: 'Use one id.' }];
}
