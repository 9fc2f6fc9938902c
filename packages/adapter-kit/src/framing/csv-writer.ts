import type { Encoding } from './decode.js';
import { writeWindows1252 } from './decode.js';
import type { OutputFile } from './output-folder.js';
import { CARRIAGE_RETURN, COMMA, LINE_FEED, QUOTE } from './signs.js';

const FLUSH_BYTES = 1 << 20;
const LEAST_BYTES = 1 << 14;
/** Bytes one byte of a record can become: a Windows-1252 sign in UTF-8; a doubled quote needs 2. */
const GROWTH = 3;

/** Lines of CSV on their way to a file. */
class CsvLines {
  #bytes = Buffer.alloc(0);
  #length = 0;
  /** Some field added so far holds CR or LF. */
  lineEndsInFields = false;

  get full(): boolean {
    return this.#length >= FLUSH_BYTES;
  }

  take(): Buffer {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  addLine(fields: readonly string[]): void {
    const line = fields
      .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
      .join(',');
    this.#reserve(line.length * 3 + 1);
    this.#length += this.#bytes.write(line, this.#length);
    this.#addByte(LINE_FEED);
  }

  /**
   * Adds a well-formed record as one line: its number, then its fields with the same text. `verbatim`: the bytes
   * are already comma separated with RFC 4180 quotes; otherwise only fields that need quotes get them.
   */
  addRecord(
    number: number,
    record: FramedRecord,
    delimiter: number,
    encoding: Encoding,
    verbatim: boolean,
  ): void {
    const { bytes, start, end } = record;
    this.#reserve((end - start) * GROWTH + record.fields * 2 + 24);
    this.#addNumber(number);
    this.#addByte(COMMA);
    if (verbatim) this.#addBytes(bytes, start, end, encoding);
    else this.#addFields(bytes, start, end, delimiter, encoding);
    this.#addByte(LINE_FEED);
  }

  #addFields(bytes: Buffer, start: number, end: number, delimiter: number, encoding: Encoding): void {
    let at = start;
    for (;;) {
      const quoted = at < end && bytes[at] === QUOTE;
      const from = quoted ? at + 1 : at;
      let needsQuotes = false;
      at = from;
      for (; at < end; at += 1) {
        const sign = bytes[at];
        if (quoted && sign === QUOTE) {
          if (at + 1 >= end || bytes[at + 1] !== QUOTE) break;
          at += 1;
          needsQuotes = true;
        } else if (!quoted && sign === delimiter) {
          break;
        } else if (sign === QUOTE) {
          needsQuotes = true;
        } else if (sign === CARRIAGE_RETURN || sign === LINE_FEED) {
          needsQuotes = true;
          this.lineEndsInFields = true;
        } else if (sign === COMMA) {
          needsQuotes = true;
        }
      }
      if (needsQuotes) this.#addByte(QUOTE);
      if (needsQuotes && !quoted) this.#addDoublingQuotes(bytes, from, at, encoding);
      else this.#addBytes(bytes, from, at, encoding);
      if (needsQuotes) this.#addByte(QUOTE);
      if (quoted) at += 1;
      if (at >= end) return;
      this.#addByte(COMMA);
      at += 1;
    }
  }

  #addDoublingQuotes(bytes: Buffer, start: number, end: number, encoding: Encoding): void {
    let from = start;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== QUOTE) continue;
      this.#addBytes(bytes, from, at + 1, encoding);
      this.#addByte(QUOTE);
      from = at + 1;
    }
    this.#addBytes(bytes, from, end, encoding);
  }

  #addBytes(bytes: Buffer, start: number, end: number, encoding: Encoding): void {
    if (encoding === 'windows-1252')
      this.#length = writeWindows1252(bytes, start, end, this.#bytes, this.#length);
    else this.#length += bytes.copy(this.#bytes, this.#length, start, end);
  }

  #addByte(byte: number): void {
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #addNumber(number: number): void {
    let digits = 1;
    for (let rest = number; rest >= 10; rest /= 10) digits += 1;
    let rest = number;
    for (let at = this.#length + digits - 1; at >= this.#length; at -= 1) {
      const tens = Math.floor(rest / 10);
      this.#bytes[at] = 0x30 + rest - tens * 10;
      rest = tens;
    }
    this.#length += digits;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#length + bytes, this.#bytes.length * 2, LEAST_BYTES));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** Where a well-formed record lies. */
interface FramedRecord {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly fields: number;
}

/** A CSV file written in large pieces. */
export class CsvWriter {
  readonly lines = new CsvLines();
  #file: OutputFile | null = null;

  get path(): string | null {
    return this.#file?.path ?? null;
  }

  start(file: OutputFile, header: readonly string[]): void {
    this.#file = file;
    this.lines.addLine(header);
  }

  async flush(): Promise<void> {
    await this.#file?.write(this.lines.take());
  }
}
