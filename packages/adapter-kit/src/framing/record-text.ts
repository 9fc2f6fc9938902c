import type { Encoding } from './decode.js';
import { textOf } from './decode.js';

/** Texts of a well-formed record's fields. */
export function fieldsOf(bytes: Buffer, delimiter: string, encoding: Encoding): string[] {
  const text = textOf(bytes, encoding);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let field = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        field += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        field += '"';
        at += 1;
      }
    } else {
      const next = text.indexOf(delimiter, at);
      const end = next < 0 ? text.length : next;
      field = text.slice(at, end);
      at = end;
    }
    fields.push(field);
    if (at >= text.length) return fields;
    at += 1;
  }
}

const MALFORMED_TEXT_CHARACTERS = 2000;

/** The start of a malformed record as printable text. */
export function malformedText(head: Buffer, encoding: Encoding): string {
  const text = textOf(head, encoding).replaceAll('\0', '\u2400');
  return text.length <= MALFORMED_TEXT_CHARACTERS
    ? text
    : [...text.slice(0, MALFORMED_TEXT_CHARACTERS * 2)].slice(0, MALFORMED_TEXT_CHARACTERS).join('');
}
