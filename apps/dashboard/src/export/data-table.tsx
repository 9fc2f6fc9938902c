import { number } from '@crimetracker/analysis-kit/words';
import type { PanelTable, TableCell } from './panel-table.js';

const MOST_ROWS = 500;

function cellText(cell: TableCell): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  return number(cell, Number.isInteger(cell) ? 0 : Math.abs(cell) < 10 ? 2 : 1);
}

export interface DataTableProps {
  readonly caption: string;
  readonly table: PanelTable;
}

/** The numbers of a panel as a table; the first column names the row. */
export function DataTable({ caption, table: { columns, rows } }: DataTableProps) {
  const isNumeric = columns.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const classOf = (column: number) => (isNumeric[column] === true ? { class: 'n' } : {});
  const shown = rows.slice(0, MOST_ROWS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={`Table: ${caption}`}>
      <table>
        <caption class="spoken">{caption}</caption>
        <thead>
          <tr>
            {columns.map((name, column) => (
              <th key={name} scope="col" {...classOf(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            <tr key={i}>
              {row.map((cell, column) =>
                column === 0 ? (
                  <th key={columns[column]} scope="row" {...classOf(column)}>
                    {cellText(cell)}
                  </th>
                ) : (
                  <td key={columns[column]} {...classOf(column)}>
                    {cellText(cell)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && (
        <p class="soft">{`The first ${number(MOST_ROWS)} of ${number(rows.length)} rows; the CSV has all.`}</p>
      )}
    </section>
  );
}
