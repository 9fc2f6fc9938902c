import { Random } from '@crimetracker/analysis-kit';
import { afterAll, describe, expect, it } from 'vitest';
import type { InfeasibleStaffing, Schedule, StaffingRules } from '../schedule.js';
import { highsSolver } from '../solver/highs-solver.js';
import type { ProgramSolver } from '../solver/program-solver.js';
import type { WeeklyDemand } from '../weekly-demand.js';
import { checkSchedule } from './check-schedule.js';
import type { SchedulePatrolsOptions } from './schedule-patrols.js';
import { schedulePatrols } from './schedule-patrols.js';
import { bestByTrying, RULES, randomDemand, randomRules } from './testing-instances.js';

const shared = highsSolver();
afterAll(() => shared.close());
/** One thread for all: to start one takes longer than to solve what is solved here. */
const quick: SchedulePatrolsOptions = { solver: () => ({ solve: shared.solve, close: async () => {} }) };

const broken: SchedulePatrolsOptions = {
  solver: (): ProgramSolver => ({
    solve: () => Promise.reject(new Error('no WebAssembly here')),
    close: async () => {},
  }),
};

async function schedule(
  demand: WeeklyDemand,
  rules: StaffingRules,
  options: SchedulePatrolsOptions = quick,
): Promise<Schedule> {
  const result = await schedulePatrols(demand, rules, options);
  if (result.kind !== 'schedule') throw new Error(result.reason);
  expect(checkSchedule(result)).toEqual([]);
  return result;
}

async function refusal(rules: StaffingRules, demand = flat(2)): Promise<InfeasibleStaffing> {
  const result = await schedulePatrols(demand, rules, quick);
  if (result.kind !== 'infeasible') throw new Error('there is a schedule');
  return result;
}

/** The same harm in every hour. */
const flat = (jurisdictions: number, harm = 1): WeeklyDemand => ({
  jurisdictions: Array.from({ length: jurisdictions }, (_, j) => `Area ${j + 1}`),
  hours: Array.from({ length: jurisdictions }, () => new Float64Array(168).fill(harm)),
  returns: Array.from({ length: jurisdictions }, () => [0.5, 0.25]),
});

describe('schedulePatrols', () => {
  it('reaches the best of all schedules, tried one by one, in 300 small instances', async () => {
    const random = new Random(1, 'small instances');
    let scheduled = 0;
    for (let i = 0; i < 300; i += 1) {
      const demand = randomDemand(random, 1 + random.below(3));
      const wanted = randomRules(random, 4);
      const rules = {
        ...wanted,
        units: wanted.shiftsPerUnit === 5 ? Math.min(2, wanted.units) : wanted.units,
      };
      const best = bestByTrying(demand, rules);
      if (best === undefined) {
        await refusal(rules, demand);
        continue;
      }
      const found = await schedule(demand, rules, { ...quick, gap: 0 });
      scheduled += 1;
      expect(found.method).toBe('optimal');
      expect(found.objective).toBeCloseTo(best, 5);
      expect(found.bound).toBeGreaterThanOrEqual(best * (1 - 1e-9));
      if (rules.minimumPresence === 0)
        expect(found.greedy.objective).toBeGreaterThanOrEqual(found.greedy.guarantee * best - 1e-9);
    }
    expect(scheduled).toBeGreaterThan(120);
  }, 60_000);

  it('keeps every constraint in 1,000 instances, covers no less than the greedy method, and stays within the gap', async () => {
    const random = new Random(2, 'instances');
    let scheduled = 0;
    for (let i = 0; i < 1000; i += 1) {
      const demand = randomDemand(random, 1 + random.below(4));
      const result = await schedulePatrols(demand, randomRules(random, 30), quick);
      if (result.kind === 'infeasible') continue;
      scheduled += 1;
      expect(checkSchedule(result)).toEqual([]);
      expect(result.gap).toBeLessThanOrEqual(0.01 + 1e-9);
      expect(result.objective).toBeGreaterThanOrEqual(result.greedy.objective * (1 - 1e-12));
    }
    expect(scheduled).toBeGreaterThan(500);
  }, 60_000);

  it('proves an optimum of several jurisdictions with minimum presence and fairness floors', async () => {
    const demand = randomDemand(new Random(3, 'optimum'), 3);
    const rules = { ...RULES, units: 24, minimumPresence: 1, fairnessFloor: 0.8, shiftsPerUnit: 6 };
    const found = await schedule(demand, rules, { ...quick, gap: 0 });
    expect(found.method).toBe('optimal');
    expect(found.gap).toBeLessThan(1e-6);
  });

  it('works with its own thread, and says how it compares', async () => {
    const demand = randomDemand(new Random(4, 'own thread'), 3);
    const found = await schedule(demand, { ...RULES, units: 20 }, { lastYearShare: [2, 1, 1] });
    expect(found.method).toBe('optimal');
    expect(found.comparisons.map(({ name, unitsByJurisdiction }) => [name, unitsByJurisdiction])).toEqual([
      ['equal allocation', [7, 7, 6]],
      ["last year's share", [10, 5, 5]],
    ]);
    for (const { objective } of found.comparisons) expect(objective).toBeLessThanOrEqual(found.bound);
    expect(found.binding).toContainEqual({ constraint: 'units', where: '', gain: expect.any(Number) });
  });

  it('tells the price of a fairness floor, and where the presence leaves no room', async () => {
    const demand = {
      jurisdictions: ['Quiet', 'Busy'],
      hours: [new Float64Array(168).fill(1), new Float64Array(168).fill(1)],
      returns: [
        [0.01, 0],
        [0.5, 0.4],
      ],
    };
    const fair = await schedule(demand, { ...RULES, units: 6, fairnessFloor: 0.8 }, { ...quick, gap: 0 });
    const eased = fair.binding.find(({ constraint }) => constraint === 'fairness floor');
    expect(eased?.where).toBe('Quiet');
    const without = await schedule(demand, { ...RULES, units: 6, fairnessFloor: 0.5 }, { ...quick, gap: 0 });
    expect(without.objective - fair.objective).toBeCloseTo(eased?.gain ?? 0, 6);
    const present = await schedule(demand, { ...RULES, units: 12, minimumPresence: 1 });
    expect(present.binding.map(({ where }) => where)).toContainEqual(
      expect.stringMatching(/^Quiet: \d+ of 168 hours$/),
    );
  });

  it('covers nothing when nothing is expected, and still keeps the minimum presence', async () => {
    const none = await schedule(flat(2, 0), { ...RULES, units: 5 });
    expect(none).toMatchObject({
      objective: 0,
      bound: 0,
      gap: 0,
      totalHarm: 0,
      method: 'optimal',
      lines: [],
    });
    const present = await schedule(flat(2, 0), { ...RULES, units: 14, minimumPresence: 1, shiftsPerUnit: 6 });
    expect(present.objective).toBe(0);
    expect(present.lines.length).toBeGreaterThan(0);
  });

  it('sends all to the one hour in which something is expected', async () => {
    const week = new Float64Array(168);
    week[4 * 24 + 22] = 7;
    const demand = { jurisdictions: ['A'], hours: [week], returns: [[0.5, 0.3, 0.2]] };
    const found = await schedule(demand, { ...RULES, units: 3, shiftsPerUnit: 1 }, { ...quick, gap: 0 });
    expect(found.objective).toBeCloseTo(7, 9);
    expect(found.lines.map(({ startHour, days }) => [startHour, days])).toEqual([
      [16, [4]],
      [16, [4]],
      [16, [4]],
    ]);
  });

  it('keeps an hour over Sunday midnight with a shift that wraps around the week', async () => {
    const week = new Float64Array(168);
    week[2] = 1;
    const demand = { jurisdictions: ['A'], hours: [week], returns: [[1]] };
    const rules = { ...RULES, units: 1, startHours: [22], shiftsPerUnit: 1 };
    const found = await schedule(demand, rules);
    expect(found.lines).toEqual([{ unit: 'A-01', jurisdiction: 0, startHour: 22, days: [6] }]);
    expect(found.objective).toBe(1);
  });

  it('leaves out units that add nothing, but gives a jurisdiction its fair number of them', async () => {
    const demand = { ...flat(1), returns: [[0.5]] };
    const idle = await schedule(demand, { ...RULES, units: 30 });
    expect(idle.lines.length).toBeLessThan(30);
    expect(idle.objective).toBeCloseTo(84, 9);
    const fair = await schedule(demand, { ...RULES, units: 30, fairnessFloor: 1 });
    expect(fair.lines).toHaveLength(30);
  });

  it('schedules fewer units than jurisdictions where they cover most', async () => {
    const hours = [1, 8, 2, 9].map((harm) => new Float64Array(168).fill(harm, 50, 51));
    const demand = { ...flat(4), hours };
    const found = await schedule(demand, { ...RULES, units: 2 }, { ...quick, gap: 0 });
    expect(new Set(found.lines.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set([1, 3]));
  });

  describe('without a solver', () => {
    it('falls back to greedy rosters with a bound of its own, and says why', async () => {
      const random = new Random(5, 'no solver');
      for (let i = 0; i < 40; i += 1) {
        const demand = randomDemand(random, 2);
        const rules = { ...RULES, units: 1 + random.below(3), shiftsPerUnit: 6 };
        const found = await schedule(demand, rules, broken);
        const best = bestByTrying(demand, rules) ?? 0;
        expect(found.bound).toBeGreaterThanOrEqual(best * (1 - 1e-9));
        expect(found.objective).toBeGreaterThanOrEqual(found.greedy.objective - 1e-9);
        expect(found.greedy.objective).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best - 1e-9);
        expect(found.greedy.ratioToBound).toBeCloseTo(found.greedy.objective / (found.bound || 1), 9);
        if (found.method !== 'optimal') expect(found.method).toBe('greedy');
      }
      const found = await schedule(randomDemand(random, 2), { ...RULES, units: 9 }, broken);
      expect(found).toMatchObject({ method: 'greedy', solverFailure: 'no WebAssembly here' });
    });

    it('guarantees one half with fairness floors', async () => {
      const random = new Random(6, 'floors');
      for (let i = 0; i < 40; i += 1) {
        const demand = randomDemand(random, 2);
        const rules = { ...RULES, units: 1 + random.below(3), shiftsPerUnit: 6, fairnessFloor: 1 };
        const { greedy } = await schedule(demand, rules, broken);
        expect(greedy.objective).toBeGreaterThanOrEqual(
          greedy.guarantee * (bestByTrying(demand, rules) ?? 0) - 1e-9,
        );
      }
    });

    it('returns what it has when there is hardly any time', async () => {
      const demand = randomDemand(new Random(7, 'no time'), 60);
      const rules = { ...RULES, units: 500, startHours: [0, 4, 8, 12, 16, 20], minimumPresence: 0 };
      const found = await schedule(demand, rules, { timeLimitMs: 1, gap: 0 });
      expect(found.method).toBe('greedy');
      expect(found.gap).toBeLessThan(0.5);
    });

    it('does not believe a solver that covers more than its units do', async () => {
      const lying: SchedulePatrolsOptions = {
        gap: 0,
        solver: () => ({
          solve: async (program, limits) => {
            const answer = await shared.solve(program, limits);
            return limits.relaxed ? answer : { ...answer, objective: (answer.objective ?? 0) + 500 };
          },
          close: async () => {},
        }),
      };
      const demand = randomDemand(new Random(8, 'lies'), 1);
      await expect(schedulePatrols(demand, { ...RULES, units: 9 }, lying)).rejects.toThrow(
        'which its units do not',
      );
    });
  });

  describe('says what cannot hold, and what would', () => {
    it('when rest or days in a row make the week impossible', async () => {
      expect(await refusal({ ...RULES, shiftsPerUnit: 6, maxConsecutiveShifts: 2 })).toEqual({
        kind: 'infeasible',
        constraint: 'shifts in a row',
        reason:
          'No week of 6 shifts a unit has at most 2 days in a row and 8 hours of rest; shifts of 8 hours on two days in a row leave 16, and Sunday is followed by Monday.',
        remedy: 'Either at most 4 shifts a unit, or 6 days in a row.',
      });
      expect(await refusal({ ...RULES, shiftHours: 12, minRestHours: 14 })).toMatchObject({
        constraint: 'rest between shifts',
        remedy: 'Either at most 3 shifts a unit, or a rest of 12 hours.',
      });
    });

    it('when no shift reaches an hour in which somebody has to be present', async () => {
      expect(await refusal({ ...RULES, startHours: [6, 14], minimumPresence: 1, units: 900 })).toEqual({
        kind: 'infeasible',
        constraint: 'minimum presence',
        reason:
          'No shift of 8 hours that begins at 06:00, 14:00 reaches 00:00–06:00, 22:00–24:00, so no number of units is present at every hour.',
        remedy: 'Either another start, such as 00:00, or a minimum presence of 0.',
      });
    });

    it('when the units are too few for the presence, with the number that suffices', async () => {
      const refused = await refusal({ ...RULES, units: 120, minimumPresence: 1 }, flat(98));
      expect(refused).toEqual({
        kind: 'infeasible',
        constraint: 'minimum presence',
        reason:
          'Minimum presence 1 in 98 jurisdictions for 168 hours needs at least 588 units of 40 hours, 6 in each; there are 120.',
        remedy: 'Either 588 units, or a smaller minimum presence.',
      });
      expect((await schedule(flat(98), { ...RULES, units: 588, minimumPresence: 1 })).lines).toHaveLength(
        588,
      );
    });

    it('when one jurisdiction alone asks for more than there are, by the hours of duty', async () => {
      expect(await refusal({ ...RULES, units: 9, minimumPresence: 1_000_000 })).toMatchObject({
        constraint: 'minimum presence',
        remedy: 'Either at least 8400000 units, or a smaller minimum presence.',
      });
    });

    it('when fairness floors leave too few for the presence elsewhere', async () => {
      const demand = { ...flat(2), hours: [9, 1].map((harm) => new Float64Array(168).fill(harm)) };
      const rules = { ...RULES, units: 12, minimumPresence: 1, fairnessFloor: 1 };
      expect(await refusal(rules, demand)).toMatchObject({
        constraint: 'fairness floor',
        remedy: 'Either 51 units, or a lower fairness floor, or a smaller minimum presence.',
      });
      expect(await refusal({ ...rules, units: 50 }, demand)).toMatchObject({ constraint: 'fairness floor' });
      await schedule(demand, { ...rules, units: 51 });
      const silent = { ...demand, hours: [9, 0].map((harm) => new Float64Array(168).fill(harm)) };
      expect(await refusal(rules, silent)).toMatchObject({
        remedy: 'Either a lower fairness floor, or a smaller minimum presence.',
      });
    });
  });

  describe('ends at once', () => {
    it('when it is aborted while the solver computes', async () => {
      const demand = randomDemand(new Random(9, 'abort'), 3);
      const rules = { ...RULES, units: 40, startHours: [...Array(24).keys()] };
      const abort = new AbortController();
      const startedAt = performance.now();
      setTimeout(() => abort.abort(new Error('Ctrl-C')), 1000);
      await expect(
        schedulePatrols(demand, rules, { gap: 0, timeLimitMs: 60_000, signal: abort.signal }),
      ).rejects.toThrow('Ctrl-C');
      expect(performance.now() - startedAt).toBeLessThan(5000);
    });

    it('when it was aborted before', async () => {
      await expect(
        schedulePatrols(flat(1), RULES, { signal: AbortSignal.abort(new Error('Ctrl-C')) }),
      ).rejects.toThrow('Ctrl-C');
    });
  });

  it('refuses rules and demands that mean nothing', async () => {
    const refused: readonly [Partial<StaffingRules>, string][] = [
      [{ units: 0 }, 'units is a whole number from 1 to 100000, got 0'],
      [{ units: 1.5 }, 'units is a whole number'],
      [{ shiftHours: 9 as 8 }, 'shiftHours is 8, 10 or 12, got 9'],
      [{ startHours: [] }, 'at least one hour'],
      [{ startHours: [24] }, 'a start hour is a whole number from 0 to 23, got 24'],
      [{ startHours: [8, 8] }, 'each start hour stands once, got 8, 8'],
      [{ shiftsPerUnit: 8 }, 'shiftsPerUnit is a whole number from 1 to 7, got 8'],
      [{ minimumPresence: -1 }, 'minimumPresence is a whole number from 0 on, got -1'],
      [{ maxConsecutiveShifts: 0 }, 'maxConsecutiveShifts'],
      [{ minRestHours: Number.NaN }, 'minRestHours is at least 0, got NaN'],
      [{ fairnessFloor: 1.1 }, 'fairnessFloor lies between 0 and 1, got 1.1'],
    ];
    for (const [change, message] of refused)
      await expect(schedulePatrols(flat(1), { ...RULES, ...change }, quick)).rejects.toThrow(message);
    const demands: readonly [Partial<WeeklyDemand>, string][] = [
      [{ jurisdictions: [], hours: [], returns: [] }, 'at least one jurisdiction'],
      [{ hours: [] }, 'hours of 1 jurisdictions, got 0'],
      [{ returns: [] }, 'returns of 1 jurisdictions, got 0'],
      [{ hours: [new Float64Array(24)] }, 'Area 1 has 168 hours, got 24'],
      [{ hours: [new Float64Array(168).fill(-1)] }, 'expected harm is at least 0, got -1 in Area 1'],
      [{ returns: [[]] }, 'the returns of Area 1 have a first unit'],
      [{ returns: [[0.2, 0.3]] }, 'never increase, got 0.2, 0.3 in Area 1'],
      [{ returns: [[0.9, 0.9]] }, 'together at most 1, got 1.8'],
    ];
    for (const [change, message] of demands)
      await expect(schedulePatrols({ ...flat(1), ...change }, RULES, quick)).rejects.toThrow(message);
    const options: readonly [SchedulePatrolsOptions, string][] = [
      [{ timeLimitMs: 0 }, 'timeLimitMs is above 0'],
      [{ gap: -0.1 }, 'gap lies between 0 and 1'],
      [{ lastYearShare: [1, 1] }, 'lastYearShare has 1 shares, got 2'],
      [{ lastYearShare: [0] }, 'lastYearShare is not all 0'],
      [{ lastYearShare: [-1] }, 'a share is at least 0, got -1'],
    ];
    for (const [option, message] of options)
      await expect(schedulePatrols(flat(1), RULES, { ...quick, ...option })).rejects.toThrow(message);
  });
});
