import type { CrimeCategory } from '@crimetracker/schema';
import { CRIME_CATEGORIES, CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { describe, expect, it } from 'vitest';
import { parseHarmWeights } from './harm-weights.js';
import { testingWeights } from './testing-weights.js';

/** The error of reading this value as a file. */
function errorOf(value: unknown): CrimeTrackerError {
  try {
    parseHarmWeights(typeof value === 'string' ? value : JSON.stringify(value), 'weights.json');
  } catch (error) {
    if (error instanceof CrimeTrackerError) return error;
    throw error;
  }
  throw new Error('the file was read');
}

describe('parseHarmWeights', () => {
  const complete = testingWeights();

  it('reads weights with where they come from', () => {
    const weights = parseHarmWeights(JSON.stringify({ ...complete, notes: 'By hand.' }), 'weights.json');
    expect(weights).toEqual({ ...complete, notes: 'By hand.' });
  });

  it('wants every category of the vocabulary weighted or excluded, and lists all that are neither', () => {
    const { Homicide: _, Arson: __, ...rest } = complete.weights;
    const error = errorOf({ ...complete, weights: rest });
    expect(error.exitCode).toBe(EXIT_CODES.usage);
    expect(error.code).toBe('harm-weights-invalid');
    expect(error.message).toBe(
      'weights.json is no table of harm weights: Homicide has no weight and is not excluded; ' +
        'Arson has no weight and is not excluded',
    );
    for (const category of CRIME_CATEGORIES) expect(error.hint).toContain(category);
    expect(error.where).toEqual({ file: 'weights.json' });
  });

  it('refuses a category that is both weighted and excluded', () => {
    const error = errorOf({ ...complete, excluded: { ...complete.excluded, Robbery: 'twice' } });
    expect(error.message).toContain('Robbery has a weight and is excluded');
  });

  it('refuses a category it does not know', () => {
    const error = errorOf({ ...complete, weights: { ...complete.weights, Murder: 5 } });
    expect(error.message).toContain('weights: Murder is no crime category');
  });

  it.each([
    ['title', ''],
    ['url', 'the web'],
    ['url', 'ftp://example.org/weights'],
    ['unit', undefined],
    ['jurisdiction', 5],
    ['retrieved', '2026-02-30'],
    ['retrieved', 'yesterday'],
  ])('refuses a file whose %s is %j', (field, value) => {
    expect(errorOf({ ...complete, [field]: value }).message).toContain(`${field}: `);
  });

  it.each([0, -1, '5', null])('refuses the weight %j', (weight) => {
    const error = errorOf({ ...complete, weights: { ...complete.weights, Robbery: weight } });
    expect(error.message).toContain('weights / Robbery: ');
  });

  it('wants a reason for what is excluded', () => {
    const excluded: Partial<Record<CrimeCategory, string>> = { ...complete.excluded, Drugs: ' ' };
    expect(errorOf({ ...complete, excluded }).message).toContain('excluded / Drugs: ');
  });

  it('refuses what is no JSON, and fields it does not know', () => {
    expect(errorOf('title,weight').message).toContain('weights.json is no table of harm weights: ');
    expect(errorOf([]).exitCode).toBe(EXIT_CODES.usage);
    expect(errorOf({ ...complete, weight: {} }).message).toContain('Unrecognized key: "weight"');
  });
});
