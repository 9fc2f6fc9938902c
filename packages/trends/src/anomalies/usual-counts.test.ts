import { describe, expect, it } from 'vitest';
import { createSimulator } from '../series/testing-simulate.js';
import { estimateUsualCounts } from './usual-counts.js';

const WEEKS = 520;
const places = Array.from({ length: WEEKS }, (_, week) => week % 52);

function error(usual: readonly number[], means: readonly number[]): number {
  return Math.sqrt(
    usual.reduce((sum, value, i) => sum + (value / (means[i] ?? 1) - 1) ** 2, 0) / usual.length,
  );
}

describe('estimateUsualCounts', () => {
  const { series } = createSimulator(14);
  const means = places.map(
    (place, week) => 100 * Math.exp(week / 800) * (1 + 0.2 * Math.cos((2 * Math.PI * place) / 52)),
  );

  it('comes within a few per cent of weekly means with slope and season, odd weeks or not', () => {
    const counts = series(means);
    expect(error(estimateUsualCounts(counts, { places, period: 52 }), means)).toBeLessThan(0.035);
    const odd = counts.map((count, week) => (week % 97 === 50 ? count * 4 : count));
    expect(error(estimateUsualCounts(odd, { places, period: 52 }), means)).toBeLessThan(0.035);
  });

  it('gives a week of every year its own season only where it stands out', () => {
    const holiday = means.map((mean, week) => (week % 52 === 26 ? mean * 1.5 : mean));
    const usual = estimateUsualCounts(series(holiday), { places, period: 52 });
    expect(Math.abs((usual[286] ?? 0) / (holiday[286] ?? 1) - 1)).toBeLessThan(0.08);
    expect(Math.abs((usual[290] ?? 0) / (holiday[290] ?? 1) - 1)).toBeLessThan(0.08);
  });

  it('gives every month its own season', () => {
    const months = Array.from({ length: 120 }, (_, month) => month % 12);
    const monthly = months.map((place) => 40 * (place === 1 ? 0.8 : place === 6 ? 1.3 : 1));
    const usual = estimateUsualCounts(series(monthly), { places: months, period: 12 });
    expect(error(usual, monthly)).toBeLessThan(0.09);
  });
});
