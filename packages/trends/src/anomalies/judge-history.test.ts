import { describe, expect, it } from 'vitest';
import { createSimulator } from '../series/testing-simulate.js';
import { judgeHistory } from './judge-history.js';
import type { JudgedCell } from './select-anomalies.js';
import { selectAnomalies } from './select-anomalies.js';

const WEEKS = 416;
const places = Array.from({ length: WEEKS }, (_, week) => week % 52);
const masked = places.map(() => false);

/** Weekly means with a level, a slope over all years and a season. */
function meansOf(level: number, slope: number): number[] {
  return places.map(
    (place, week) =>
      level * Math.exp((slope * week) / WEEKS) * (1 + 0.15 * Math.cos((2 * Math.PI * place) / 52)),
  );
}

interface Planted {
  readonly at: number;
  readonly factor: number;
}

const LEVELS = [12, 25, 60, 150];
const SLOPES = [0, 0.7, -0.7];

/** The anomalies of forty series together, as "series week", with one planted in each or none. */
function selected(seed: number, plant: (i: number) => Planted | undefined): string[] {
  const simulator = createSimulator(seed);
  const cells = Array.from({ length: 40 }, (_, i): JudgedCell<string>[] => {
    const planted = plant(i);
    const means = meansOf(LEVELS[i % 4] ?? 12, SLOPES[i % 3] ?? 0).map((mean, week) =>
      week === planted?.at ? mean * planted.factor : mean,
    );
    const counts = simulator.series(means, { dispersion: 1 + (i % 5) / 8 });
    return judgeHistory({ counts, period: 52, places, masked }).map((judgement, week) => ({
      key: `${i} ${week}`,
      judgement,
    }));
  });
  return selectAnomalies(cells.flat()).anomalies.map(({ key }) => key);
}

describe('judgeHistory', () => {
  const { series } = createSimulator(8);
  const judge = (counts: readonly (number | null)[], mask = masked) =>
    judgeHistory({ counts, period: 52, places, masked: mask });
  const anomaliesOf = (counts: readonly (number | null)[]) =>
    judge(counts).flatMap((one, at) => (one.kind === 'ok' && one.direction !== undefined ? [at] : []));

  it('finds nine of ten odd weeks among slopes and seasons, and nine of ten that it finds are odd', () => {
    const plant = (i: number): Planted => ({
      at: 110 + ((i * 37) % 300),
      // A fall of a rare crime cannot be seen.
      factor: i % 4 === 0 ? 4 : i % 2 === 0 ? 0.3 : 3,
    });
    const found = selected(31, plant);
    const right = found.filter((key) => {
      const [i, week] = key.split(' ').map(Number);
      return plant(i ?? 0).at === week;
    });
    expect(right.length / 40).toBeGreaterThanOrEqual(0.9);
    expect(right.length / found.length).toBeGreaterThanOrEqual(0.9);
  });

  it('has false alarms in at most one of twenty series without odd weeks', () => {
    const found = [41, 42, 43].flatMap((seed) =>
      selected(seed, () => undefined).map((key) => `${seed} ${key}`),
    );
    const alarmed = new Set(found.map((key) => key.split(' ').slice(0, 2).join(' ')));
    expect(alarmed.size / 120).toBeLessThanOrEqual(0.05);
  });

  it('takes a step of the level for no anomaly, and still sees an odd week beside it', () => {
    const stepped = meansOf(100, 0).map((mean, week) => (week < 250 ? mean : mean * 1.6));
    expect(anomaliesOf(series(stepped)).length).toBeLessThanOrEqual(1);
    expect(anomaliesOf(series(stepped.map((mean, week) => (week === 256 ? mean * 3 : mean))))).toContain(256);
  });

  it('says since when weeks have been odd', () => {
    const counts = series(meansOf(80, 0).map((mean, week) => (week >= 300 && week < 304 ? mean * 3 : mean)));
    expect(judge(counts)[302]).toMatchObject({ direction: 'above', since: 300, observed: counts[302] });
  });

  it('expects a holiday of every year', () => {
    const counts = series(meansOf(80, 0).map((mean, week) => (week % 52 === 26 ? mean * 1.8 : mean)));
    expect(anomaliesOf(counts).filter((week) => week % 52 === 26)).toEqual([]);
  });

  it('judges masked weeks, yet does not learn from them', () => {
    const counts = series(meansOf(80, 0).map((mean, week) => (week >= 300 && week < 317 ? mean / 3 : mean)));
    const mask = places.map((_, week) => week >= 300 && week < 317);
    const judgements = judge(counts, mask);
    for (let week = 300; week < 317; week += 1)
      expect(judgements[week]).toMatchObject({ direction: 'below' });
    const after = judgements.slice(317).filter((one) => one.kind === 'ok' && one.direction !== undefined);
    expect(after).toEqual([]);
  });

  it('says why a week has no judgement', () => {
    const counts: (number | null)[] = series(meansOf(20, 0));
    counts[200] = null;
    const judgements = judge(counts);
    expect(judgements[103]).toMatchObject({ reason: 'Less than 2 years of counts come before.' });
    expect(judgements[104]?.kind).toBe('ok');
    expect(judgements[200]).toMatchObject({ reason: 'There is no count for the period.' });
    expect(judge(places.map(() => 0)).every(({ kind }) => kind !== 'ok')).toBe(true);
  });
});
