import { expect, test } from 'vitest';
import { Bounds } from './bounds.js';
import type { Position } from './multi-polygon.js';

function boxOf(...positions: readonly Position[]) {
  const bounds = new Bounds();
  for (const position of positions) bounds.add(position);
  return bounds.box();
}

test('the box is the narrowest: over Greenwich, or over the antimeridian with west above east', () => {
  expect(boxOf([-74, 40], [-73, 41])).toEqual([-74, 40, -73, 41]);
  expect(boxOf([-0.5, 51], [0.3, 52])).toEqual([-0.5, 51, 0.3, 52]);
  expect(boxOf([179.5, -17], [180, -16], [-180, -17], [-179.5, -16.5])).toEqual([179.5, -17, -179.5, -16]);
  expect(boxOf([180, 1])).toEqual([180, 1, 180, 1]);
  expect(boxOf()).toBeUndefined();
});
