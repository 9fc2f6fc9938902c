import { beforeAll, describe, expect, it } from 'vitest';
import type { CityAdapterModule } from '../define-city-adapter.js';
import { describeProblems } from './problem.js';
import { CONFORMANCE_CHECKS, identityProblems } from './run-checks.js';
import type { ConformanceOptions, Subject } from './subject.js';
import { loadSubject } from './subject.js';

const TIMEOUT_MS = 60_000;

/**
 * Declares the conformance tests of a city adapter: one test per claim, each failing with every problem found.
 *
 * Call it at the top of a test file. Golden rows and sample files are optional; a check without them says so.
 */
export function describeCityAdapter(module: CityAdapterModule, options: ConformanceOptions = {}): void {
  describe(`city adapter ${module.id}`, () => {
    let subject: Subject | undefined;
    beforeAll(async () => {
      subject = await loadSubject(module, options);
    }, TIMEOUT_MS);

    it('the adapter loads under its own id', () => {
      expect(describeProblems(identityProblems(module, subject?.adapter.id ?? ''))).toBe('');
    });
    for (const check of CONFORMANCE_CHECKS) {
      it(check.title, { timeout: TIMEOUT_MS }, async (context) => {
        const reason = check.skip?.(options) ?? null;
        if (reason !== null) return context.skip(reason);
        if (subject === undefined) throw new Error('The adapter did not load.');
        expect(describeProblems(await check.run(subject))).toBe('');
      });
    }
  });
}
