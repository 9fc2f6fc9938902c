import { SEX_OFFENCES } from '@crimetracker/analysis-kit';
import * as z from 'zod';
import type { ValueDimension } from './dimensions.js';
import { MAP_RESOLUTIONS, PERSON_DIMENSIONS, VALUE_DIMENSION_NAMES, VALUE_DIMENSIONS } from './dimensions.js';

/** Most cells that can be chosen on the map, and most jurisdictions. */
const MOST_CHOSEN = 200;
const LONGEST_NAME = 100;

/** Values in the order of the vocabulary and each once, so that the same choice is written in one way only. */
function chosenOf(values: readonly string[]): z.ZodType<readonly string[]> {
  return z
    .array(z.enum(values as [string, ...string[]]))
    .min(1)
    .max(values.length)
    .transform((chosen) => values.filter((value) => chosen.includes(value)));
}

const inOrder =
  <T>(compare: (a: T, b: T) => number) =>
  (chosen: readonly T[]): readonly T[] =>
    [...new Set(chosen)].sort(compare);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byNumber = (a: number, b: number): number => a - b;

const names = z.array(z.string().min(1).max(LONGEST_NAME)).min(1).max(MOST_CHOSEN).transform(inOrder(byText));
const wholeUpTo = (last: number) =>
  z
    .array(z.int().min(0).max(last))
    .min(1)
    .max(last + 1)
    .transform(inOrder(byNumber));

const valueShape = Object.fromEntries(
  VALUE_DIMENSION_NAMES.map((name) => [name, chosenOf(VALUE_DIMENSIONS[name].values).optional()]),
) as { readonly [name in ValueDimension]: z.ZodOptional<z.ZodType<readonly string[]>> };

/**
 * Which incidents are counted: those that match every filter that is there. A filter without a value is absent, not
 * empty. Persons are never counted by cell, so a filter by cell and one by a person exclude each other.
 */
export const filtersSchema = z
  .strictObject({
    /** Ids of sources; cities are counted side by side, never together. */
    source: names.optional(),
    /** First and last day of occurrence, both included. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    ...valueShape,
    jurisdiction: names.optional(),
    /** Monday 0 to Sunday 6, of the occurrence date. */
    weekday: wholeUpTo(6).optional(),
    /** Hour of the recorded time; an incident without one matches no hour. */
    hour: wholeUpTo(23).optional(),
    /** H3 cells of the resolutions of the map. */
    cell: z
      .array(z.string().regex(new RegExp(`^8[${MAP_RESOLUTIONS.join('')}][0-9a-f]{13}$`)))
      .min(1)
      .max(MOST_CHOSEN)
      .transform(inOrder(byText))
      .optional(),
  })
  .refine((filters) => filters.from === undefined || filters.to === undefined || filters.from <= filters.to, {
    message: 'The first day is after the last.',
  })
  .refine((filters) => filters.cell === undefined || !hasPersonFilter(filters), {
    message: 'Persons are never counted by cell: choose cells or a group of persons.',
  });
export type Filters = z.output<typeof filtersSchema>;
export type FilterName = keyof Filters;

type MayHavePersons = { readonly [name in (typeof PERSON_DIMENSIONS)[number]]?: unknown };

/** Whether a group of victims or suspects is chosen. */
export function hasPersonFilter(filters: MayHavePersons): boolean {
  return PERSON_DIMENSIONS.some((name) => filters[name] !== undefined);
}

/** Whether sex offences are among the chosen categories: then nothing is told by day, and more counts are hidden. */
export function namesSexOffence({ crime_category }: Filters): boolean {
  return crime_category?.some((name) => (SEX_OFFENCES as readonly string[]).includes(name)) ?? false;
}

const LISTS = [...VALUE_DIMENSION_NAMES, 'source', 'jurisdiction', 'cell', 'weekday', 'hour'] as const;
const NUMBERS: readonly string[] = ['weekday', 'hour'];

/** Filters as the query of an address: a list repeats its name, in one order, so equal filters give equal texts. */
export function filtersToQuery(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ['from', 'to'] as const) if (filters[name] !== undefined) query.set(name, filters[name]);
  for (const name of LISTS) for (const value of filters[name] ?? []) query.append(name, String(value));
  return query;
}

/** Digits as a number; anything else, which no filter has, as none. */
const wholeNumber = (text: string): number => (/^\d{1,2}$/.test(text) ? Number(text) : Number.NaN);

/** Filters from the query of an address; names that are no filter are left to others. Returns what zod says. */
export function filtersFromQuery(query: URLSearchParams): z.ZodSafeParseResult<Filters> {
  const raw: Record<string, unknown> = {};
  for (const name of ['from', 'to']) if (query.has(name)) raw[name] = query.get(name);
  for (const name of LISTS) {
    if (!query.has(name)) continue;
    raw[name] = NUMBERS.includes(name) ? query.getAll(name).map(wholeNumber) : query.getAll(name);
  }
  return filtersSchema.safeParse(raw);
}
