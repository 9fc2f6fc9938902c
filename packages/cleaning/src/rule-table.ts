import { RULES } from './rules.js';

const HEADER = ['rule', 'stage', 'action', 'columns', 'what it says'] as const;

/** The rules as a Markdown table, in catalogue order. */
export function ruleTable(): string {
  const lines: readonly (readonly string[])[] = RULES.map(({ id, stage, action, columns, sentence }) => [
    `\`${id}\``,
    stage,
    action,
    columns.map((name) => `\`${name}\``).join(', ') || 'whole record',
    sentence,
  ]);
  const widths = HEADER.map((title, index) =>
    Math.max(title.length, ...lines.map((cells) => cells[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0, fill)).join(' | ')} |`;
  return [
    line(HEADER),
    line(
      HEADER.map(() => '-'),
      '-',
    ),
    ...lines.map((cells) => line(cells)),
  ].join('\n');
}
