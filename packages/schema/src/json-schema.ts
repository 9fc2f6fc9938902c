import { z } from 'zod';
import { incidentSchema } from './incident.js';

/** JSON Schema (draft 2020-12) of one incident; a column's unit stands in `x-unit`. */
export function incidentJsonSchema(): z.core.JSONSchema.JSONSchema {
  return {
    ...z.toJSONSchema(incidentSchema),
    title: 'Incident',
    description: 'One reported crime incident in the form that all cities share.',
  };
}
