const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]m)?$/i;
const MILITARY = /^(\d{1,4}|\d,\d{3})(?:\.0*)?$/;

export interface TimeOfDay {
  /** `HH:MM`. */
  readonly time: string;
  /** True when the text said 24:00, which is given as 23:59 of the same day. */
  readonly at24: boolean;
}

/**
 * Reads a time of day: `HH:MM`, `H:MM:SS`, either with AM or PM; with `digits` also military digits, where `1`
 * is 00:01 and `845` is 08:45. Seconds are dropped. Null when the text is not a time of day.
 */
export function readTime(text: string, options: { readonly digits?: boolean } = {}): TimeOfDay | null {
  const trimmed = text.trim();
  const clock = CLOCK.exec(trimmed);
  if (clock !== null) return fromClock(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), clock[4]);
  if (options.digits !== true) return null;
  const military = MILITARY.exec(trimmed);
  if (military === null) return null;
  const value = Number((military[1] ?? '').replace(',', ''));
  return timeOfDay(Math.floor(value / 100), value % 100, 0);
}

function fromClock(hour: number, minute: number, second: number, half: string | undefined): TimeOfDay | null {
  if (half === undefined) return timeOfDay(hour, minute, second);
  if (hour < 1 || hour > 12) return null;
  return timeOfDay((hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0), minute, second);
}

function timeOfDay(hour: number, minute: number, second: number): TimeOfDay | null {
  if (hour === 24 && minute === 0 && second === 0) return { time: '23:59', at24: true };
  if (hour > 23 || minute > 59 || second > 59) return null;
  return { time: `${twoDigits(hour)}:${twoDigits(minute)}`, at24: false };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
