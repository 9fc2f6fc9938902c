import type { ResultRow } from '@crimetracker/analysis-kit';
import { textColumn } from '../analysis.js';
import type { AnalysedSource } from '../context.js';

export const categoryOrAllColumn = textColumn(
  'crime_category',
  'Crime category; `All` for all categories together.',
);

export interface Subject {
  readonly source: AnalysedSource;
  readonly category: string;
}

export function who({ source, category }: Subject): ResultRow {
  return { source: source.id, city: source.city, crime_category: category };
}
