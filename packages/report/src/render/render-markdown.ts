import { dateText } from '@crimetracker/analysis-kit/words';
import type { Block, Figure, Picture, Report, ReportTable, Sentence } from '../report.js';
import { figuresOf } from '../report.js';
import { plainText } from '../sentence.js';
import { isNumeric, valueText } from '../values.js';
import { visibleText, withoutUnseen } from '../visible-text.js';

/** Folder of the drawings beside the Markdown file. */
export const DRAWINGS = 'drawings';

/** The same report as Markdown; its drawings are files in the folder `drawings` beside it. */
export function renderMarkdown(report: Report): string {
  const sections = report.sections.map(
    ({ title, blocks }) =>
      `## ${escapeMarkdown(title)}\n\n${blocks.map((block) => blockText(block, report)).join('\n\n')}`,
  );
  return `${[
    `# ${escapeMarkdown(report.title)}`,
    `Snapshot ${code(report.snapshot)}, made on ${dateText(report.createdAt.slice(0, 10))} (${report.createdAt}). Recorded crime is not crime.`,
    ...sections,
  ].join('\n\n')}\n`;
}

/** The drawings of a report as SVG files, by name. */
export function renderDrawings(report: Report): ReadonlyMap<string, string> {
  return new Map(
    figuresOf(report.sections).flatMap(({ table, picture }) =>
      picture === undefined ? [] : [[`${table.id}.svg`, `${picture.svg}\n`] as const],
    ),
  );
}

function blockText(block: Block, report: Report): string {
  switch (block.kind) {
    case 'figure':
      return figureText(block, report);
    case 'heading':
      return `### ${escapeMarkdown(block.text)}`;
    case 'list':
      return block.items.map((item) => `- ${sentenceText(item)}`).join('\n');
    case 'paragraph':
      return sentenceText(block.sentence);
    case 'caution':
      return `> ${sentenceText(block.sentence)}`;
    case 'queries':
      return `### Queries of the counts\n\n${block.items.map(({ name, query }) => `${code(name)}\n\n${codeBlock(query)}`).join('\n\n')}`;
    case 'empty':
      return `*${escapeMarkdown(block.reason)}*`;
  }
}

function figureText({ claim, table, picture, notes, shownRows }: Figure, { origins }: Report): string {
  const counts = [...new Set(table.reads.flatMap((name) => origins.get(name) ?? []))];
  return [
    `**${sentenceText(claim)}**`,
    ...(picture === undefined ? [] : [pictureText(picture, table)]),
    ...notes.map(sentenceText),
    tableText(table, shownRows),
    `${codeBlock(table.query)}${counts.length === 0 ? '' : `\n\nComputed from the counts ${counts.map(code).join(', ')}.`}`,
  ].join('\n\n');
}

function pictureText({ description, legend }: Picture, { id }: ReportTable): string {
  const image = `![${escapeMarkdown(description)}](${DRAWINGS}/${id}.svg)`;
  if (legend.length === 0) return image;
  return `${image}\n\nColours, in their order: ${legend.map(({ label }) => escapeMarkdown(label)).join('; ')}.`;
}

function tableText({ title, columns, rows }: ReportTable, shownRows: number): string {
  const used = columns.filter(({ name }) =>
    rows.some((row) => row[name] !== null && row[name] !== undefined),
  );
  const shown = rows.slice(0, shownRows);
  const head = `${escapeMarkdown(title)} (${rows.length} rows${rows.length > shown.length ? `, the first ${shown.length} here, all in the CSV` : ''})`;
  if (rows.length === 0) return head;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    head,
    '',
    line(used.map(({ label }) => escapeMarkdown(label))),
    line(used.map(({ kind }) => (isNumeric(kind) ? '---:' : '---'))),
    ...shown.map((row) => line(used.map(({ name, kind }) => escapeMarkdown(valueText(row[name], kind))))),
  ].join('\n');
}

function sentenceText(sentence: Sentence): string {
  return escapeMarkdown(plainText(sentence));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text of which Markdown makes nothing else: no tags, no links, no emphasis, no cells, no headings. */
export function escapeMarkdown(text: string): string {
  return visibleText(text)
    .replaceAll(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign)
    .replaceAll(/[\\`*_{}[\]#|~!@$^]/g, '\\$&')
    .replaceAll(/\b(https?|ftp|mailto|xmpp|javascript|data):/gi, '$1\\:')
    .replaceAll(/www\./gi, 'www\\.')
    .replace(/^(\s*)([-+=])(?=\s|=|-|$)/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll(/\s*[\r\n]+\s*/g, ' ');
}

/** Code in a line, whatever is in it. */
function code(text: string): string {
  return `\`${text.replaceAll('`', '′').replaceAll(/\s+/g, ' ')}\``;
}

/** A block of code with a fence longer than any in it. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sql\n${withoutUnseen(text).trim()}\n${fence}`;
}
