import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ANALYSES } from '../analyses/run-analyses.js';
import { countMarts } from './count-marts.js';
import { martsPage } from './marts-page.js';

test('docs/marts.md is the page of the marts as they are (npm run docs writes it)', async () => {
  const page = await readFile(new URL('../../../../docs/marts.md', import.meta.url), 'utf8');
  expect(page).toBe(martsPage());
});

test('tables and columns have names of their own, in snake case, each with a description', () => {
  const marts = [...countMarts([]), ...ANALYSES.flatMap(({ makes }) => makes)];
  expect(new Set(marts.map(({ name }) => name)).size).toBe(marts.length);
  for (const mart of marts) {
    expect(mart.description).toMatch(/\.$/);
    expect(new Set(mart.columns.map(({ name }) => name)).size).toBe(mart.columns.length);
    for (const column of mart.columns) {
      expect(column.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(column.description, `${mart.name}.${column.name}`).toMatch(/\.$/);
    }
  }
});
