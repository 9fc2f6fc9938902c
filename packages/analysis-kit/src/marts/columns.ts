import type { MartColumn } from './mart.js';

export const textColumn = (name: string, description: string): MartColumn => ({
  name,
  type: 'text',
  description,
});
export const dateColumn = (name: string, description: string): MartColumn => ({
  name,
  type: 'date',
  description,
});
export const wholeColumn = (name: string, description: string, unit?: string): MartColumn => ({
  name,
  type: 'bigint',
  description,
  ...(unit !== undefined && { unit }),
});
export const realColumn = (name: string, description: string, unit?: string): MartColumn => ({
  name,
  type: 'double',
  description,
  ...(unit !== undefined && { unit }),
});
export const yesNoColumn = (name: string, description: string): MartColumn => ({
  name,
  type: 'boolean',
  description,
});

export const sourceColumn = textColumn('source', 'City agency.');
export const cityColumn = textColumn('city', 'City.');
export const categoryColumn = textColumn('crime_category', 'Crime category; see the data dictionary.');
export const gradeColumn = textColumn(
  'comparability',
  'Whether the category may be held against the other city: comparable, limited, not comparable, not graded.',
);
export const reasonColumn = textColumn('reason', 'Why there is no answer; null when there is one.');

/** Undefined and numbers that are not finite have no place in a table: they become null. */
export function known(value: number | undefined | null): number | null {
  return value === undefined || value === null || !Number.isFinite(value) ? null : value;
}
