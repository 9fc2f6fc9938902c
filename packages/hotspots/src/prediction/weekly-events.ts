import { dayIndexOf, requireArgument, weekdayOf } from '@crimetracker/analysis-kit';

/** Incidents of one kind by week and cell, in the order of weeks. */
export interface WeeklyEvents {
  /** ISO date of the Monday of week 0. */
  readonly firstMonday: string;
  /** Entries of week w stand from `weekStarts[w]` up to `weekStarts[w + 1]`; one more than there are weeks. */
  readonly weekStarts: Int32Array;
  /** Place of the cell in its grid. */
  readonly cellOfEvent: Int32Array;
  /** Incidents of each entry; one each when absent. */
  readonly countOfEvent?: Int32Array;
}

/** Adds the incidents of weeks `from` to `to − 1` to the cells, each times `weight`. */
export function addWeeks(
  events: WeeklyEvents,
  from: number,
  to: number,
  into: Float64Array,
  weight = 1,
): void {
  const { weekStarts, cellOfEvent, countOfEvent } = events;
  const end = weekStarts[to] as number;
  for (let event = weekStarts[from] as number; event < end; event += 1) {
    const cell = cellOfEvent[event] as number;
    const count = countOfEvent === undefined ? 1 : (countOfEvent[event] as number);
    into[cell] = (into[cell] as number) + weight * count;
  }
}

/** Incidents of each week. */
export function countByWeek(events: WeeklyEvents): Float64Array {
  const { weekStarts, countOfEvent } = events;
  const counts = new Float64Array(weekStarts.length - 1);
  for (let week = 0; week < counts.length; week += 1) {
    const start = weekStarts[week] as number;
    const end = weekStarts[week + 1] as number;
    let count = end - start;
    if (countOfEvent !== undefined) {
      count = 0;
      for (let event = start; event < end; event += 1) count += countOfEvent[event] as number;
    }
    counts[week] = count;
  }
  return counts;
}

/** Throws unless the events are laid out as they say, in cells of a grid of `cells`. */
export function requireEvents(events: WeeklyEvents, cells: number, where: string): void {
  const { firstMonday, weekStarts, cellOfEvent, countOfEvent } = events;
  const day = dayIndexOf(firstMonday);
  requireArgument(day !== undefined && weekdayOf(day) === 0, where, `${firstMonday} is not a Monday`);
  requireArgument(weekStarts[0] === 0, where, 'the first week starts at entry 0');
  for (let week = 1; week < weekStarts.length; week += 1) {
    const isAscending = (weekStarts[week] as number) >= (weekStarts[week - 1] as number);
    requireArgument(isAscending, where, `week ${week - 1} ends before it starts`);
  }
  const entries = weekStarts[weekStarts.length - 1];
  requireArgument(
    entries === cellOfEvent.length,
    where,
    `weeks hold ${entries} of ${cellOfEvent.length} entries`,
  );
  requireArgument(
    countOfEvent === undefined || countOfEvent.length === cellOfEvent.length,
    where,
    'there is one count for each entry',
  );
  let isInside = true;
  for (let event = 0; event < cellOfEvent.length; event += 1) {
    const cell = cellOfEvent[event] as number;
    if (cell < 0 || cell >= cells) isInside = false;
    if (countOfEvent !== undefined && (countOfEvent[event] as number) < 0) isInside = false;
  }
  requireArgument(isInside, where, `entries lie in cells 0 to ${cells - 1} and have counts of at least 0`);
}
