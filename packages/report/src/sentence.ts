import type { ReportTable, Sentence, Told } from './report.js';
import { valueText } from './values.js';

/** A value of a table, to be told in a sentence; the only way to get a number into one. */
export function tell(table: ReportTable, row: number, column: string): Told {
  const own = table.columns.find(({ name }) => name === column);
  return { text: valueText(table.rows[row]?.[column], own?.kind ?? 'text'), table: table.id, row };
}

/** An interval of a table, as `a to b`. */
export function tellInterval(
  table: ReportTable,
  row: number,
  [lower, upper]: readonly [string, string],
): Told {
  const from = tell(table, row, lower);
  const to = tell(table, row, upper);
  return { ...from, text: `${from.text} to ${to.text}` };
}

type Part = string | Told | Sentence;

/** Template for a sentence. */
export function say(strings: TemplateStringsArray, ...parts: readonly Part[]): Sentence {
  const pieces = strings.flatMap((text, index): (string | Told)[] => {
    const part = parts[index];
    if (part === undefined) return [text];
    return typeof part === 'string' || !isSentence(part) ? [text, part] : [text, ...part];
  });
  return pieces.filter((piece) => piece !== '');
}

function isSentence(part: Told | Sentence): part is Sentence {
  return Array.isArray(part);
}

export function plainText(sentence: Sentence): string {
  return sentence.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}
