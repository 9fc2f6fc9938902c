import { CRIME_CATEGORIES, CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { z } from 'zod';

const line = z.string().trim().min(1);

const fileSchema = z.strictObject({
  /** Of the index or table the weights come from. */
  title: line,
  /** Where they are published. */
  url: z.url({ protocol: /^https?$/ }),
  /** What one unit of harm is, such as days of imprisonment at the starting point of sentencing. */
  unit: line,
  /** Whose law or guideline. */
  jurisdiction: line,
  /** The day on which they were read there. */
  retrieved: z.iso.date(),
  /** How offences of the source were brought to categories. */
  notes: line.optional(),
  weights: z.partialRecord(z.enum(CRIME_CATEGORIES), z.number().positive()),
  /** Categories without a weight, each with the reason. */
  excluded: z.partialRecord(z.enum(CRIME_CATEGORIES), line),
});

/**
 * Weights of harm with where they come from: every category of the vocabulary has a weight above 0, or a reason why it
 * is left out.
 *
 * Cambridge's index leaves out what police find by looking for it, as it follows police work and not harm done to
 * victims; its categories are those of DISCOVERED_BY_POLICE. The product brings no weights of its own.
 */
export type HarmWeights = z.infer<typeof fileSchema>;

/**
 * Reads a JSON file of weights, given as text; `file` is its name for messages. Throws an error of usage that lists all
 * that is wrong: no JSON, a field missing or malformed, an unknown category, one with neither weight nor reason, or both.
 */
export function parseHarmWeights(text: string, file: string): HarmWeights {
  const parsed = fileSchema.safeParse(parseJson(text, file));
  if (!parsed.success) throw invalid(file, parsed.error.issues.map(describeIssue));
  const { weights, excluded } = parsed.data;
  const problems = CRIME_CATEGORIES.flatMap((category) => {
    const isWeighted = weights[category] !== undefined;
    const isExcluded = excluded[category] !== undefined;
    if (isWeighted && isExcluded) return [`${category} has a weight and is excluded`];
    return isWeighted || isExcluded ? [] : [`${category} has no weight and is not excluded`];
  });
  if (problems.length > 0) throw invalid(file, problems);
  return parsed.data;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(file, [cause instanceof Error ? cause.message : String(cause)], cause);
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.join(' / ');
  if (issue.code === 'unrecognized_keys' && place !== '') {
    return `${place}: ${issue.keys.join(', ')} is no crime category`;
  }
  return `${place || 'file'}: ${issue.message}`;
}

function invalid(file: string, problems: readonly string[], cause?: unknown): CrimeTrackerError {
  return new CrimeTrackerError(`${file} is no table of harm weights: ${problems.join('; ')}`, {
    code: 'harm-weights-invalid',
    exitCode: EXIT_CODES.usage,
    hint:
      'give every crime category a weight above 0, or list it under "excluded" with the reason; ' +
      `the categories are ${CRIME_CATEGORIES.join(', ')}`,
    where: { file },
    cause,
  });
}
