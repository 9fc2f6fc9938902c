import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { CityAdapter, HeaderVintage } from './city-adapter.js';
import { foldHeader } from './header.js';

export interface NearestVintage {
  readonly id: string;
  readonly description: string;
  /** True when the file has exactly the named columns of the vintage, in any order. */
  readonly isExact: boolean;
  /** Names in common, as a share of the names in either (Jaccard), 0 to 1. */
  readonly similarity: number;
}

/** What each position of a file's header means to an adapter. */
export interface ResolvedHeader {
  readonly vintage: NearestVintage;
  /** For each header position the raw column it feeds, or null when it is not read. */
  readonly columnOf: readonly (string | null)[];
  /** Raw columns that an exactly matched vintage fixes for every record. */
  readonly constants: Readonly<Record<string, string>>;
  /** Raw columns that the nearest vintage has and the file has not; they are read as the empty string. */
  readonly missing: readonly string[];
  /** Header names that are not read, as published; the empty string for a blank name. */
  readonly ignored: readonly string[];
  /** What a reader of the file should know, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Matches a file's header with the raw columns of an adapter: by folded name and alias, in any order.
 *
 * A vintage's `rename`, `constants` and `duplicates` apply only when the file has exactly its named columns.
 * Throws `header-unknown` when a required column is missing, `header-duplicate` when a column occurs twice.
 */
export function resolveHeader(adapter: CityAdapter, header: readonly string[]): ResolvedHeader {
  const folded = header.map(foldHeader);
  const nearest = nearestVintage(adapter, header);
  const vintage = nearest.isExact ? adapter.vintages.find(({ id }) => id === nearest.id) : undefined;
  const positions = positionsOf(adapter, folded, vintage);

  const unmet = unmetGroups(adapter, positions);
  if (unmet.length > 0) throw headerUnknown(adapter, header, unmet, nearest);
  const { columnOf, notes } = assignPositions(adapter, header, folded, positions, vintage);

  const constants = vintage?.constants ?? {};
  return {
    vintage: nearest,
    columnOf,
    constants,
    missing: offeredColumns(adapter, nearest.id).filter(
      (name) => !positions.has(name) && !Object.hasOwn(constants, name),
    ),
    ignored: header.filter((_, position) => columnOf[position] === null).map((name) => name.trim()),
    notes: nearest.isExact
      ? notes
      : [`No known header is exactly this; nearest is ${describeVintage(nearest)}.`, ...notes],
  };
}

/** The raw columns that a declared vintage holds. */
function offeredColumns(adapter: CityAdapter, vintageId: string): readonly string[] {
  const vintage = adapter.vintages.find(({ id }) => id === vintageId);
  if (vintage === undefined) return Object.keys(adapter.columns);
  return [...positionsOf(adapter, vintage.header.map(foldHeader), vintage).keys()];
}

/** Tells which required groups of columns the header does not meet; empty when the file is of this source. */
export function missingGroups(
  adapter: CityAdapter,
  header: readonly string[],
): readonly (readonly string[])[] {
  const nearest = nearestVintage(adapter, header);
  const vintage = nearest.isExact ? adapter.vintages.find(({ id }) => id === nearest.id) : undefined;
  return unmetGroups(adapter, positionsOf(adapter, header.map(foldHeader), vintage));
}

/** Finds the declared header nearest to a file's header. */
export function nearestVintage(adapter: CityAdapter, header: readonly string[]): NearestVintage {
  const ranked = adapter.vintages
    .map((vintage) => ({ vintage, ...compareHeaders(vintage.header, header) }))
    .sort((a, b) => b.likeness - a.likeness || b.similarity - a.similarity);
  const first = ranked[0];
  if (first === undefined)
    return { id: 'none', description: 'no header is known', isExact: false, similarity: 0 };
  const { vintage, likeness, similarity } = first;
  return { id: vintage.id, description: vintage.description, isExact: likeness > 0, similarity };
}

/** Several vintages differ only in letter case or order, so an exact match is ranked by how much agrees: 0 is none. */
function compareHeaders(
  declared: readonly string[],
  given: readonly string[],
): { likeness: number; similarity: number } {
  const a = declared.map(foldHeader);
  const b = given.map(foldHeader);
  const namedA = a.filter((name) => name !== '').sort();
  const namedB = b.filter((name) => name !== '').sort();
  const similarity = jaccard(new Set(namedA), new Set(namedB));
  const agreements = [isSame(namedA, namedB), a.length === b.length, isSame(a, b), isSame(declared, given)];
  const firstDifference = agreements.indexOf(false);
  return { likeness: firstDifference < 0 ? agreements.length : firstDifference, similarity };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((name) => b.has(name)).length;
  const either = a.size + b.size - common;
  return either === 0 ? 0 : common / either;
}

/** Raw column → the header positions that could feed it, best spelling first. */
function positionsOf(
  adapter: CityAdapter,
  folded: readonly string[],
  vintage: HeaderVintage | undefined,
): ReadonlyMap<string, readonly number[]> {
  const renamed = new Map(
    Object.entries(vintage?.rename ?? {}).map(([name, column]) => [foldHeader(name), column]),
  );
  const positions = new Map<string, readonly number[]>();
  for (const [column, { aliases = [] }] of Object.entries(adapter.columns)) {
    const spellings = [
      ...[...renamed.keys()].filter((name) => renamed.get(name) === column),
      column,
      ...aliases,
    ];
    const found = [...new Set(spellings)]
      .filter((name) => (renamed.get(name) ?? column) === column)
      .flatMap((name) => folded.flatMap((other, position) => (other === name ? [position] : [])));
    if (found.length > 0) positions.set(column, found);
  }
  return positions;
}

function unmetGroups(
  adapter: CityAdapter,
  positions: ReadonlyMap<string, unknown>,
): readonly (readonly string[])[] {
  return adapter.required.filter((group) => !group.some((column) => positions.has(column)));
}

function assignPositions(
  adapter: CityAdapter,
  header: readonly string[],
  folded: readonly string[],
  positions: ReadonlyMap<string, readonly number[]>,
  vintage: HeaderVintage | undefined,
): { readonly columnOf: readonly (string | null)[]; readonly notes: readonly string[] } {
  const reasons = new Map(
    Object.entries(vintage?.duplicates ?? {}).map(([name, reason]) => [foldHeader(name), reason]),
  );
  const columnOf: (string | null)[] = header.map(() => null);
  const notes: string[] = [];
  const duplicates: string[] = [];
  for (const [column, [first = 0, ...others]] of positions) {
    columnOf[first] = column;
    for (const position of others) {
      const name = folded[position] ?? '';
      const earlier = folded.indexOf(name);
      if (earlier === position) {
        notes.push(
          `"${header[position]}" is another name of ${column}, which is read from "${header[first]}".`,
        );
      } else if (reasons.has(name)) {
        notes.push(
          `"${header[position]}" occurs again in column ${position + 1}; the first is read: ${reasons.get(name)}.`,
        );
      } else {
        duplicates.push(`"${header[position]}" in columns ${earlier + 1} and ${position + 1}`);
      }
    }
  }
  if (duplicates.length > 0) {
    throw new CrimeTrackerError(
      `The header has columns that occur more than once: ${duplicates.join('; ')}.`,
      {
        code: 'header-duplicate',
        exitCode: EXIT_CODES.usage,
        hint:
          'Rename or remove the column that is not to be read. If the city publishes this header, declare it as a ' +
          'vintage with the reason under "duplicates".',
        where: { source: adapter.id, duplicates: duplicates.length },
      },
    );
  }
  return { columnOf, notes };
}

function headerUnknown(
  adapter: CityAdapter,
  header: readonly string[],
  unmet: readonly (readonly string[])[],
  nearest: NearestVintage,
): CrimeTrackerError {
  const folded = header.map(foldHeader).filter((name) => name !== '');
  const twice = [...new Set(folded.filter((name, position) => folded.indexOf(name) !== position))];
  const nothing = folded.length === 0 ? ' The header has no names at all.' : '';
  const repeated = twice.length > 0 ? ` The header has more than once: ${twice.join(', ')}.` : '';
  return new CrimeTrackerError(
    `This is not a ${adapter.id} file that is known: the header lacks ${describeGroups(unmet)}.${nothing}${repeated} ` +
      `The nearest known header is ${describeVintage(nearest)}.`,
    {
      code: 'header-unknown',
      exitCode: EXIT_CODES.usage,
      hint:
        'Check that the file is a complete download with its header line. If the city publishes this header, ' +
        `declare it as a vintage of the ${adapter.id} adapter.`,
      where: { source: adapter.id, vintage: nearest.id },
    },
  );
}

/** Says which columns are missing: `cmplnt_num, and one of date_occ or occurred`. */
export function describeGroups(groups: readonly (readonly string[])[]): string {
  return groups
    .map((group) => (group.length > 1 ? `one of ${group.join(' or ')}` : group.join('')))
    .join(', and ');
}

/** Names a vintage and how near it is: `historic-35 (…), 34% of names in common`. */
export function describeVintage(vintage: NearestVintage): string {
  const share = vintage.isExact ? 'exactly' : `${Math.floor(vintage.similarity * 100)}% of names in common`;
  return `${vintage.id} (${vintage.description}), ${share}`;
}
