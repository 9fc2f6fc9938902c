// Raw files to damage: the real samples when they are there, synthetic files of every vintage always.
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sampleFiles, samplesAbsent } from '../../apps/runner/dist/acceptance/samples.js';
import { VINTAGES, writeVintage } from '../../packages/synthetic/dist/index.js';

/**
 * Bytes of raw files by name, decompressed.
 * @param {string} folder scratch folder
 * @param {number} rows rows of each synthetic file
 * @returns {Promise<readonly { name: string, source: string, bytes: Buffer }[]>}
 */
export async function loadSamples(folder, rows) {
  const samples = [];
  if (samplesAbsent === null) {
    for (const path of sampleFiles()) {
      const source = path.includes('nypd') ? 'nypd' : 'lapd';
      samples.push({ name: basename(path, '.gz'), source, bytes: gunzipSync(await readFile(path)) });
    }
  } else {
    console.log(`Only synthetic files, because ${samplesAbsent}.`);
  }
  await mkdir(folder, { recursive: true });
  for (const [index, vintage] of VINTAGES.entries()) {
    const path = join(folder, `${vintage}.csv`);
    await writeVintage({ path, vintage, rows, seed: 100 + index });
    samples.push({
      name: `synthetic-${vintage}.csv`,
      source: vintage.slice(0, 4),
      bytes: await readFile(path),
    });
  }
  return samples;
}
