import { ADAPTER_COLUMN_NAMES, CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import type { CityAdapter } from './city-adapter.js';
import { foldHeader } from './header.js';

/** A city adapter before its code tables are read. */
export interface CityAdapterModule {
  readonly id: string;
  /** Reads the code tables and returns the adapter, checked. */
  readonly load: () => Promise<CityAdapter>;
}

/**
 * Declares a city. `tables` reads the code tables, `fields` builds the field functions from them.
 *
 * Throws `adapter-invalid` on load, listing every mistake at once: a canonical column produced twice or not
 * at all, an input that is not a declared raw column, a name that is not folded.
 */
export function defineCityAdapter<Tables>(
  declaration: Omit<CityAdapter, 'fields'> & {
    readonly tables: () => Promise<Tables>;
    readonly fields: (tables: Tables) => CityAdapter['fields'];
  },
): CityAdapterModule {
  const { tables, fields, ...rest } = declaration;
  return {
    id: declaration.id,
    load: async () => {
      const adapter: CityAdapter = { ...rest, fields: fields(await tables()) };
      const mistakes = mistakesOf(adapter);
      if (mistakes.length > 0) {
        throw new CrimeTrackerError(`The adapter "${adapter.id}" is not valid:\n  ${mistakes.join('\n  ')}`, {
          code: 'adapter-invalid',
          exitCode: EXIT_CODES.bug,
          hint: 'Correct the adapter; docs/add-a-city.md says what each part means.',
        });
      }
      return adapter;
    },
  };
}

function mistakesOf(adapter: CityAdapter): string[] {
  const mistakes: string[] = [];
  const produced = new Map<string, string[]>();
  const produce = (column: string, by: string) => produced.set(column, [...(produced.get(column) ?? []), by]);
  const needsColumn = (column: string, by: string) => {
    if (!Object.hasOwn(adapter.columns, column))
      mistakes.push(`${by} reads "${column}", which is not a declared raw column.`);
  };

  for (const [name, field] of Object.entries(adapter.fields)) {
    for (const input of field.inputs) needsColumn(input, `Field ${name}`);
    if (field.inputs.length > 4)
      mistakes.push(`Field ${name} reads ${field.inputs.length} columns; at most 4.`);
    for (const output of field.outputs) produce(output, `field ${name}`);
  }
  for (const text of adapter.texts) {
    needsColumn(text.input, `The text column ${text.output}`);
    produce(text.output, 'text');
  }
  for (const column of Object.keys(adapter.constants)) produce(column, 'constants');
  for (const group of adapter.required) for (const column of group) needsColumn(column, 'required');
  for (const vintage of adapter.vintages) {
    for (const column of Object.values(vintage.rename ?? {})) needsColumn(column, `Vintage ${vintage.id}`);
    for (const column of Object.keys(vintage.constants ?? {})) needsColumn(column, `Vintage ${vintage.id}`);
  }
  if (adapter.stationHouse) needsColumn(adapter.stationHouse.column, 'stationHouse');

  const spellings = new Map<string, string>();
  for (const [name, column] of Object.entries(adapter.columns)) {
    for (const spelling of [name, ...(column.aliases ?? [])]) {
      if (foldHeader(spelling) !== spelling)
        mistakes.push(`Raw column name "${spelling}" is not folded; write "${foldHeader(spelling)}".`);
      const other = spellings.get(spelling);
      if (other !== undefined) mistakes.push(`The name "${spelling}" means both ${other} and ${name}.`);
      spellings.set(spelling, name);
    }
  }
  mistakes.push(...vintageMistakes(adapter));
  for (const column of ADAPTER_COLUMN_NAMES) {
    const by = produced.get(column) ?? [];
    if (by.length === 0) mistakes.push(`Nothing produces ${column}.`);
    if (by.length > 1) mistakes.push(`${column} is produced ${by.length} times: by ${by.join(' and ')}.`);
    produced.delete(column);
  }
  for (const column of produced.keys()) mistakes.push(`${column} is not a column an adapter produces.`);
  return mistakes;
}

function vintageMistakes(adapter: CityAdapter): string[] {
  if (adapter.vintages.length === 0)
    return ['No vintage is declared; name at least one header the source has published.'];
  const mistakes: string[] = [];
  const ids = new Set<string>();
  for (const { id, header, rename = {}, constants = {}, duplicates = {} } of adapter.vintages) {
    if (ids.has(id)) mistakes.push(`Vintage ${id} is declared twice.`);
    ids.add(id);
    const folded = header.map(foldHeader);
    for (const name of Object.keys(rename)) {
      if (!folded.includes(foldHeader(name)))
        mistakes.push(`Vintage ${id} renames "${name}", which its header has not.`);
    }
    for (const name of Object.keys(duplicates)) {
      const count = folded.filter((other) => other === foldHeader(name)).length;
      if (count < 2)
        mistakes.push(`Vintage ${id} says "${name}" is a duplicate, but its header has it ${count} times.`);
    }
    for (const column of Object.keys(constants)) {
      if (folded.includes(column)) mistakes.push(`Vintage ${id} fixes ${column}, which its header also has.`);
    }
  }
  return mistakes;
}
