import { Random } from '@crimetracker/analysis-kit';
import { expect, it } from 'vitest';
import type { DutyLine, Schedule } from '../schedule.js';
import { checkSchedule } from './check-schedule.js';
import { schedulePatrols } from './schedule-patrols.js';
import { RULES, randomDemand } from './testing-instances.js';

it('checkSchedule finds every kind of fault that is put into a sound schedule', async () => {
  const rules = { ...RULES, units: 20, minimumPresence: 1, fairnessFloor: 0.5, maxConsecutiveShifts: 5 };
  const sound = await schedulePatrols(randomDemand(new Random(3, 'check'), 2), rules);
  if (sound.kind !== 'schedule') throw new Error(sound.reason);
  expect(checkSchedule(sound)).toEqual([]);

  const [first, ...others] = sound.lines;
  if (first === undefined) throw new Error('no lines');
  const change = (changed: Partial<DutyLine>): Partial<Schedule> => ({
    lines: [{ ...first, ...changed }, ...others],
  });
  const faults: readonly [Partial<Schedule>, string][] = [
    [change({ jurisdiction: 7 }), 'works in jurisdiction 7, which there is not'],
    [change({ startHour: 3 }), 'starts at 3, which is no start'],
    [change({ days: [0, 1, 2] }), 'works 3 shifts'],
    [change({ days: [4, 3, 2, 1, 0] }), 'not ascending weekdays'],
    [change({ days: [0, 1, 2, 3, 7] }), 'not ascending weekdays'],
    [change({ days: [0, 1, 2, 4, 5, 6] }), 'works 6 days in a row'],
    [{ rules: { ...rules, maxConsecutiveShifts: 1 } }, 'days in a row'],
    [{ rules: { ...rules, minRestHours: 17 } }, 'rests 16 hours'],
    [change({ unit: others[0]?.unit ?? '' }), 'There are two units'],
    [{ rules: { ...rules, units: 19 } }, '20 units work, of 19'],
    [{ rules: { ...rules, fairnessFloor: 1, units: 90 } }, 'below its fairness floor'],
    [{ rules: { ...rules, minimumPresence: 9 } }, 'below the minimum presence'],
    [{ lines: others }, 'on duty in hour'],
    [{ objective: sound.objective * 0.999 }, 'The lines cover'],
    [{ bound: sound.objective * 0.9 }, 'is below the objective'],
    [{ gap: sound.gap + 0.01 }, 'The gap is'],
    [{ totalHarm: 1 }, 'Harm is'],
  ];
  for (const [fault, message] of faults)
    expect(checkSchedule({ ...sound, ...fault }).join('\n'), message).toContain(message);
});
