// The test command: sets up, runs every check of the repository, then every test. Its last line counts the tests.
import { exit } from 'node:process';
import { show, step } from './console.mjs';
import { setUp } from './toolchain.mjs';

const CHECKS = [
  ['Checking format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['Checking promises', 'oxlint', '--type-aware', '--deny-warnings'],
  ['Checking package boundaries', 'turbo', 'boundaries'],
  ['Checking for unused code', 'knip'],
  ['Checking versions, names and paths', 'node', 'scripts/check-repository.mjs'],
  ['Checking the list of cities', 'node', 'scripts/generate-registry.mjs', '--check'],
];

const tools = await setUp();

const failed = [];
for (const [title, command, ...args] of CHECKS) {
  const { exitCode } = await step(title, command, args, tools);
  if (exitCode !== 0) failed.push(title);
}

const testEnvironment = { ...tools, FAILED_CHECKS: failed.join(', ') };
const exitCode = await show('vitest', ['run', '--config', 'scripts/vitest.config.ts'], testEnvironment);
exit(failed.length > 0 ? 1 : exitCode);
