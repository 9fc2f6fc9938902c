import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOf, findClosePairs } from './close-pairs.js';

const breaks = [0, 0.001, 5, 10];

function listPairs(
  x: readonly number[],
  y: readonly number[],
  distance: 'manhattan' | 'euclidean',
): string[] {
  const { starts, others, bands } = findClosePairs({ x, y, distance, breaks, maxPairs: 10_000 });
  return x.flatMap((_, i) =>
    Array.from(
      others.subarray(starts[i], starts[i + 1]),
      (j, at) => `${j} ${i} ${bands[(starts[i] ?? 0) + at]}`,
    ),
  );
}

describe('findClosePairs', () => {
  const place = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -20, max: 20, noNaN: true }));

  it.each(['manhattan', 'euclidean'] as const)(
    'finds each pair once, as comparing all does: %s',
    (distance) => {
      fc.assert(
        fc.property(fc.array(fc.tuple(place, place), { maxLength: 60 }), (places) => {
          const x = places.map(([at]) => at);
          const y = places.map(([, at]) => at);
          const all: string[] = [];
          for (let i = 0; i < x.length; i += 1) {
            for (let j = 0; j < i; j += 1) {
              const dx = Math.abs((x[i] ?? 0) - (x[j] ?? 0));
              const dy = Math.abs((y[i] ?? 0) - (y[j] ?? 0));
              const apart = distance === 'manhattan' ? dx + dy : Math.sqrt(dx * dx + dy * dy);
              if (apart < 10) all.push(`${j} ${i} ${apart < 0.001 ? 0 : apart < 5 ? 1 : 2}`);
            }
          }
          expect(listPairs(x, y, distance).sort()).toEqual(all.sort());
        }),
      );
    },
  );

  it('stops before the event whose pairs would be too many', () => {
    const x = [0, 0, 0, 0, 0];
    const { events, others } = findClosePairs({ x, y: x, distance: 'manhattan', breaks, maxPairs: 5 });
    expect(events).toBe(3);
    expect([...others]).toEqual([0, 0, 1]);
  });
});

describe('bandOf', () => {
  it.each([
    [0, 0],
    [0.0009, 0],
    [0.001, 1],
    [5, 2],
    [10, -1],
    [-1, -1],
  ])('puts %d into band %i', (value, band) => {
    expect(bandOf(breaks, value)).toBe(band);
  });
});
