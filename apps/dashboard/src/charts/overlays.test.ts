import { DISCOVERED_BY_POLICE } from '@crimetracker/analysis-kit';
import { CRIME_CATEGORIES } from '@crimetracker/schema';
import { describe, expect, test } from 'vitest';
import type { CityAnswers, MartRow } from '../documents.js';
import { overlaysOf } from './overlays.js';

const anomaly = (changes: MartRow): MartRow => ({
  jurisdiction: 'all',
  crime_category: 'Robbery',
  frequency: 'week',
  period_start: '2023-05-01',
  direction: 'above',
  sentence: 'Robbery: 29 in the week of 1 May 2023.',
  ...changes,
});
const forecast = (crime_category: string, frequency: string, period_start: string): MartRow => ({
  crime_category,
  frequency,
  period_start,
  expected: 9,
  p05: 5,
  p25: 7,
  p75: 11,
  p95: 13,
});
const answers: CityAnswers = {
  source: 'nypd',
  anomalies: [
    anomaly({}),
    anomaly({ crime_category: 'All', sentence: 'All.' }),
    anomaly({ period_start: '2019-05-06' }),
    anomaly({ jurisdiction: 'Precinct 75', frequency: 'month', sentence: 'Precinct 75.' }),
  ],
  levelShifts: [
    {
      crime_category: 'Robbery',
      shift_at: '2023-02-01',
      level_before: 100,
      level_after: 150,
      ratio: 1.5,
      ratio_lower: 1.3,
      ratio_upper: 1.7,
      near_break: null,
      reason: null,
    },
    { crime_category: 'Robbery', shift_at: null, reason: 'too short' },
  ],
  breaks: [
    { from_date: '2020-03-01', to_date: '2020-06-30', event: 'COVID-19 measures', is_verified: true },
    { from_date: '2023-12-31', to_date: '2024-12-31', event: 'Thefts', is_verified: false },
  ],
  forecasts: [
    forecast('Robbery', 'week', '2024-01-08'),
    forecast('Robbery', 'week', '2024-01-01'),
    forecast('Robbery', 'month', '2024-01-01'),
    forecast('All', 'month', '2024-01-01'),
  ],
  forecastMethods: [],
  yearToDate: [],
  peakHours: [],
};
const year = { from: '2023-01-01', to: '2023-12-31' };

describe('overlaysOf', () => {
  test('draws the answers of one category in the grain of its rows', () => {
    const overlays = overlaysOf(answers, { crime_category: ['Robbery'] }, 'week', year);
    expect(overlays.anomalies).toEqual([
      expect.objectContaining({ start: '2023-05-01', isAbove: true, isOnLine: true }),
    ]);
    expect(overlays.shifts[0]?.sentence).toContain('150 incidents a month instead of 100');
    expect(overlays.forecast.map(({ start }) => start)).toEqual(['2024-01-01', '2024-01-08']);
    expect(overlays.absent).toEqual([]);
  });

  test('puts weeks that stand out below a line of months', () => {
    const overlays = overlaysOf(answers, { crime_category: ['Robbery'] }, 'month', year);
    expect(overlays.anomalies.map(({ isOnLine }) => isOnLine)).toEqual([false]);
    expect(overlays.forecast).toHaveLength(1);
  });

  test('does not draw the forecast of all, which is not of the same categories, and offers those it is of', () => {
    const overlays = overlaysOf(answers, {}, 'week', year);
    expect(overlays.anomalies.map(({ sentence }) => sentence)).toEqual(['All.']);
    expect(overlays.others).toEqual([expect.objectContaining({ category: 'Robbery' })]);
    expect(overlays.forecast).toEqual([]);
    const categories = overlays.forecastCategories ?? [];
    expect([...categories, ...DISCOVERED_BY_POLICE].sort()).toEqual([...CRIME_CATEGORIES].sort());
    expect(overlaysOf(answers, { crime_category: categories }, 'month', year).forecast).toHaveLength(1);
  });

  test.each([
    [{ weapon_category: ['Knife'] }, 'week', /other filters/],
    [{ crime_category: ['Robbery', 'Arson'] }, 'week', /several are chosen/],
    [{ jurisdiction: ['Precinct 1', 'Precinct 75'] }, 'week', /several are chosen/],
    [{ hour: [3] }, 'week', /other filters/],
    [{}, 'day', /three months/],
  ] as const)('under %j by %s draws known events only, and says why', (filters, grain, reason) => {
    const overlays = overlaysOf(answers, filters, grain, year);
    expect([overlays.anomalies, overlays.shifts, overlays.forecast]).toEqual([[], [], []]);
    expect(overlays.absent.join(' ')).toMatch(reason);
    expect(overlays.breaks).toEqual([
      { from: '2023-12-31', to: '2024-12-31', event: 'Thefts', isVerified: false },
    ]);
  });

  test('of one jurisdiction has its own anomalies, and nothing of the city', () => {
    const overlays = overlaysOf(
      answers,
      { jurisdiction: ['Precinct 75'], crime_category: ['Robbery'] },
      'month',
      year,
    );
    expect(overlays.anomalies.map(({ sentence }) => sentence)).toEqual(['Precinct 75.']);
    expect([overlays.shifts, overlays.forecast]).toEqual([[], []]);
  });

  test('says why a category has no forecast, or none in these days', () => {
    expect(overlaysOf(answers, { crime_category: ['Drugs'] }, 'week', year).absent.join()).toMatch(
      /police look/,
    );
    const earlier = overlaysOf(answers, { crime_category: ['Robbery'] }, 'week', {
      ...year,
      to: '2023-06-30',
    });
    expect(earlier.forecast).toEqual([]);
    expect(earlier.absent.join()).toContain('1 January 2024');
  });
});
