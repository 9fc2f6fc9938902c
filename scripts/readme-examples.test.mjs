import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { expect, test } from 'vitest';
import { ROOT } from './console.mjs';

const readmes = readdirSync(join(ROOT, 'packages'))
  .map((name) => join('packages', name, 'README.md'))
  .filter((path) => existsSync(join(ROOT, path)));

const examples = readmes.flatMap((path) => {
  const blocks = readFileSync(join(ROOT, path), 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, code], index) => ({
    name: `${path}, example ${index + 1}`,
    folder: join(ROOT, path, '..'),
    code,
  }));
});

test('there are examples to run', () => {
  expect(examples.length).toBeGreaterThan(0);
});

// A package finds itself by its own name through its exports map, so each `js` block runs as a reader would write it.
test.each(examples)('$name runs as it is printed', { timeout: 30_000 }, ({ code, folder }) => {
  execFileSync(execPath, ['--input-type=module', '--eval', code], { cwd: folder, stdio: 'pipe' });
});
