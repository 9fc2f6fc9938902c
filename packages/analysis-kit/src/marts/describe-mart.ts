import type { CountMart, ResultMart } from './mart.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The section of a page that describes a table and its columns, as Markdown. */
export function describeMart(mart: CountMart | ResultMart): string {
  const rows = mart.columns.map(
    ({ name, type, unit, description }) =>
      `| \`${name}\` | ${type} | ${cell(unit ?? '')} | ${cell(description)} |`,
  );
  return [
    `### mart_${mart.name}`,
    '',
    mart.description,
    '',
    '| column | type | unit | meaning |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}
