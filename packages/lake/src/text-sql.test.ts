import type { TextTransform } from '@crimetracker/adapter-kit';
import { applyTransforms, padStart, stripPrefix, stripSuffix, trim, upper } from '@crimetracker/adapter-kit';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textFieldSql } from './text-sql.js';

const piece = fc.constantFrom(
  '',
  ' ',
  '\t',
  '\r\n',
  '0',
  '.0',
  '123',
  'h1',
  'é',
  '😀',
  'a',
  'Z',
  "'",
  '"',
  '%',
  '_',
  '\\',
  '\u00a0',
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const transform: fc.Arbitrary<TextTransform> = fc.oneof(
  fc.constant(trim()),
  fc.constant(upper()),
  piece.filter((part) => part !== '').map(stripPrefix),
  piece.filter((part) => part !== '').map(stripSuffix),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('0', ' ', 'é'))
    .map(([length, fill]) => padStart(length, fill)),
);

describe('a text column', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openDuckDb({});
  });
  afterAll(() => engine.close());

  it('is the same in SQL and on the row path, for any transforms and texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(transform, { maxLength: 3 }),
        fc.array(text, { minLength: 1, maxLength: 40 }),
        async (transforms, texts) => {
          await engine.loadRows(
            'given',
            [
              { name: 'place', type: 'bigint' },
              { name: 'text', type: 'text' },
            ],
            texts.map((given, place) => [place, given]),
          );
          const sql = textFieldSql(engine.dialect, { input: 'text', output: 'case_num', transforms }, 'text');
          const rows = await engine.query(`SELECT ${sql} AS made FROM given ORDER BY place`);
          expect(rows.map(({ made }) => made)).toEqual(
            texts.map((given) => applyTransforms(given, transforms)),
          );
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
