import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { ENGINE_CHECKS } from './testing/index.js';

const readme = (): Promise<string> => readFile(new URL('../README.md', import.meta.url), 'utf8');

it('the example of the README runs', async () => {
  const example = /```ts\n([\s\S]*?)```/.exec(await readme())?.[1] ?? '';
  expect(example).toContain('@crimetracker/engine/duckdb');
  const built = new URL('../dist/duckdb/index.js', import.meta.url).href;
  const folder = await mkdtemp(join(tmpdir(), 'crimetracker-engine-readme-'));
  try {
    const file = join(folder, 'example.mjs');
    await writeFile(file, example.replace('@crimetracker/engine/duckdb', built));
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('the README names a check that exists', async () => {
  const ids = [...(await readme()).matchAll(/skip: \{ '([\w-]+)'/g)].map((match) => match[1]);
  expect(ids).toHaveLength(1);
  expect(ENGINE_CHECKS.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
});
