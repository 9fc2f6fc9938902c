import { WEEKDAYS } from '@crimetracker/analysis-kit';

export const HOURS_PER_WEEK = 168;
export const MINUTES_PER_WEEK = 10_080;
export const MINUTES_PER_DAY = 1440;

/** One of the 168 weekday × hour slots of a week, in local time. */
export interface WeekSlot {
  /** Monday = 0 to Sunday = 6. */
  readonly weekday: number;
  /** 0 to 23. */
  readonly hour: number;
}

/** The place of a slot in an array of 168: Monday 00:00 is 0, Sunday 23:00 is 167. */
export function slotIndex({ weekday, hour }: WeekSlot): number {
  return weekday * 24 + hour;
}

/** The slot at a place in an array of 168; places wrap around the week. */
export function slotAt(index: number): WeekSlot {
  const wrapped = ((index % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK;
  return { weekday: Math.floor(wrapped / 24), hour: wrapped % 24 };
}

/** A slot in words, such as "Friday 22:00–23:00"; with hours, a block from that slot on. */
export function slotText(index: number, hours = 1): string {
  const start = slotAt(index);
  const end = slotAt(index + hours);
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  const isOvernight = end.weekday !== start.weekday && end.hour !== 0;
  const endText = `${isOvernight ? `${WEEKDAYS[end.weekday]} ` : ''}${end.hour === 0 ? '24:00' : clock(end.hour)}`;
  return `${WEEKDAYS[start.weekday]} ${clock(start.hour)}–${endText}`;
}
