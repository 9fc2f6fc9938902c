import { readFile } from 'node:fs/promises';
import { CRIME_CATEGORIES } from '@crimetracker/schema';
import { expect, test } from 'vitest';
import { EMERGENCE_CLASSES } from '../emerging/classify-emergence.js';
import { parseHarmWeights } from '../harm/harm-weights.js';
import { hotspotsPage } from './hotspots-page.js';

test('docs/hotspots.md is the page as it is (npm run docs writes it)', async () => {
  const page = await readFile(new URL('../../../../docs/hotspots.md', import.meta.url), 'utf8');
  expect(page).toBe(hotspotsPage());
});

test('the page names all 17 classes', () => {
  const page = hotspotsPage();
  for (const name of EMERGENCE_CLASSES) expect(page).toContain(name);
});

test('the made-up weights of the page are a file once the other categories are in it', () => {
  const [, json = ''] = hotspotsPage().match(/```json\n([\s\S]*?)```/) ?? [];
  const example = JSON.parse(json);
  const missing = CRIME_CATEGORIES.filter(
    (category) => !(category in example.weights) && !(category in example.excluded),
  );
  const excluded = { ...example.excluded, ...Object.fromEntries(missing.map((name) => [name, 'made up'])) };
  const weights = parseHarmWeights(JSON.stringify({ ...example, excluded }), 'example.json');
  expect(weights.title).toMatch(/made-up/i);
  expect(weights.notes).toMatch(/made up/i);
});
