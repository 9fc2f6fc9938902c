import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, shorten } from './printable.js';

const ESCAPE = String.fromCharCode(27);

describe('printable', () => {
  it('shows what would drive a terminal or turn the text around', () => {
    expect(printable(`${ESCAPE}[31mred\n\u202eabc\u00a0`)).toBe('␛[31mred␊⟨U+202E⟩abc⟨U+00A0⟩');
  });

  it('shows blanks where they cannot be seen, and no others', () => {
    expect(printable(' a b  c ')).toBe('␣a b␣␣c␣');
  });

  it('leaves no control character in any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\p{Cf}]/u.test(printable(text))));
  });
});

describe('shorten', () => {
  it('cuts by characters, not by halves of them', () => {
    expect(shorten('😀😀😀', 2)).toBe('😀…');
    expect(shorten('abc', 3)).toBe('abc');
  });
});
