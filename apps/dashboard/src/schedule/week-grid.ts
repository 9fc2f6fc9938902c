import { WEEKDAYS } from '@crimetracker/analysis-kit';
import type { ScheduleView } from '../documents.js';

const DAY_HOURS = 24;

/** Units on duty in one part of the week. */
export interface DutyPart {
  readonly label: string;
  /** Mean of the units on duty in the hours of the part. */
  readonly units: number;
}

/** A week in parts of so many hours, Monday first; parts are as long as a shift where that divides the day, else six hours. */
export function dutyParts(onDuty: readonly number[], shiftHours: number): readonly DutyPart[] {
  const length = DAY_HOURS % shiftHours === 0 ? shiftHours : 6;
  return Array.from({ length: onDuty.length / length }, (_, part) => {
    const from = part * length;
    const hours = onDuty.slice(from, from + length);
    const start = from % DAY_HOURS;
    const day = WEEKDAYS[Math.floor(from / DAY_HOURS)] ?? '';
    return {
      label: `${day} ${hourText(start)}–${hourText(start + length)}`,
      units: hours.reduce((sum, units) => sum + units, 0) / Math.max(1, hours.length),
    };
  });
}

const hourText = (hour: number): string => `${String(hour % DAY_HOURS).padStart(2, '0')}:00`;

/** The beginnings of shifts, each once, in order. */
export function shiftStarts({ shifts }: ScheduleView): readonly string[] {
  return [...new Set(shifts.map(({ start }) => start))].sort();
}

/** A local instant such as 2024-01-01T08:00 in words. */
export function startText(start: string): string {
  const day = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  return `${WEEKDAYS[(day.getUTCDay() + 6) % 7]} ${start.slice(11)}`;
}
