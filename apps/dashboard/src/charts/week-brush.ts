import type { Filters } from '@crimetracker/crossfilter';

/** A cell of the week: weekday Monday 0, and hour. */
export interface WeekCell {
  readonly weekday: number;
  readonly hour: number;
}

export const DAYS = 7;
export const HOURS = 24;

type WeekFilters = Pick<Filters, 'weekday' | 'hour'>;

const between = (a: number, b: number): readonly number[] => {
  const first = Math.min(a, b);
  return Array.from({ length: Math.abs(a - b) + 1 }, (_, step) => first + step);
};

/** The filters of a rectangle between two of its corners; all days, or all hours, are no filter. */
export function weekFilters(a: WeekCell, b: WeekCell): { [name in keyof WeekFilters]-?: WeekFilters[name] } {
  const weekday = between(a.weekday, b.weekday);
  const hour = between(a.hour, b.hour);
  return {
    weekday: weekday.length === DAYS ? undefined : weekday,
    hour: hour.length === HOURS ? undefined : hour,
  };
}

/** Whether the filters let an hour of the week through. */
export function isWeekCellChosen({ weekday, hour }: WeekFilters, cell: WeekCell): boolean {
  return (weekday?.includes(cell.weekday) ?? true) && (hour?.includes(cell.hour) ?? true);
}

/** Whether a cell lies in the rectangle between two corners. */
export function isBetween(cell: WeekCell, a: WeekCell, b: WeekCell): boolean {
  const inside = (value: number, one: number, other: number): boolean =>
    value >= Math.min(one, other) && value <= Math.max(one, other);
  return inside(cell.weekday, a.weekday, b.weekday) && inside(cell.hour, a.hour, b.hour);
}

/** Where an arrow key (also Home and End) leads; undefined for any other key. */
export function movedCell({ weekday, hour }: WeekCell, key: string): WeekCell | undefined {
  switch (key) {
    case 'ArrowLeft':
      return { weekday, hour: Math.max(0, hour - 1) };
    case 'ArrowRight':
      return { weekday, hour: Math.min(HOURS - 1, hour + 1) };
    case 'ArrowUp':
      return { weekday: Math.max(0, weekday - 1), hour };
    case 'ArrowDown':
      return { weekday: Math.min(DAYS - 1, weekday + 1), hour };
    case 'Home':
      return { weekday, hour: 0 };
    case 'End':
      return { weekday, hour: HOURS - 1 };
    default:
      return undefined;
  }
}
