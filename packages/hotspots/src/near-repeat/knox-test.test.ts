import { Random } from '@crimetracker/analysis-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatedPlaces, KnoxOptions, KnoxTest } from './knox-test.js';
import { knoxTest } from './knox-test.js';

function run(events: DatedPlaces, options: KnoxOptions = {}, seed = 1): KnoxTest {
  const result = knoxTest(events, new Random(seed, 'knox'), options);
  if (result.kind !== 'knox') throw new Error(result.reason);
  return result;
}

/** Events anywhere in a square of so many metres, on any of so many days. */
function scatter(count: number, side: number, days: number, random: Random): DatedPlaces {
  const draw = (below: number) => Array.from({ length: count }, () => random.below(below));
  return { x: draw(side), y: draw(side), day: draw(days) };
}

const tableOf = ({ rows }: KnoxTest) => rows.map(({ observed }) => observed);

describe('knoxTest', () => {
  it('counts the pairs that comparing all of them gives', () => {
    const event = fc.record({
      x: fc.integer({ min: 0, max: 600 }),
      y: fc.integer({ min: 0, max: 600 }),
      day: fc.integer({ min: -40, max: 40 }),
    });
    const options = { distanceBreaks: [0, 0.001, 100, 250], dayBreaks: [1, 2, 5, 30], permutations: 1 };
    fc.assert(
      fc.property(fc.array(event, { minLength: 30, maxLength: 80 }), (events) => {
        const columns = {
          x: events.map(({ x }) => x),
          y: events.map(({ y }) => y),
          day: events.map(({ day }) => day),
        };
        const result = knoxTest(columns, new Random(1, 'knox'), options);
        fc.pre(result.kind === 'knox');
        for (const { distance, days, observed } of result.rows) {
          let expected = 0;
          for (const [i, a] of events.entries()) {
            for (const b of events.slice(0, i)) {
              const metres = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
              const apart = Math.abs(a.day - b.day);
              if (metres < distance.from || metres >= distance.to) continue;
              if (apart >= days.from && apart < days.to) expected += 1;
            }
          }
          expect(observed).toBe(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('expects what independence of space and time gives: pairs close in space × close in time ÷ all pairs', () => {
    const events = scatter(400, 1500, 60, new Random(3, 'events'));
    const { rows, pairs } = run(events);
    let sum = 0;
    for (const { distance, days, expected } of rows) {
      let inSpace = 0;
      let inTime = 0;
      for (let i = 0; i < 400; i += 1) {
        for (let j = 0; j < i; j += 1) {
          const metres =
            Math.abs((events.x[i] ?? 0) - (events.x[j] ?? 0)) +
            Math.abs((events.y[i] ?? 0) - (events.y[j] ?? 0));
          const apart = Math.abs((events.day[i] ?? 0) - (events.day[j] ?? 0));
          if (metres >= distance.from && metres < distance.to) inSpace += 1;
          if (apart >= days.from && apart < days.to) inTime += 1;
        }
      }
      const exact = (inSpace * inTime) / ((400 * 399) / 2);
      // Four standard errors of a mean of 999 counts that are close to Poisson.
      expect(Math.abs(expected - exact)).toBeLessThan(4.5 * Math.sqrt(exact / 999) + 1e-9);
      if (days.from === 0) sum += inSpace;
    }
    expect(pairs).toBe(sum);
  });

  it('finds planted near repeats, and their reach', () => {
    const random = new Random(5, 'events');
    const { x, y, day } = scatter(600, 6000, 365, random);
    const [allX, allY, allDays] = [Array.from(x), Array.from(y), Array.from(day)];
    for (let i = 0; i < 60; i += 1) {
      allX.push((x[i] ?? 0) + 20 + random.below(30));
      allY.push((y[i] ?? 0) + random.below(30));
      allDays.push((day[i] ?? 0) + random.below(7));
    }
    const { rows } = run({ x: allX, y: allY, day: allDays });
    const near = rows.find(({ distance, days }) => distance.to === 100 && days.from === 0);
    expect(near?.observed).toBeGreaterThanOrEqual(60);
    expect(near?.pValue).toBe(0.001);
    expect(near?.ratio).toBeGreaterThan(5);
    const beyond = rows.filter(({ distance, days }) => distance.from >= 200 || days.from >= 14);
    expect(beyond.filter(({ qValue }) => qValue < 0.05)).toHaveLength(0);
  });

  it('gives p-values that are uniform when days and places have nothing to do with each other', () => {
    const random = new Random(11, 'events');
    const options = { distanceBreaks: [0, 300], dayBreaks: [0, 10], permutations: 99 };
    const values = Array.from({ length: 250 }, (_, i) => {
      // Places crowd together, and so do days: neither alone is a near repeat.
      const { x, y, day } = scatter(120, 40, 100, random);
      const events = {
        x: Array.from(x, (value) => value ** 2),
        y: Array.from(y, (value) => value ** 2),
        day: Array.from(day, (value) => Math.floor(value ** 2 / 100)),
      };
      return run(events, options, i).rows[0]?.pValue ?? -1;
    });
    for (const level of [0.05, 0.1, 0.25, 0.5, 0.75, 0.9]) {
      const below = values.filter((p) => p <= level).length / values.length;
      expect(Math.abs(below - level)).toBeLessThan(
        3.5 * Math.sqrt((level * (1 - level)) / values.length) + 0.01,
      );
    }
  });

  it('counts along streets by default and as the crow flies when asked', () => {
    const far = Array.from({ length: 28 }, (_, i) => 10_000 * (i + 1));
    const events = { x: [0, 80, ...far], y: [0, 60, ...far], day: [0, 1, ...far] };
    const total = (options: KnoxOptions) =>
      tableOf(run(events, options)).reduce((sum, count) => sum + count, 0);
    const options = { distanceBreaks: [0, 120], permutations: 9 };
    expect(knoxTest(events, new Random(1, 'knox'), options)).toMatchObject({
      reason: 'No two events are within 120 m.',
    });
    expect(total({ ...options, distance: 'euclidean' })).toBe(1);
  });

  it('is the same for the same seed, and does not depend on the origin of places and days', () => {
    const events = scatter(200, 1000, 60, new Random(2, 'events'));
    const first = run(events);
    expect(run(events)).toEqual(first);
    const moved = {
      x: Array.from(events.x, (value) => value + 70_000),
      y: Array.from(events.y, (value) => value - 9_000),
      day: Array.from(events.day, (value) => value + 19_000),
    };
    expect(run(moved)).toEqual(first);
    expect(run(events, {}, 2)).not.toEqual(first);
  });

  it('takes the latest events of too many, or of too many pairs, and says how many it left out', () => {
    const { x, y } = scatter(500, 800, 300, new Random(4, 'events'));
    const all = { x: Array.from(x), y: Array.from(y), day: Array.from(x, (_, i) => i) };
    const lastOf = (count: number) => ({
      x: all.x.slice(-count),
      y: all.y.slice(-count),
      day: all.day.slice(-count),
    });
    const fewEvents = run(all, { maxEvents: 100 });
    expect(fewEvents).toEqual({ ...run(lastOf(100)), leftOut: 400 });
    const fewPairs = run(all, { maxPairs: 2000 });
    expect(fewPairs).toEqual({ ...run(lastOf(fewPairs.events)), leftOut: 500 - fewPairs.events });
    expect(fewPairs.pairs).toBeLessThanOrEqual(2000);
    expect(run(lastOf(fewPairs.events + 1)).pairs).toBeGreaterThan(2000);
  });

  it('says why there is no answer', () => {
    const random = new Random(1, 'knox');
    const events = scatter(40, 100, 30, new Random(6, 'events'));
    expect(knoxTest({ x: [], y: [], day: [] }, random)).toMatchObject({
      reason: 'There are 0 events, 30 are needed.',
    });
    expect(knoxTest({ ...events, day: Array.from(events.day, () => 5) }, random)).toMatchObject({
      reason: 'All events are of one day.',
    });
    const far = { ...events, x: Array.from(events.x, (_, i) => 1e6 * i) };
    expect(knoxTest(far, random)).toMatchObject({ reason: 'No two events are within 400 m.' });
  });

  it('throws on columns, days and breaks that make no sense', () => {
    const random = new Random(1, 'knox');
    expect(() => knoxTest({ x: [1], y: [1], day: [] }, random)).toThrow('one x and y');
    expect(() => knoxTest({ x: [1], y: [Number.NaN], day: [1] }, random)).toThrow('event 0');
    expect(() => knoxTest({ x: [1], y: [1], day: [1.5] }, random)).toThrow('whole day');
    const none = { x: [], y: [], day: [] };
    expect(() => knoxTest(none, random, { dayBreaks: [0, 7, 7] })).toThrow('ascend');
    expect(() => knoxTest(none, random, { distanceBreaks: [0, Number.POSITIVE_INFINITY] })).toThrow('ascend');
    expect(() => knoxTest(none, random, { permutations: 0 })).toThrow('permutation');
  });
});
