/** A count with its noun: `1 record`, `2,700 records`. */
export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? noun : plural}`;
}

/** A share as per cent; small ones keep two digits that count, and none but 0 is written as 0. */
export function percentOf(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.01) return '<0.01 %';
  if (percent < 1) return `${percent.toFixed(2)} %`;
  if (percent > 99.9 && percent < 100) return '>99.9 %';
  return `${percent.toFixed(1)} %`;
}

/** A number short enough for a table: at most six digits that count. */
export function figure(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  return value.toLocaleString('en-US', { maximumFractionDigits: size >= 1000 ? 1 : size >= 10 ? 3 : 5 });
}

/** How many times as much: `12.3×`. */
export function times(ratio: number): string {
  return `${ratio >= 100 ? Math.round(ratio).toLocaleString('en-US') : ratio.toFixed(ratio >= 10 ? 0 : 1)}×`;
}

/** Items in a sentence: `a, b and c`; more than `most` are counted. */
export function listed(items: readonly string[], most = 5): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
