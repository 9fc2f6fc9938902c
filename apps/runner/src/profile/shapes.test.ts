import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from './shapes.js';

describe('shapeOf', () => {
  it.each([
    ['12/31/2019', '99/99/9999'],
    ['3/1/2020 12:00:00 AM', '9/9/9999 99:99:99 AA'],
    ['278428997H1', '999999999A9'],
    ['Brooklyn', 'Aa+'],
    ['PETIT LARCENY', 'A+ A+'],
    ['São Paulo', 'Aaa Aa+'],
    ['١٢', '99'],
    ['', ''],
  ])('writes %s as %s', (text, shape) => {
    expect(shapeOf(text)).toBe(shape);
  });

  it('is the same for texts that differ only in which digit stands where', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 });
    fc.assert(
      fc.property(digits, (list) => shapeOf(`a-${list.join('')}`) === `a-${'9'.repeat(list.length)}`),
    );
  });

  it('never grows past its limit', () => {
    fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => shapeOf(text).length <= 61));
  });
});
