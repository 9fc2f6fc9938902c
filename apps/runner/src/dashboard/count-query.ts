import type { CountRequest } from '@crimetracker/crossfilter';
import { filtersFromQuery, filtersSchema, MAP_RESOLUTIONS } from '@crimetracker/crossfilter';
import { Refusal } from './refusal.js';

const KNOWN: ReadonlySet<string> = new Set([...Object.keys(filtersSchema.shape), 'resolution']);

/** What a query asks to be counted. Throws a Refusal for names that are not known and values that cannot be. */
export function readCountQuery(query: URLSearchParams): CountRequest {
  for (const name of query.keys()) {
    if (!KNOWN.has(name)) {
      throw new Refusal(400, 'There is a filter that is not known.', `Known: ${[...KNOWN].join(', ')}.`);
    }
  }
  for (const name of ['resolution', 'from', 'to']) {
    if (query.getAll(name).length > 1) throw new Refusal(400, `There are several of ${name}.`, 'Give one.');
  }
  const given = query.get('resolution');
  const resolution = MAP_RESOLUTIONS.find((one) => String(one) === given);
  if (given !== null && resolution === undefined) {
    throw new Refusal(400, 'There is no such resolution.', `Resolutions: ${MAP_RESOLUTIONS.join(', ')}.`);
  }
  const filters = filtersFromQuery(query);
  if (filters.success) return { filters: filters.data, resolution };
  const [issue] = filters.error.issues;
  const place = String(issue?.path[0] ?? '');
  throw new Refusal(
    400,
    place === ''
      ? (issue?.message ?? 'These filters cannot be read.')
      : `The filter ${place} cannot be read.`,
    place === '' ? 'Choose one of them.' : (issue?.message ?? 'Choose a value that the page offers.'),
  );
}
