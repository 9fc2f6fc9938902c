import type { AnalysedSource, ResultRow } from '@crimetracker/analysis-kit';
import { textColumn } from '@crimetracker/analysis-kit';

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
