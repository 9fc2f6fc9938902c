import type { FindingId } from '@crimetracker/schema';
import type { Field } from '../field.js';
import { singleValue } from '../field.js';
import { isBlank } from '../parsers/blank.js';
import { readDate } from '../parsers/dates.js';

/**
 * A date column: ISO text, null where blank, null with the finding `unreadable` where it is not a date.
 *
 * Month-first always, unless `orderInput` names a raw column that holds `day-first`: the order cannot be told
 * from a cell, so only a vintage may state it (as a constant). `nullMarkers` are texts that mean "no value".
 */
export function dateField(options: {
  readonly input: string;
  readonly orderInput?: string;
  readonly output: 'report_date' | 'occurred_date' | 'occurred_end_date';
  readonly unreadable: FindingId;
  readonly nullMarkers?: readonly string[];
}): Field {
  const { input, orderInput, output, unreadable, nullMarkers = [] } = options;
  return {
    inputs: orderInput === undefined ? [input] : [input, orderInput],
    outputs: [output],
    evaluate: (raw) => {
      const text = raw[input] ?? '';
      if (isBlank(text, nullMarkers)) return { values: singleValue(output, null), rule: 'blank' };
      const isDayFirst = orderInput !== undefined && raw[orderInput] === 'day-first';
      const read = readDate(text, isDayFirst ? 'day-first' : 'month-first');
      return read === null
        ? { values: singleValue(output, null), findings: [unreadable], rule: 'unreadable' }
        : { values: singleValue(output, read.date), rule: read.format };
    },
  };
}
