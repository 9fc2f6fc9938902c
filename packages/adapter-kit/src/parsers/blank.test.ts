import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collapse, isBlank } from './blank.js';

describe('isBlank', () => {
  it('takes whitespace of any kind for no value', () => {
    expect(['', ' ', '\t\r\n', '\u00A0'].every((text) => isBlank(text))).toBe(true);
  });

  it('takes a null marker for no value in the columns that have it, and for text elsewhere', () => {
    expect(isBlank(' (null) ', ['(null)', 'NA'])).toBe(true);
    expect(isBlank('(null)')).toBe(false);
    expect(isBlank('NAVY', ['NA'])).toBe(false);
    expect(isBlank('na', ['NA'])).toBe(false);
  });
});

describe('collapse', () => {
  it('leaves words one blank apart and keeps every other sign', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[!-~]{1,5}$/)),
        fc.array(fc.constantFrom(' ', '\t', '\r\n', '   ')),
        (words, gaps) => {
          const text = words
            .map((word, index) => `${gaps[index % (gaps.length || 1)] ?? ' '}${word}`)
            .join('');
          expect(collapse(text)).toBe(words.join(' '));
        },
      ),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(collapse(collapse(text))).toBe(collapse(text));
      }),
    );
  });
});
