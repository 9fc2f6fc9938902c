import type { TextField, TextTransform } from '@crimetracker/adapter-kit';
import type { Dialect } from '@crimetracker/engine';

function transformSql(dialect: Dialect, text: string, transform: TextTransform): string {
  switch (transform.kind) {
    case 'trim':
      return dialect.trim(text);
    case 'upper':
      return dialect.upper(text);
    case 'strip-prefix':
      return dialect.stripPrefix(text, transform.text);
    case 'strip-suffix':
      return dialect.stripSuffix(text, transform.text);
    case 'pad-start':
      return dialect.padStart(text, transform.length, transform.fill);
  }
}

/** The SQL of a text column: the same as `applyTransforms` on the row path. */
export function textFieldSql(dialect: Dialect, field: TextField, input: string): string {
  const transformed = field.transforms.reduce(
    (text, transform) => transformSql(dialect, text, transform),
    input,
  );
  return `NULLIF(${transformed}, '')`;
}
