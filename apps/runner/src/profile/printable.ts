const BLANK_RUN = / {2,}/g;

/**
 * A text as one safe line: control characters shown as their pictures, invisible and direction-changing ones by
 * their code, blanks at the ends and in runs as ␣. A raw value can otherwise drive a terminal or hide in a page.
 */
export function printable(text: string): string {
  return text
    .replace(/[\u0000-\u001f]/g, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0)))
    .replace(/\u007f/g, '␡')
    .replace(/[\u0080-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]/g, codeOf)
    .replace(/^ +| +$/g, (blanks) => '␣'.repeat(blanks.length))
    .replace(BLANK_RUN, (blanks) => '␣'.repeat(blanks.length));
}

const codeOf = (sign: string): string => `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Cuts a text to a number of characters, showing that it did. */
export function shorten(text: string, length: number): string {
  const signs = [...text];
  return signs.length <= length ? text : `${signs.slice(0, Math.max(0, length - 1)).join('')}…`;
}
