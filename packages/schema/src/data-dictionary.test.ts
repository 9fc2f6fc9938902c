import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COLUMN_NAMES } from './columns.js';
import { renderDataDictionary } from './data-dictionary.js';
import { FINDING_IDS } from './findings.js';
import * as vocabularies from './vocabularies.js';

const page = renderDataDictionary();

test('the dictionary lists every column once, numbered in order', () => {
  const listed = [...page.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map(([, number, name]) => [
    Number(number),
    name,
  ]);
  expect(listed).toEqual(COLUMN_NAMES.map((name, index) => [index + 1, name]));
});

test('the dictionary lists every word of every vocabulary and every finding', () => {
  for (const values of Object.values(vocabularies)) {
    expect(page).toContain(values.map((value) => `- ${value}`).join('\n'));
  }
  for (const id of FINDING_IDS) expect(page).toContain(`| \`${id}\` |`);
});

test('every link of the dictionary leads to one of its headings', () => {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
    text.toLowerCase().replaceAll(' ', '-'),
  );
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(headings).toContain(link);
});

test('every table row has as many cells as its header', () => {
  for (const block of page.split('\n\n').filter((text) => text.startsWith('|'))) {
    const widths = block
      .trim()
      .split('\n')
      .map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(widths).size, block.split('\n')[0]).toBe(1);
  }
});

test('docs/data-dictionary.md is what the catalogue says', () => {
  const written = readFileSync(new URL('../../../docs/data-dictionary.md', import.meta.url), 'utf8');
  expect(written, 'docs/data-dictionary.md is out of date: run `npm run docs` and commit it').toBe(page);
});
