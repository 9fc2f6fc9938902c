import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { FILE_NAMES } from './city-files.js';
import { VINTAGES } from './city-stream.js';
import { DIRT_KINDS } from './truth-file.js';

const readme = (): Promise<string> => readFile(new URL('../README.md', import.meta.url), 'utf8');
const MARKED = /(<!-- dirt:start -->)[\s\S]*(<!-- dirt:end -->)/;

test('the example of the README runs', async () => {
  const example = /```ts\n([\s\S]*?)```/.exec(await readme())?.[1] ?? '';
  const built = new URL('../dist/index.js', import.meta.url).href;
  const folder = await mkdtemp(join(tmpdir(), 'synthetic-readme-'));
  try {
    const file = join(folder, 'example.mjs');
    expect(example).toContain('@crimetracker/synthetic');
    await writeFile(file, example.replace('@crimetracker/synthetic', built));
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the README lists the kinds of dirt as they are', async () => {
  const text = await readme();
  expect(text).toMatch(MARKED);
  const rows = DIRT_KINDS.map(({ id, cities, disposition, rule }) => [
    `\`${id}\``,
    cities.join(', '),
    disposition,
    rule === '' ? 'nothing' : `\`${rule}\``,
  ]);
  const table = [['kind', 'cities', 'row', 'raises'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  // Out of date? `npx vitest run -u` in this folder writes the table anew.
  const expected = text.replace(MARKED, (_, start: string, end: string) => `${start}\n\n${table}\n\n${end}`);
  await expect(expected).toMatchFileSnapshot('../README.md');
});

test('the README names every file and every vintage', async () => {
  const text = await readme();
  for (const name of FILE_NAMES) expect(text).toContain(`\`${name}\``);
  for (const vintage of VINTAGES) expect(text).toContain(`\`${vintage.slice(5)}\``);
});
