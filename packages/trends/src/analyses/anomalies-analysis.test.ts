import type { ResultRow } from '@crimetracker/analysis-kit';
import type { SqlRow } from '@crimetracker/engine';
import { describe, expect, it } from 'vitest';
import { judgePeriod } from '../anomalies/agree.js';
import { createSimulator } from '../series/testing-simulate.js';
import { anomaliesAnalysis } from './anomalies-analysis.js';
import type { AnalysisContext, Counts } from './context.js';
import { dayOfMonth } from './periods.js';

const LAPD = { id: 'lapd', city: 'Los Angeles', timeZone: 'America/Los_Angeles' };
const NYPD = { id: 'nypd', city: 'New York', timeZone: 'America/New_York' };
const WINDOW = { from: '2013-01-01', to: '2022-12-31' };
const FIRST = 2013 * 12;
const MONTHS = 120;

/** Monthly counts by source, jurisdiction and category; null has no record. */
type Made = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly (number | null)[]>>>>>
>;

const { random } = createSimulator(4);

/** A month's incidents on its days, by chance. */
function onDays(month: number, incidents: number): Map<number, number> {
  const first = dayOfMonth(month);
  const length = dayOfMonth(month + 1) - first;
  const days = new Map<number, number>();
  for (let i = 0; i < incidents; i += 1) {
    const day = first + Math.floor(random() * length);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
}

/** Counts as the engine would give them; the delay of the last months is that of `late`. */
function make(made: Made, late: readonly number[] = []): Counts {
  const days: SqlRow[] = [];
  const jurisdictions: SqlRow[] = [];
  const reports: SqlRow[] = [];
  for (const [source, places] of Object.entries(made)) {
    for (const [jurisdiction, categories] of Object.entries(places)) {
      for (const [category, counts] of Object.entries(categories)) {
        for (const [i, incidents] of counts.entries()) {
          if (incidents === null || incidents === 0) continue;
          const month = FIRST + i;
          const own = { source, crime_category: category, incidents };
          for (const [day, number] of onDays(month, incidents)) days.push({ ...own, day, incidents: number });
          jurisdictions.push({ ...own, jurisdiction, month });
          const shares = late.slice(0, FIRST + MONTHS - month);
          const sum = shares.reduce((total, share) => total + share, 0);
          if (late.length === 0)
            reports.push({ source, occurred_month: month, report_month: month, incidents });
          for (const [delay, share] of shares.entries())
            reports.push({
              source,
              occurred_month: month,
              report_month: month + delay,
              incidents: Math.round((incidents * share) / sum),
            });
        }
      }
    }
  }
  return { count_days: days, count_jurisdiction_months: jurisdictions, count_reporting: reports };
}

function contextOf(sources = [LAPD]): AnalysisContext {
  return { sources, window: WINDOW, observed: new Map(sources.map(({ id }) => [id, WINDOW])) };
}

function answer(
  counts: Counts,
  context: AnalysisContext,
): { anomalies: readonly ResultRow[]; coverage: readonly ResultRow[] } {
  const results = anomaliesAnalysis.run(counts, context);
  expect(results.map(({ mart }) => mart)).toEqual(anomaliesAnalysis.makes);
  for (const { mart, rows } of results) {
    const names = new Set(mart.columns.map(({ name }) => name));
    for (const row of rows) {
      for (const [name, value] of Object.entries(row)) {
        if (!names.has(name)) throw new Error(`${mart.name} has no column ${name}`);
        if (typeof value === 'number' && !Number.isFinite(value))
          throw new Error(`${mart.name}.${name} is ${value}`);
      }
    }
  }
  const [anomalies, coverage] = results;
  return { anomalies: anomalies?.rows ?? [], coverage: coverage?.rows ?? [] };
}

const { series } = createSimulator(21);
const usual = (mean: number, dispersion = 1.2): number[] =>
  series(
    Array.from({ length: MONTHS }, (_, i) => mean * Math.exp(0.15 * Math.sin((2 * Math.PI * i) / 12))),
    { dispersion },
  );
const withMonths = (counts: readonly number[], changes: Readonly<Record<number, number>>): number[] =>
  counts.map((count, i) => changes[i] ?? count);

const SOME = ['Central', 'Harbor', 'Hollywood', 'Newton', 'Pacific', 'Rampart'];

function quietCity(): Record<string, Record<string, number[]>> {
  return Object.fromEntries(
    SOME.map((place) => [
      place,
      { Robbery: usual(30), Burglary: usual(60), Vandalism: usual(45), Arson: usual(0.6) },
    ]),
  );
}

describe('anomaliesAnalysis', () => {
  it('finds a planted spike in one neighbourhood, and says it in a sentence', () => {
    const city = quietCity();
    city.Hollywood = { ...city.Hollywood, Robbery: withMonths(usual(30), { 116: 95, 117: 102 }) };
    const { anomalies } = answer(make({ lapd: city }), contextOf());
    const found = anomalies.filter((row) => row.jurisdiction !== 'all' && row.crime_category !== 'All');
    expect(
      found.map((row) => [row.jurisdiction, row.crime_category, row.frequency, row.period_start]),
    ).toEqual([
      ['Hollywood', 'Robbery', 'month', '2022-09-01'],
      ['Hollywood', 'Robbery', 'month', '2022-10-01'],
    ]);
    expect(found[1]).toMatchObject({
      source: 'lapd',
      city: 'Los Angeles',
      observed: 102,
      direction: 'above',
      since: '2022-09-01',
      comparability: 'comparable',
      break_event: null,
    });
    expect(Math.abs(Number(found[1]?.expected) - 27)).toBeLessThan(8);
    expect(String(found[1]?.agreeing).split(', ').length).toBeGreaterThanOrEqual(2);
    expect(Number(found[1]?.q_value)).toBeLessThanOrEqual(0.05);
    expect(found[1]?.sentence).toMatch(
      /^Robbery in Hollywood, Los Angeles: 102 in October 2022, more than the \d+ expected \(between \d+ and \d+\), as in every period since September 2022\.$/,
    );
  });

  it('finds a fall of the whole city three years back, beyond the reach of neighbourhoods', () => {
    const city = quietCity();
    for (const place of SOME) {
      const own = city[place] ?? {};
      city[place] = { ...own, Burglary: withMonths(own.Burglary ?? [], { 90: 12 }) };
    }
    const { anomalies, coverage } = answer(make({ lapd: city }), contextOf());
    const found = anomalies.filter(({ crime_category }) => crime_category === 'Burglary');
    // The whole weeks of July 2020; those that begin or end in it hold less than half of the fall.
    const weeks = ['2020-07-06', '2020-07-13', '2020-07-20'];
    expect(found.map(({ period_start }) => period_start)).toEqual(expect.arrayContaining(weeks));
    expect(found.length).toBeLessThanOrEqual(5);
    for (const row of found) expect(row).toMatchObject({ jurisdiction: 'all', direction: 'below' });
    expect(found[0]?.sentence).toMatch(
      /^Burglary in Los Angeles: \d+ in the week of \d+ (June|July) 2020, fewer than the \d+ expected/,
    );
    const [ofCity] = coverage;
    // 520 whole weeks of All, Burglary, Robbery and Vandalism; Arson has less than three a week, but more a month. The
    // first two years are not judged.
    expect(ofCity).toMatchObject({
      scope: 'city',
      tested: 4 * (520 - 104) + 120 - 24,
      not_judged: 4 * 104 + 24,
      cells: 4 * 520 + 120,
      reason: null,
    });
  });

  it('takes neither a slope nor a step of the level of a city for an anomaly', () => {
    const city = quietCity();
    for (const place of SOME) {
      const own = city[place] ?? {};
      const sloped = usual(60).map((count, i) => Math.round(count * Math.exp((0.8 * i) / MONTHS)));
      city[place] = { ...own, Burglary: sloped.map((count, i) => Math.round(count * (i < 70 ? 1 : 1.6))) };
    }
    const { anomalies } = answer(make({ lapd: city }), contextOf());
    expect(anomalies.filter(({ jurisdiction }) => jurisdiction === 'all').length).toBeLessThanOrEqual(1);
  });

  it('counts what was not judged by reason', () => {
    const { coverage } = answer(make({ lapd: quietCity() }), contextOf());
    const neighbourhoods = coverage.filter(({ scope }) => scope === 'neighbourhood');
    expect(neighbourhoods).toMatchObject([
      { tested: 6 * 4 * 12, not_judged: 6 * 12, reason: null, cells: 6 * 5 * 12 },
      { reason: 'The category has less than 3 incidents a month here.', cells: 6 * 12 },
    ]);
  });

  it('finds few anomalies where there are none', () => {
    const { anomalies } = answer(make({ lapd: quietCity(), nypd: quietCity() }), contextOf([LAPD, NYPD]));
    expect(anomalies.length).toBeLessThanOrEqual(1);
  });

  it('agrees with judgePeriod, which asks every detector of every month', () => {
    const simulator = createSimulator(5);
    const city = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => {
        const counts = simulator.series(new Array<number>(MONTHS).fill(8 + 6 * i), {
          dispersion: 1 + (i % 4),
        });
        const at = MONTHS - 1 - (i % 12);
        return [
          `Area ${i}`,
          { Robbery: withMonths(counts, { [at]: Math.round((counts[at] ?? 0) * (1 + i / 10)) }) },
        ];
      }),
    );
    const { coverage, anomalies } = answer(make({ lapd: city }), contextOf());
    const masked = Array.from({ length: MONTHS }, (_, i) => i >= 86 && i <= 89);
    // A neighbourhood's history is cut to eight years.
    const cut = MONTHS - 96;
    let agreed = 0;
    for (const { Robbery } of Object.values(city)) {
      for (let at = MONTHS - 12; at < MONTHS; at += 1) {
        const watched = { counts: Robbery.slice(cut), period: 12, masked: masked.slice(cut) };
        const judgement = judgePeriod(watched, at - cut);
        if (judgement.kind === 'ok' && judgement.direction !== undefined) agreed += 1;
      }
    }
    expect(agreed).toBeGreaterThan(3);
    const [sums] = coverage.filter(({ scope }) => scope === 'neighbourhood');
    // All categories together are the same series once more.
    expect(Number(sums?.anomalies) + Number(sums?.set_aside)).toBe(2 * agreed);
    expect(anomalies.filter(({ jurisdiction }) => jurisdiction !== 'all')).toHaveLength(
      Number(sums?.anomalies),
    );
  });

  it('does not take what is still to be reported for a fall', () => {
    const city = quietCity();
    for (const place of SOME) {
      const own = city[place] ?? {};
      city[place] = Object.fromEntries(
        Object.entries(own).map(([category, counts]) => [
          category,
          withMonths(counts, {
            118: Math.round((counts[118] ?? 0) * 0.9),
            119: Math.round((counts[119] ?? 0) * 0.4),
          }),
        ]),
      );
    }
    const { anomalies, coverage } = answer(make({ lapd: city }, [0.4, 0.5, 0.1]), contextOf());
    expect(anomalies.filter(({ period_start }) => String(period_start) >= '2022-10-24')).toEqual([]);
    // Weeks, and months of Arson, up to the last two months, which are not complete.
    expect(coverage[0]?.cells).toBe(4 * 512 + 118);
  });

  it('judges a neighbourhood that begins or ends within the series by the months it has', () => {
    const city: Record<string, Record<string, (number | null)[]>> = quietCity();
    city.New = { Robbery: usual(30).map((count, i) => (i < 114 ? null : count)) };
    city.Old = { Robbery: usual(30).map((count, i) => (i > 110 ? null : count)) };
    const { anomalies, coverage } = answer(make({ lapd: city }), contextOf());
    expect(anomalies.filter(({ jurisdiction }) => jurisdiction === 'New' || jurisdiction === 'Old')).toEqual(
      [],
    );
    const reasons = coverage.filter(({ scope, reason }) => scope === 'neighbourhood' && reason !== null);
    // Six months without the new and nine without the old one, twice: the category and all categories.
    expect(reasons.find(({ reason }) => String(reason).includes('no record'))?.cells).toBe(2 * (6 + 9));
    expect(reasons.find(({ reason }) => String(reason).startsWith('Less than two'))?.cells).toBe(2 * 6);
  });

  it('keeps cities apart and names events', () => {
    const made = { lapd: quietCity(), nypd: quietCity() };
    for (const place of SOME) {
      const own = made.nypd[place] ?? {};
      made.nypd[place] = { ...own, Robbery: withMonths(own.Robbery ?? [], { 107: 70 }) };
    }
    const { anomalies } = answer(make(made), contextOf([LAPD, NYPD]));
    const robbery = anomalies.filter(({ crime_category }) => crime_category === 'Robbery');
    const weeks = robbery.map(({ period_start }) => String(period_start));
    expect(weeks).toEqual(expect.arrayContaining(['2021-12-06', '2021-12-13', '2021-12-20']));
    for (const row of robbery) expect(row).toMatchObject({ source: 'nypd', jurisdiction: 'all' });
    expect(robbery.find(({ period_start }) => period_start === '2021-12-13')?.break_event).toBe(
      'Grand larceny of one month, perhaps entered in a batch',
    );
  });

  it('has empty tables without incidents, and reasons for a week of data', () => {
    const nothing = { count_days: [], count_jurisdiction_months: [], count_reporting: [] };
    expect(answer(nothing, { ...contextOf(), observed: new Map() })).toEqual({ anomalies: [], coverage: [] });
    const week = { from: '2022-03-01', to: '2022-03-07' };
    const counts = {
      count_days: [
        { source: 'lapd', crime_category: 'Robbery', day: dayOfMonth(2022 * 12 + 2), incidents: 5 },
      ],
      count_jurisdiction_months: [
        {
          source: 'lapd',
          jurisdiction: 'Central',
          crime_category: 'Robbery',
          month: 2022 * 12 + 2,
          incidents: 5,
        },
      ],
      count_reporting: [
        { source: 'lapd', occurred_month: 2022 * 12 + 2, report_month: 2022 * 12 + 2, incidents: 5 },
      ],
    };
    const { anomalies, coverage } = answer(counts, {
      sources: [LAPD],
      window: week,
      observed: new Map([['lapd', week]]),
    });
    expect(anomalies).toEqual([]);
    expect(coverage.map(({ scope, reason, cells }) => [scope, reason, cells])).toEqual([
      ['city', 'There is no whole month whose reports are complete.', 0],
      ['neighbourhood', 'There is no whole month whose reports are complete.', 0],
    ]);
  });
});
