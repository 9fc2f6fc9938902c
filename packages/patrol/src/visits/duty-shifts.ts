import {
  dayIndexOf,
  instantsOf,
  isoDateOf,
  MS_PER_DAY,
  MS_PER_HOUR,
  requireArgument,
  weekdayOf,
} from '@crimetracker/analysis-kit';
import type { Schedule } from '../schedule.js';

/** The week of a city in which a schedule is worked. */
export interface ScheduledWeek {
  /** ISO date of its Monday. */
  readonly weekStart: string;
  /** IANA time zone. */
  readonly timeZone: string;
}

/** One shift of one unit. */
export interface DutyShift {
  readonly unit: string;
  /** Place of the jurisdiction in the demand. */
  readonly jurisdiction: number;
  /** Civil date on which it begins. */
  readonly date: string;
  /** Hour of the week at which it begins by the clock, Monday 0. */
  readonly firstHour: number;
  /** Instants, milliseconds since 1970-01-01 UTC. */
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The shifts that begin in a week, by start and unit. Shifts begin and end by the clock on the wall, so that the next
 * one takes over without a gap: a shift in whose night clocks change is an hour shorter or longer. In an hour that is
 * repeated they begin and end the first time.
 * A week that does not begin on a Monday throws, an unknown time zone too (RangeError).
 */
export function dutyShifts(schedule: Schedule, week: ScheduledWeek): readonly DutyShift[] {
  const monday = dayIndexOf(week.weekStart);
  requireArgument(
    monday !== undefined && weekdayOf(monday) === 0,
    'dutyShifts',
    `a week begins on a Monday, got ${week.weekStart}`,
  );
  const instantOf = (localMs: number): number => instantsOf(week.timeZone, localMs)[0];
  return schedule.lines
    .flatMap(({ unit, jurisdiction, startHour, days }) =>
      days.map((day) => {
        const dayIndex = (monday ?? 0) + day;
        const startLocalMs = dayIndex * MS_PER_DAY + startHour * MS_PER_HOUR;
        return {
          unit,
          jurisdiction,
          date: isoDateOf(dayIndex),
          firstHour: day * 24 + startHour,
          startMs: instantOf(startLocalMs),
          endMs: instantOf(startLocalMs + schedule.rules.shiftHours * MS_PER_HOUR),
        };
      }),
    )
    .sort((a, b) => a.startMs - b.startMs || (a.unit < b.unit ? -1 : Number(a.unit > b.unit)));
}
