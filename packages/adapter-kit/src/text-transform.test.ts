import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTransforms, padStart, stripPrefix, stripSuffix, trim, upper } from './text-transform.js';

describe('applyTransforms', () => {
  it('puts back the leading zero of a LAPD report number and keeps NYPD suffixes', () => {
    expect(applyTransforms(' 10304468 ', [trim(), stripSuffix('.0'), padStart(9, '0')])).toBe('010304468');
    expect(applyTransforms('10304468.0', [trim(), stripSuffix('.0'), padStart(9, '0')])).toBe('010304468');
    expect(applyTransforms('261190018H1', [trim()])).toBe('261190018H1');
  });

  it('makes empty text null, before and after the transforms', () => {
    for (const transforms of [[], [trim()], [padStart(9, '0')], [trim(), padStart(9, '0')]]) {
      expect(applyTransforms('', transforms)).toBeNull();
    }
    expect(applyTransforms(' \t\r\n', [trim(), padStart(9, '0')])).toBeNull();
    expect(applyTransforms('.0', [stripSuffix('.0')])).toBeNull();
  });

  it('trims spaces, tabs and line ends only, as the engines do', () => {
    expect(applyTransforms(' \t\r\n a b \n', [trim()])).toBe('a b');
    expect(applyTransforms('\u00A0a\u2003', [trim()])).toBe('\u00A0a\u2003');
  });

  it('trims like the regular expression that says the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n', 'a', '\u00A0', '👮') }),
        (text) => {
          expect(applyTransforms(text, [trim()])).toBe(text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '') || null);
        },
      ),
    );
  });

  it('upper-cases a to z and no other letter', () => {
    expect(applyTransforms('aZ9 straße ünï ı', [upper()])).toBe('AZ9 STRAßE üNï ı');
  });

  it('pads to the length in characters, an emoji being one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-composite', minLength: 1 }),
        fc.nat({ max: 30 }),
        (text, length) => {
          const padded = applyTransforms(text, [padStart(length, '0')]) ?? '';
          const letters = [...text].length;
          expect(padded.endsWith(text)).toBe(true);
          expect([...padded].length).toBe(Math.max(letters, length));
          expect(padded.slice(0, padded.length - text.length)).toBe(
            '0'.repeat(Math.max(0, length - letters)),
          );
        },
      ),
    );
  });

  it('strips a prefix and a suffix once, and never more than the text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab]{0,8}$/), fc.stringMatching(/^[ab]{1,3}$/), (text, part) => {
        expect(applyTransforms(part + text, [stripPrefix(part)]) ?? '').toBe(text);
        expect(applyTransforms(text + part, [stripSuffix(part)]) ?? '').toBe(text);
        expect(applyTransforms(text, [stripPrefix(`${text}x`), stripSuffix(`x${text}`)]) ?? '').toBe(text);
      }),
    );
    expect(applyTransforms('abc', [stripSuffix('')])).toBe('abc');
  });

  it('takes no longer than the text is long', () => {
    const startedAt = performance.now();
    applyTransforms(`a${' '.repeat(1_000_000)}b`, [trim(), upper()]);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
