import { collapse, isBlank } from '@crimetracker/adapter-kit';

/**
 * Texts that mean "no value". `(null)` fills the text columns of the exports since 2022; `NA` fills two columns of
 * one copy saved by R. No column read here has either as a value, so both are null in all of them.
 */
export const NULL_MARKERS = ['(null)', '(NULL)', 'NA'] as const;

/** A published code or wording in the form in which tables are keyed: one blank between words, upper case; empty when null. */
export function publishedText(text: string): string {
  return isBlank(text, NULL_MARKERS) ? '' : collapse(text).toUpperCase();
}
