import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_PLACE } from './codes.js';
import { completeShard } from './shard.js';
import { readShard, writeShard } from './shard-file.js';

const segments = fc.array(
  fc.record({
    jurisdiction: fc.integer({ min: 0, max: 300 }),
    category: fc.integer({ min: 0, max: 25 }),
    rows: fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: 365 }),
        kind: fc.integer({ min: 0, max: 4031 }),
        victim: fc.integer({ min: 0, max: 279 }),
        suspect: fc.integer({ min: 0, max: 279 }),
        hour: fc.integer({ min: 0, max: 24 }),
        place: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.constant(NO_PLACE)),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  { maxLength: 8 },
);

const shard = segments.map((list) => {
  const rows = list.flatMap(({ rows: own }) => [...own].sort((a, b) => a.day - b.day));
  const starts = [0];
  for (const { rows: own } of list) starts.push((starts.at(-1) ?? 0) + own.length);
  return completeShard(
    {
      source: 'test',
      year: 2020,
      rows: rows.length,
      jurisdictions: Uint16Array.from(list, ({ jurisdiction }) => jurisdiction),
      categories: Uint8Array.from(list, ({ category }) => category),
      starts: Uint32Array.from(starts),
      days: Uint16Array.from(rows, ({ day }) => day),
      kinds: Uint16Array.from(rows, ({ kind }) => kind),
      victims: Uint16Array.from(rows, ({ victim }) => victim),
      suspects: Uint16Array.from(rows, ({ suspect }) => suspect),
      places: Uint32Array.from(rows, ({ place }) => place),
    },
    Uint8Array.from(rows, ({ hour }) => hour),
  );
});

test('a shard comes out of its file as it went in', () => {
  fc.assert(
    fc.property(shard, (one) => {
      expect(readShard(writeShard(one))).toEqual(one);
    }),
  );
});

test('a file that is cut, longer, or of something else is refused', () => {
  fc.assert(
    fc.property(shard, fc.nat(), (one, cut) => {
      const file = writeShard(one);
      expect(() => readShard(file.subarray(0, cut % file.length))).toThrow(/damaged/);
      expect(() => readShard(Uint8Array.from([...file, 0]))).toThrow(/damaged/);
    }),
  );
  expect(() => readShard(new TextEncoder().encode('{"not":"a shard"}'))).toThrow(/damaged/);
});
