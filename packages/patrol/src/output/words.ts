import {
  dayIndexOf,
  isoDateOf,
  MS_PER_DAY,
  MS_PER_MINUTE,
  weekdayOf,
  zoneOffsetMs,
} from '@crimetracker/analysis-kit';
import type { Schedule } from '../schedule.js';

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A number with commas and so many decimals, none by default. */
export function number(value: number, decimals = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A share in per cent with one decimal, or with two digits where that would be less. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value === 0 || Math.abs(value) >= 1) return `${value.toFixed(1)} %`;
  return `${Number(value.toPrecision(2))} %`;
}

/** Percentage points with their sign, with two decimals below 1. */
export function points(difference: number): string {
  const size = Math.abs(100 * difference);
  return `${difference < 0 ? '−' : '+'}${size.toFixed(size >= 1 ? 1 : 2)} points`;
}

/** A count with its noun. */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `6` as `06:00`. */
export function hourText(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}

/** Weekdays as `Mon–Fri` when they follow each other, else as `Mon, Wed`. */
export function daysText(days: readonly number[]): string {
  const name = (day: number | undefined): string => (DAYS[day ?? 0] ?? '').slice(0, 3);
  const isRow = days.length > 2 && days.every((day, index) => day === (days[0] ?? 0) + index);
  return isRow ? `${name(days[0])}–${name(days.at(-1))}` : days.map(name).join(', ');
}

/** `2026-05-04` as `Monday 4 May 2026`. */
export function dateText(isoDate: string): string {
  const [year = '', month = '', day = ''] = isoDate.split('-');
  return `${DAYS[weekdayOf(dayIndexOf(isoDate) ?? 0)]} ${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

export interface LocalTime {
  /** ISO date. */
  readonly date: string;
  /** HH:MM. */
  readonly clock: string;
  /** Such as `UTC-04:00`. */
  readonly offset: string;
}

/** What clocks and calendar of a time zone show at an instant. */
export function localTime(timeZone: string, utcMs: number): LocalTime {
  const offsetMs = zoneOffsetMs(timeZone, utcMs);
  const localMs = utcMs + offsetMs;
  const dayIndex = Math.floor(localMs / MS_PER_DAY);
  const minutes = Math.round(Math.abs(offsetMs) / MS_PER_MINUTE);
  return {
    date: isoDateOf(dayIndex),
    clock: clockText(Math.floor((localMs - dayIndex * MS_PER_DAY) / MS_PER_MINUTE)),
    offset: `UTC${offsetMs < 0 ? '-' : '+'}${clockText(minutes)}`,
  };
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export const METHODS: Readonly<Record<Schedule['method'], string>> = {
  optimal: 'proven: the solver closed the gap it was asked to close',
  feasible: 'the best that the solver found before time ran out',
  greedy: 'chosen step by step, as the solver found nothing in time',
};
