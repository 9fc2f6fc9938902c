import { relative } from 'node:path';
import { env } from 'node:process';
import { DefaultReporter } from 'vitest/node';
import { ROOT } from './console.mjs';

/** Vitest's own report, then every skipped test with its reason and every failed check, and last a plain line of counts. */
export default class SummaryReporter extends DefaultReporter {
  onTestRunEnd(modules, errors, reason) {
    super.onTestRunEnd(modules, errors, reason);
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state) => tests.filter((test) => test.result().state === state).length;

    for (const test of tests.filter((candidate) => candidate.result().state === 'skipped')) {
      const why = test.result().note ?? 'no reason given';
      console.log(`skipped: ${relative(ROOT, test.module.moduleId)}: ${test.fullName}: ${why}`);
    }
    if (env.FAILED_CHECKS) console.log(`failed before the tests: ${env.FAILED_CHECKS}`);
    // A file that cannot be loaded holds no tests that could fail; it counts as one failure.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    console.log(`${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped`);
  }
}
