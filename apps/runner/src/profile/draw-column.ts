import type { Console } from '../console.js';
import { table } from '../console.js';
import { printable, shorten } from './printable.js';
import type { ColumnProfile } from './profile-schema.js';
import { bar, sparkline } from './terminal-charts.js';
import { figure, listed, percentOf } from './words.js';

const VALUE_WIDTH = 46;
const NAME_WIDTH = 40;
const DESCRIPTION_WIDTH = 50;

/** Draws everything known of one column. */
export function drawColumn(column: ColumnProfile, records: number, colours: Console['colours']): string {
  const description =
    column.description === null ? '' : colours.dim(`  ${shorten(column.description, DESCRIPTION_WIDTH)}`);
  const lines = [
    `  ${colours.bold(`${column.position}  ${shorten(column.label, NAME_WIDTH)}`)}${description}`,
  ];
  const kinds = Object.entries(column.kinds).map(
    ([kind, n]) => `${kind} ${percentOf(records === 0 ? 0 : n / records)}`,
  );
  if (kinds.length > 0) lines.push(`     ${kinds.join(' · ')}`);
  lines.push(`     ${facts(column).join(' · ')}`);
  const { histogram } = column.numbers ?? {};
  if (histogram)
    lines.push(
      `     ${figure(histogram.from)} ${colours.cyan(sparkline(histogram.bins))} ${figure(histogram.to)}`,
    );
  const top = column.repeated.values === 0 ? column.top.slice(0, 3) : column.top;
  if (top.length > 0)
    lines.push(
      '',
      values(
        'value',
        top.map(({ value, records: n, share }) => ({ text: value, n, share })),
        colours,
      ),
    );
  if (column.shapes.top.length > 0) {
    const sampled =
      column.shapes.sampled_values === null
        ? 'shape'
        : `shape (of ${column.shapes.sampled_values.toLocaleString('en-US')} values)`;
    lines.push(
      '',
      values(
        sampled,
        column.shapes.top.map(({ shape, records: n, share }) => ({ text: shape, n, share })),
        colours,
      ),
    );
  }
  if (column.by_source.length > 1) {
    const rows = column.by_source.map((of) => [
      of.source,
      of.records,
      percentOf(of.records === 0 ? 0 : of.filled / of.records),
      of.distinct,
      shorten(
        of.top
          .slice(0, 3)
          .map(({ value, share }) => `${shorten(printable(value), 16)} ${percentOf(share)}`)
          .join(', '),
        52,
      ),
    ]);
    lines.push('', table(['   source', 'records', 'filled', 'different', 'most common'], rows, colours));
  }
  return `${lines.join('\n')}\n`;
}

function facts({ distinct, lengths, numbers, dates, spellings, first, last }: ColumnProfile): string[] {
  const found = [`${distinct.toLocaleString('en-US')} different`];
  if (lengths)
    found.push(
      lengths.min === lengths.max
        ? `${lengths.min} characters`
        : `${lengths.min} to ${lengths.max} characters`,
    );
  if (numbers) {
    found.push(`${figure(numbers.min)} to ${figure(numbers.max)}, median ${figure(numbers.quartiles[1])}`);
  } else if (dates?.min) found.push(`${dates.min} to ${dates.max}`);
  else if (first !== null && last !== null && distinct > 1)
    found.push(`“${shorten(printable(first), 20)}” to “${shorten(printable(last), 20)}”`);
  if (spellings.length > 0)
    found.push(
      `spellings ${listed(
        spellings.flat().map((text) => `“${shorten(printable(text), 16)}”`),
        3,
      )}`,
    );
  return found;
}

function values(
  head: string,
  items: readonly { readonly text: string; readonly n: number; readonly share: number }[],
  colours: Console['colours'],
): string {
  const most = Math.max(1, ...items.map(({ n }) => n));
  const rows = items.map(({ text, n, share }) => [
    `   ${shorten(printable(text), VALUE_WIDTH)}`,
    n,
    percentOf(share),
    colours.cyan(bar(n / most, 20)),
  ]);
  return table([`   ${head}`, 'records', 'share', ''], rows, colours);
}
