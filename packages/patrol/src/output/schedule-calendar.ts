import ical from 'ical-generator';
import type { PlannedShift } from '../visits/plan-week.js';
import type { PublishedSchedule } from './published-schedule.js';
import { CLAIM } from './published-schedule.js';
import { localTime } from './words.js';

/**
 * Writes the shifts as an iCalendar file, one event each, with the visits in the description.
 *
 * Times are UTC instants, which mean the same everywhere; calendars show them on the clock of the reader, and
 * X-WR-TIMEZONE names the city's. An event keeps its UID as long as unit, date and city do, so that a new file of the
 * same week replaces the old one. Times in descriptions are those of the city's clocks.
 */
export function writeScheduleCalendar({ meta, schedule, shifts }: PublishedSchedule): string {
  const calendar = ical({
    prodId: { company: 'CrimeTracker 360', product: 'patrol', language: 'EN' },
    name: escapeText(`Patrol schedule, ${meta.city}, week of ${meta.weekStart}`),
    x: [['X-WR-TIMEZONE', meta.timeZone]],
  });
  for (const shift of shifts) {
    const jurisdiction = schedule.demand.jurisdictions[shift.jurisdiction] ?? '';
    calendar.createEvent({
      id: `${[meta.city, shift.unit, shift.date].map(encodeURIComponent).join('/')}@crimetracker360`,
      stamp: new Date(meta.createdAt),
      start: new Date(shift.startMs),
      end: new Date(shift.endMs),
      summary: plain(`${shift.unit}: ${jurisdiction}`),
      description: plain(describeShift(shift, meta.timeZone)),
    });
  }
  return calendar.toString();
}

function describeShift({ visits, meal }: PlannedShift, timeZone: string): string {
  const span = (startMs: number, endMs: number): string =>
    `${localTime(timeZone, startMs).clock}–${localTime(timeZone, endMs).clock}`;
  const lines = visits.map(({ startMs, endMs, cell }) => ({
    startMs,
    text: `${span(startMs, endMs)} ${cell.h3} (${cell.latitude.toFixed(5)}, ${cell.longitude.toFixed(5)})`,
  }));
  if (meal !== undefined)
    lines.push({ startMs: meal.startMs, text: `${span(meal.startMs, meal.endMs)} break` });
  lines.sort((a, b) => a.startMs - b.startMs);
  return [
    visits.length === 0 ? 'No visits planned.' : 'Visits, around calls for service:',
    ...lines.map(({ text }) => text),
    '',
    CLAIM,
  ].join('\n');
}

/** Control characters are not allowed in iCalendar; line breaks are escaped by the writer. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const plain = (text: string): string => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ');

/** The writer escapes everything but the name of the calendar. */
const escapeText = (text: string): string =>
  plain(text)
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', ' ');
