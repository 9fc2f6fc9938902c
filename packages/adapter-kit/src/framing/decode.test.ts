import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf, Utf8Check, Utf16Transcoder, utf16WithoutMark } from './decode.js';

/** Cuts bytes into chunks of the given lengths. */
function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  chunks.push(bytes.subarray(at));
  return chunks;
}

const lengths = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 20 });
const unicode = fc.string({ unit: 'binary', maxLength: 40 });
const almostUtf8 = fc
  .array(
    fc.constantFrom(
      [0x41],
      [0xc3, 0xa9],
      [0xe2, 0x82, 0xac],
      [0xf0, 0x9f, 0x98, 0x80],
      [0xc3],
      [0x80],
      [0xe2, 0x82],
      [0xf0, 0x9f],
      [0xff],
      [0xed, 0xa0, 0x80],
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.from(parts.flat()));

describe('Utf8Check', () => {
  it('agrees with a check of the whole, wherever sequences are split', () => {
    fc.assert(
      fc.property(almostUtf8, lengths, (bytes, parts) => {
        const check = new Utf8Check();
        for (const chunk of cut(bytes, parts)) check.push(chunk);
        const cutShort = check.endsInsideSequence();
        expect(check.valid && !cutShort).toBe(isUtf8(bytes));
        if (cutShort)
          expect([1, 2, 3].some((back) => isUtf8(bytes.subarray(0, bytes.length - back)))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes an unfinished last sequence for damage after other UTF-8, for another encoding otherwise', () => {
    const endOf = (bytes: number[]) => {
      const check = new Utf8Check();
      check.push(Buffer.from(bytes));
      return [check.endsInsideSequence(), check.valid];
    };
    expect(endOf([0xc3, 0xa9, 0x41, 0xc3])).toEqual([true, true]);
    expect(endOf([0x41, 0xe9])).toEqual([false, false]);
  });
});

describe('Utf16Transcoder', () => {
  it.each(['utf-16le', 'utf-16be'] as const)(
    'rewrites %s as UTF-8 however it is split, and keeps lone surrogates apart',
    (encoding) => {
      fc.assert(
        fc.property(unicode, lengths, fc.boolean(), (text, parts, odd) => {
          const units = Buffer.from(text, 'utf16le');
          const bytes = Buffer.concat([
            encoding === 'utf-16le' ? units : units.swap16(),
            Buffer.alloc(odd ? 1 : 0),
          ]);
          const transcoder = new Utf16Transcoder(encoding);
          const into = Buffer.alloc(4096);
          let length = 0;
          for (const chunk of cut(bytes, parts)) length += transcoder.write(chunk, into.subarray(length));
          length += transcoder.end(into.subarray(length));
          const written = into.subarray(0, length);
          const wellFormed = !odd && Buffer.from(text).toString() === text;
          expect(isUtf8(written)).toBe(wellFormed);
          if (wellFormed) expect(written.toString()).toBe(text);
        }),
        { numRuns: 1000 },
      );
    },
  );
});

describe('utf16WithoutMark', () => {
  it('recognises Latin text and not text with stray NULs', () => {
    const text = Buffer.from('CMPLNT_NUM,RPT_DT\r\n1,é\r\n', 'utf16le');
    expect(utf16WithoutMark(text)).toBe('utf-16le');
    expect(utf16WithoutMark(Buffer.from(text).swap16())).toBe('utf-16be');
    expect(utf16WithoutMark(Buffer.from('a,b\0\n1,2\0\0\0\n'))).toBeNull();
    expect(utf16WithoutMark(Buffer.alloc(4096))).toBeNull();
  });
});

describe('textOf', () => {
  // TextDecoder is no judge of this: in Node 20 it reads Windows-1252 as Latin-1.
  it('reads Windows-1252 with its typographic signs, and every byte as a text of its own', () => {
    const signs = [0x80, 0x85, 0x8a, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9f, 0xe9];
    expect(textOf(Buffer.from(signs), 'windows-1252')).toBe('€…Š‘’“”•–—™Ÿé');
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const text = textOf(all, 'windows-1252');
    expect(new Set(text).size).toBe(256);
    const unlikeLatin1 = [...all].filter((byte) => text[byte] !== String.fromCharCode(byte));
    expect(unlikeLatin1).toHaveLength(27);
    expect(unlikeLatin1.every((byte) => byte >= 0x80 && byte <= 0x9f)).toBe(true);
  });
});
