/** A query as one line: line ends of the template become blanks, while inserted literals stay as they are. */
export function sql(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return strings
    .map((text, index) => text.replaceAll(/\s+/g, ' ') + String(values[index] ?? ''))
    .join('')
    .trim();
}
