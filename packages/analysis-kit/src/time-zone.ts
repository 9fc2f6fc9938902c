import { MS_PER_DAY } from './civil-date.js';

/** A change of the offset from UTC. */
export interface ZoneTransition {
  /** First instant of the new offset, milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
  /** Local minus UTC, milliseconds. */
  readonly offsetBeforeMs: number;
  readonly offsetAfterMs: number;
}

interface ZoneYear {
  readonly firstOffsetMs: number;
  readonly transitions: readonly ZoneTransition[];
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const zoneYears = new Map<string, ZoneYear>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

function askOffsetMs(timeZone: string, utcMs: number): number {
  const fields: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(utcMs)) fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000;
}

/** Asks every week for the offset and bisects where it differs; two changes within a week would go unseen. */
function findZoneYear(timeZone: string, year: number): ZoneYear {
  const end = Date.UTC(year + 1, 0, 1);
  const transitions: ZoneTransition[] = [];
  let from = Date.UTC(year, 0, 1);
  let offsetMs = askOffsetMs(timeZone, from);
  const firstOffsetMs = offsetMs;
  while (from < end) {
    const to = Math.min(from + 7 * MS_PER_DAY, end);
    const nextOffsetMs = askOffsetMs(timeZone, to);
    if (nextOffsetMs !== offsetMs) {
      let before = from;
      let after = to;
      while (after - before > 1000) {
        const middle = Math.floor((before + after) / 2000) * 1000;
        if (askOffsetMs(timeZone, middle) === offsetMs) before = middle;
        else after = middle;
      }
      // A change in the first instant of the next year belongs to that year.
      if (after < end) {
        transitions.push({ atMs: after, offsetBeforeMs: offsetMs, offsetAfterMs: nextOffsetMs });
        offsetMs = nextOffsetMs;
      }
    }
    from = to;
  }
  return { firstOffsetMs, transitions };
}

function zoneYearOf(timeZone: string, year: number): ZoneYear {
  const key = `${timeZone} ${year}`;
  let found = zoneYears.get(key);
  if (found === undefined) {
    found = findZoneYear(timeZone, year);
    zoneYears.set(key, found);
  }
  return found;
}

/**
 * The changes of offset of an IANA time zone in one UTC year, in order, as Intl.DateTimeFormat knows them.
 * Throws RangeError for an unknown zone. Looked up once per zone and year.
 */
export function zoneTransitions(timeZone: string, year: number): readonly ZoneTransition[] {
  return zoneYearOf(timeZone, year).transitions;
}

/** Local minus UTC of a zone at an instant, in milliseconds. */
export function zoneOffsetMs(timeZone: string, utcMs: number): number {
  const { firstOffsetMs, transitions } = zoneYearOf(timeZone, new Date(utcMs).getUTCFullYear());
  let offsetMs = firstOffsetMs;
  for (const transition of transitions) if (utcMs >= transition.atMs) offsetMs = transition.offsetAfterMs;
  return offsetMs;
}

/**
 * The instants at which a clock on the wall shows a local time, in order: two in an hour that is repeated in autumn.
 * A time in the hour left out in spring gets the one instant that the offset before the change gives, so 02:30 is
 * 03:30, as Temporal's "compatible" rule has it.
 */
export function instantsOf(timeZone: string, localMs: number): readonly [number, ...number[]] {
  const before = zoneOffsetMs(timeZone, localMs - MS_PER_DAY);
  const after = zoneOffsetMs(timeZone, localMs + MS_PER_DAY);
  const isShown = (offsetMs: number): boolean => zoneOffsetMs(timeZone, localMs - offsetMs) === offsetMs;
  const first = localMs - before;
  if (before === after) return [first];
  if (!isShown(before)) return [isShown(after) ? localMs - after : first];
  return isShown(after) ? [first, localMs - after] : [first];
}
