import { isAscii, isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Windows-1252 as browsers read it: the five unassigned bytes stand for themselves, so nothing is lost. */
const WINDOWS_1252_80_9F =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

/** The encoding that a byte order mark at the start names. */
export function encodingOfMark(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
}

/**
 * Recognises UTF-16 without a byte order mark: in Latin text every second byte is NUL. A few stray NULs, or a
 * block of them, fall on even and odd places alike and are damage, not an encoding.
 */
export function utf16WithoutMark(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const units = head.length >> 1;
  if (units < 2) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < units * 2; at += 2) {
    if (head[at] === 0) even += 1;
    if (head[at + 1] === 0) odd += 1;
  }
  if (odd * 10 >= units * 7 && even * 10 <= units) return 'utf-16le';
  if (even * 10 >= units * 7 && odd * 10 <= units) return 'utf-16be';
  return null;
}

/** Checks a stream of bytes for UTF-8; sequences may be split between chunks. */
export class Utf8Check {
  #pending: Buffer = Buffer.alloc(0);
  #ascii = true;
  /** False from the first byte on that cannot be UTF-8. */
  valid = true;

  push(chunk: Buffer): void {
    if (!this.valid || chunk.length === 0) return;
    if (this.#ascii && this.#pending.length === 0 && isAscii(chunk)) return;
    let rest = chunk;
    if (this.#pending.length > 0) {
      const missing = sequenceLength(this.#pending[0] as number) - this.#pending.length;
      const sequence = Buffer.concat([this.#pending, chunk.subarray(0, missing)]);
      rest = chunk.subarray(missing);
      if (sequence.length < sequenceLength(sequence[0] as number)) {
        this.#pending = sequence;
        return;
      }
      this.#pending = Buffer.alloc(0);
      if (!isUtf8(sequence)) {
        this.valid = false;
        return;
      }
    }
    const open = incompleteTail(rest);
    const whole = rest.subarray(0, rest.length - open);
    this.valid = isUtf8(whole);
    if (rest !== chunk || !isAscii(whole)) this.#ascii = false;
    if (open > 0) this.#pending = Buffer.from(rest.subarray(rest.length - open));
  }

  /**
   * Call at the end. Bytes that end inside a sequence are a UTF-8 file cut short when they held whole sequences
   * before, which returns true; otherwise they are more likely another encoding, and `valid` becomes false.
   */
  endsInsideSequence(): boolean {
    if (!this.valid || this.#pending.length === 0) return false;
    this.valid = !this.#ascii;
    return this.valid;
  }
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc2 ? 2 : 1;
}

/** Number of bytes at the end that begin a sequence and do not complete it. */
function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    return byte <= 0xf4 && sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/**
 * Rewrites UTF-16 as UTF-8, chunk by chunk. Halves of surrogate pairs standing alone, and an odd last byte,
 * become bytes that are not UTF-8, so that the record holding them can be told apart instead of being repaired
 * in silence.
 */
export class Utf16Transcoder {
  readonly #low: 0 | 1;
  #oddByte = -1;
  #highSurrogate = 0;

  constructor(encoding: 'utf-16le' | 'utf-16be') {
    this.#low = encoding === 'utf-16le' ? 0 : 1;
  }

  /** `into` must have room for 3 bytes per 2 bytes of `chunk`, and 4 more. Returns the bytes written. */
  write(chunk: Buffer, into: Buffer): number {
    let out = 0;
    let at = 0;
    if (this.#oddByte >= 0 && chunk.length > 0) {
      out = this.#unit(
        this.#low === 0
          ? this.#oddByte | ((chunk[0] as number) << 8)
          : (this.#oddByte << 8) | (chunk[0] as number),
        into,
        out,
      );
      this.#oddByte = -1;
      at = 1;
    }
    const low = this.#low;
    for (; at + 1 < chunk.length; at += 2) {
      const unit = (chunk[at + low] as number) | ((chunk[at + 1 - low] as number) << 8);
      if (unit < 0x80 && this.#highSurrogate === 0) {
        into[out] = unit;
        out += 1;
      } else {
        out = this.#unit(unit, into, out);
      }
    }
    if (at < chunk.length) this.#oddByte = chunk[at] as number;
    return out;
  }

  /** Call once at the end. */
  end(into: Buffer): number {
    let out = 0;
    if (this.#highSurrogate !== 0) out = writeThree(this.#highSurrogate, into, out);
    if (this.#oddByte >= 0) {
      into[out] = 0xff;
      out += 1;
    }
    this.#highSurrogate = 0;
    this.#oddByte = -1;
    return out;
  }

  #unit(unit: number, into: Buffer, at: number): number {
    let out = at;
    if (this.#highSurrogate !== 0) {
      const high = this.#highSurrogate;
      this.#highSurrogate = 0;
      if (unit >= 0xdc00 && unit <= 0xdfff) {
        const point = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
        into[out] = 0xf0 | (point >> 18);
        into[out + 1] = 0x80 | ((point >> 12) & 0x3f);
        into[out + 2] = 0x80 | ((point >> 6) & 0x3f);
        into[out + 3] = 0x80 | (point & 0x3f);
        return out + 4;
      }
      out = writeThree(high, into, out);
    }
    if (unit >= 0xd800 && unit <= 0xdbff) {
      this.#highSurrogate = unit;
      return out;
    }
    if (unit >= 0x800) return writeThree(unit, into, out);
    if (unit < 0x80) {
      into[out] = unit;
      return out + 1;
    }
    into[out] = 0xc0 | (unit >> 6);
    into[out + 1] = 0x80 | (unit & 0x3f);
    return out + 2;
  }
}

function writeThree(unit: number, into: Buffer, at: number): number {
  into[at] = 0xe0 | (unit >> 12);
  into[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
  into[at + 2] = 0x80 | (unit & 0x3f);
  return at + 3;
}

/** UTF-8 bytes of each Windows-1252 byte from 0x80. */
const WINDOWS_1252_UTF8: readonly Buffer[] = Array.from({ length: 128 }, (_, index) =>
  Buffer.from(index < 32 ? (WINDOWS_1252_80_9F[index] as string) : String.fromCharCode(0x80 + index)),
);

/** Rewrites Windows-1252 as UTF-8; `into` must have room for 3 bytes per byte. Returns the end in `into`. */
export function writeWindows1252(
  bytes: Buffer,
  start: number,
  end: number,
  into: Buffer,
  at: number,
): number {
  let out = at;
  for (let from = start; from < end; from += 1) {
    const byte = bytes[from] as number;
    if (byte < 0x80) {
      into[out] = byte;
      out += 1;
    } else {
      for (const part of WINDOWS_1252_UTF8[byte - 0x80] as Buffer) {
        into[out] = part;
        out += 1;
      }
    }
  }
  return out;
}

/** Text of framed bytes: Windows-1252 as such, everything else as UTF-8 (UTF-16 was rewritten before framing). */
export function textOf(bytes: Buffer, encoding: Encoding): string {
  if (encoding !== 'windows-1252') return bytes.toString('utf8');
  const into = Buffer.allocUnsafe(bytes.length * 3);
  return into.toString('utf8', 0, writeWindows1252(bytes, 0, bytes.length, into, 0));
}
