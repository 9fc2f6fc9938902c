import type { Delimiter } from './prepared-file.js';
import { LINE_FEED, QUOTE } from './signs.js';

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';', '|'];

/** The most frequent delimiter outside quotes on the first line that holds anything; a comma wins ties. */
export function detectDelimiter(bytes: Buffer): Delimiter {
  const counts = new Map<number, number>(DELIMITERS.map((delimiter) => [delimiter.charCodeAt(0), 0]));
  let quoted = false;
  let blank = true;
  for (const byte of bytes) {
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === LINE_FEED && !quoted && !blank) break;
    else if (!quoted && counts.has(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
    if (byte > 0x20) blank = false;
  }
  let best: Delimiter = ',';
  for (const delimiter of DELIMITERS) {
    if ((counts.get(delimiter.charCodeAt(0)) ?? 0) > (counts.get(best.charCodeAt(0)) ?? 0)) best = delimiter;
  }
  return best;
}
