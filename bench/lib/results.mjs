import { readFile, writeFile } from 'node:fs/promises';
import { drawTable } from './draw-table.mjs';
import { describeMachine } from './machine.mjs';

/** @import { MachineFacts } from './machine.mjs' */

const README = new URL('../README.md', import.meta.url);
const RESULTS = new URL('../results.ndjson', import.meta.url);
const BEGIN = '<!-- measured: written by `npm run bench -- … --write`, do not edit -->';
const END = '<!-- end of measured -->';

/**
 * @typedef {object} Report One benchmark as it was measured.
 * @property {string} id The same id replaces an earlier report.
 * @property {string} title
 * @property {string} input
 * @property {MachineFacts} machine
 * @property {readonly Table[]} tables
 * @property {readonly string[]} notes
 * @property {unknown} figures everything measured, unrounded
 *
 * @typedef {object} Table
 * @property {readonly string[]} head
 * @property {readonly (readonly (string | number)[])[]} rows
 */

/** @param {Report} report */
export function drawReport({ title, input, machine, tables, notes }) {
  return [
    `### ${title}`,
    `Input: ${input}.\nMachine: ${describeMachine(machine)}.`,
    ...tables.map(({ head, rows }) => drawTable(head, rows)),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n');
}

/** Keeps a report in results.ndjson, one a line, and writes all kept reports between the markers of README.md. @param {Report} report */
export async function keepReport(report) {
  const kept = (await readFile(RESULTS, 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /** @type {Report} */ (JSON.parse(line)))
    .filter(({ id }) => id !== report.id);
  const sorted = [...kept, report].sort((a, b) => (a.id < b.id ? -1 : 1));
  await writeFile(RESULTS, sorted.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const readme = await readFile(README, 'utf8');
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error('bench/README.md has lost the markers of its measured section.');
  const section = sorted.map(drawReport).join('\n\n');
  await writeFile(README, `${readme.slice(0, begin)}${BEGIN}\n\n${section}\n\n${readme.slice(end)}`);
}
