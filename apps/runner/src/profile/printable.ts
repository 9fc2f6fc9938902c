/** Control characters, invisible and direction-changing ones, no-break blanks, the replacement character. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u00a0\ufffd]/gu;
const BLANKS = /^ +| +$| {2,}/g;

/**
 * A text as one safe line: control characters shown as their pictures, other unseen ones by their code, blanks at
 * the ends and in runs as ␣. A raw value could otherwise drive a terminal or hide what it says.
 */
export function printable(text: string): string {
  return text.replace(UNSEEN, shownSign).replace(BLANKS, (blanks) => '␣'.repeat(blanks.length));
}

function shownSign(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Cuts a text to a number of characters, showing that it did. */
export function shorten(text: string, length: number): string {
  const signs = [...text];
  return signs.length <= length ? text : `${signs.slice(0, Math.max(0, length - 1)).join('')}…`;
}

/** A raw value inside a sentence. */
export const quoted = (text: string): string => `“${shorten(printable(text), 40)}”`;
