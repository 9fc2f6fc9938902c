import type { AdapterColumnName } from '@crimetracker/schema';

/**
 * The closed set of text transforms that every engine runs natively, for columns whose values are
 * nearly unique (a case number). Each is written once here and once in SQL; a property test holds them equal.
 */
export type TextTransform =
  | { readonly kind: 'trim' }
  | { readonly kind: 'upper' }
  | { readonly kind: 'strip-prefix'; readonly text: string }
  | { readonly kind: 'strip-suffix'; readonly text: string }
  | { readonly kind: 'pad-start'; readonly length: number; readonly fill: string };

/** Removes spaces, tabs and line ends at both ends. */
export const trim = (): TextTransform => ({ kind: 'trim' });
/** Upper-cases the letters a to z. */
export const upper = (): TextTransform => ({ kind: 'upper' });
/** Removes `text` from the start, once. */
export const stripPrefix = (text: string): TextTransform => ({ kind: 'strip-prefix', text });
/** Removes `text` from the end, once. */
export const stripSuffix = (text: string): TextTransform => ({ kind: 'strip-suffix', text });
/** Fills non-empty text from the left up to `length` characters; longer text stays as it is. */
export const padStart = (length: number, fill: string): TextTransform => ({
  kind: 'pad-start',
  length,
  fill,
});

/** A canonical column made from one raw column by text transforms; empty text becomes null. */
export interface TextField {
  readonly input: string;
  readonly output: AdapterColumnName;
  readonly transforms: readonly TextTransform[];
}

// The set that SQL `trim(text, chars)` takes; String.trim would remove Unicode blanks that engines keep.
const TRIMMED = ' \t\r\n';

function applyTransform(text: string, transform: TextTransform): string {
  switch (transform.kind) {
    case 'trim':
      return trimEnds(text);
    case 'upper':
      return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
    case 'strip-prefix':
      return text.startsWith(transform.text) ? text.slice(transform.text.length) : text;
    case 'strip-suffix':
      return text.endsWith(transform.text) ? text.slice(0, text.length - transform.text.length) : text;
    case 'pad-start': {
      const missing = transform.length - [...text].length;
      return text === '' || missing <= 0 ? text : transform.fill.repeat(missing) + text;
    }
  }
}

/** A loop, since `/[ ]+$/` takes quadratic time on a long run of blanks inside a text. */
function trimEnds(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && TRIMMED.includes(text.charAt(start))) start += 1;
  while (end > start && TRIMMED.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Applies the transforms in order; the empty string becomes null. */
export function applyTransforms(text: string, transforms: readonly TextTransform[]): string | null {
  const result = transforms.reduce(applyTransform, text);
  return result === '' ? null : result;
}
