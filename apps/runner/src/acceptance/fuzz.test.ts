import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '@crimetracker/engine';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSources } from '../sources.js';
import { fuzzBatch } from './fuzz-run.js';
import type { Sample } from './mutate.js';
import { createSample, mutate } from './mutate.js';
import { createRandom } from './random.js';
import { rawLines, textOf } from './raw-inputs.js';
import { readByReference } from './reference-framer.js';
import { compareRowPath } from './row-path-parity.js';

const FILES = 150;

describe('damaged raw files', () => {
  let work: string;
  let engine: Engine;
  let samples: readonly Sample[];

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'crimetracker-fuzz-'));
    engine = await openDuckDb({ threads: 1 });
    const made: Sample[] = [];
    for (const vintage of [
      'nypd-a',
      'nypd-b-na',
      'nypd-d',
      'nypd-e',
      'lapd-a',
      'lapd-b2',
      'lapd-d',
    ] as const) {
      made.push(
        createSample(vintage, Buffer.from(textOf(await rawLines(work, vintage, 250, 40 + made.length)))),
      );
    }
    samples = made;
  }, 60_000);

  afterAll(async () => {
    await engine.close();
    await rm(work, { recursive: true, force: true });
  });

  it('are read as the reference reads them or refused with a reason, and every record is accounted for', async () => {
    const random = createRandom(2);
    const mutants = Array.from({ length: FILES }, () => mutate(random, samples, 40));
    const sources = await loadSources();
    const result = await fuzzBatch(mutants, 'mutant', {
      engine,
      sources,
      lake: join(work, 'lake'),
      folder: join(work, 'given'),
      timeoutMs: 90_000,
      eagerly: true,
    });
    expect(result.problems).toEqual([]);
    expect(result.outcomes.filter((outcome) => outcome === 'read').length).toBeGreaterThan(FILES / 2);
    expect([...result.reasons.keys()].sort()).toEqual(
      expect.arrayContaining(['fields-too-few', 'fields-too-many', 'nul-byte', 'quote-misplaced']),
    );
    expect(result.build).toBeDefined();
    if (result.build)
      expect((await compareRowPath(engine, result.build, sources, join(work, 'rows'))).differences).toEqual(
        [],
      );
  }, 180_000);
});

describe('the reference', () => {
  const read = (text: string | Buffer) => readByReference(Buffer.from(text));

  it('finds the records that RFC 4180 describes', () => {
    const reading = read('a,b\r\n1,"x, ""y""\n z"\r\n\r\n3,4');
    expect(reading?.header).toEqual(['a', 'b']);
    expect([...(reading?.fields ?? [])]).toEqual([
      [1, ['1', 'x, "y"\n z']],
      [2, ['3', '4']],
    ]);
  });

  it('loses one line to a stray quote', () => {
    const reading = read('a,b\n1,"2\n3,4\n5,6\n');
    expect(reading?.records).toBe(3);
    expect([...(reading?.malformed ?? [])]).toEqual([[1, 'quote-unclosed']]);
  });

  it('takes one byte that is not UTF-8 for Windows-1252', () => {
    expect(read(Buffer.from('a,b\n\x93caf\xe9\x94,1\n', 'latin1'))?.fields.get(1)).toEqual(['“café”', '1']);
  });
});
