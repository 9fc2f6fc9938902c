// Command line of the scripts in this folder: --name value, all with defaults.
import { parseArgs } from 'node:util';

/**
 * Reads `--name value` flags; a number's default makes the value a number. Ends the process on any other flag.
 * @template {Record<string, string | number>} Defaults
 * @param {Defaults} defaults
 * @returns {Defaults}
 */
export function readOptions(defaults) {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' }]));
  try {
    const { values } = parseArgs({ options, strict: true });
    const read = Object.entries(values).map(([name, text]) => {
      const value = typeof defaults[name] === 'number' ? Number(text) : text;
      if (Number.isNaN(value)) throw new TypeError(`--${name} must be a number`);
      return [name, value];
    });
    return { ...defaults, ...Object.fromEntries(read) };
  } catch (error) {
    const flags = Object.entries(defaults).map(([name, value]) => `--${name} ${value === '' ? '…' : value}`);
    console.error(`${error.message}\nFlags and their defaults: ${flags.join(' ')}`);
    process.exit(2);
  }
}

/** Draws rows as a text table; columns of numbers stand right. */
export function table(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const isNumber = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Counts how often each key occurs. */
export function tally(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
