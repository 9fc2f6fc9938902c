import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

const workspaces = ['packages', 'apps']
  .filter((group) => existsSync(`${root}${group}`))
  .flatMap((group) => readdirSync(`${root}${group}`).map((name) => `${group}/${name}`));

/**
 * One run for the whole repository; only sources are searched, as a build leaves compiled tests in dist.
 * It stands here and not in the root, where Vitest would also find it from inside a package.
 */
export default defineConfig({
  test: {
    reporters: [`${root}scripts/summary-reporter.mjs`],
    projects: [
      ...workspaces.map((path) => ({
        test: { name: path, root: `${root}${path}`, include: ['src/**/*.test.ts'] },
      })),
      { test: { name: 'scripts', root, include: ['scripts/**/*.test.mjs'] } },
    ],
  },
});
