/** What a check found: what is wrong, where, and what to do. */
export interface Problem {
  readonly where: string;
  readonly what: string;
  readonly todo: string;
}

const SHOWN = 12;
const LONGEST_TEXT = 80;

/** The problems as one message, the first dozen in full. */
export function describeProblems(problems: readonly Problem[]): string {
  const lines = problems
    .slice(0, SHOWN)
    .map(({ where, what, todo }) => `${where}: ${what}\n    To do: ${todo}`);
  if (problems.length > SHOWN) lines.push(`… and ${problems.length - SHOWN} more.`);
  return lines.join('\n');
}

/** A text as it can be shown in a message: quoted, its signs escaped, cut when long. */
export function showText(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length <= LONGEST_TEXT
    ? quoted
    : `${quoted.slice(0, LONGEST_TEXT)}…" (${text.length} characters)`;
}

/** Raw texts as they can be shown in a message: `time = "24:00", date = ""`. */
export function showRow(raw: Readonly<Record<string, string>>): string {
  return Object.entries(raw)
    .map(([name, text]) => `${name} = ${showText(text)}`)
    .join(', ');
}
