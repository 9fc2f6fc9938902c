import { expect, test } from 'vitest';
import { parseComparison } from './comparison.js';

test('two years or two jurisdictions are read, years in their order', () => {
  expect(parseComparison('2023,2022')).toEqual({ kind: 'years', first: 2022, second: 2023 });
  expect(parseComparison('jurisdiction:75, jurisdiction:N Hollywood')).toEqual({
    kind: 'jurisdictions',
    first: '75',
    second: 'N Hollywood',
  });
});

test('anything else is refused with an example', () => {
  for (const text of [
    '',
    '2022',
    '2022,2022',
    '2022,2023,2024',
    '2022,jurisdiction:75',
    'jurisdiction:,jurisdiction:1',
    'a,b',
  ]) {
    expect(() => parseComparison(text)).toThrow('does not name two years or two jurisdictions');
  }
});
