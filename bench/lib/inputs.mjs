import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { generateRawFiles } from '@crimetracker/synthetic';

/** The defects of single values. Those of whole records are not among them: published files have none, and DuckDB's reader finds other ones than a strict reader does. */
const FIELD_DIRT = [
  'case-number-blank',
  'report-date-blank',
  'report-date-impossible',
  'report-date-text',
  'occurred-date-blank',
  'occurred-date-impossible',
  'occurred-date-text',
  'only-end-known',
  'century-1919',
  'century-1019',
  'reported-before-occurred',
  'outside-window',
  'end-before-start',
  'end-date-impossible',
  'end-time-unreadable',
  'end-time-24',
  'time-24',
  'time-unreadable',
  'coordinates-blank',
  'coordinates-zero',
  'coordinates-outside',
  'coordinates-text',
  'victim-age-junk',
  'victim-sex-unseen',
  'victim-race-unseen',
  'victim-not-a-person',
  'suspect-age-junk',
  'suspect-sex-unseen',
  'suspect-race-unseen',
  'offence-unseen',
  'offence-wording-unseen',
  'law-class-unseen',
  'premises-unseen',
  'weapon-unseen',
  'status-unseen',
  'district-unseen',
  'agency-unseen',
  'float-code',
  'null-marker',
  'trailing-blanks',
];

export const DIRT = /** @type {const} */ (['fields', 'all', 'none']);

/**
 * @typedef {object} InputOptions
 * @property {number} rows
 * @property {readonly ('nypd' | 'lapd')[]} cities
 * @property {(typeof DIRT)[number]} dirt
 * @property {number} seed
 *
 * @typedef {object} Inputs
 * @property {readonly string[]} paths
 * @property {number} bytes
 * @property {number} rows
 * @property {string} description
 */

/**
 * Raw files of synthetic incidents, generated once for the same wishes and kept in the work folder. Seven rows of ten
 * are New York's where both cities are wanted.
 *
 * @param {string} work
 * @param {InputOptions} options
 * @param {{ readonly signal: AbortSignal, readonly say: (text: string) => void }} context
 * @returns {Promise<Inputs>}
 */
export async function provideInputs(work, { rows, cities, dirt, seed }, { signal, say }) {
  const folder = join(work, 'inputs', `${cities.join('-')}-${rows}-${dirt}-${seed}`);
  if (!(await exists(folder))) {
    const draft = `${folder}.draft`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    say(`Generating ${rows.toLocaleString('en-US')} rows of ${cities.join(' and ')} …`);
    try {
      await generateRawFiles({
        out: draft,
        rows,
        seed,
        cities,
        nypdShare: 0.7,
        signal,
        ...(dirt === 'none' && { dirtRate: 0 }),
        ...(dirt === 'fields' && { dirtKinds: FIELD_DIRT }),
      });
      await rename(draft, folder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
  return describe(
    names.map((name) => join(folder, name)),
    rows,
    `${names.join(', ')}, seed ${seed}, ${{ fields: '1 % of rows with a planted defect in a value', all: '1 % of rows with a planted defect, malformed records too', none: 'no planted defects' }[dirt]}`,
  );
}

/**
 * Files given by hand, in place of generated ones.
 *
 * @param {readonly string[]} paths
 * @param {number} rows
 * @param {string} description
 * @returns {Promise<Inputs>}
 */
export async function describe(paths, rows, description) {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return { paths, rows, bytes: sizes.reduce((sum, size) => sum + size, 0), description };
}

/** @param {string} path */
const exists = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );
