import type { DutyLine } from '../schedule.js';

/**
 * Gives units names that stay the same for the same lines: jurisdiction and number, as in `75-03`. Numbers go by start
 * and days.
 */
export function nameUnits(
  lines: readonly Omit<DutyLine, 'unit'>[],
  jurisdictions: readonly string[],
): readonly DutyLine[] {
  const names = distinctSlugs(jurisdictions);
  return jurisdictions.flatMap((_, j) => {
    const own = lines
      .filter(({ jurisdiction }) => jurisdiction === j)
      .sort((a, b) => a.startHour - b.startHour || compareDays(a.days, b.days));
    const digits = Math.max(2, String(own.length).length);
    return own.map((line, i) => ({
      unit: `${names[j] ?? ''}-${String(i + 1).padStart(digits, '0')}`,
      ...line,
    }));
  });
}

/** Words that may stand in a file name; equal ones are told apart by a number. */
function distinctSlugs(labels: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    const slug = slugOf(label) || 'unit';
    let [name, number] = [slug, 1];
    while (taken.has(name)) {
      number += 1;
      name = `${slug}.${number}`;
    }
    taken.add(name);
    return name;
  });
}

const slugOf = (label: string): string =>
  label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');

function compareDays(a: readonly number[], b: readonly number[]): number {
  for (const [i, day] of a.entries()) {
    const difference = day - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
