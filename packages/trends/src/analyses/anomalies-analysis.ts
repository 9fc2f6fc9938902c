import type { SqlRow } from '@crimetracker/engine';
import type { PeriodJudgement, WatchedSeries } from '../anomalies/agree.js';
import { judgePeriod } from '../anomalies/agree.js';
import { describeAnomaly } from '../anomalies/describe-anomaly.js';
import type { FarringtonFlexibleOptions } from '../anomalies/farrington.js';
import { detectByFarringtonFlexible } from '../anomalies/farrington.js';
import { detectByPoissonBand } from '../anomalies/poisson-bands.js';
import { findSamePeriods } from '../anomalies/reference-periods.js';
import type { AnomalySelection, JudgedCell } from '../anomalies/select-anomalies.js';
import { selectAnomalies } from '../anomalies/select-anomalies.js';
import type { Verdict } from '../anomalies/verdict.js';
import { dailyCounts, jurisdictionMonths, reportingCounts } from '../marts/count-marts.js';
import type { ResultMart, ResultRow } from '../marts/mart.js';
import { isoDateOf } from '../peak-hours/civil-date.js';
import type { NotEnoughData } from '../statistics/outcome.js';
import { notEnoughData } from '../statistics/outcome.js';
import type { Analysis } from './analysis.js';
import {
  cityColumn,
  dateColumn,
  gradeColumn,
  known,
  realColumn,
  sourceColumn,
  textColumn,
  wholeColumn,
} from './analysis.js';
import { isMasked } from './break-register.js';
import { gradeOf } from './comparability.js';
import type { AnalysedSource, AnalysisContext, Counts } from './context.js';
import { ALL_CATEGORIES, groupBy, rowsOf } from './context.js';
import type { SourcePeriods } from './periods.js';
import { dayOfMonth, eventsIn, firstDayOf, monthOf, periodsOf } from './periods.js';

const SCOPES = ['city', 'neighbourhood'] as const;
type Scope = (typeof SCOPES)[number];

/** How many of the last complete months are judged: every month of a city, the last year of a neighbourhood. */
const JUDGED_MONTHS: Readonly<Record<Scope, number>> = { city: 1200, neighbourhood: 12 };
/** Months before the first judged one that are looked at: all that Farrington trains with, and two years more. */
const HISTORY_MONTHS = 84;
const LEAST_MEAN = 3;
const WHOLE_CITY = 'all';

const anomaliesMart: ResultMart = {
  name: 'anomalies',
  description:
    'Months in which a city or neighbourhood recorded far more or fewer incidents of a category than it used to: at least two of three detectors agree, and the false discovery rate over the whole table is at most 5 %. Each month is judged by the months before it only.',
  columns: [
    sourceColumn,
    cityColumn,
    textColumn('jurisdiction', 'Precinct or division; `all` for the whole city.'),
    textColumn('crime_category', 'Crime category; `All` for all categories together.'),
    dateColumn('month', 'First day of the month.'),
    wholeColumn('observed', 'Recorded incidents of the month.'),
    realColumn('expected', 'Incidents expected by the first of the agreeing detectors.', 'incidents'),
    realColumn('lower', 'Lower end of what that detector takes as usual.', 'incidents'),
    realColumn('upper', 'Upper end.', 'incidents'),
    textColumn('direction', 'above or below what is usual.'),
    dateColumn('since', 'First day of the first of the uninterrupted months with such an anomaly.'),
    textColumn('agreeing', 'Detectors that agree: farrington, robust-residual, poisson-bands.'),
    realColumn('p_value', 'Two-sided, of the first detector that could judge.', '0 to 1'),
    realColumn('q_value', 'Benjamini–Hochberg over all cities, or over all neighbourhoods.', '0 to 1'),
    textColumn('sentence', 'The anomaly in words.'),
    gradeColumn,
    textColumn(
      'break_event',
      'Known events that fall into the time from `since` to the end of the month; null without.',
    ),
  ],
};

const coverageMart: ResultMart = {
  name: 'anomaly_coverage',
  description:
    'What was looked at to find anomalies. A cell is one month of one category of a city or neighbourhood. A row without reason has the sums; the others say why cells were not judged.',
  columns: [
    sourceColumn,
    cityColumn,
    textColumn('scope', 'city or neighbourhood.'),
    wholeColumn('tested', 'Cells that were judged; null in rows with a reason.'),
    wholeColumn('not_judged', 'Cells that were not; null in rows with a reason.'),
    wholeColumn('anomalies', 'Cells in the table of anomalies; null in rows with a reason.'),
    wholeColumn(
      'set_aside',
      'Cells on which detectors agree, but not beyond what so many tests give by chance; null in rows with a reason.',
    ),
    textColumn('reason', 'Why cells were not judged; null in the row of the sums.'),
    wholeColumn('cells', 'Cells of the row.'),
  ],
};

const RARE = `The category has less than ${LEAST_MEAN} incidents a month here.`;
const NO_RECORD = 'The neighbourhood has no record for the month.';
const TOO_FEW =
  'Less than two of the three detectors could judge: the series is too short or has too few incidents.';
const NO_MONTH = 'There is no whole month whose reports are complete.';

/** A month of a series. */
interface Cell {
  readonly series: MonthlySeries;
  readonly at: number;
}

interface MonthlySeries {
  readonly source: AnalysedSource;
  readonly jurisdiction: string;
  readonly category: string;
  readonly firstMonth: number;
  /** Null in months in which the place has no record at all. */
  readonly counts: readonly (number | null)[];
  readonly masked: readonly boolean[];
}

/** Whole-city and neighbourhood series of a source, up to its last complete month. */
function seriesOf(
  source: AnalysedSource,
  scope: Scope,
  rows: readonly {
    readonly jurisdiction: string;
    readonly category: string;
    readonly month: number;
    readonly count: number;
  }[],
  periods: SourcePeriods,
): MonthlySeries[] {
  const last = periods.lastCompleteMonth;
  const first = Math.max(periods.firstMonth, last - JUDGED_MONTHS[scope] - HISTORY_MONTHS + 1);
  const length = last - first + 1;
  if (length <= 0) return [];
  const masked = Array.from({ length }, (_, i) =>
    isMasked(source.id, firstDayOf(first + i), isoDateOf(dayOfMonth(first + i + 1) - 1)),
  );
  const places = new Map<string, Map<string, Float64Array>>();
  for (const { jurisdiction, category, month, count } of rows) {
    if (month < first || month > last) continue;
    const place = places.get(jurisdiction) ?? new Map<string, Float64Array>();
    places.set(jurisdiction, place);
    for (const name of [ALL_CATEGORIES, category]) {
      const counts = place.get(name) ?? new Float64Array(length);
      place.set(name, counts);
      counts[month - first] = (counts[month - first] as number) + count;
    }
  }
  return sorted(places).flatMap(([jurisdiction, place]) => {
    const all = place.get(ALL_CATEGORIES) ?? new Float64Array(length);
    const begins = all.findIndex((count) => count > 0);
    const ends = all.findLastIndex((count) => count > 0);
    return sorted(place).map(([category, counts]) => ({
      source,
      jurisdiction,
      category,
      firstMonth: first,
      counts: Array.from(counts, (count, i) => (i < begins || i > ends ? null : count)),
      masked,
    }));
  });
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function citySeries(
  source: AnalysedSource,
  counts: readonly SqlRow[],
  periods: SourcePeriods,
): MonthlySeries[] {
  const months = new Map<number, number>();
  const rows = counts.map((row) => {
    const day = Number(row.day);
    const month = months.get(day) ?? monthOf(day);
    months.set(day, month);
    return {
      jurisdiction: WHOLE_CITY,
      category: String(row.crime_category),
      month,
      count: Number(row.incidents),
    };
  });
  return seriesOf(source, 'city', rows, periods);
}

function neighbourhoodSeries(
  source: AnalysedSource,
  counts: readonly SqlRow[],
  periods: SourcePeriods,
): MonthlySeries[] {
  const rows = counts.map((row) => ({
    jurisdiction: String(row.jurisdiction),
    category: String(row.crime_category),
    month: Number(row.month),
    count: Number(row.incidents),
  }));
  return seriesOf(source, 'neighbourhood', rows, periods);
}

/** Mean of the last known months, as many as Farrington trains with. */
function recentMean(counts: readonly (number | null)[]): number {
  const recent = counts.filter((count) => count !== null).slice(-60);
  return recent.length === 0 ? 0 : recent.reduce((sum, count) => sum + count, 0) / recent.length;
}

const YEARS = 5;

/** Those that `judgePeriod` takes for months, said here because single detectors are asked with them as well. */
const FARRINGTON: FarringtonFlexibleOptions = {
  w: 1,
  alpha: 0.01,
  noPeriods: 4,
  pastWeeksNotIncluded: 3,
  pThresholdTrend: 1,
  thresholdMethod: 'muan',
};

const FEWEST_ALIKE = 9;

/**
 * Whether a month lies among the same months of five earlier years and their neighbours, not as one of the two lowest
 * or two highest. Farrington's p-value of such a month inside the Poisson band is above 0.15 (3,000 simulated months
 * with means of 3 to 400, dispersion of 1 to 2, season and trend, seen 2026-11-27), so it is no anomaly, and as no
 * p-value above the false discovery rate plays a part in what is selected, it need not be known.
 */
function isLikeEarlierYears(counts: readonly (number | null)[], at: number): boolean {
  const observed = counts[at] ?? 0;
  let alike = 0;
  let notAbove = 0;
  let notBelow = 0;
  for (let year = 1; year <= YEARS; year += 1) {
    for (let index = at - 12 * year - 1; index <= at - 12 * year + 1; index += 1) {
      const count = counts[index] ?? null;
      if (count === null) continue;
      alike += 1;
      if (count <= observed) notAbove += 1;
      if (count >= observed) notBelow += 1;
    }
  }
  return alike >= FEWEST_ALIKE && notAbove >= 2 && notBelow >= 2;
}

const NOT_ASKED = notEnoughData('Not asked, as no two detectors could agree.');

/** A month without anomaly. */
function quiet(verdict: Verdict, at: number, pValue: number): PeriodJudgement {
  const { observed, expected, lower, upper } = verdict;
  return {
    kind: 'ok',
    at,
    observed,
    expected,
    lower,
    upper,
    direction: undefined,
    since: undefined,
    agreeing: [],
    pValue,
    verdicts: { farrington: NOT_ASKED, 'robust-residual': NOT_ASKED, 'poisson-bands': NOT_ASKED },
  };
}

/**
 * As `judgePeriod`, but the costly detectors are asked only where they can still make an agreement: the season is
 * estimated anew for every month, and hardly any month needs it.
 */
function judgeMonth(
  watched: WatchedSeries,
  training: readonly (number | null)[],
  at: number,
): PeriodJudgement | NotEnoughData {
  if (watched.masked?.[at] !== true) {
    const band = detectByPoissonBand(training, at);
    if (band.kind === 'ok' && band.alarm === undefined) {
      if (isLikeEarlierYears(training, at)) return quiet(band, at, 1);
      const references = findSamePeriods(at, 12, YEARS).filter((index) => index >= 0);
      const farrington = detectByFarringtonFlexible({ counts: training, at, references }, FARRINGTON);
      if (farrington.kind === 'ok' && farrington.alarm === undefined)
        return quiet(farrington, at, farrington.pValue);
    }
  }
  const judgement = judgePeriod(watched, at, { farrington: FARRINGTON });
  return judgement.kind === 'ok' ? judgement : notEnoughData(TOO_FEW);
}

function judgeSeries(series: MonthlySeries, months: number): JudgedCell<Cell>[] {
  const { counts, masked } = series;
  const training = counts.map((count, i) => (masked[i] === true ? null : count));
  const isRare = recentMean(training) < LEAST_MEAN;
  const watched: WatchedSeries = { counts, period: 12, masked };
  const cells: JudgedCell<Cell>[] = [];
  for (let at = Math.max(0, counts.length - months); at < counts.length; at += 1) {
    const judgement =
      counts[at] === null
        ? notEnoughData(NO_RECORD)
        : isRare
          ? notEnoughData(RARE)
          : judgeMonth(watched, training, at);
    cells.push({ key: { series, at }, judgement });
  }
  return cells;
}

const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(' ');

function monthName(month: number): string {
  return `${MONTH_NAMES[month % 12]} ${Math.floor(month / 12)}`;
}

function anomalyRows({ anomalies }: AnomalySelection<Cell>): ResultRow[] {
  return anomalies.map(({ key, judgement, qValue }): ResultRow => {
    const { at, series } = key;
    const { source, jurisdiction, category, firstMonth } = series;
    const month = firstMonth + at;
    const since = firstMonth + (judgement.since ?? at);
    const what = category === ALL_CATEGORIES ? 'All categories together' : category;
    const where = jurisdiction === WHOLE_CITY ? source.city : `${jurisdiction}, ${source.city}`;
    return {
      source: source.id,
      city: source.city,
      jurisdiction,
      crime_category: category,
      month: firstDayOf(month),
      observed: judgement.observed,
      expected: known(judgement.expected),
      lower: known(judgement.lower),
      upper: known(judgement.upper),
      direction: judgement.direction ?? null,
      since: firstDayOf(since),
      agreeing: judgement.agreeing.join(', '),
      p_value: known(judgement.pValue),
      q_value: known(qValue),
      sentence: describeAnomaly(judgement, {
        what: `${what} in ${where}`,
        nameOf: (index) => monthName(firstMonth + index),
      }),
      comparability: gradeOf(category),
      break_event: eventsIn(source.id, dayOfMonth(since), dayOfMonth(month + 1) - 1, 'touch'),
    };
  });
}

function coverageRows(
  source: AnalysedSource,
  scope: Scope,
  cells: readonly JudgedCell<Cell>[],
  selection: AnomalySelection<Cell>,
): ResultRow[] {
  const isOwn = ({ key }: { readonly key: Cell }): boolean => key.series.source === source;
  const own = cells.filter(isOwn);
  const reasons = new Map<string, number>();
  for (const { reason } of selection.notJudged.filter(isOwn))
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const notJudged = [...reasons.values()].reduce((sum, number) => sum + number, 0);
  const who = { source: source.id, city: source.city, scope };
  if (own.length === 0) return [{ ...who, reason: NO_MONTH, cells: 0 }];
  return [
    {
      ...who,
      tested: own.length - notJudged,
      not_judged: notJudged,
      anomalies: selection.anomalies.filter(isOwn).length,
      set_aside: selection.setAside.filter(isOwn).length,
      reason: null,
      cells: own.length,
    },
    ...sorted(reasons).map(([reason, number]) => ({ ...who, reason, cells: number })),
  ];
}

function inOrder(rows: readonly ResultRow[], ...columns: readonly string[]): ResultRow[] {
  const keys = new Map(rows.map((row) => [row, columns.map((name) => String(row[name])).join('\u0000')]));
  return [...rows].sort((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1));
}

function run(counts: Counts, context: AnalysisContext) {
  const days = groupBy(rowsOf(counts, dailyCounts), 'source');
  const neighbourhoods = groupBy(rowsOf(counts, jurisdictionMonths), 'source');
  const anomalies: ResultRow[] = [];
  const coverage: ResultRow[] = [];
  const sources = context.sources.flatMap((source) => {
    const periods = periodsOf(source.id, counts, context);
    return periods === undefined ? [] : [{ source, periods }];
  });
  for (const scope of SCOPES) {
    const cells = sources.flatMap(({ source, periods }) => {
      const series =
        scope === 'city'
          ? citySeries(source, days.get(source.id) ?? [], periods)
          : neighbourhoodSeries(source, neighbourhoods.get(source.id) ?? [], periods);
      return series.flatMap((one) => judgeSeries(one, JUDGED_MONTHS[scope]));
    });
    const selection = selectAnomalies(cells);
    anomalies.push(...anomalyRows(selection));
    for (const { source } of sources) coverage.push(...coverageRows(source, scope, cells, selection));
  }
  return [
    { mart: anomaliesMart, rows: inOrder(anomalies, 'source', 'jurisdiction', 'crime_category', 'month') },
    { mart: coverageMart, rows: coverage },
  ];
}

/** What stands out among the months of cities and neighbourhoods. */
export const anomaliesAnalysis: Analysis = {
  id: 'anomalies',
  title: 'Anomalies across years and neighbourhoods',
  reads: () => [dailyCounts, jurisdictionMonths, reportingCounts],
  makes: [anomaliesMart, coverageMart],
  run,
};
