import { CrimeTrackerError } from '@crimetracker/schema';
import type { CityAdapter } from '../city-adapter.js';
import { foldHeader } from '../header.js';
import type { ResolvedHeader } from '../resolve-header.js';
import { resolveHeader } from '../resolve-header.js';
import type { ConformanceCheck } from './check.js';
import { FOREIGN_HEADERS } from './hostile-texts.js';
import type { Problem } from './problem.js';

const SHUFFLES = 5;

export const headerChecks: readonly ConformanceCheck[] = [
  {
    id: 'names',
    title: 'names, bounds, time zone and data sets are complete and well formed',
    run: async ({ adapter }) => nameProblems(adapter),
  },
  {
    id: 'vintages',
    title: 'every declared header resolves, and to itself',
    run: async ({ adapter }) => vintageProblems(adapter),
  },
  {
    id: 'shuffled',
    title: 'every declared header resolves in any order, case and padding',
    run: async ({ adapter }) => shuffledProblems(adapter),
  },
  {
    id: 'required',
    title: 'a header without a required column is refused by name',
    run: async ({ adapter }) => requiredProblems(adapter),
  },
  {
    id: 'duplicate',
    title: 'a column that occurs twice is refused',
    run: async ({ adapter }) => duplicateProblems(adapter),
  },
  {
    id: 'foreign',
    title: 'headers of other data are refused',
    run: async ({ adapter }) => foreignProblems(adapter),
  },
];

function nameProblems(adapter: CityAdapter): Problem[] {
  const { id, bounds, timeZone, datasets, columns, required, vintages } = adapter;
  const where = `${id}, declaration`;
  const problems: Problem[] = [];
  const claim = (holds: boolean, what: string, todo: string) => {
    if (!holds) problems.push({ where, what, todo });
  };
  claim(/^[a-z][a-z0-9-]*$/.test(id), `the id "${id}" is not a short lower-case name`, 'Write it like nypd.');
  claim(adapter.agency !== '' && adapter.city !== '', 'agency or city is empty', 'Name them.');
  claim(isTimeZone(timeZone), `"${timeZone}" is not an IANA time zone`, 'Write it like America/New_York.');
  claim(
    bounds.south < bounds.north && bounds.west < bounds.east,
    'the bounds are empty',
    'Check south, north, west, east.',
  );
  claim(
    bounds.south >= -90 && bounds.north <= 90 && bounds.west >= -180 && bounds.east <= 180,
    'the bounds are not degrees',
    'Use WGS84 degrees.',
  );
  claim(datasets.length > 0, 'no data set is declared', 'Say where the files come from.');
  for (const dataset of datasets) {
    claim(
      Object.values(dataset).every((text) => text.trim() !== ''),
      `data set "${dataset.id}" has an empty entry`,
      'Fill id, title, portal, years and licence.',
    );
  }
  claim(
    required.length > 0 && required.every((group) => group.length > 0),
    'no column is required',
    'Require what tells the source from others.',
  );
  const published = new Set(
    vintages.flatMap(({ header, constants = {}, rename = {} }) => [
      ...header.map(foldHeader),
      ...Object.keys(constants),
      ...Object.values(rename),
    ]),
  );
  for (const [name, { description, aliases = [] }] of Object.entries(columns)) {
    claim(description.trim() !== '', `raw column ${name} has no description`, 'Say what it holds.');
    claim(
      [name, ...aliases].every((spelling) => foldHeader(spelling) === spelling),
      `raw column ${name} or an alias is not folded`,
      'Use lower case and _.',
    );
    claim(
      [name, ...aliases].some((spelling) => published.has(spelling)),
      `no vintage has the raw column ${name}`,
      'Declare the vintage that has it, or drop the column.',
    );
  }
  return problems;
}

function isTimeZone(name: string): boolean {
  try {
    return (
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' &&
      name.includes('/')
    );
  } catch {
    return false;
  }
}

function vintageProblems(adapter: CityAdapter): Problem[] {
  return adapter.vintages.flatMap(({ id, header }) => {
    const where = `${adapter.id}, vintage ${id}`;
    const resolved = tryResolve(adapter, header);
    if ('message' in resolved)
      return [{ where, what: resolved.message, todo: 'Correct the vintage, the columns or required.' }];
    if (resolved.vintage.id !== id || !resolved.vintage.isExact) {
      return [
        {
          where,
          what: `its header is taken for ${resolved.vintage.id}`,
          todo: 'Two vintages have the same header: declare it once and say in the description where it occurs.',
        },
      ];
    }
    return [];
  });
}

function shuffledProblems(adapter: CityAdapter): Problem[] {
  const problems: Problem[] = [];
  for (const { id, header } of adapter.vintages) {
    const plain = tryResolve(adapter, header);
    if ('message' in plain) continue;
    const expected = feeds(header, plain);
    for (const [name, disguise] of Object.entries(disguises(header))) {
      const where = `${adapter.id}, vintage ${id}, ${name}`;
      const resolved = tryResolve(adapter, disguise);
      if ('message' in resolved) {
        problems.push({
          where,
          what: resolved.message,
          todo: 'Let nothing depend on the order or case of names.',
        });
      } else if (feeds(disguise, resolved) !== expected) {
        problems.push({
          where,
          what: `columns are read differently: ${feeds(disguise, resolved)} instead of ${expected}`,
          todo: 'Give vintages with the same names the same rename, constants and duplicates.',
        });
      }
    }
  }
  return problems;
}

function disguises(header: readonly string[]): Record<string, readonly string[]> {
  const shuffles = Array.from(
    { length: SHUFFLES },
    (_, seed) => [`shuffled ${seed + 1}`, shuffle(header, seed + 1)] as const,
  );
  return {
    'upper case': header.map((name) => name.toUpperCase()),
    'lower case': header.map((name) => name.toLowerCase()),
    'padded with blanks': header.map((name) => ` ${name} `),
    'with a byte order mark': header.map((name, index) => (index === 0 ? `\uFEFF${name}` : name)),
    'with a leading index column': ['', ...header],
    ...Object.fromEntries(shuffles),
  };
}

function shuffle(header: readonly string[], seed: number): readonly string[] {
  let state = seed * 7919;
  const keyed = header.map((name) => {
    state = (state * 16807) % 2147483647;
    return { name, key: state };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ name }) => name);
}

/** Raw column ← published name for each that is read, and the constants, as text to compare. */
function feeds(header: readonly string[], resolved: ResolvedHeader): string {
  const read = header.flatMap((name, position) => {
    const column = resolved.columnOf[position];
    return column === null || column === undefined ? [] : [`${column} from ${foldHeader(name)}`];
  });
  return [
    ...read.sort(),
    ...Object.entries(resolved.constants)
      .map(([name, text]) => `${name} = ${text}`)
      .sort(),
  ].join(', ');
}

function requiredProblems(adapter: CityAdapter): Problem[] {
  const problems: Problem[] = [];
  for (const { id, header } of adapter.vintages) {
    const full = tryResolve(adapter, header);
    if ('message' in full) continue;
    for (const group of adapter.required) {
      const removed = new Set(
        header.filter((_, position) => group.includes(full.columnOf[position] ?? '')).map(foldHeader),
      );
      const remaining = header.filter((name) => !removed.has(foldHeader(name)));
      const where = `${adapter.id}, vintage ${id} without ${group.join(', ')}`;
      const resolved = tryResolve(adapter, remaining);
      if (!('message' in resolved)) {
        problems.push({
          where,
          what: `the header is still accepted as ${resolved.vintage.id}`,
          todo: 'Remove the alias that another column also answers to.',
        });
      } else if (
        resolved.code !== 'header-unknown' ||
        !group.every((name) => resolved.message.includes(name))
      ) {
        problems.push({
          where,
          what: `the error does not name the column: ${resolved.message}`,
          todo: 'See resolveHeader.',
        });
      }
    }
  }
  return problems;
}

function duplicateProblems(adapter: CityAdapter): Problem[] {
  return adapter.vintages.flatMap(({ id, header, duplicates = {} }) => {
    const full = tryResolve(adapter, header);
    if ('message' in full) return [];
    const excused = Object.keys(duplicates).map(foldHeader);
    return header.flatMap((name, position) => {
      if (full.columnOf[position] === null || excused.includes(foldHeader(name))) return [];
      const resolved = tryResolve(adapter, [...header, name]);
      if ('message' in resolved && resolved.message.includes(foldHeader(name))) return [];
      if ('message' in resolved && resolved.message.includes(name)) return [];
      const where = `${adapter.id}, vintage ${id} with "${name}" twice`;
      const what =
        'message' in resolved ? `the error does not name it: ${resolved.message}` : 'the header is accepted';
      return [
        {
          where,
          what,
          todo: 'A column that occurs twice must be refused by name or excused under duplicates.',
        },
      ];
    });
  });
}

function foreignProblems(adapter: CityAdapter): Problem[] {
  return Object.entries(FOREIGN_HEADERS).flatMap(([name, header]) => {
    if (name === adapter.id) return [];
    const resolved = tryResolve(adapter, header);
    const where = `${adapter.id}, the header of ${name}`;
    if (!('message' in resolved)) {
      return [
        {
          where,
          what: `it is accepted as ${resolved.vintage.id}`,
          todo: 'Require a column that only this source has.',
        },
      ];
    }
    return resolved.code === 'header-unknown'
      ? []
      : [
          {
            where,
            what: `it fails with ${resolved.code}: ${resolved.message}`,
            todo: 'It should be header-unknown.',
          },
        ];
  });
}

function tryResolve(
  adapter: CityAdapter,
  header: readonly string[],
): ResolvedHeader | { readonly message: string; readonly code: string } {
  try {
    return resolveHeader(adapter, header);
  } catch (error) {
    const code = error instanceof CrimeTrackerError ? error.code : 'not-a-crimetracker-error';
    return { message: error instanceof Error ? error.message : String(error), code };
  }
}
