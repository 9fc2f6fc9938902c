// Writes the generated pages of docs/ from the built packages; a test of each owner fails when a page drifts.
import { writeFileSync } from 'node:fs';
import { hotspotsPage } from '../packages/hotspots/dist/index.js';
import { renderDataDictionary } from '../packages/schema/dist/index.js';
import { martsPage } from '../packages/trends/dist/index.js';

const pages = {
  'data-dictionary.md': renderDataDictionary(),
  'marts.md': martsPage(),
  'hotspots.md': hotspotsPage(),
};

for (const [name, text] of Object.entries(pages)) {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
  console.log(`Wrote docs/${name}`);
}
