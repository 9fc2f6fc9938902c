import { duckDbDialect } from '@crimetracker/engine/duckdb';
import { VALUE_KINDS } from './profile-schema.js';

// The SQL of profiling, and the only place of it that knows DuckDB: profiling is a tool of the embedded engine.
// A column is first grouped into its different values, so that everything after costs by value, not by record.
// Measured on 10 million 35-column records with 2 cores: grouping the 34 repeating columns takes 2 s, the unique
// one 2 s; DuckDB's approximate count of distinct values takes 5 s for the same columns.

const { identifier, literal } = duckDbDialect;

/** The different values of the column at hand: v (text, empty never null), n (records), k (kind). */
export const VALUES_TABLE = 'profile_values';
/** The same per source of a snapshot: s, v, n. */
export const SOURCE_VALUES_TABLE = 'profile_source_values';
export const NUMBERS_TABLE = 'profile_numbers';
export const DAYS_TABLE = 'profile_days';
export const DATE_PARTS_TABLE = 'profile_date_parts';
export const POINTS_TABLE = 'profile_points';
export const ROWS_TABLE = 'profile_rows';

const MAX_VALUE = 200;
const TOP_VALUES = 12;
const TOP_MARKERS = 20;
const TOP_SPELLINGS = 5;
const TOP_POINTS = 10;

const MARKERS = [
  '(null)',
  'null',
  '<null>',
  '\\n',
  'na',
  '<na>',
  'n/a',
  '#n/a',
  'nan',
  'none',
  'nil',
  '-',
  '--',
  '?',
  'unknown',
  'unk',
  'not available',
  'not reported',
  'undefined',
  'missing',
  'blank',
  '(blank)',
];

// Numbers above this are noise of damaged cells, and sums of them leave the range of a double.
const LARGEST = '1e100';

const INTEGER = '[+-]?[0-9]+|[+-]?[0-9]{1,3}(?:,[0-9]{3})+';
const DECIMAL = String.raw`[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?\.[0-9]+(?:[eE][+-]?[0-9]+)?|[+-]?[0-9]+(?:\.|[eE][+-]?[0-9]+)`;
const TIME = String.raw`[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?`;
const DAY = ['/', '-', String.raw`\.`]
  .flatMap((sign) => [
    `[0-9]{1,2}${sign}[0-9]{1,2}${sign}(?:[0-9]{4}|[0-9]{2})`,
    `[0-9]{4}${sign}[0-9]{1,2}${sign}[0-9]{1,2}`,
  ])
  .join('|');
const ZONE = '(?:Z|[+-][0-9]{2}:?[0-9]{2})?';
const DATE = String.raw`(?:${DAY})(?:[T\s]\s*${TIME}${ZONE})?|[0-9]{8}[T\s]${TIME}`;

const whole = (text: string, pattern: string): string =>
  `regexp_full_match(${text}, ${literal(String.raw`\s*(?:${pattern})\s*`)})`;
const holds = (text: string, pattern: string): string => `regexp_matches(${text}, ${literal(pattern)})`;
const count = (condition: string): string => `COALESCE(SUM(n) FILTER (WHERE ${condition}), 0)`;
const cut = (text: string): string =>
  `CASE WHEN length(${text}) > ${MAX_VALUE} THEN substr(${text}, 1, ${MAX_VALUE - 1}) || '…' ELSE ${text} END`;

const KIND = `CASE
  WHEN v = '' THEN 'empty'
  WHEN length(v) <= 20 AND (lower(trim(v)) IN (${MARKERS.map(literal).join(', ')}) OR ${holds('v', String.raw`^\s*$`)}) THEN 'marker'
  WHEN ${whole('v', INTEGER)} THEN 'integer'
  WHEN ${whole('v', DECIMAL)} THEN 'decimal'
  WHEN ${whole('v', DATE)} THEN 'date'
  WHEN ${whole('v', TIME)} THEN 'time'
  ELSE 'text' END`;

/** Groups a column. Any type becomes text only after grouping; null becomes the empty text. */
export function valuesSelect(relation: string, column: string): string {
  return kinded(`SELECT ${identifier(column)} AS g, COUNT(*) AS n FROM ${identifier(relation)} GROUP BY g`);
}

const asText = (expression: string): string => `COALESCE(CAST(${expression} AS VARCHAR), '')`;

function kinded(grouped: string): string {
  return `SELECT v, n, ${KIND} AS k FROM (SELECT ${asText('g')} AS v, n FROM (${grouped}))`;
}

export function sourceValuesSelect(relation: string, column: string, sourceColumn: string): string {
  return `SELECT s, ${asText('g')} AS v, n FROM (
    SELECT ${identifier(sourceColumn)} AS s, ${identifier(column)} AS g, COUNT(*) AS n FROM ${identifier(relation)} GROUP BY s, g)`;
}

/** The values over all sources, from the table of those per source. */
export const VALUES_OF_SOURCES = `SELECT v, n, ${KIND} AS k FROM (SELECT v, SUM(n) AS n FROM ${SOURCE_VALUES_TABLE} GROUP BY v)`;

export const SOURCE_FACTS = `SELECT s, SUM(n) AS records, ${count("v <> ''")} AS filled, COUNT(*) FILTER (WHERE v <> '') AS "distinct"
  FROM ${SOURCE_VALUES_TABLE} GROUP BY s ORDER BY s`;

/** The five most common values of each source. One short list per source: a window would sort all values. */
export function sourceTop(sources: readonly string[]): string {
  const of = (source: string) =>
    `(SELECT s, ${cut('v')} AS v, n FROM ${SOURCE_VALUES_TABLE} WHERE s = ${literal(source)} AND v <> '' ORDER BY n DESC, ${SOURCE_VALUES_TABLE}.v LIMIT 5)`;
  return sources.map(of).join(' UNION ALL ');
}

export const FACTS = `SELECT
    COALESCE(SUM(n), 0) AS records,
    COUNT(*) FILTER (WHERE v <> '') AS "distinct",
    COUNT(*) FILTER (WHERE v <> '' AND n > 1) AS repeated_values, ${count("v <> '' AND n > 1")} AS repeated_records,
    MIN(length(v)) FILTER (WHERE v <> '') AS shortest, MAX(length(v)) FILTER (WHERE v <> '') AS longest,
    ${cut("MIN(v) FILTER (WHERE v <> '')")} AS first, ${cut("MAX(v) FILTER (WHERE v <> '')")} AS last,
    ${count(holds('v', String.raw`^\s+\S`))} AS leading, ${count(holds('v', String.raw`\S\s+$`))} AS trailing,
    ${count(holds('v', String.raw`\S\s{2,}\S`))} AS "double", ${count(holds('v', String.raw`^\s+$`))} AS only_blanks,
    ${count(holds('v', String.raw`[\x00-\x1f\x7f-\x{a0}\x{fffd}]`))} AS control,
    ${count(`k = 'decimal' AND ${whole('v', String.raw`[+-]?[0-9,]+\.0+`)}`)} AS with_decimal_zero,
    ${count(`k IN ('integer', 'decimal') AND contains(v, ',')`)} AS with_thousands_commas,
    ${count(`k = 'decimal' AND ${holds('v', '[eE]')}`)} AS with_exponent,
    ${count(`k = 'integer' AND ${holds('v', String.raw`^\s*[+-]?0[0-9]`)}`)} AS with_leading_zero,
    ${VALUE_KINDS.map((kind) => `${count(`k = ${literal(kind)}`)} AS ${identifier(`kind_${kind}`)}`).join(', ')}
  FROM ${VALUES_TABLE}`;

export const TOP = `SELECT ${cut('v')} AS v, n FROM ${VALUES_TABLE} WHERE v <> '' ORDER BY n DESC, ${VALUES_TABLE}.v LIMIT ${TOP_VALUES}`;

export const MARKERS_FOUND = `SELECT v, n FROM ${VALUES_TABLE} WHERE k = 'marker' ORDER BY n DESC, v LIMIT ${TOP_MARKERS}`;

/** Values cut to 120 characters for their shapes; `oneIn` of them, chosen by hash, when above 1. */
export function shapedValues(oneIn: number): string {
  const sample = oneIn > 1 ? ` AND hash(v) % ${literal(oneIn)} = 0` : '';
  return `SELECT substr(v, 1, 120) AS v, n FROM ${VALUES_TABLE} WHERE v <> ''${sample}`;
}

/** Groups of values that differ only in letter case or blanks; `spellings` comes back as a JSON list. */
export const SPELLINGS = `SELECT list(${cut('v')} ORDER BY n DESC, v)[1:5] AS spellings
  FROM ${VALUES_TABLE} WHERE k = 'text' GROUP BY lower(trim(regexp_replace(v, '\\s+', ' ', 'g')))
  HAVING COUNT(*) > 1 ORDER BY SUM(n) DESC, MIN(v) LIMIT ${TOP_SPELLINGS}`;

export const NUMBERS = `SELECT x, SUM(n) AS n FROM (
    SELECT TRY_CAST(replace(trim(v), ',', '') AS DOUBLE) AS x, n FROM ${VALUES_TABLE} WHERE k IN ('integer', 'decimal'))
  WHERE abs(x) <= ${LARGEST} GROUP BY x`;

const quantile = (share: number, name: string): string =>
  `MIN(x) FILTER (WHERE reached >= ${share}e0 * total) AS ${name}`;

export const NUMBER_FACTS = `SELECT SUM(n) AS records, MIN(x) AS min, MAX(x) AS max, SUM(x * n) / SUM(n) AS mean,
    ${count('x = 0')} AS zeros, ${count('x < 0')} AS negatives,
    ${quantile(0.01, 'p01')}, ${quantile(0.25, 'p25')}, ${quantile(0.5, 'p50')}, ${quantile(0.75, 'p75')}, ${quantile(0.99, 'p99')}
  FROM (SELECT x, n, SUM(n) OVER (ORDER BY x) AS reached, SUM(n) OVER () AS total FROM ${NUMBERS_TABLE})`;

/** Counts per bin of a width between two numbers; bin -1 is below, the bin number `bins` above. */
export function histogramSelect(from: number, to: number, width: number, bins: number): string {
  const [low, high] = [literal(from), literal(to)];
  return `SELECT CASE WHEN x < ${low} THEN -1 WHEN x > ${high} THEN ${literal(bins)}
      ELSE LEAST(${literal(bins - 1)}, CAST(floor((x - ${low}) / ${literal(width)}) AS INTEGER)) END AS bin,
    SUM(n) AS n FROM ${NUMBERS_TABLE} GROUP BY bin`;
}

// Two-digit years as the adapters read them: 00 to 69 are 2000 to 2069.
export const DATE_PARTS_SELECT = `SELECT length(p.a) = 4 AS year_first, TRY_CAST(p.a AS INTEGER) AS a, TRY_CAST(p.b AS INTEGER) AS b,
    CASE WHEN length(p.a) = 4 OR length(p.c) > 2 THEN TRY_CAST(p.c AS INTEGER)
         WHEN TRY_CAST(p.c AS INTEGER) < 70 THEN TRY_CAST(p.c AS INTEGER) + 2000 ELSE TRY_CAST(p.c AS INTEGER) + 1900 END AS c,
    SUM(n) AS n
  FROM (SELECT regexp_extract(v, '^\\s*([0-9]{1,4})[/.-]?([0-9]{1,2})[/.-]?([0-9]{1,4})', ['a', 'b', 'c']) AS p, n
        FROM ${VALUES_TABLE} WHERE k = 'date')
  GROUP BY ALL`;

export const DATE_ORDER = `SELECT ${count('year_first')} AS year_first,
    ${count('NOT year_first AND a > 12 AND b <= 12')} AS day_first,
    ${count('NOT year_first AND a <= 12 AND b > 12')} AS month_first,
    ${count('NOT year_first AND a <= 12 AND b <= 12')} AS either
  FROM ${DATE_PARTS_TABLE}`;

/** Days with their records; d is null where the parts are no date. */
export function daysSelect(ambiguousIsDayFirst: boolean, isMixed: boolean): string {
  const dayFirst = isMixed
    ? `(a > 12 OR (b <= 12 AND ${literal(ambiguousIsDayFirst)}))`
    : literal(ambiguousIsDayFirst);
  return `SELECT CASE WHEN y >= 1 THEN TRY_CAST(printf('%04d-%02d-%02d', y, m, d) AS DATE) END AS d, SUM(n) AS n
    FROM (SELECT CASE WHEN year_first THEN a ELSE c END AS y,
            CASE WHEN year_first THEN b WHEN ${dayFirst} THEN b ELSE a END AS m,
            CASE WHEN year_first THEN c WHEN ${dayFirst} THEN a ELSE b END AS d, n FROM ${DATE_PARTS_TABLE})
    GROUP BY 1`;
}

export const DAY_FACTS = `SELECT MIN(d) AS min, MAX(d) AS max, COUNT(d) AS "distinct", ${count('d IS NOT NULL')} AS records,
    ${count('d IS NULL')} AS unreadable, ${count('month(d) = 1 AND day(d) = 1')} AS january_1
  FROM ${DAYS_TABLE}`;

/** Counts per year (part `y`), day of the month (`d`) and ISO weekday (`w`). */
export const DAY_COUNTS = ['y', 'd', 'w']
  .map(
    (part) =>
      `SELECT '${part}' AS part, ${{ y: 'year', d: 'day', w: 'isodow' }[part]}(d) AS place, SUM(n) AS n FROM ${DAYS_TABLE} WHERE d IS NOT NULL GROUP BY place`,
  )
  .join(' UNION ALL ');

/** Counts per minute of the day; 1440 is 24:00 and -1 no time. `digits`: 2130 and 845 are times, as integers. */
export function minutesSelect(digits: boolean): string {
  const parts = digits
    ? `SELECT i // 100 AS h, i % 100 AS m, '' AS p, n FROM (
         SELECT TRY_CAST(regexp_extract(v, '^\\s*([0-9]{1,4})(?:\\.0+)?\\s*$', 1) AS INTEGER) AS i, n
         FROM ${VALUES_TABLE} WHERE k IN ('integer', 'decimal'))`
    : `SELECT TRY_CAST(p.h AS INTEGER) AS h, TRY_CAST(p.m AS INTEGER) AS m, lower(p.p) AS p, n FROM (
         SELECT regexp_extract(v, '([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?:\\.[0-9]+)?\\s?([AaPp])?', ['h', 'm', 'p']) AS p, n
         FROM ${VALUES_TABLE} WHERE k = 'time' OR (k = 'date' AND contains(v, ':')))`;
  return `SELECT CASE
      WHEN h IS NULL OR m IS NULL OR m > 59 THEN -1
      WHEN p <> '' AND (h < 1 OR h > 12) THEN -1
      WHEN p <> '' THEN (h % 12 + CASE WHEN p = 'p' THEN 12 ELSE 0 END) * 60 + m
      WHEN h = 24 AND m = 0 THEN 1440
      WHEN h > 23 THEN -1
      ELSE h * 60 + m END AS place, SUM(n) AS n
    FROM (${parts}) GROUP BY place`;
}

/** Points of a latitude and a longitude column, as la, lo (degrees), state, n. `where` is a condition or empty. */
export function pointsSelect(relation: string, latitude: string, longitude: string, where: string): string {
  const isNothing = (text: string) =>
    `(trim(${text}) = '' OR lower(trim(${text})) IN (${MARKERS.map(literal).join(', ')}))`;
  return `SELECT la, lo, CASE
        WHEN nothing THEN 'missing' WHEN la IS NULL OR lo IS NULL OR abs(la) > 90 OR abs(lo) > 180 OR isnan(la) OR isnan(lo) THEN 'unreadable'
        WHEN la = 0 OR lo = 0 THEN 'zero' ELSE 'located' END AS state, SUM(n) AS n
    FROM (SELECT TRY_CAST(trim(a) AS DOUBLE) AS la, TRY_CAST(trim(o) AS DOUBLE) AS lo, ${isNothing('a')} OR ${isNothing('o')} AS nothing, n
      FROM (SELECT ${asText('ga')} AS a, ${asText('go')} AS o, n FROM (
        SELECT ${identifier(latitude)} AS ga, ${identifier(longitude)} AS go, COUNT(*) AS n FROM ${identifier(relation)} ${where} GROUP BY ga, go)))
    GROUP BY la, lo, state`;
}

export interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

const inside = (box: Box): string =>
  `la BETWEEN ${literal(box.south)} AND ${literal(box.north)} AND lo BETWEEN ${literal(box.west)} AND ${literal(box.east)}`;

export function pointFacts(city: Box | null): string {
  const state = (name: string) => count(`state = ${literal(name)}`);
  const located = "state = 'located'";
  const of = (aggregate: string, column: string) => `${aggregate}(${column}) FILTER (WHERE ${located})`;
  return `SELECT COALESCE(SUM(n), 0) AS records, ${['located', 'missing', 'zero', 'unreadable'].map((name) => `${state(name)} AS ${name}`).join(', ')},
      ${of('MIN', 'la')} AS south, ${of('MAX', 'la')} AS north, ${of('MIN', 'lo')} AS west, ${of('MAX', 'lo')} AS east,
      COUNT(*) FILTER (WHERE ${located}) AS points, ${city ? count(`${located} AND NOT (${inside(city)})`) : 'NULL'} AS outside
    FROM ${POINTS_TABLE}`;
}

export const SHARED_POINTS = `SELECT la, lo, n FROM ${POINTS_TABLE} WHERE state = 'located' ORDER BY n DESC, la, lo LIMIT ${TOP_POINTS}`;

const spread = (column: string, low: string, high: string): string =>
  `SELECT MIN(${column}) FILTER (WHERE reached >= 0.005e0 * total) AS ${low}, MIN(${column}) FILTER (WHERE reached >= 0.995e0 * total) AS ${high}
   FROM (SELECT ${column}, SUM(n) OVER (ORDER BY ${column}) AS reached, SUM(n) OVER () AS total FROM ${POINTS_TABLE} WHERE state = 'located')`;

export const POINT_SPREAD = `SELECT * FROM (${spread('la', 'south', 'north')}), (${spread('lo', 'west', 'east')})`;

export function gridSelect(box: Box, columns: number, rows: number): string {
  const cell = (column: string, from: number, to: number, cells: number) =>
    `LEAST(${cells - 1}, CAST(floor((${column} - ${literal(from)}) / (${literal(to)} - ${literal(from)}) * ${cells}) AS INTEGER))`;
  return `SELECT ${cell('lo', box.west, box.east, columns)} AS x, ${cell('la', box.south, box.north, rows)} AS y, SUM(n) AS n
    FROM ${POINTS_TABLE} WHERE state = 'located' AND ${inside(box)} GROUP BY x, y ORDER BY y, x`;
}

/** Hashes of every row: i of the id (null when empty), o of the compared columns, f of all. 64 bits: of 10 million rows two differing ones are equal with a probability of 3 in a million. */
export function rowsSelect(
  relation: string,
  id: string | null,
  compared: readonly string[],
  all: readonly string[],
): string {
  const hash = (columns: readonly string[]) =>
    columns.length === 0 ? '0' : `hash(${columns.map(identifier).join(', ')})`;
  const idHash =
    id === null ? 'NULL' : `CASE WHEN ${asText(identifier(id))} <> '' THEN hash(${identifier(id)}) END`;
  return `SELECT ${idHash} AS i, ${hash(compared)} AS o, ${hash(all)} AS f FROM ${identifier(relation)}`;
}

const groups = (grouped: string): string =>
  `SELECT COUNT(*) AS "groups", COALESCE(SUM(n), 0) AS records FROM (${grouped})`;

export const IDENTICAL_ROWS = groups(
  `SELECT COUNT(*) AS n FROM ${ROWS_TABLE} GROUP BY f HAVING COUNT(*) > 1`,
);
export const IDENTICAL_EXCEPT_ID = groups(
  `SELECT COUNT(*) AS n FROM ${ROWS_TABLE} WHERE i IS NOT NULL GROUP BY o HAVING MIN(i) <> MAX(i)`,
);
export const REPEATED_IDS_DIFFERENT = groups(
  `SELECT COUNT(*) AS n FROM ${ROWS_TABLE} WHERE i IS NOT NULL GROUP BY i HAVING MIN(f) <> MAX(f)`,
);
