const QUOTE = '"';

/** Splits one CSV line into its cells as written, quotes kept. */
export function splitCells(line: string): string[] {
  const cells: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (sign === QUOTE) isQuoted = !isQuoted;
    else if (sign === ',' && !isQuoted) {
      cells.push(line.slice(start, at));
      start = at + 1;
    }
  }
  cells.push(line.slice(start));
  return cells;
}

/** The text of a cell as written. */
export function cellText(cell: string): string {
  return cell.startsWith(QUOTE) && cell.endsWith(QUOTE) && cell.length > 1
    ? cell.slice(1, -1).replaceAll('""', QUOTE)
    : cell;
}
