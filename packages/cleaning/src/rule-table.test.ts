import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ruleTable } from './rule-table.js';
import { RULES } from './rules.js';

const MARKED = /(<!-- rules: .*? -->\n)[\s\S]*(<!-- \/rules -->)/;

test('the README lists the rules as they are', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toMatch(MARKED);
  // Out of date? `npx vitest run -u` in this folder writes the table anew.
  const expected = readme.replace(
    MARKED,
    (_, start: string, end: string) => `${start}\n${ruleTable()}\n\n${end}`,
  );
  await expect(expected).toMatchFileSnapshot('../README.md');
});

test('the table has one line per rule, with as many cells as its header', () => {
  const lines = ruleTable().split('\n');
  expect(lines).toHaveLength(RULES.length + 2);
  expect(new Set(lines.map((line) => line.split('|').length))).toEqual(new Set([7]));
});
