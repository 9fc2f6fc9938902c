import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from './dimensions.js';
import { filtersFromQuery, filtersSchema, filtersToQuery } from './filters.js';

const name = fc.string({ minLength: 1, maxLength: 20 });
const raw = fc.record(
  {
    from: fc.constant('2020-02-29'),
    to: fc.constantFrom('2020-02-29', '2021-01-01'),
    source: fc.array(name, { minLength: 1, maxLength: 3 }),
    jurisdiction: fc.array(name, { minLength: 1, maxLength: 4 }),
    weekday: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
    hour: fc.array(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 24 }),
    ...Object.fromEntries(
      VALUE_DIMENSION_NAMES.map((dimension) => [
        dimension,
        fc.uniqueArray(fc.constantFrom<string>(...VALUE_DIMENSIONS[dimension].values), { minLength: 1 }),
      ]),
    ),
  },
  { requiredKeys: [] },
);

describe('filters in an address', () => {
  test('come back as they were, whatever names hold', () => {
    fc.assert(
      fc.property(raw, (given) => {
        const filters = filtersSchema.parse(given);
        const back = filtersFromQuery(new URLSearchParams(filtersToQuery(filters).toString()));
        expect(back.success && back.data).toEqual(filters);
      }),
    );
  });

  test('are written in one way only', () => {
    fc.assert(
      fc.property(raw, (given) => {
        const turned = Object.fromEntries(
          Object.entries(given)
            .reverse()
            .map(([key, value]) => [key, Array.isArray(value) ? [...value].reverse() : value]),
        );
        expect(filtersToQuery(filtersSchema.parse(turned)).toString()).toBe(
          filtersToQuery(filtersSchema.parse(given)).toString(),
        );
      }),
    );
  });

  test.each([
    ['crime_category=Murder', 'value that is none'],
    ['from=2021-01-01&to=2020-01-01', 'first day after the last'],
    ['from=2021-02-30', 'day that is none'],
    ['hour=24', 'hour that is none'],
    ['weekday=', 'weekday that is none'],
    ['cell=892a100d203ffff&victim_sex=Female', 'persons by cell'],
    ['cell=8a2a100d203ffff', 'cell of another resolution'],
    [`jurisdiction=${'x'.repeat(101)}`, 'name that is too long'],
    [Array.from({ length: 201 }, (_, at) => `jurisdiction=${at}`).join('&'), 'too many names'],
  ])('%.40s is refused: a %s', (query) => {
    expect(filtersFromQuery(new URLSearchParams(query)).success).toBe(false);
  });
});
