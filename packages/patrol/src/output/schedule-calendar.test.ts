import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { PublishedSchedule } from './published-schedule.js';
import { writeScheduleCalendar } from './schedule-calendar.js';
import { hostilePublished, testingPublished } from './testing-published.js';

/** The events as another program reads them. */
function eventsOf(published: PublishedSchedule) {
  const calendar = new ICAL.Component(ICAL.parse(writeScheduleCalendar(published)));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      startMs: event.startDate.toJSDate().getTime(),
      endMs: event.endDate.toJSDate().getTime(),
    };
  });
}

describe('writeScheduleCalendar', () => {
  test.each([
    ['America/New_York', '2026-05-04'],
    ['America/New_York', '2026-03-02'],
    ['America/New_York', '2026-10-26'],
    ['America/Los_Angeles', '2026-05-04'],
    ['America/Los_Angeles', '2026-03-02'],
    ['America/Los_Angeles', '2026-10-26'],
  ])('has one event for each shift at the right instants in %s, week of %s', (timeZone, weekStart) => {
    const published = testingPublished({ meta: { timeZone, weekStart } });
    const events = eventsOf(published);
    expect(events).toHaveLength(13);
    expect(events.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
      published.shifts.map(({ startMs, endMs }) => [startMs, endMs]),
    );
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(13);
  });

  test('has the night shift across the change of clocks begin at 22:00 and end at 06:00', () => {
    const nightOf = (weekStart: string, timeZone: string) => {
      const [, , , sunday] = eventsOf(testingPublished({ meta: { weekStart, timeZone } })).filter(({ uid }) =>
        uid.includes('C-1'),
      );
      const [, , saturday] = eventsOf(testingPublished({ meta: { weekStart, timeZone } })).filter(({ uid }) =>
        uid.includes('C-1'),
      );
      return [saturday?.startMs, saturday?.endMs, sunday?.startMs].map((ms) =>
        new Date(ms ?? 0).toISOString(),
      );
    };
    expect(nightOf('2026-03-02', 'America/New_York')).toEqual([
      '2026-03-08T03:00:00.000Z',
      '2026-03-08T10:00:00.000Z',
      '2026-03-09T02:00:00.000Z',
    ]);
    expect(nightOf('2026-10-26', 'America/Los_Angeles')).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T14:00:00.000Z',
      '2026-11-02T06:00:00.000Z',
    ]);
  });

  test('tells the visits and the break in local time', () => {
    const published = testingPublished();
    const [event] = eventsOf(published);
    const lines = event?.description.split('\n') ?? [];
    const [shift] = published.shifts;
    expect(event?.summary).toBe('C-2: Central');
    expect(
      lines.filter((line) => /^\d\d:\d\d–\d\d:\d\d 89\w+ \(3\d\.\d+, -118\.\d+\)$/.test(line)),
    ).toHaveLength(shift?.visits.length ?? 0);
    expect(lines.filter((line) => line.endsWith('break'))).toHaveLength(1);
    expect(event?.description).toContain('does not claim that crime is prevented');
  });

  test('gives the same file for the same schedule, and keeps the UIDs when it is made again', () => {
    expect(writeScheduleCalendar(testingPublished())).toBe(writeScheduleCalendar(testingPublished()));
    const later = testingPublished({ meta: { createdAt: '2026-05-01T00:00:00.000Z' } });
    expect(eventsOf(later).map(({ uid }) => uid)).toEqual(eventsOf(testingPublished()).map(({ uid }) => uid));
  });

  test('lets no name end an event or begin another', () => {
    const published = hostilePublished();
    expect(eventsOf(published)).toHaveLength(published.shifts.length);
    const text = writeScheduleCalendar(published);
    expect(text.match(/^END:VEVENT/gm)).toHaveLength(published.shifts.length);
    expect(text.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
  });

  test('is a calendar without events when there are no shifts', () => {
    expect(eventsOf({ ...testingPublished(), shifts: [] })).toEqual([]);
  });
});
