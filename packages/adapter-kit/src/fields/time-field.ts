import type { FindingId } from '@crimetracker/schema';
import type { Field } from '../field.js';
import { singleValue } from '../field.js';
import { isBlank } from '../parsers/blank.js';
import { readTime } from '../parsers/times.js';

/**
 * A time-of-day column: `HH:MM`, null where blank, null with the finding `unreadable` where it is not a time.
 *
 * 24:00 becomes 23:59 of the same day with the finding `at24`. With `digits`, `1` is 00:01 and `845` is 08:45.
 */
export function timeField(options: {
  readonly input: string;
  readonly output: 'occurred_time' | 'occurred_end_time';
  readonly unreadable: FindingId;
  readonly at24: FindingId;
  readonly digits?: boolean;
  readonly nullMarkers?: readonly string[];
}): Field {
  const { input, output, unreadable, at24, digits = false, nullMarkers = [] } = options;
  const reading = { digits };
  return {
    inputs: [input],
    outputs: [output],
    evaluate: (raw) => {
      const text = raw[input] ?? '';
      if (isBlank(text, nullMarkers)) return { values: singleValue(output, null), rule: 'blank' };
      const read = readTime(text, reading);
      if (read === null)
        return { values: singleValue(output, null), findings: [unreadable], rule: 'unreadable' };
      return read.at24
        ? { values: singleValue(output, read.time), findings: [at24], rule: '24:00 as 23:59' }
        : { values: singleValue(output, read.time), rule: 'time of day' };
    },
  };
}
