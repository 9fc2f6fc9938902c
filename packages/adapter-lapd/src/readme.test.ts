import { readFile } from 'node:fs/promises';
import { rawRowReader, resolveHeader, standardiseRow } from '@crimetracker/adapter-kit';
import { expect, it } from 'vitest';
import { readCodeTables } from './code-tables.js';
import { lapd } from './lapd-adapter.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

function block(language: string): string {
  const text = readme.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0];
  if (text === undefined) throw new Error(`README.md has no ${language} block.`);
  return text;
}

it('the example of the README holds', async () => {
  const adapter = await lapd.load();
  const [header = [], record = []] = block('csv')
    .split('\n')
    .map((line) => line.split(','));
  const { values } = standardiseRow(adapter, rawRowReader(adapter, resolveHeader(adapter, header))(record));
  expect(values).toMatchObject(JSON.parse(block('json')) as Record<string, unknown>);
});

it('the README names every vintage and the size of every table', async () => {
  const cells = readme.replaceAll(/ +/g, ' ');
  const { vintages } = await lapd.load();
  for (const { id } of vintages) expect(readme).toContain(`\`${id}\``);
  const { offences, weapons, premises, descents, sexes, areas, statuses } = await readCodeTables();
  expect(cells).toContain(`| \`offences.csv\` | ${offences.rows.length} |`);
  expect(cells).toContain(`| \`weapons.csv\` | ${weapons.rows.length} |`);
  expect(cells).toContain(`| \`premises.csv\` | ${premises.rows.length} |`);
  expect(cells).toContain(
    `| ${[descents, sexes, areas, statuses].map(({ rows }) => rows.length).join(', ')} |`,
  );
});
