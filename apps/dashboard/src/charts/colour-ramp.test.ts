import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colourRamp } from './colour-ramp.js';

const counts = fc.array(fc.option(fc.nat(5000), { nil: null }), { minLength: 1, maxLength: 168 });

describe('colourRamp', () => {
  test('puts each count into the one step that says so', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const ramp = colourRamp(given);
        expect(ramp.steps.length).toBeLessThanOrEqual(6);
        expect(new Set(ramp.steps.map(({ colour }) => colour)).size).toBe(ramp.steps.length);
        for (const count of given) {
          if (count === null) continue;
          const holding = ramp.steps.flatMap(({ from, to }, place) =>
            count >= from && count <= to ? [place] : [],
          );
          expect(holding).toEqual([ramp.placeOf(count)]);
        }
      }),
    );
  });

  test('has a step for each of few counts, and none where all are hidden', () => {
    expect(colourRamp([0, 1, 2]).steps.map(({ from, to }) => [from, to])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(colourRamp([null]).steps).toEqual([]);
  });
});
