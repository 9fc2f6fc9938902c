import { describe, it } from 'vitest';
import type { OpenEngine } from './engine-check.js';
import { ENGINE_CHECKS } from './engine-checks.js';

const TIMEOUT_MS = 120_000;

export interface ContractOptions {
  /** Claims that this engine cannot meet, by id, each with the reason that is printed. */
  readonly skip?: Readonly<Record<string, string>>;
}

/**
 * Declares the tests that every engine passes, one per claim, each on an engine of its own.
 *
 * Call it at the top of a test file.
 */
export function describeEngine(name: string, open: OpenEngine, options: ContractOptions = {}): void {
  describe(`engine ${name}`, () => {
    for (const { id, title, run } of ENGINE_CHECKS) {
      it(title, { timeout: TIMEOUT_MS }, async (context) => {
        const reason = options.skip?.[id];
        if (reason !== undefined) return context.skip(reason);
        const test = await open();
        try {
          await run(test);
        } finally {
          await test.close();
        }
      });
    }
  });
}
