import type { Console } from '../console.js';
import { bytes, seconds, table } from '../console.js';
import { degrees, filledOf, holdingOf, hoursOf, mainYears } from './describe-column.js';
import { drawColumn } from './draw-column.js';
import { drawSnapshot } from './draw-snapshot.js';
import { HEAPED } from './heaping.js';
import { printable, shorten } from './printable.js';
import type { ColumnProfile, CoordinateProfile, DuplicateProfile, Heap, Profile } from './profile-schema.js';
import { bar, sparkline, wrap } from './terminal-charts.js';
import { counted, percentOf, times } from './words.js';

type Colours = Console['colours'];

const LISTED_OBSERVATIONS = 30;
const NAME_WIDTH = 22;
/** In the table of all columns, where shapes of dates need the room. */
const LISTED_NAME_WIDTH = 18;
/** In the table of dates, which has the most columns. */
const DATE_NAME_WIDTH = 16;
const MOST_YEARS = 18;
const VALUE_WIDTH = 13;
const WIDTH = 100;

/** Draws a profile for a terminal of 100 columns; `all` adds everything known of each column. */
export function drawProfile(profile: Profile, colours: Colours, all: boolean): string {
  const heading = (text: string) => `\n${colours.bold(text)}\n`;
  const parts = [drawHead(profile, colours)];
  if (profile.snapshot) parts.push(drawSnapshot(profile.snapshot, colours, heading));
  if (profile.observations.length > 0)
    parts.push(heading('What stands out') + drawObservations(profile, colours, all));
  parts.push(heading('Columns') + drawColumns(profile, colours));
  const dates = profile.columns.filter((column) => column.dates !== null);
  if (dates.length > 0) parts.push(heading('Dates') + drawDates(dates, colours));
  const clocks = profile.columns.filter(({ times: clock }) => clock && (clock.top[0]?.share ?? 1) < 1);
  if (clocks.length > 0) parts.push(heading('Times of day') + drawTimes(clocks, colours));
  for (const places of profile.coordinates) {
    parts.push(
      heading(
        `Points: ${shorten(places.latitude, NAME_WIDTH)}, ${shorten(places.longitude, NAME_WIDTH)}${places.source ? ` (${places.source})` : ''}`,
      ) + drawPlaces(places, colours),
    );
  }
  if (profile.duplicates) parts.push(heading('Duplicates') + drawDuplicates(profile.duplicates));
  if (all)
    parts.push(
      heading('Each column'),
      ...profile.columns.map((column) => drawColumn(column, profile.records, colours)),
    );
  const more = all ? '' : '  Values, shapes and lengths of each column: --all, --html FILE or --json\n';
  return `${parts.join('\n')}\n${colours.dim(`\n${more}  Profiled in ${seconds(profile.seconds * 1000)}.`)}\n`;
}

function drawHead({ title, file, records, columns }: Profile, colours: Colours): string {
  const lines = [colours.bold(shorten(printable(title), WIDTH))];
  const size = `${counted(records, 'record')} × ${counted(columns.length, 'column')}`;
  if (!file) return [...lines, `  ${size}`].join('\n');
  const delimiter =
    { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'bar' }[file.delimiter] ?? file.delimiter;
  const packed = file.compression === 'none' ? '' : `, ${file.compression}`;
  const without = file.malformed > 0 ? `, and ${file.malformed.toLocaleString('en-US')} malformed` : '';
  lines.push(
    `  ${size}${without} · ${bytes(file.bytes)}${packed}, ${file.encoding}, ${delimiter} · sha256 ${file.sha256.slice(0, 12)}`,
  );
  if (file.source?.vintage) {
    const { id, description, is_exact: isExact, similarity } = file.source.vintage;
    const near = isExact ? id : `nearest ${id}, ${Math.floor(similarity * 100)} % of names in common`;
    lines.push(
      ...wrap(`${file.source.agency}, ${file.source.city}: ${near} (${description})`, WIDTH - 2, '  '),
    );
  } else lines.push(`  ${colours.dim(file.source ? `Looks like ${file.source.id}` : 'Of no known source')}`);
  for (const { reason, records: n, first_record: first } of file.malformed_by_reason) {
    lines.push(
      `  ${colours.yellow(`${n.toLocaleString('en-US')} ${reason}`)}, first in record ${first.toLocaleString('en-US')}`,
    );
  }
  return lines.join('\n');
}

function drawObservations({ observations }: Profile, colours: Colours, all: boolean): string {
  const shown = all ? observations : observations.slice(0, LISTED_OBSERVATIONS);
  const lines = shown.flatMap(({ level, column, text }) => {
    const mark = level === 'warning' ? colours.yellow('!') : colours.dim('·');
    const [first = '', ...rest] = wrap(
      column === null ? text : `${shorten(column, NAME_WIDTH)}  ${text}`,
      WIDTH - 4,
      '',
    );
    return [
      `  ${mark} ${column === null ? first : first.replace(shorten(column, NAME_WIDTH), (name) => colours.cyan(name))}`,
      ...rest.map((line) => `    ${line}`),
    ];
  });
  const left = observations.length - shown.length;
  if (left > 0) lines.push(colours.dim(`  … and ${left} more: --all`));
  return lines.join('\n');
}

function drawColumns({ columns, records }: Profile, colours: Colours): string {
  const rows = columns.map((column) => {
    const share = records === 0 ? 0 : filledOf(column) / records;
    return [
      column.position,
      shorten(column.label, LISTED_NAME_WIDTH),
      drawHolding(column, colours),
      records === 0 ? '' : `${colours.cyan(bar(share, 6))} ${percentOf(share).padStart(7)}`,
      column.distinct,
      drawCommon(column, colours),
    ];
  });
  return table(['#', 'column', 'holds', 'filled', 'different', 'most common'], rows, colours);
}

function drawHolding(column: ColumnProfile, colours: Colours): string {
  const holding = holdingOf(column);
  if (!holding) return colours.dim('nothing');
  const what = holding.shape ?? holding.kind;
  return holding.share >= 0.9995
    ? shorten(what, 22)
    : `${shorten(what, 14)} ${colours.yellow(percentOf(holding.share))}`;
}

function drawCommon({ top: [first], repeated }: ColumnProfile, colours: Colours): string {
  if (!first) return '';
  if (repeated.values === 0) return colours.dim('each different');
  return `${shorten(printable(first.value), VALUE_WIDTH)} ${colours.dim(percentOf(first.share))}`;
}

function drawDates(columns: readonly ColumnProfile[], colours: Colours): string {
  const rows = columns.flatMap(({ label, dates }) => {
    if (!dates) return [];
    const years = mainYears(dates).slice(-MOST_YEARS);
    const [from, to] = [years[0]?.year, years.at(-1)?.year];
    const span =
      from === to
        ? `${from ?? ''}`
        : `${from}–${to} ${colours.cyan(sparkline(years.map(({ records }) => records)))}`;
    return [
      [
        shorten(label, DATE_NAME_WIDTH),
        dates.min ?? '–',
        dates.max ?? '–',
        dates.order.replace('-', ' '),
        ...dates.heaps.map(drawDayHeap),
        span,
      ],
    ];
  });
  return table(['column', 'first', 'last', 'order', 'day 1', 'Jan 1', 'years'], rows, colours);
}

const drawDayHeap = ({ ratio }: Heap): string => (ratio === null ? '–' : times(ratio));

function drawTimes(columns: readonly ColumnProfile[], colours: Colours): string {
  const rows = columns.flatMap(({ label, times: clock }) => {
    if (!clock) return [];
    const cells = clock.heaps.map(({ share, index }) => {
      const many = index === null ? '–' : times(index);
      return `${percentOf(share)}\n${index !== null && index > HEAPED ? colours.yellow(many) : colours.dim(many)}`;
    });
    return [[shorten(label, NAME_WIDTH), colours.cyan(sparkline(hoursOf(clock.minutes))), ...cells]];
  });
  return `${table(['column', '00 by hour      to 23', ':00', ':30', '12:00', '00:00', '00:01'], rows, colours)}\n${colours.dim(
    '  Share of the times, and how many times as common as the minutes around it.',
  )}`;
}

function drawPlaces(places: CoordinateProfile, colours: Colours): string {
  const { records } = places;
  const outside = places.outside_city === null ? [] : [['outside the city', places.outside_city] as const];
  const lines = (
    [
      ['located', places.located],
      ...outside,
      ['missing', places.missing],
      ['at zero', places.zeros],
      ['not on the globe', places.unreadable],
    ] as const
  ).map(
    ([name, n]) =>
      `  ${name.padEnd(17)} ${colours.cyan(bar(records === 0 ? 0 : n / records, 20))} ${percentOf(n / Math.max(1, records)).padStart(8)} ${n.toLocaleString('en-US').padStart(12)}`,
  );
  if (places.box) {
    const { south, north, west, east } = places.box;
    lines.push(
      `  ${'box'.padEnd(17)} ${degrees(south)} to ${degrees(north)} north, ${degrees(west)} to ${degrees(east)} east`,
    );
  }
  const [first] = places.shared;
  if (first) {
    lines.push(
      `  ${'different points'.padEnd(17)} ${places.distinct_points.toLocaleString('en-US')}; the fullest, ${degrees(first.latitude)}, ${degrees(first.longitude)}, holds ${counted(first.records, 'record')}`,
    );
  }
  return lines.join('\n');
}

function drawDuplicates(duplicates: DuplicateProfile): string {
  const { id_column: id, identical_rows: same, identical_except_id: sameExcept } = duplicates;
  const lines =
    id === null
      ? ['  No column looks like an id.']
      : [
          `  ${'id'.padEnd(22)} ${shorten(id, NAME_WIDTH * 2)}${duplicates.id_known_by === 'values' ? ', by its values' : ''}`,
          `  ${'repeated ids'.padEnd(22)} ${duplicates.repeated_ids.toLocaleString('en-US')}${duplicates.repeated_ids === 0 ? '' : ` in ${counted(duplicates.repeated_id_records, 'record')}, ${duplicates.repeated_ids_with_different_rows.toLocaleString('en-US')} with different rows`}`,
        ];
  const groups = ({ groups: n, records }: { groups: number; records: number }) =>
    n === 0 ? 'none' : `${counted(records, 'record')} in ${counted(n, 'group')}`;
  lines.push(`  ${'equal in all columns'.padEnd(22)} ${groups(same)}`);
  if (sameExcept) lines.push(`  ${'equal except the id'.padEnd(22)} ${groups(sameExcept)}`);
  return lines.join('\n');
}
