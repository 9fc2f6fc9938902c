import type { CivilDate } from './calendar.js';
import { isoDate, two } from './calendar.js';
import type { City } from './effects.js';

/** One way in which a city's file has been published or re-saved, ready to write incidents. */
export interface Vintage<Incident> {
  readonly id: string;
  readonly city: City;
  /** First line of the file, with the byte order mark if there is one, without line end. */
  readonly header: string;
  /** Column names as published, in file order. */
  readonly names: readonly string[];
  /** The same, folded to lower case and underscores; the second column of one name is `name#2`. */
  readonly columns: readonly string[];
  readonly newline: '\n' | '\r\n';
  /** False for the copy whose last line has no line end. */
  readonly endsWithNewline: boolean;
  /** Years are written with two digits, so that a wrong century cannot show. */
  readonly shortYears: boolean;
  /** Writes the incident as one line, without line end, into `out` at `at`; returns where it ends. */
  write(out: DataView, at: number, incident: Incident): number;
  /** How this vintage writes a date and a minute of the day. */
  date(date: CivilDate): string;
  time(minute: number): string;
  /** A text as a raw cell, quoted the way this vintage quotes. */
  cell(text: string): string;
}

const foldName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** Folded names; the second column of one name is called `name#2`. */
export function foldNames(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const folded = foldName(name);
    const count = (seen.get(folded) ?? 0) + 1;
    seen.set(folded, count);
    return count === 1 ? folded : `${folded}#${count}`;
  });
}

/**
 * How one column is written: numbered texts and which of them an incident has (-1 for none), or a text made for the
 * incident. A numbered text is encoded when first needed and copied from then on: five times as fast as joining strings.
 */
export type Column<Incident> =
  | { readonly text: (row: number) => string; readonly row: (incident: Incident) => number }
  | { readonly make: (incident: Incident) => string };

/** More bytes than any line of any vintage takes, with room for the last step of a copy to write past its end. */
export const LONGEST_LINE = 4096;
const COMMA = 44;
/** Bytes copied at once; each text starts at a multiple of it. */
const STEP = 8;

/** Puts the columns of a line together. Texts are ASCII, as everything in these files. */
export function lineWriter<Incident>(columns: readonly Column<Incident>[]): Vintage<Incident>['write'] {
  const writers = fused(columns).map((column) =>
    'row' in column ? numberedWriter(column.text, column.row) : madeWriter(column.make),
  );
  return (out, at, incident) => {
    let end = at;
    for (const write of writers) {
      end = write(out, end, incident);
      out.setUint8(end, COMMA);
      end += 1;
    }
    return end - 1;
  };
}

/** Neighbouring columns looked up by the same function become one: a code and its text are copied together. */
function fused<Incident>(columns: readonly Column<Incident>[]): readonly Column<Incident>[] {
  const result: Column<Incident>[] = [];
  for (const column of columns) {
    const before = result.at(-1);
    if (
      before !== undefined &&
      'row' in before &&
      'row' in column &&
      before.row === column.row &&
      column.row !== NO_ROW
    ) {
      const { text } = column;
      result[result.length - 1] = { text: (row) => `${before.text(row)},${text(row)}`, row: column.row };
    } else {
      result.push(column);
    }
  }
  return result;
}

function numberedWriter<Incident>(
  text: (row: number) => string,
  row: (incident: Incident) => number,
): Vintage<Incident>['write'] {
  /** Two numbers per text: where it starts, -1 while it is not encoded, and its length. */
  let slots = new Int32Array(128).fill(-1);
  let bytes = new DataView(new ArrayBuffer(1024));
  let used = 0;
  const encode = (index: number): void => {
    if (2 * index >= slots.length) {
      const larger = new Int32Array(Math.max(2 * index + 2, slots.length * 2)).fill(-1);
      larger.set(slots);
      slots = larger;
    }
    const encoded = Buffer.from(text(index), 'latin1');
    const end = used + Math.ceil(encoded.length / STEP) * STEP;
    if (end > bytes.byteLength) {
      const larger = new ArrayBuffer(Math.max(end, bytes.byteLength * 2));
      new Uint8Array(larger).set(new Uint8Array(bytes.buffer, 0, used));
      bytes = new DataView(larger);
    }
    new Uint8Array(bytes.buffer).set(encoded, used);
    slots[2 * index] = used;
    slots[2 * index + 1] = encoded.length;
    used = end;
  };
  return (out, at, incident) => {
    const index = row(incident);
    if (index < 0) return at;
    const slot = 2 * index;
    if (slot >= slots.length || (slots[slot] as number) < 0) encode(index);
    const start = slots[slot] as number;
    const length = slots[slot + 1] as number;
    // Eight bytes of ASCII are never a NaN, so they pass through a number unchanged.
    for (let byte = 0; byte < length; byte += STEP) {
      out.setFloat64(at + byte, bytes.getFloat64(start + byte, true), true);
    }
    return at + length;
  };
}

function madeWriter<Incident>(make: (incident: Incident) => string): Vintage<Incident>['write'] {
  return (out, at, incident) => {
    const made = make(incident);
    for (let index = 0; index < made.length; index += 1) out.setUint8(at + index, made.charCodeAt(index));
    return at + made.length;
  };
}

const NO_ROW = (): number => -1;
/** A column that is always empty. */
export const NOTHING: Column<unknown> = { text: () => '', row: NO_ROW };

/** Quotes a text only where CSV requires it. */
export const quoteIfNeeded = (text: string): string =>
  text.includes(',') || text.includes('"') || text.includes('\n') || text.includes('\r')
    ? quoteAlways(text)
    : text;
export const quoteAlways = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export const slashDate = ({ year, month, day }: CivilDate): string =>
  `${two(month)}/${two(day)}/${String(year).padStart(4, '0')}`;
export const excelDate = ({ year, month, day }: CivilDate): string =>
  `${month}/${day}/${String(year).padStart(4, '0')}`;
export const shortDate = ({ year, month, day }: CivilDate): string => `${month}/${day}/${two(year % 100)}`;
export const socrataDate = (date: CivilDate): string => `${isoDate(date)}T00:00:00.000`;

export const clockTime = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;
export const excelTime = (minute: number): string => `${Math.floor(minute / 60)}:${two(minute % 60)}:00`;
export const militaryTime = (minute: number): string => `${two(Math.floor(minute / 60))}${two(minute % 60)}`;
export const militaryNumber = (minute: number): string =>
  String(Math.floor(minute / 60) * 100 + (minute % 60));

export function withThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
