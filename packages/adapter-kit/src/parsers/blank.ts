/** Tells whether a text means "no value": only whitespace, or one of the null markers once trimmed. */
export function isBlank(text: string, nullMarkers: readonly string[] = []): boolean {
  const trimmed = text.trim();
  return trimmed === '' || nullMarkers.includes(trimmed);
}

/** Trims and makes every run of whitespace one blank. */
export function collapse(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
