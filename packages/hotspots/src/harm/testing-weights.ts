import { DISCOVERED_BY_POLICE } from '@crimetracker/analysis-kit';
import { CRIME_CATEGORIES } from '@crimetracker/schema';
import type { HarmWeights } from './harm-weights.js';

/** A complete table of made-up weights, for tests: the place of a category in the vocabulary, from 1 on. */
export function testingWeights(): HarmWeights {
  const isWeighted = (category: (typeof CRIME_CATEGORIES)[number]) =>
    !DISCOVERED_BY_POLICE.includes(category);
  return {
    title: 'Made up for tests',
    url: 'https://example.org/weights',
    unit: 'points',
    jurisdiction: 'nowhere',
    retrieved: '2026-11-27',
    weights: Object.fromEntries(
      CRIME_CATEGORIES.filter(isWeighted).map((category) => [
        category,
        CRIME_CATEGORIES.indexOf(category) + 1,
      ]),
    ),
    excluded: Object.fromEntries(DISCOVERED_BY_POLICE.map((category) => [category, 'found by police'])),
  };
}
