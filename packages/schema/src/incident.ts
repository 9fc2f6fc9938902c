import { z } from 'zod';
import type { COLUMNS, ColumnDefinition, ColumnName } from './columns.js';
import { COLUMN_NAMES, columnDefinition } from './columns.js';
import { COLUMN_CONSTRAINTS } from './constraints.js';

type CellOf<Column extends ColumnDefinition> = Column extends {
  readonly vocabulary: infer Vocabulary extends readonly string[];
}
  ? Vocabulary[number]
  : Column['type'] extends 'number' | 'integer'
    ? number
    : string;

type ValueOf<Column extends ColumnDefinition> = Column['nullable'] extends true
  ? CellOf<Column> | null
  : CellOf<Column>;

type IncidentShape = {
  readonly [Name in ColumnName]: z.ZodType<ValueOf<(typeof COLUMNS)[Name]>>;
};

type Cell = string | number;

/**
 * A canonical row: every column of the catalogue and no other, in catalogue order.
 * Dates are real ISO dates, times `HH:MM`, closed vocabularies exact, degrees within the globe.
 */
export const incidentSchema = z.strictObject(
  Object.fromEntries(COLUMN_NAMES.map((name) => [name, columnSchema(name)])) as IncidentShape,
);
export type Incident = z.infer<typeof incidentSchema>;

function columnSchema(name: ColumnName): z.ZodType<Cell | null> {
  const definition = columnDefinition(name);
  const cell = cellSchema(name, definition);
  const schema = definition.nullable ? cell.nullable() : cell;
  return schema.meta({
    description: definition.description,
    ...(definition.unit === undefined ? {} : { 'x-unit': definition.unit }),
  });
}

function cellSchema(name: ColumnName, definition: ColumnDefinition): z.ZodType<Cell> {
  if (definition.vocabulary !== undefined) return z.enum(definition.vocabulary);
  const { minimum, maximum, pattern } = COLUMN_CONSTRAINTS[name] ?? {};
  switch (definition.type) {
    case 'date':
      return z.iso.date();
    case 'time':
      return z.iso.time({ precision: -1 });
    case 'text':
      return pattern === undefined ? z.string().min(1) : z.string().regex(pattern);
    case 'integer':
    case 'number': {
      const number = definition.type === 'integer' ? z.int() : z.number();
      return number.min(minimum ?? Number.MIN_SAFE_INTEGER).max(maximum ?? Number.MAX_SAFE_INTEGER);
    }
  }
}
