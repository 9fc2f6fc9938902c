const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A number with commas and so many decimals, none by default; a minus sign, not a hyphen. */
export function number(value: number, decimals = 0): string {
  return value
    .toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace('-', '−');
}

/** A share in per cent with one decimal, or with two digits where that would be less. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value === 0 || Math.abs(value) >= 1) return `${number(value, 1)} %`;
  return `${Number(value.toPrecision(2))} %`;
}

/** A number with its sign; a minus sign, not a hyphen. */
export function signed(text: string, value: number): string {
  const size = text.replace(/^[-−]/, '');
  if (value === 0) return size;
  return `${value < 0 ? '−' : '+'}${size}`;
}

/** `2023-12-01` as `1 December 2023`. */
export function dateText(isoDate: string): string {
  const [year = '', month = '', day = ''] = isoDate.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** `2023-12-01` as `December 2023`. */
export function monthText(isoDate: string): string {
  const [year = '', month = ''] = isoDate.split('-');
  return `${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** A count with its noun. */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}
