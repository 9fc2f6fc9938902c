/** A SQL scalar type every engine has, by its role here. */
export type SqlType = 'text' | 'date' | 'double' | 'bigint' | 'boolean';

/**
 * The differences between SQL engines as pure string makers. Everything outside a dialect is plain SQL that
 * all engines share. Names and values reach SQL only through `identifier` and `literal`.
 */
export interface Dialect {
  readonly name: string;
  /** Quotes a name; throws on NUL. */
  identifier(name: string): string;
  /** Quotes a value: text, finite number, boolean or null. */
  literal(value: string | number | boolean | null): string;
  type(type: SqlType): string;
  /** Casts text to a type; the text is known to be valid. */
  cast(expression: string, type: SqlType): string;
  /** A DATE literal from ISO text. */
  date(iso: string): string;
  /** Whole days from the first date to the second. */
  daysBetween(from: string, to: string): string;
  /** The date `years` later on the same month and day; 29 February becomes 28 February where needed. */
  addYears(date: string, years: number): string;
  /** The calendar year of a date as an integer. */
  year(date: string): string;
  /** The date as ISO text. */
  isoDate(date: string): string;
  /** The non-null texts joined by the separator; the empty string when all are null. */
  joinTexts(separator: string, expressions: readonly string[]): string;
  /** True when `text` contains the literal `part`. */
  contains(text: string, part: string): string;
  /** The text without spaces, tabs and line ends at both ends. */
  trim(text: string): string;
  /** The text with a to z in upper case. */
  upper(text: string): string;
  stripPrefix(text: string, prefix: string): string;
  stripSuffix(text: string, suffix: string): string;
  /** Fills non-empty text from the left up to `length` characters; longer text stays. `fill` is one character. */
  padStart(text: string, length: number, fill: string): string;
}
