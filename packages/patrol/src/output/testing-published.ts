import { gridDisk, latLngToCell } from 'h3-js';
import { auditAllocation } from '../audit/allocation-audit.js';
import { compareDemands } from '../audit/compare-demands.js';
import type { DutyLine, Schedule } from '../schedule.js';
import { patrolCell } from '../visits/patrol-cell.js';
import { planWeek } from '../visits/plan-week.js';
import { testingSchedule } from '../visits/testing-schedule.js';
import type { PublishedSchedule, ScheduleMeta } from './published-schedule.js';

const LINES: readonly DutyLine[] = [
  { unit: 'C-1', jurisdiction: 0, startHour: 22, days: [3, 4, 5, 6] },
  { unit: 'C-2', jurisdiction: 0, startHour: 6, days: [0, 1, 2, 3, 4] },
  { unit: 'H-1', jurisdiction: 1, startHour: 14, days: [0, 2, 4, 6] },
];

/** A small schedule with all that is told about it, for tests. */
export function testingPublished(
  options: { readonly meta?: Partial<ScheduleMeta>; readonly schedule?: Schedule } = {},
): PublishedSchedule {
  const schedule = options.schedule ?? testingSchedule(LINES);
  const meta: ScheduleMeta = {
    city: 'Los Angeles',
    timeZone: 'America/Los_Angeles',
    weekStart: '2026-05-04',
    snapshotId: '2026-04-30-0001',
    data: 'Los Angeles Police Department, crime data from 2020 to 2024.',
    createdAt: '2026-04-30T12:00:00.000Z',
    ...options.meta,
  };
  const cells = schedule.demand.jurisdictions.map((_, j) =>
    gridDisk(latLngToCell(34.05 - j / 5, -118.24, 9), 2).map((h3, place) => patrolCell(h3, 20 - place)),
  );
  const turned = { ...schedule.demand, hours: [...schedule.demand.hours].reverse() };
  return {
    meta,
    schedule,
    shifts: planWeek(schedule, meta, { cells: ({ jurisdiction }) => cells[jurisdiction] ?? [], seed: 1 }),
    allocation: auditAllocation(schedule),
    discovered: compareDemands(schedule.demand, turned),
    runaway: {
      trueShare: 2 / 3,
      uncorrected: { lower: 0.97, upper: 0.999 },
      corrected: { lower: 0.66, upper: 0.671 },
      uncorrectedPaths: [[0.5, 0.8, 0.97]],
      correctedPaths: [[0.5, 0.6, 0.66]],
      text: 'Two made-up districts.',
    },
  };
}

export const HOSTILE = `=HYPERLINK("https://example.org")<script>alert(1)</script><img src=x onerror="alert('2')">\r\nEND:VEVENT`;

/** A schedule in which every name tries to become something else. */
export function hostilePublished(): PublishedSchedule {
  const lines = LINES.map((line, index) => ({ ...line, unit: `${HOSTILE}${index}` }));
  const schedule = testingSchedule(lines, { jurisdictions: [HOSTILE, `-${HOSTILE}`] });
  const binding = [{ constraint: HOSTILE, where: HOSTILE, gain: 1 }];
  const published = testingPublished({
    meta: { city: HOSTILE, snapshotId: HOSTILE, data: HOSTILE, harmSource: HOSTILE },
    schedule: { ...schedule, binding },
  });
  return { ...published, runaway: { ...published.runaway, text: HOSTILE } };
}
