import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CONFORMANCE_CHECKS } from './run-checks.js';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const example = await readFile(new URL('example-adapter.ts', import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the example adapter that the tests run, as an adapter outside this package writes it', () => {
    const outside = example
      .replace("'../index.js'", "'@crimetracker/adapter-kit'")
      .replace("'../../tables/", "'../tables/");
    expect(readme).toContain(`\`\`\`ts\n${outside}\`\`\``);
  });

  it('lists every claim of the conformance kit, in order', () => {
    const claims = CONFORMANCE_CHECKS.map(({ title }) => `- ${title}`).join('\n');
    expect(readme).toContain(`\n${claims}\n`);
  });
});
