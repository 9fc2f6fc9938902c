import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';

/** What the framer promises of a raw file, found out in the plainest way: whole file in memory, sign by sign. */
export interface ReferenceReading {
  readonly encoding: string;
  readonly header: readonly string[];
  readonly records: number;
  /** Record number → reason, of the malformed records. */
  readonly malformed: ReadonlyMap<number, string>;
  /** Record number → its texts, of the well-formed records. */
  readonly fields: ReadonlyMap<number, readonly string[]>;
}

const MAX_BYTES = 1 << 20;
const MAX_LINES = 1000;
const MARK = '\u00EF\u00BB\u00BF';

/** Signs of Windows-1252 from 0x80 to 0x9F; a blank for the five that stand for themselves. Node 20 reads them as Latin-1. */
const WINDOWS_1252 = [...'€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'].map((sign) => (sign === ' ' ? undefined : sign));

/**
 * Reads a raw file by the documented rules of the record framer, sharing no code with it. Bytes are held as
 * signs of a string, one each. Answers undefined for a file that has no readable header.
 */
export function readByReference(delivered: Buffer): ReferenceReading | undefined {
  const bytes = decompress(delivered);
  if (bytes === undefined) return undefined;
  const { encoding, text: signs } = decode(bytes);
  const text =
    signs.startsWith(MARK) && encodingByMark(bytes) !== undefined ? signs.slice(MARK.length) : signs;
  if ([...text].every((sign) => sign <= ' ' && sign !== '\0')) return undefined;

  const delimiter = mostFrequentDelimiter(text);
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const readText = (field: string) =>
    encoding === 'windows-1252'
      ? field.replaceAll(/[\x80-\x9F]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign)
      : utf8.decode(Buffer.from(field, 'latin1'));

  let header: readonly string[] | undefined;
  let records = 0;
  const malformed = new Map<number, string>();
  const fields = new Map<number, readonly string[]>();
  const frames = new Frames(text, delimiter);
  for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
    if (header === undefined) {
      if (frame.reason !== undefined || /\r(?!\n)/.test(frame.text)) return undefined;
      header = frame.fields.map(readText);
      if (header.every((name) => name.trim() === '')) return undefined;
      continue;
    }
    records += 1;
    const count = frame.fields.length;
    const reason =
      frame.reason ??
      (frame.text.includes('\0') ? 'nul-byte' : undefined) ??
      (count < header.length ? 'fields-too-few' : count > header.length ? 'fields-too-many' : undefined) ??
      (encoding !== 'windows-1252' && !isUtf8(Buffer.from(frame.text, 'latin1'))
        ? 'text-undecodable'
        : undefined);
    if (reason === undefined) fields.set(records, frame.fields.map(readText));
    else malformed.set(records, reason);
  }
  return header && { encoding, header, records, malformed, fields };
}

interface Frame {
  readonly text: string;
  readonly fields: readonly string[];
  readonly reason?: string;
}

class Frames {
  readonly #text: string;
  readonly #delimiter: string;
  #at = 0;
  /** A quote open at a line start up to here is given up, because one opened before ran too long. */
  #givenUpTo = -1;
  #givenUpFor = '';

  constructor(text: string, delimiter: string) {
    this.#text = text;
    this.#delimiter = delimiter;
  }

  next(): Frame | undefined {
    while (this.#lineEnd(this.#at) > 0) this.#at += this.#lineEnd(this.#at);
    if (this.#at >= this.#text.length) return undefined;
    const start = this.#at;
    let read = this.#read(start);
    if (typeof read !== 'string' && read.end - start > MAX_BYTES) {
      read = this.#giveUp(Math.min(read.end, start + MAX_BYTES + 2), 'record-too-long');
    }
    if (typeof read !== 'string') {
      this.#at = read.end + this.#lineEnd(read.end);
      return { text: this.#text.slice(start, read.end), fields: read.fields };
    }
    // Only the first line is lost.
    const lineFeed = this.#text.indexOf('\n', start);
    const end =
      lineFeed < 0
        ? this.#text.length
        : lineFeed > start && this.#text[lineFeed - 1] === '\r'
          ? lineFeed - 1
          : lineFeed;
    this.#at = lineFeed < 0 ? this.#text.length : lineFeed + 1;
    const reason = end - start > MAX_BYTES ? 'record-too-long' : read;
    return { text: this.#text.slice(start, end), fields: [], reason };
  }

  /** Fields of the record at `start` and where it ends, or what is wrong with it. */
  #read(start: number): { readonly fields: readonly string[]; readonly end: number } | string {
    const text = this.#text;
    const fields: string[] = [];
    let lines = 1;
    let at = start;
    for (;;) {
      let field = '';
      if (text[at] === '"') {
        at += 1;
        for (;;) {
          if (at >= text.length) return 'quote-unclosed';
          if (at - start > MAX_BYTES + 1) return this.#giveUp(at, 'quote-unclosed');
          if (text[at] === '"' && text[at + 1] !== '"') break;
          if (text[at] === '"') at += 1;
          if (text[at] === '\n') {
            if (at + 1 <= this.#givenUpTo) return this.#givenUpFor;
            lines += 1;
            if (lines > MAX_LINES) return this.#giveUp(at, 'quote-unclosed');
          }
          field += text[at];
          at += 1;
        }
        at += 1;
        if (at < text.length && text[at] !== this.#delimiter && this.#lineEnd(at) === 0)
          return 'quote-misplaced';
      } else {
        const from = at;
        while (at < text.length && text[at] !== this.#delimiter && this.#lineEnd(at) === 0) at += 1;
        field = text.slice(from, at);
      }
      fields.push(field);
      if (at >= text.length || text[at] !== this.#delimiter) return { fields, end: at };
      at += 1;
    }
  }

  #giveUp(at: number, reason: string): string {
    this.#givenUpTo = this.#text.lastIndexOf('\n', at - 1) + 1;
    this.#givenUpFor = reason;
    return reason;
  }

  #lineEnd(at: number): number {
    if (this.#text[at] === '\n') return 1;
    return this.#text[at] === '\r' && this.#text[at + 1] === '\n' ? 2 : 0;
  }
}

/** The decompressed bytes; undefined when the compressed ones are damaged, cut short or followed by others. */
function decompress(delivered: Buffer): Buffer | undefined {
  if (delivered[0] !== 0x1f || delivered[1] !== 0x8b) return delivered;
  try {
    // The types of Node leave out what `info` makes of the result.
    const result: unknown = gunzipSync(delivered, { info: true });
    const { buffer, engine } = result as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    return delivered.subarray(engine.bytesWritten).every((byte) => byte === 0) ? buffer : undefined;
  } catch {
    return undefined;
  }
}

function encodingByMark(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 3).toString('latin1') === MARK) return 'utf-8';
  const two = bytes.subarray(0, 2).toString('hex');
  return two === 'fffe' ? 'utf-16le' : two === 'feff' ? 'utf-16be' : undefined;
}

/** The text as UTF-8 bytes, or as delivered when it is Windows-1252. */
function decode(bytes: Buffer): { readonly encoding: string; readonly text: string } {
  const encoding = encodingByMark(bytes) ?? utf16ByNuls(bytes.subarray(0, 4096)) ?? 'utf-8';
  if (encoding !== 'utf-8') return { encoding, text: utf16AsUtf8(bytes, encoding === 'utf-16le') };
  const isText = isUtf8(bytes) || isUtf8CutShort(bytes);
  return { encoding: isText ? 'utf-8' : 'windows-1252', text: bytes.toString('latin1') };
}

function utf16ByNuls(head: Buffer): string | undefined {
  const units = Math.floor(head.length / 2);
  if (units < 2) return undefined;
  const nulsAt = (side: number) =>
    Array.from({ length: units }, (_, unit) => head[unit * 2 + side]).filter((byte) => byte === 0).length;
  const [even, odd] = [nulsAt(0), nulsAt(1)];
  if (odd >= units * 0.7 && even <= units * 0.1) return 'utf-16le';
  return even >= units * 0.7 && odd <= units * 0.1 ? 'utf-16be' : undefined;
}

function utf16AsUtf8(bytes: Buffer, littleEndian: boolean): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  }
  // A half of a surrogate pair standing alone becomes three bytes that are not UTF-8, as does an odd last byte.
  const parts: string[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) {
      parts.push(String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)));
    } else {
      parts.push(Buffer.from(sign).toString('latin1'));
    }
  }
  if (bytes.length % 2 === 1) parts.push('\u00FF');
  return parts.join('');
}

/** UTF-8 that ends inside a sequence, and held whole sequences before. */
function isUtf8CutShort(bytes: Buffer): boolean {
  for (let cut = 1; cut <= Math.min(3, bytes.length); cut += 1) {
    const lead = bytes[bytes.length - cut] ?? 0;
    if (lead >= 0x80 && lead < 0xc0) continue;
    const length = lead >= 0xf5 ? 0 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    const before = bytes.subarray(0, bytes.length - cut);
    return length > cut && isUtf8(before) && before.some((byte) => byte >= 0x80);
  }
  return false;
}

/** The delimiter that occurs most outside quotes, up to the end of the first line that holds more than blanks. */
function mostFrequentDelimiter(text: string): string {
  const counts = new Map([
    [',', 0],
    ['\t', 0],
    [';', 0],
    ['|', 0],
  ]);
  let quoted = false;
  let blank = true;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (sign === '\n' && !quoted && !blank) break;
    else if (!quoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    if (sign > ' ') blank = false;
  }
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? ',';
}
