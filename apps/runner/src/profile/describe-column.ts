import type { ColumnProfile, DateProfile, ValueKind } from './profile-schema.js';

/** Values that say something: not empty and no null marker. */
export function filledOf({ kinds }: ColumnProfile): number {
  return (['integer', 'decimal', 'date', 'time', 'text'] as const).reduce(
    (sum, kind) => sum + (kinds[kind] ?? 0),
    0,
  );
}

export interface Holding {
  /** What most filled values are. */
  readonly kind: ValueKind | 'number' | 'time in digits';
  /** Share of the filled values, 0 to 1. */
  readonly share: number;
  /** Most frequent shape of a column of dates or times. */
  readonly shape: string | null;
}

/** What a column mostly holds; null when it holds nothing. */
export function holdingOf(column: ColumnProfile): Holding | null {
  const filled = filledOf(column);
  if (filled === 0) return null;
  const { integer = 0, decimal = 0, date = 0, time = 0, text = 0 } = column.kinds;
  const numeric = integer > 0 && decimal > 0 ? 'number' : integer > 0 ? 'integer' : 'decimal';
  const parts: readonly (readonly [Holding['kind'], number])[] = [
    [column.times && integer + decimal > 0 ? 'time in digits' : numeric, integer + decimal],
    ['date', date],
    ['time', time],
    ['text', text],
  ];
  const [kind, records] = parts.reduce((most, part) => (part[1] > most[1] ? part : most));
  const isShaped = kind === 'date' || kind === 'time';
  const shape = isShaped
    ? (column.shapes.top.find((top) => /9[/.:-]9|9{8}/.test(top.shape))?.shape ?? null)
    : null;
  return { kind, share: records / filled, shape };
}

const MAX_YEARS = 30;
/** Years with a smaller share are typos, and would squeeze the others together. */
const YEAR_SHARE = 0.0005;

/** Years in a row, empty ones too, without the strays far from the others. */
export function mainYears({
  years,
  records,
}: DateProfile): readonly { readonly year: number; readonly records: number }[] {
  const counts = new Map(years.map(({ year, records: n }) => [year, n]));
  const main = years.filter(({ records: n }) => n >= YEAR_SHARE * records).map(({ year }) => year);
  const last = main.at(-1);
  if (last === undefined) return [];
  const first = Math.max(main[0] ?? last, last - MAX_YEARS + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    year: first + index,
    records: counts.get(first + index) ?? 0,
  }));
}

/** Sums the minutes of the day by hour. */
export function hoursOf(minutes: readonly number[]): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) =>
    minutes.slice(hour * 60, hour * 60 + 60).reduce((sum, n) => sum + n, 0),
  );
}

/** A latitude or longitude as people read it. */
export const degrees = (value: number): string => value.toFixed(5);
