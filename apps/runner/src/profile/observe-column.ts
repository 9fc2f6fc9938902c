import { HEAPED } from './heaping.js';
import { quoted } from './printable.js';
import type { ColumnProfile, DateProfile, Observation, TimeProfile } from './profile-schema.js';
import { counted, listed, percentOf, times } from './words.js';

/** A heap of fewer records may be chance. */
const MIN_HEAP = 30;
/** First days are called heaped above this ratio, in columns that cover most of a year. */
const HEAPED_DAY = 1.5;
const MIN_DAYS = 300;
/** Earlier dates are typos more often than history. */
const EARLIEST_YEAR = 1950;
/** Share above which a kind is what the column holds and the rest is stray. */
const DOMINANT = 0.9;

type Add = (id: string, level: Observation['level'], records: number | null, text: string) => void;

/** Says what stands out in one column. */
export function observeColumn(column: ColumnProfile, records: number): Observation[] {
  const found: Observation[] = [];
  const add: Add = (id, level, affected, text) =>
    found.push({ id, level, column: column.label, records: affected, text });
  const share = (part: number) => percentOf(part / records);
  const empty = column.kinds.empty ?? 0;
  if (empty === records) {
    add('column-empty', 'note', records, 'Empty in every record.');
    return found;
  }
  if (column.distinct === 1 && empty === 0 && records > 1) {
    add('column-constant', 'note', records, `Every record says ${quoted(column.top[0]?.value ?? '')}.`);
  }
  if (column.markers.length > 0 && column.distinct > 1) {
    const markers = column.markers.map(
      ({ value, records: n }) => `${quoted(value)} ${n.toLocaleString('en-US')}`,
    );
    add(
      'null-markers',
      'note',
      column.kinds.marker ?? 0,
      `Words that often mean no value: ${listed(markers)}.`,
    );
  }
  observeKinds(column, add);
  observeFormats(column, add);
  observeNumbersWritten(column, add);
  const { leading, trailing, double, only } = column.whitespace;
  if (leading + trailing > 0) {
    add(
      'blanks-outside',
      'warning',
      Math.max(leading, trailing),
      `Blanks before the value in ${leading.toLocaleString('en-US')}, after it in ${counted(trailing, 'record')}.`,
    );
  }
  if (only > 0) add('blanks-only', 'warning', only, `Nothing but blanks in ${counted(only, 'record')}.`);
  if (double > 0)
    add(
      'blanks-double',
      'note',
      double,
      `Several blanks between words in ${counted(double, 'record')} (${share(double)}).`,
    );
  if (column.control_characters > 0) {
    add(
      'control-characters',
      'warning',
      column.control_characters,
      `Control characters, no-break blanks or broken letters in ${counted(column.control_characters, 'record')}.`,
    );
  }
  const [spelling] = column.spellings;
  if (spelling) {
    add(
      'spellings',
      'warning',
      null,
      `The same value in several spellings, such as ${listed(spelling.map(quoted))}.`,
    );
  }
  if (column.dates) observeDates(column.dates, add);
  if (column.times) observeTimes(column.times, column.dates !== null, add);
  return found;
}

/** Few values of another kind than the rest. Integers and decimals are both numbers. */
function observeKinds({ kinds, shapes }: ColumnProfile, add: Add): void {
  const { integer = 0, decimal = 0, date = 0, time = 0, text = 0 } = kinds;
  const groups = [
    ['number', integer + decimal],
    ['date', date],
    ['time', time],
    ['text', text],
  ] as const;
  const filled = groups.reduce((sum, [, n]) => sum + n, 0);
  const [first, ...rest] = [...groups].sort(([, a], [, b]) => b - a);
  const strays = rest.filter(([, n]) => n > 0);
  // A few numbers among texts are what texts are like.
  if (!first || strays.length === 0 || first[0] === 'text' || first[1] < DOMINANT * filled) return;
  const example = shapes.top.find(({ shape }) =>
    /\p{L}/u.test(shape.replace(/[ T](AA|aa)?$|T/g, '')),
  )?.example;
  const suchAs = text > 0 && example !== undefined ? `, such as ${quoted(example)}` : '';
  const stray = strays.reduce((sum, [, n]) => sum + n, 0);
  add(
    'kinds-mixed',
    'warning',
    stray,
    `${listed(strays.map(([name, n]) => counted(n, name)))} among ${first[0]}s${suchAs}.`,
  );
}

/** Date and time formats by shape; whether a day has one digit or two makes no other format. */
function observeFormats({ dates, times: clock, shapes }: ColumnProfile, add: Add): void {
  if (!dates && !clock) return;
  const formats = new Map<string, { shape: string; records: number }>();
  for (const { shape, records } of shapes.top) {
    if (!/^\s*9{1,8}[/.:-]9|^\s*9{8}[T ]/.test(shape)) continue;
    const format = shape
      .trim()
      .replace(/(?<!9)9{1,2}(?!9)/g, '9')
      .replace(/9\.9+/g, '9.9');
    const known = formats.get(format);
    // Shapes come most common first, so the first stands for its format.
    if (known) known.records += records;
    else formats.set(format, { shape: shape.trim(), records });
  }
  if (formats.size < 2) return;
  const all = [...formats.values()].reduce((sum, { records }) => sum + records, 0);
  const parts = [...formats.values()]
    .sort((a, b) => b.records - a.records)
    .map(({ shape, records }) => `${shape} (${percentOf(records / all)})`);
  add('formats-mixed', 'warning', all, `${formats.size} formats mixed: ${listed(parts, 4)}.`);
}

function observeNumbersWritten({ kinds, numbers_written: written }: ColumnProfile, add: Add): void {
  const {
    with_decimal_zero: zero,
    with_thousands_commas: commas,
    with_exponent: exponent,
    with_leading_zero: leading,
  } = written;
  if (zero > 0 && zero >= DOMINANT * (kinds.decimal ?? 0)) {
    add(
      'decimal-zero',
      'note',
      zero,
      `Whole numbers written as decimals, such as 75.0, in ${counted(zero, 'record')}.`,
    );
  }
  if (commas > 0)
    add('thousands-commas', 'note', commas, `Thousands commas in ${counted(commas, 'record')}.`);
  if (exponent > 0)
    add(
      'exponents',
      'warning',
      exponent,
      `Scientific notation in ${counted(exponent, 'record')}: digits may be lost.`,
    );
  if (leading > 0)
    add(
      'leading-zeros',
      'note',
      leading,
      `Leading zeros in ${counted(leading, 'record')}: codes, to be read as text.`,
    );
}

function observeDates(dates: DateProfile, add: Add): void {
  if (dates.order === 'mixed') {
    const { month_first: monthFirst, day_first: dayFirst } = dates.order_evidence;
    add(
      'date-order-mixed',
      'warning',
      Math.min(monthFirst, dayFirst),
      `Month first in ${monthFirst.toLocaleString('en-US')} dates, day first in ${dayFirst.toLocaleString('en-US')}: the others can be read either way.`,
    );
  }
  if (dates.order === 'day-first')
    add('date-order-day-first', 'note', dates.records, 'The day stands before the month.');
  if (dates.order === 'undecided' && dates.order_evidence.either > 0) {
    add(
      'date-order-undecided',
      'note',
      dates.records,
      'No day above 12: month or day may stand first; read month first.',
    );
  }
  if (dates.unreadable > 0)
    add(
      'dates-impossible',
      'warning',
      dates.unreadable,
      `${counted(dates.unreadable, 'date')} that no calendar has.`,
    );
  const early = dates.years
    .filter(({ year }) => year < EARLIEST_YEAR)
    .reduce((sum, { records }) => sum + records, 0);
  if (early > 0)
    add(
      'dates-early',
      'warning',
      early,
      `${counted(early, 'date')} before ${EARLIEST_YEAR}, the earliest ${dates.min}.`,
    );
  if (dates.distinct < MIN_DAYS) return;
  for (const { what, share, expected, ratio, records } of dates.heaps) {
    if (ratio === null || ratio <= HEAPED_DAY || records < MIN_HEAP) continue;
    add(
      'days-heaped',
      'note',
      records,
      `${what === 'day 1' ? 'Day 1 of the month' : what} is ${times(ratio)} as common as if all days were alike (${percentOf(share)} instead of ${percentOf(expected)}).`,
    );
  }
}

function observeTimes(clock: TimeProfile, isBehindDate: boolean, add: Add): void {
  const [first] = clock.top;
  if (first?.share === 1 && first.records > 1) {
    if (isBehindDate)
      add(
        'time-dummy',
        'note',
        first.records,
        `Every date carries the time ${first.what}: a dummy, not a time.`,
      );
    return;
  }
  if (clock.unreadable > 0 && !isBehindDate)
    add(
      'times-impossible',
      'warning',
      clock.unreadable,
      `${counted(clock.unreadable, 'value')} no clock shows.`,
    );
  if (clock.at_24 > 0) add('time-24', 'note', clock.at_24, `24:00 in ${counted(clock.at_24, 'record')}.`);
  const heaped = clock.heaps.filter(
    ({ index, records }) => index !== null && index > HEAPED && records >= MIN_HEAP,
  );
  if (heaped.length === 0) return;
  const parts = heaped.map(
    ({ what, share, index }) => `${what} ${times(index ?? 0)} (${percentOf(share)} of times)`,
  );
  add(
    'times-heaped',
    'warning',
    heaped.reduce((most, { records }) => Math.max(most, records), 0),
    `Rounded or placeholder times, beside the minutes around them: ${listed(parts)}.`,
  );
}
