import { PlainRecordScanner } from './plain-record-scanner.js';
import { CARRIAGE_RETURN, LINE_FEED, NUL, QUOTE } from './signs.js';

/** Why a record cannot be read as fields. */
export const MALFORMED_REASONS = [
  'fields-too-few',
  'fields-too-many',
  'quote-unclosed',
  'quote-misplaced',
  'nul-byte',
  'record-too-long',
  'text-undecodable',
] as const;
export type MalformedReason = (typeof MALFORMED_REASONS)[number];

/** What `RecordFramer.next` answers. */
export type FramerStep = 'record' | 'refill' | 'end';

/** Lines one record may span. A narrative stays far below; a quote that pairs with another one by accident does not. */
export const MAX_LINES_PER_RECORD = 1000;

/** Bytes kept of a record too long to hold: 2,000 characters of at most 4 bytes. */
const KEPT_BYTES = 8000;

/**
 * Finds record boundaries in a window of bytes, after RFC 4180, and says what is wrong with a record.
 *
 * - A quote opens a quoted field only at the start of a field; elsewhere in an unquoted field it is text.
 * - Lines end with LF or CR LF; a CR alone is text. Empty lines are no records.
 * - A record with a quote error (never closed, or text after the closing quote), or longer than allowed, is
 *   only its first physical line, and framing goes on at the next: one stray quote costs one record. A quote
 *   is given up at the end of the file, after `maxRecordBytes`, or after `MAX_LINES_PER_RECORD` lines.
 *   Each line is read at most twice, whatever the input: see `doomedUntil`.
 * - The wrong number of fields or a NUL does not shorten a record, as its boundaries are not in doubt.
 *
 * The owner fills the window (`reserve`, `commit`, `finish`) and calls `next`; after `'record'` the properties
 * describe the record until the next call.
 */
export class RecordFramer {
  readonly #maxRecordBytes: number;
  readonly #bytes: Buffer;
  readonly #plain: PlainRecordScanner;
  /** Records are checked against this number of fields; 0 = not checked. */
  expectedFields = 0;
  #delimiter = 0;

  #filled = 0;
  #finished = false;
  #position = 0;
  /** Offset in the file of the window's first byte. */
  #base = 0;

  /** Start of the record in `bytes`; meaningless for `record-too-long`. */
  start = 0;
  /** End of the record in `bytes`, without its line end. */
  end = 0;
  /** Offset in the file, and length in bytes without the line end. */
  offset = 0;
  length = 0;
  fields = 0;
  reason: MalformedReason | null = null;
  lineEnd: 'lf' | 'crlf' | 'none' = 'none';
  /** One line without stray quotes and lone CR: every CSV reader reads the same fields. */
  plain = false;
  /** How the empty lines passed before this record, or before the end, end; null when there were none. */
  blankLines: 'lf' | 'crlf' | 'mixed' | null = null;

  /**
   * A quoted field that failed had crossed the lines up to here (offset in the file), always inside quotes. A
   * later record that is inside quotes at one of these line starts must fail in the same place, so it is not
   * scanned again. For a quote given up by its length this also gives up the later ones: they would only fail
   * or swallow as many lines.
   */
  #doomedUntil = -1;
  #doom: MalformedReason = 'quote-unclosed';

  #delivered = false;
  #skipping = false;
  #kept: Buffer = Buffer.alloc(0);

  constructor(options: { readonly maxRecordBytes: number; readonly chunkBytes: number }) {
    this.#maxRecordBytes = options.maxRecordBytes;
    const size = Math.ceil((options.maxRecordBytes + 2 + options.chunkBytes) / 4) * 4;
    this.#bytes = Buffer.allocUnsafeSlow(size);
    this.#plain = new PlainRecordScanner(this.#bytes);
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  set delimiter(delimiter: number) {
    this.#delimiter = delimiter;
    this.#plain.delimiter = delimiter;
  }

  /** The bytes read so far and not yet framed. */
  get pending(): Buffer {
    return this.#bytes.subarray(this.#position, this.#filled);
  }

  /** Passes over bytes before the first record, such as a byte order mark. */
  skip(bytes: number): void {
    this.#position += bytes;
  }

  /** Makes room and returns the free part of the window; never empty after `'refill'`. */
  reserve(): Buffer {
    if (this.#position > 0) {
      this.#bytes.copyWithin(0, this.#position, this.#filled);
      this.#base += this.#position;
      this.#filled -= this.#position;
      this.#position = 0;
      this.#plain.reset(this.#filled);
    }
    return this.#bytes.subarray(this.#filled);
  }

  /** Says how many bytes of the reserved part were filled. */
  commit(bytes: number): void {
    this.#filled += bytes;
    this.#plain.reset(this.#filled);
  }

  /** No more bytes will come. */
  finish(): void {
    this.#finished = true;
  }

  /** The first bytes of the record, at least 2,000 characters where it is that long. */
  get head(): Buffer {
    if (this.#kept.length > 0) return this.#kept;
    return this.#bytes.subarray(this.start, Math.min(this.end, this.start + KEPT_BYTES));
  }

  next(): FramerStep {
    const step = this.#skipping ? this.#skipLongLine() : this.#frameNext();
    this.#delivered = step === 'record';
    return step;
  }

  #frameNext(): FramerStep {
    if (this.#delivered) {
      this.#delivered = false;
      this.blankLines = null;
      if (this.#kept.length > 0) this.#kept = Buffer.alloc(0);
    }
    for (;;) {
      const start = this.#position;
      const available = this.#filled - start;
      if (!this.#finished && available < this.#maxRecordBytes + 2) return 'refill';
      if (available === 0) return 'end';
      const lineEnd = this.#lineEndAt(start);
      if (lineEnd === 0) return this.#frame(start);
      this.#position += lineEnd;
      const kind = lineEnd === 1 ? 'lf' : 'crlf';
      this.blankLines = this.blankLines === null || this.blankLines === kind ? kind : 'mixed';
    }
  }

  #frame(start: number): FramerStep {
    const plain = this.#plain;
    if (plain.scan(start, this.#finished) && plain.end - start <= this.#maxRecordBytes) {
      this.start = start;
      this.end = plain.end;
      this.offset = this.#base + start;
      this.length = plain.end - start;
      this.fields = plain.fields;
      this.lineEnd = plain.next - plain.end === 1 ? 'lf' : plain.next === plain.end ? 'none' : 'crlf';
      this.plain = true;
      this.reason = this.#fieldCountReason();
      this.#position = plain.next;
      return 'record';
    }
    this.plain = false;
    return this.#scan(start);
  }

  /** Length of the line end at `at`: 0 when there is none. */
  #lineEndAt(at: number): 0 | 1 | 2 {
    const sign = at < this.#filled ? this.#bytes[at] : -1;
    if (sign === LINE_FEED) return 1;
    return sign === CARRIAGE_RETURN && at + 1 < this.#filled && this.#bytes[at + 1] === LINE_FEED ? 2 : 0;
  }

  /** The whole grammar, byte by byte. */
  #scan(start: number): FramerStep {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    const limit = Math.min(this.#filled, start + this.#maxRecordBytes + 2);
    const atEndOfFile = this.#finished && limit === this.#filled;
    let at = start;
    let fields = 1;
    let lines = 1;
    let nul = false;
    for (;;) {
      if (at < limit && bytes[at] === QUOTE) {
        at += 1;
        for (;;) {
          if (at >= limit) return this.#giveUp(start, at, 'quote-unclosed');
          const sign = bytes[at];
          if (sign === QUOTE) {
            if (at + 1 >= limit || bytes[at + 1] !== QUOTE) break;
            at += 1;
          } else if (sign === LINE_FEED) {
            lines += 1;
            if (this.#base + at + 1 <= this.#doomedUntil) return this.#fail(start, this.#doom);
            if (lines > MAX_LINES_PER_RECORD) return this.#giveUp(start, at, 'quote-unclosed');
          } else if (sign === NUL) {
            nul = true;
          }
          at += 1;
        }
        at += 1;
        if (at >= limit && !atEndOfFile) return this.#giveUp(start, at, 'record-too-long');
        if (at < limit && bytes[at] !== delimiter && this.#lineEndAt(at) === 0) {
          return this.#giveUp(start, at, 'quote-misplaced');
        }
      } else {
        while (at < limit) {
          const sign = bytes[at];
          if (sign === delimiter || sign === LINE_FEED) break;
          if (sign === CARRIAGE_RETURN && at + 1 < limit && bytes[at + 1] === LINE_FEED) break;
          if (sign === NUL) nul = true;
          at += 1;
        }
        if (at >= limit && !atEndOfFile) return this.#giveUp(start, at, 'record-too-long');
      }
      if (at >= limit || bytes[at] !== delimiter) break;
      fields += 1;
      at += 1;
    }
    if (at - start > this.#maxRecordBytes) return this.#giveUp(start, at, 'record-too-long');
    this.fields = fields;
    this.#accept(start, at);
    this.reason = nul ? 'nul-byte' : this.#fieldCountReason();
    return 'record';
  }

  #fieldCountReason(): MalformedReason | null {
    if (this.expectedFields === 0 || this.fields === this.expectedFields) return null;
    return this.fields < this.expectedFields ? 'fields-too-few' : 'fields-too-many';
  }

  /** Remembers how far a failed quoted field had come, then fails. */
  #giveUp(start: number, at: number, reason: MalformedReason): FramerStep {
    const lastLineFeed = at > start ? this.#bytes.lastIndexOf(LINE_FEED, at - 1) : -1;
    if (lastLineFeed >= start) {
      this.#doomedUntil = this.#base + lastLineFeed + 1;
      this.#doom = reason;
    }
    return this.#fail(start, reason);
  }

  /** The record is its first physical line. */
  #fail(start: number, reason: MalformedReason): FramerStep {
    const lineFeed = this.#plain.lineFeedFrom(start);
    const end =
      lineFeed < 0
        ? this.#filled
        : lineFeed > start && this.#bytes[lineFeed - 1] === CARRIAGE_RETURN
          ? lineFeed - 1
          : lineFeed;
    if (lineFeed < 0 && !this.#finished) {
      this.#skipping = true;
      this.offset = this.#base + start;
      this.length = 0;
      return this.#skipLongLine();
    }
    this.fields = 0;
    this.#accept(start, end);
    this.reason = end - start > this.#maxRecordBytes ? 'record-too-long' : reason;
    return 'record';
  }

  #accept(start: number, end: number): void {
    const lineEnd = this.#lineEndAt(end);
    this.start = start;
    this.end = end;
    this.offset = this.#base + start;
    this.length = end - start;
    this.lineEnd = lineEnd === 0 ? 'none' : lineEnd === 1 ? 'lf' : 'crlf';
    this.#position = end + lineEnd;
  }

  /** Drops a line that does not fit the window, up to its end. */
  #skipLongLine(): FramerStep {
    const lineFeed = this.#plain.lineFeedFrom(this.#position);
    // The last byte stays in the window: it may be the CR of a CR LF.
    const stop = lineFeed >= 0 ? lineFeed : this.#finished ? this.#filled : this.#filled - 1;
    const missing = KEPT_BYTES - this.#kept.length;
    if (missing > 0) {
      const more = this.#bytes.subarray(this.#position, Math.min(stop, this.#position + missing));
      this.#kept = Buffer.concat([this.#kept, more]);
    }
    this.#position = Math.max(this.#position, stop);
    if (lineFeed < 0 && !this.#finished) return 'refill';
    const withReturn = lineFeed > 0 && this.#bytes[lineFeed - 1] === CARRIAGE_RETURN;
    this.start = this.#position;
    this.end = this.#position;
    this.length = this.#base + this.#position - this.offset - (withReturn ? 1 : 0);
    this.#kept = this.#kept.subarray(0, this.length);
    this.lineEnd = lineFeed < 0 ? 'none' : withReturn ? 'crlf' : 'lf';
    this.#position += lineFeed < 0 ? 0 : 1;
    this.fields = 0;
    this.reason = 'record-too-long';
    this.#skipping = false;
    return 'record';
  }
}
