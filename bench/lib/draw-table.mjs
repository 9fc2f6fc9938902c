/**
 * A Markdown table, its columns filled to one width so that it also reads well as plain text.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly unknown[])[]} rows
 */
export function drawTable(head, rows) {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => String(cell ?? '')));
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [
    line(lines[0] ?? []),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...lines.slice(1).map(line),
  ].join('\n');
}
