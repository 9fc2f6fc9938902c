import * as z from 'zod';

/** Raise when a field of the document changes its meaning or goes away. */
export const PROFILE_VERSION = 1;

/** What a value looks like, judged by its characters alone. */
export const VALUE_KINDS = ['empty', 'marker', 'integer', 'decimal', 'date', 'time', 'text'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

const countedValue = z.strictObject({
  value: z.string().describe('As published; cut to 200 characters when longer.'),
  records: count,
  share: share.describe('Of all records.'),
});

const heapSchema = z.strictObject({
  what: z.string().describe('The time or day, such as `12:00`, `:30`, `day 1`.'),
  records: count,
  share: share.describe('Of the values that could be read.'),
  expected: share.describe('The share if every minute, or every day of the year, were equally likely.'),
  ratio: z.number().nullable().describe('share ÷ expected; null when nothing could be read.'),
  index: z
    .number()
    .nullable()
    .describe(
      'Heaping index: count ÷ mean count of the minutes 5 to 30 away; above 3 is heaped; null for days.',
    ),
});
export type Heap = z.infer<typeof heapSchema>;

const numbersSchema = z.strictObject({
  records: count,
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  quartiles: z
    .tuple([z.number(), z.number(), z.number()])
    .describe('Lower quartile, median, upper quartile.'),
  zeros: count,
  negatives: count,
  histogram: z
    .strictObject({
      from: z.number().describe('1st percentile.'),
      to: z.number().describe('99th percentile.'),
      width: z.number().positive().describe('Width of a bin; whole when all numbers are.'),
      bins: z.array(count),
      below: count,
      above: count,
    })
    .nullable()
    .describe('Null when the two percentiles are the same.'),
});
export type NumberProfile = z.infer<typeof numbersSchema>;

const datesSchema = z.strictObject({
  records: count.describe('Values read as a date.'),
  unreadable: count.describe('Values of the shape of a date that are none, such as 02/30/2020.'),
  order: z
    .enum(['year-first', 'month-first', 'day-first', 'mixed', 'undecided'])
    .describe(
      'By the values above 12: `mixed` has both orders, `undecided` neither and is read month-first.',
    ),
  order_evidence: z.strictObject({ month_first: count, day_first: count, either: count }),
  min: z.iso.date().nullable(),
  max: z.iso.date().nullable(),
  distinct: count,
  years: z.array(z.strictObject({ year: z.int(), records: count })),
  weekdays: z.array(count).length(7).describe('Monday first.'),
  days: z.array(count).length(31).describe('Day of the month, 1 first.'),
  heaps: z.array(heapSchema),
});
export type DateProfile = z.infer<typeof datesSchema>;

const timesSchema = z.strictObject({
  records: count.describe('Values read as a time of day.'),
  unreadable: count,
  at_24: count.describe('Values written 24:00, which is no time of a day.'),
  minutes: z.array(count).length(1440).describe('Values per minute of the day, 00:00 first.'),
  top: z.array(heapSchema),
  heaps: z.array(heapSchema),
});
export type TimeProfile = z.infer<typeof timesSchema>;

const columnSchema = z.strictObject({
  position: z.int().positive(),
  name: z.string().describe('As published; may be empty or occur twice.'),
  label: z.string().describe('Names the column without doubt.'),
  description: z.string().nullable(),
  kinds: z
    .partialRecord(z.enum(VALUE_KINDS), count)
    .describe('Records per kind; kinds without any are left out.'),
  markers: z.array(countedValue).describe('Words and signs that often mean "no value", by their text.'),
  distinct: count.describe('Different values, the empty one not counted. Exact.'),
  repeated: z
    .strictObject({ values: count, records: count })
    .describe('Values that occur more than once, the empty one not counted.'),
  top: z.array(countedValue),
  shapes: z.strictObject({
    distinct: count,
    sampled_values: count
      .nullable()
      .describe(
        'When not null the shapes are those of this many of the different values, and records are estimates.',
      ),
    top: z.array(z.strictObject({ shape: z.string(), records: count, share, example: z.string() })),
  }),
  lengths: z
    .strictObject({ min: count, max: count })
    .nullable()
    .describe('Characters of values that are not empty.'),
  first: z.string().nullable().describe('First value in the order of the characters.'),
  last: z.string().nullable(),
  whitespace: z.strictObject({
    leading: count,
    trailing: count,
    double: count.describe('Two or more blanks between words.'),
    only: count.describe('Nothing but blanks.'),
  }),
  control_characters: count.describe('Values with control characters, no-break blanks or U+FFFD.'),
  numbers_written: z.strictObject({
    with_decimal_zero: count.describe('Whole numbers written as 75.0.'),
    with_thousands_commas: count,
    with_exponent: count,
    with_leading_zero: count.describe('Digits such as 0784: a code, not a number.'),
  }),
  spellings: z
    .array(z.array(z.string()))
    .describe('Values that differ only in letter case or blanks, most frequent first; at most five groups.'),
  numbers: numbersSchema.nullable(),
  dates: datesSchema.nullable(),
  times: timesSchema.nullable(),
  by_source: z
    .array(
      z.strictObject({
        source: z.string(),
        records: count,
        filled: count,
        distinct: count,
        top: z.array(countedValue),
      }),
    )
    .describe('Of a snapshot; empty for a file.'),
});
export type ColumnProfile = z.infer<typeof columnSchema>;

const bounds = z.strictObject({ south: z.number(), west: z.number(), north: z.number(), east: z.number() });

const coordinatesSchema = z.strictObject({
  source: z.string().nullable(),
  latitude: z.string().describe('Label of the column.'),
  longitude: z.string(),
  records: count,
  located: count.describe('Both numbers on the globe and not (0, 0).'),
  missing: count,
  zeros: count.describe('Latitude or longitude is 0.'),
  unreadable: count.describe('Not numbers, or not on the globe.'),
  outside_city: count
    .nullable()
    .describe('Located, but outside the bounds of the city; null when the source is unknown.'),
  city_bounds: bounds.nullable(),
  box: bounds.nullable().describe('Smallest box around everything located.'),
  distinct_points: count,
  shared: z.array(z.strictObject({ latitude: z.number(), longitude: z.number(), records: count, share })),
  grid: z
    .strictObject({
      box: bounds.describe('From the 0.5th to the 99.5th percentile in each direction.'),
      columns: count,
      rows: count,
      cells: z
        .array(z.tuple([count, count, count]))
        .describe('Column from the west, row from the south, records.'),
    })
    .nullable(),
});
export type CoordinateProfile = z.infer<typeof coordinatesSchema>;

const identicalSchema = z.strictObject({
  groups: count,
  records: count.describe('Records in those groups.'),
});

const duplicatesSchema = z.strictObject({
  id_column: z.string().nullable().describe('Label; null when no column looks like an id.'),
  id_known_by: z.enum(['source', 'values']).nullable(),
  id_empty: count,
  repeated_ids: count,
  repeated_id_records: count,
  repeated_ids_with_different_rows: count.describe('Repeated ids whose records differ in another column.'),
  examples: z.array(countedValue),
  identical_rows: identicalSchema.describe('Equal in every column.'),
  identical_except_id: identicalSchema
    .nullable()
    .describe('Equal in every column but the excluded ones, under different ids. Often different incidents.'),
  excluded: z.array(z.string()).describe('Columns left out of the comparison "except id".'),
});
export type DuplicateProfile = z.infer<typeof duplicatesSchema>;

const observationSchema = z.strictObject({
  id: z.string().describe('Stable kebab-case name of the kind of observation.'),
  level: z.enum(['warning', 'note']),
  column: z.string().nullable().describe('Label of the column, null for the file as a whole.'),
  records: count.nullable(),
  text: z.string(),
});
export type Observation = z.infer<typeof observationSchema>;

const fileSchema = z.strictObject({
  path: z.string(),
  bytes: count.describe('As delivered, before decompression.'),
  sha256: z.string(),
  encoding: z.string(),
  compression: z.string(),
  delimiter: z.string(),
  header: z.array(z.string()),
  malformed: count,
  malformed_by_reason: z.array(
    z.strictObject({ reason: z.string(), records: count, first_record: z.int().positive() }),
  ),
  source: z
    .strictObject({
      id: z.string(),
      agency: z.string(),
      city: z.string(),
      vintage: z
        .strictObject({ id: z.string(), description: z.string(), is_exact: z.boolean(), similarity: share })
        .nullable(),
      missing: z.array(z.string()),
      ignored: z.array(z.string()),
      notes: z.array(z.string()),
    })
    .nullable(),
  not_recognised: z.string().nullable().describe('Why no source, or no vintage of it, was recognised.'),
});
export type FileFacts = z.infer<typeof fileSchema>;

const countByName = z.record(z.string(), count);
const snapshotSchema = z.strictObject({
  id: z.string(),
  path: z.string(),
  created_at: z.string(),
  window: z.strictObject({ from: z.string(), to: z.string() }),
  sources: z.array(z.strictObject({ id: z.string(), city: z.string() })),
  years: z.array(z.strictObject({ year: z.int(), source: z.string(), records: count })),
  ledger: z.strictObject({
    balanced: z.boolean(),
    records: count,
    curated: count,
    quarantined: count,
    duplicates: count,
    files: z.array(
      z.strictObject({
        file: z.string(),
        source: z.string(),
        raw_file: z.string(),
        records: count,
        curated: count,
        quarantined: count,
        duplicates: count,
      }),
    ),
    quarantined_by_reason: countByName,
    duplicates_by_rule: countByName,
    touched_by_rule: countByName,
    unmapped: z.array(
      z.strictObject({ source: z.string(), finding: z.string(), raw: z.string(), records: count }),
    ),
  }),
});
export type SnapshotFacts = z.infer<typeof snapshotSchema>;

/** The JSON document of `crimetracker profile --json`. */
export const profileSchema = z.strictObject({
  version: z.literal(PROFILE_VERSION),
  created_at: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  title: z.string(),
  records: count.describe(
    'Records profiled: those of a file that are not malformed, or the incidents of a snapshot.',
  ),
  file: fileSchema.nullable(),
  snapshot: snapshotSchema.nullable(),
  observations: z.array(observationSchema).describe('What stands out, warnings first.'),
  columns: z.array(columnSchema),
  duplicates: duplicatesSchema.nullable().describe('Null when there are no records.'),
  coordinates: z.array(coordinatesSchema).describe('One per recognised pair; of a snapshot, one per source.'),
});
export type Profile = z.infer<typeof profileSchema>;
