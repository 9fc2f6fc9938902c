import type { SqlRow } from '@crimetracker/engine';

export const shareText = (value: unknown): string =>
  value === null ? '–' : `${(100 * Number(value)).toFixed(1)} %`;
/** A change in per cent; what is hardly bounded is not written out. */
export const percentText = (value: unknown): string =>
  value === null || Number(value) > 1000 ? 'over 1,000 %' : `${Number(value).toFixed(1)} %`;
export const rateText = (value: unknown): string => (value === null ? '–' : Number(value).toFixed(2));
export const changeText = (ratio: unknown): string => {
  if (ratio === null || ratio === undefined) return '–';
  const percent = 100 * (Number(ratio) - 1);
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;
};
/** The rows of a table; none when it is not there. */
export const rowsOf = (tables: ReadonlyMap<string, readonly SqlRow[]>, name: string): readonly SqlRow[] =>
  tables.get(name) ?? [];
