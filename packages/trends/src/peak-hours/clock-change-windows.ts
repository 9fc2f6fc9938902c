import { isoDateOf, MS_PER_DAY, MS_PER_MINUTE, zoneTransitions } from '@crimetracker/analysis-kit';

/** A stretch of local time that a change of the clocks left out or repeated, both ends included. */
export interface ClockChangeWindow {
  /** YYYY-MM-DD HH:MM on the city's clocks. */
  readonly from: string;
  readonly to: string;
  readonly kind: 'left-out' | 'repeated';
}

const localText = (localMs: number): string => {
  const dayIndex = Math.floor(localMs / MS_PER_DAY);
  const minutes = Math.floor((localMs - dayIndex * MS_PER_DAY) / MS_PER_MINUTE);
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return `${isoDateOf(dayIndex)} ${clock.join(':')}`;
};

/**
 * The windows that decide which intervals aoristicMatrix needs with their dates: those whose earlier end is at or
 * before `to` and whose later end is at or after `from`. Every other one is the same with and without its dates;
 * so is any over seven days and one hour. Years from first to last, both included.
 */
export function clockChangeWindows(
  timeZone: string,
  firstYear: number,
  lastYear: number,
): readonly ClockChangeWindow[] {
  const windows: ClockChangeWindow[] = [];
  for (let year = firstYear; year <= lastYear; year++) {
    for (const { atMs, offsetBeforeMs, offsetAfterMs } of zoneTransitions(timeZone, year)) {
      windows.push({
        from: localText(atMs + Math.min(offsetBeforeMs, offsetAfterMs)),
        to: localText(atMs + Math.max(offsetBeforeMs, offsetAfterMs)),
        kind: offsetAfterMs > offsetBeforeMs ? 'left-out' : 'repeated',
      });
    }
  }
  return windows;
}
