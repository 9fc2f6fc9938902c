import { MS_PER_HOUR } from '@crimetracker/analysis-kit';
import { writeToString } from 'fast-csv';
import type { PublishedSchedule } from './published-schedule.js';
import { localTime } from './words.js';

type Cell = string | number;

/** The two tables of a schedule as CSV text. */
export interface ScheduleCsv {
  /** One row per unit and shift. */
  readonly shifts: string;
  /** One row per visit. */
  readonly visits: string;
}

/**
 * Writes shifts and visits as CSV. Times are those of the city's clocks, with their offset from UTC. A text that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 */
export async function writeScheduleCsv({ meta, schedule, shifts }: PublishedSchedule): Promise<ScheduleCsv> {
  const { jurisdictions } = schedule.demand;
  const stamp = (name: string, ms: number): Readonly<Record<string, Cell>> => {
    const { date, clock, offset } = localTime(meta.timeZone, ms);
    return { [`${name}_local`]: `${date} ${clock}`, [`${name}_utc_offset`]: offset };
  };
  const shiftRows = shifts.map((shift) => ({
    unit: shift.unit,
    jurisdiction: jurisdictions[shift.jurisdiction] ?? '',
    shift_date: shift.date,
    ...stamp('start', shift.startMs),
    ...stamp('end', shift.endMs),
    duration_hours: (shift.endMs - shift.startMs) / MS_PER_HOUR,
    visits: shift.visits.length,
    cells: shift.cells.map(({ h3 }) => h3).join(' '),
  }));
  const visitRows = shifts.flatMap((shift) =>
    shift.visits.map((visit, index) => ({
      unit: shift.unit,
      jurisdiction: jurisdictions[shift.jurisdiction] ?? '',
      shift_date: shift.date,
      visit: index + 1,
      ...stamp('start', visit.startMs),
      ...stamp('end', visit.endMs),
      duration_minutes: visit.minutes,
      travel_minutes: visit.travelMinutes,
      h3: visit.cell.h3,
      latitude: Number(visit.cell.latitude.toFixed(5)),
      longitude: Number(visit.cell.longitude.toFixed(5)),
    })),
  );
  const [shiftText, visitText] = await Promise.all([
    toCsv(SHIFT_COLUMNS, shiftRows),
    toCsv(VISIT_COLUMNS, visitRows),
  ]);
  return { shifts: shiftText, visits: visitText };
}

const TIMES = ['start_local', 'start_utc_offset', 'end_local', 'end_utc_offset'];
const SHIFT_COLUMNS = ['unit', 'jurisdiction', 'shift_date', ...TIMES, 'duration_hours', 'visits', 'cells'];
const VISIT_COLUMNS = [
  'unit',
  'jurisdiction',
  'shift_date',
  'visit',
  ...TIMES,
  'duration_minutes',
  'travel_minutes',
  'h3',
  'latitude',
  'longitude',
];

function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): Promise<string> {
  const cells = rows.map((row) => columns.map((column) => harmless(row[column] ?? '')));
  return writeToString([[...columns], ...cells], { includeEndRowDelimiter: true });
}

/** Spreadsheets run a text that begins with one of these; numbers are not text. */
function harmless(cell: Cell): Cell {
  return typeof cell === 'string' && /^[\s\0]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/.test(cell)
    ? `'${cell}`
    : cell;
}
