import { gini } from '@crimetracker/analysis-kit';
import { expect, test } from 'vitest';
import { testingSchedule } from '../visits/testing-schedule.js';
import { WEEK_HOURS } from '../weekly-demand.js';
import { auditAllocation } from './allocation-audit.js';

const base = testingSchedule([
  { unit: 'A', jurisdiction: 0, startHour: 6, days: [0, 1, 2] },
  { unit: 'B', jurisdiction: 1, startHour: 6, days: [0] },
]);

test('auditAllocation sets hours on duty beside the expected harm', () => {
  const hours = [new Float64Array(WEEK_HOURS).fill(3), new Float64Array(WEEK_HOURS).fill(1)];
  const demand = { ...base.demand, hours, returns: [[0.5, 0.25], [0.5]] };
  const audit = auditAllocation({ ...base, demand, totalHarm: 4 * WEEK_HOURS });
  expect(audit.jurisdictions).toEqual([
    {
      jurisdiction: 'Central',
      unitHours: 24,
      unitHoursShare: 0.75,
      harm: 504,
      harmShare: 0.75,
      unitHoursPerHarm: 24 / 504,
      coveredShare: expect.closeTo((24 * 0.5) / 168, 12),
    },
    {
      jurisdiction: 'Harbor',
      unitHours: 8,
      unitHoursShare: 0.25,
      harm: 168,
      harmShare: 0.25,
      unitHoursPerHarm: 8 / 168,
      coveredShare: expect.closeTo((8 * 0.5) / 168, 12),
    },
  ]);
  expect(audit.giniOfHours).toBe(gini([24, 8]));
  expect(audit.giniPerHarm).toBeCloseTo(0, 12);
});

test('auditAllocation gives no ratio to harm where none is expected', () => {
  const hours = [new Float64Array(WEEK_HOURS).fill(1), new Float64Array(WEEK_HOURS)];
  const audit = auditAllocation({ ...base, demand: { ...base.demand, hours }, totalHarm: WEEK_HOURS });
  expect(audit.jurisdictions[1]).toMatchObject({ unitHoursPerHarm: undefined, coveredShare: undefined });
  const idle = auditAllocation({ ...base, onDuty: base.onDuty.map(() => new Int32Array(WEEK_HOURS)) });
  expect(idle.giniOfHours).toBeUndefined();
});
