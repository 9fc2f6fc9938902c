import { readFile } from 'node:fs/promises';
import { standardiseRow } from '@crimetracker/adapter-kit';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { nypd } from './nypd-adapter.js';
import { readTables } from './tables.js';

const readme = () => readFile(new URL('../README.md', import.meta.url), 'utf8');

it('the example of the README is what the adapter does', async () => {
  const blocks = [...(await readme()).matchAll(/```json\n([\s\S]*?)```/g)].map((match): unknown =>
    JSON.parse(match[1] ?? ''),
  );
  const [given, expected, findings] = z
    .tuple([
      z.record(z.string(), z.string()),
      z.record(z.string(), z.string().nullable()),
      z.array(z.string()),
    ])
    .parse(blocks);
  const adapter = await nypd.load();
  const blank = Object.fromEntries(Object.keys(adapter.columns).map((name) => [name, '']));
  const row = standardiseRow(adapter, { ...blank, ...given });
  expect(row.values).toMatchObject(expected);
  expect(row.findings).toEqual(findings);
});

it('the README counts the rows of the tables as they are', async () => {
  const tables = await readTables();
  const text = await readme();
  expect(text).toContain(`${tables.offences.length} pairs`);
  expect(text).toContain(`${tables.offenceClasses.size} classes`);
  expect(text).toContain(`the ${tables.precincts.size} precincts`);
});
