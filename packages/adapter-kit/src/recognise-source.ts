import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { CityAdapter } from './city-adapter.js';
import type { ResolvedHeader } from './resolve-header.js';
import {
  describeGroups,
  describeVintage,
  missingGroups,
  nearestVintage,
  resolveHeader,
} from './resolve-header.js';

/**
 * Finds the one adapter whose required columns a header has.
 *
 * Throws `header-unknown`, saying for every adapter what is missing, or `header-ambiguous`.
 */
export function recogniseSource(adapters: readonly CityAdapter[], header: readonly string[]): CityAdapter {
  const fitting = adapters.filter((adapter) => missingGroups(adapter, header).length === 0);
  const [only, ...others] = fitting;
  if (only === undefined) throw noSource(adapters, header);
  if (others.length > 0) {
    throw new CrimeTrackerError(
      `The header fits several sources: ${fitting.map(({ id }) => id).join(', ')}.`,
      {
        code: 'header-ambiguous',
        exitCode: EXIT_CODES.usage,
        hint: 'Name the source of the file.',
        where: { sources: fitting.map(({ id }) => id).join(',') },
      },
    );
  }
  return only;
}

/**
 * Resolves a header for the source the user named.
 *
 * Throws `header-wrong-source` when the header is another adapter's, else what `resolveHeader` throws.
 */
export function resolveHeaderAs(
  source: CityAdapter,
  adapters: readonly CityAdapter[],
  header: readonly string[],
): ResolvedHeader {
  if (missingGroups(source, header).length > 0) {
    const owner = adapters.find(
      (adapter) => adapter.id !== source.id && missingGroups(adapter, header).length === 0,
    );
    if (owner !== undefined) {
      const vintage = nearestVintage(owner, header);
      throw new CrimeTrackerError(`This is a ${owner.id} file (${vintage.id}), given as ${source.id}.`, {
        code: 'header-wrong-source',
        exitCode: EXIT_CODES.usage,
        hint: `Give it as ${owner.id}, or leave the source out: it is recognised by the header.`,
        where: { given: source.id, found: owner.id, vintage: vintage.id },
      });
    }
  }
  return resolveHeader(source, header);
}

function noSource(adapters: readonly CityAdapter[], header: readonly string[]): CrimeTrackerError {
  const lines = adapters.map((adapter) => {
    const lacking = describeGroups(missingGroups(adapter, header));
    return `  ${adapter.id}: lacks ${lacking}; nearest ${describeVintage(nearestVintage(adapter, header))}`;
  });
  return new CrimeTrackerError(`The header is of no known source.\n${lines.join('\n')}`, {
    code: 'header-unknown',
    exitCode: EXIT_CODES.usage,
    hint: 'Check that the file is a complete download with its header line; a new city or vintage needs an adapter.',
    where: { columns: header.length },
  });
}
