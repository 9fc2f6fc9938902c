import { CARRIAGE_RETURN, LINE_FEED, NUL, QUOTE } from './signs.js';

const NONE = Number.MAX_SAFE_INTEGER;
/** Shorter stretches are counted byte by byte. */
const WORD_COUNT_FROM = 24;

/**
 * Recognises at full speed the records nearly every file consists of: one line, quotes only around whole
 * fields, no NUL, no CR but before the LF. Says nothing about any other record.
 *
 * Positions of quotes, CR and NUL come from the runtime's native search; delimiters are counted four bytes at a
 * time.
 */
export class PlainRecordScanner {
  readonly #bytes: Buffer;
  readonly #words: Int32Array;
  /** The filled part of the window: native searches stop at its end. */
  #filled: Buffer;
  #delimiter = 0;
  #delimiterWord = 0;
  #nextQuote = -1;
  #nextReturn = -1;
  #nextNul = -1;

  /** End of the record without its line end, where the next one starts, and the number of fields. */
  end = 0;
  next = 0;
  fields = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#filled = bytes.subarray(0, 0);
    this.#words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  }

  set delimiter(delimiter: number) {
    this.#delimiter = delimiter;
    this.#delimiterWord = delimiter * 0x01010101;
  }

  /** The window holds other bytes, `filled` of them. */
  reset(filled: number): void {
    this.#filled = this.#bytes.subarray(0, filled);
    this.#nextQuote = -1;
    this.#nextReturn = -1;
    this.#nextNul = -1;
  }

  /** Position of the next LF, or -1. */
  lineFeedFrom(start: number): number {
    return this.#filled.indexOf(LINE_FEED, start);
  }

  /** True when the record at `start` is plain; then the properties describe it. */
  scan(start: number, finished: boolean): boolean {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    const lineFeed = this.#filled.indexOf(LINE_FEED, start);
    if (lineFeed < 0 && !finished) return false;
    const stop = lineFeed < 0 ? this.#filled.length : lineFeed;

    if (this.#nextNul < start) this.#nextNul = this.#find(NUL, start);
    if (this.#nextNul < stop) return false;
    let end = stop;
    if (this.#nextReturn < start) this.#nextReturn = this.#find(CARRIAGE_RETURN, start);
    if (this.#nextReturn < stop) {
      if (this.#nextReturn !== lineFeed - 1) return false;
      end = lineFeed - 1;
    }

    let at = start;
    let fields = 1;
    while (at < end) {
      if (bytes[at] === QUOTE) {
        at += 1;
        for (;;) {
          while (at < end && bytes[at] !== QUOTE) at += 1;
          if (at >= end) return false;
          at += 1;
          if (at >= end || bytes[at] !== QUOTE) break;
          at += 1;
        }
        if (at >= end) break;
        if (bytes[at] !== delimiter) return false;
        fields += 1;
        at += 1;
      } else {
        if (this.#nextQuote < at) this.#nextQuote = this.#find(QUOTE, at);
        const quote = this.#nextQuote;
        if (quote >= end) {
          fields += this.#countDelimiters(at, end);
          break;
        }
        if (bytes[quote - 1] !== delimiter) return false;
        fields += this.#countDelimiters(at, quote);
        at = quote;
      }
    }
    this.end = end;
    this.next = lineFeed < 0 ? stop : lineFeed + 1;
    this.fields = fields;
    return true;
  }

  #find(sign: number, from: number): number {
    const at = this.#filled.indexOf(sign, from);
    return at < 0 ? NONE : at;
  }

  #countDelimiters(from: number, to: number): number {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    let count = 0;
    let at = from;
    if (to - from >= WORD_COUNT_FROM) {
      const words = this.#words;
      const pattern = this.#delimiterWord;
      for (; (at & 3) !== 0; at += 1) if (bytes[at] === delimiter) count += 1;
      const lastWord = to >> 2;
      let word = at >> 2;
      while (word < lastWord) {
        // Each byte of `lanes` counts up to 255.
        const pause = Math.min(lastWord, word + 255);
        let lanes = 0;
        for (; word < pause; word += 1) {
          const difference = (words[word] as number) ^ pattern;
          const occupied = ((difference & 0x7f7f7f7f) + 0x7f7f7f7f) | difference;
          lanes = (lanes + ((~occupied >>> 7) & 0x01010101)) | 0;
        }
        count += (lanes & 255) + ((lanes >>> 8) & 255) + ((lanes >>> 16) & 255) + (lanes >>> 24);
      }
      at = lastWord << 2;
    }
    for (; at < to; at += 1) if (bytes[at] === delimiter) count += 1;
    return count;
  }
}
