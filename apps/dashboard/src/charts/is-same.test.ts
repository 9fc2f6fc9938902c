import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame } from './is-same.js';

test('isSame holds for copies, and not when anything in them differs', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(isSame(a, structuredClone(a))).toBe(true);
      if (isSame(a, b)) expect(b).toEqual(a);
    }),
  );
  expect(isSame({ a: [1, null] }, { a: [1, 0] })).toBe(false);
  expect(isSame({ a: undefined }, { b: undefined })).toBe(false);
  expect(isSame([1], { 0: 1, length: 1 })).toBe(false);
});
