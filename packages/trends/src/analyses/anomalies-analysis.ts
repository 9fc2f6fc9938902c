import type { AnalysedSource, NotEnoughData, ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  cityColumn,
  dateColumn,
  gradeColumn,
  gradeOf,
  isoDateOf,
  known,
  notEnoughData,
  realColumn,
  sourceColumn,
  textColumn,
  wholeColumn,
} from '@crimetracker/analysis-kit';
import type { PeriodJudgement } from '../anomalies/agree.js';
import { describeAnomaly } from '../anomalies/describe-anomaly.js';
import { judgeHistory } from '../anomalies/judge-history.js';
import { judgeMonth } from '../anomalies/judge-month.js';
import type { AnomalySelection, JudgedCell } from '../anomalies/select-anomalies.js';
import { selectAnomalies } from '../anomalies/select-anomalies.js';
import { dailyCounts, jurisdictionMonths, reportingCounts } from '../marts/count-marts.js';
import type { Analysis } from './analysis.js';
import type { AnalysisContext, Counts } from './context.js';
import { ALL_CATEGORIES, groupBy, rowsOf } from './context.js';
import { eventsIn, periodsOf } from './periods.js';
import type { WatchedCounts } from './watched-series.js';
import { citySeries, monthsOf, neighbourhoodSeries, sorted, WHOLE_CITY, weeksOf } from './watched-series.js';

const SCOPES = ['city', 'neighbourhood'] as const;
type Scope = (typeof SCOPES)[number];

/** Complete months of a neighbourhood that are judged. */
const JUDGED_MONTHS = 12;
/** Months before them that are looked at: all that Farrington trains with, and two years more. */
const HISTORY_MONTHS = 84;
/** Incidents a week or month, below which detectors tell little. */
const LEAST_MEAN = 3;

const anomaliesMart: ResultMart = {
  name: 'anomalies',
  description:
    'Weeks of a city and months of a neighbourhood with far more or fewer incidents of a category than usual: at least two of three detectors agree, and the false discovery rate is at most 5 % over all cities, and over all neighbourhoods. Every week of a city with two years before it is judged, with hindsight: a step or slope of the level is no anomaly (see level_shifts). Categories too rare for weeks are judged by month instead. Of a neighbourhood the last twelve months are judged, each by the months before it only.',
  columns: [
    sourceColumn,
    cityColumn,
    textColumn('jurisdiction', 'Precinct or division; `all` for the whole city.'),
    textColumn('crime_category', 'Crime category; `All` for all categories together.'),
    textColumn('frequency', 'week or month.'),
    dateColumn('period_start', 'First day of the week (a Monday) or month.'),
    wholeColumn('observed', 'Recorded incidents of the period.'),
    realColumn('expected', 'Incidents expected by the first of the agreeing detectors.', 'incidents'),
    realColumn('lower', 'Lower end of what that detector takes as usual.', 'incidents'),
    realColumn('upper', 'Upper end.', 'incidents'),
    textColumn('direction', 'above or below what is usual.'),
    dateColumn(
      'since',
      'First day of the first of the uninterrupted periods on which detectors agree in this direction.',
    ),
    textColumn('agreeing', 'Detectors that agree: farrington, robust-residual, poisson-bands.'),
    realColumn(
      'p_value',
      'Two-sided, of Farrington or else of the first detector that could judge.',
      '0 to 1',
    ),
    realColumn('q_value', 'Benjamini–Hochberg over all cities, or over all neighbourhoods.', '0 to 1'),
    textColumn('sentence', 'The anomaly in words.'),
    gradeColumn,
    textColumn(
      'break_event',
      'Known events that fall into the time from `since` to the end of the period; null without.',
    ),
  ],
};

const coverageMart: ResultMart = {
  name: 'anomaly_coverage',
  description:
    'What was looked at to find anomalies. A cell is one week or month of one category of a city or neighbourhood. A row without reason has the sums; the others say why cells were not judged.',
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

/** A period of a series. */
interface Cell {
  readonly series: WatchedCounts;
  readonly at: number;
}

type Judgement = PeriodJudgement | NotEnoughData;

/** Whether the last five years have enough incidents a period. */
function isRare({ counts, calendar }: WatchedCounts): boolean {
  const recent = counts
    .filter((count, i) => count !== null && calendar.masked[i] !== true)
    .slice(calendar.frequency === 'week' ? -260 : -60);
  return recent.reduce<number>((sum, count) => sum + (count ?? 0), 0) < LEAST_MEAN * recent.length;
}

/** Cities by week, categories that are too rare for weeks by month. */
function judgeCity(weekly: readonly WatchedCounts[], monthly: readonly WatchedCounts[]): JudgedCell<Cell>[] {
  return monthly.flatMap((months) => {
    const weeks = weekly.find(({ category }) => category === months.category);
    const series = weeks === undefined || isRare(weeks) ? months : weeks;
    const { counts, calendar } = series;
    const judgements: readonly Judgement[] = isRare(series)
      ? counts.map(() => notEnoughData(RARE))
      : judgeHistory({ ...calendar, counts, period: calendar.frequency === 'week' ? 52 : 12 });
    return judgements.map((judgement, at) => ({ key: { series, at }, judgement }));
  });
}

/** The last months of a neighbourhood. */
function judgeNeighbourhood(series: WatchedCounts): JudgedCell<Cell>[] {
  const { counts, calendar } = series;
  const rare = isRare(series);
  const judge = (at: number): Judgement => {
    if (counts[at] === null) return notEnoughData(NO_RECORD);
    if (rare) return notEnoughData(RARE);
    const judgement = judgeMonth({ counts, masked: calendar.masked }, at);
    return judgement.kind === 'ok' ? judgement : notEnoughData(TOO_FEW);
  };
  const first = Math.max(0, counts.length - JUDGED_MONTHS);
  return counts.slice(first).map((_, i) => ({ key: { series, at: first + i }, judgement: judge(first + i) }));
}

const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(' ');

function periodName(series: WatchedCounts, at: number): string {
  const [year, month, day] = isoDateOf(series.calendar.starts[at] ?? 0)
    .split('-')
    .map(Number);
  const name = `${MONTH_NAMES[(month ?? 1) - 1]} ${year}`;
  return series.calendar.frequency === 'week' ? `the week of ${day} ${name}` : name;
}

function anomalyRows({ anomalies }: AnomalySelection<Cell>): ResultRow[] {
  return anomalies.map(({ key, judgement, qValue }): ResultRow => {
    const { at, series } = key;
    const { source, jurisdiction, category, calendar } = series;
    const startOf = (index: number): number => calendar.starts[index] ?? 0;
    const since = judgement.since ?? at;
    const what = category === ALL_CATEGORIES ? 'All categories together' : category;
    const where = jurisdiction === WHOLE_CITY ? source.city : `${jurisdiction}, ${source.city}`;
    return {
      source: source.id,
      city: source.city,
      jurisdiction,
      crime_category: category,
      frequency: calendar.frequency,
      period_start: isoDateOf(startOf(at)),
      observed: judgement.observed,
      expected: known(judgement.expected),
      lower: known(judgement.lower),
      upper: known(judgement.upper),
      direction: judgement.direction ?? null,
      since: isoDateOf(startOf(since)),
      agreeing: judgement.agreeing.join(', '),
      p_value: known(judgement.pValue),
      q_value: known(qValue),
      sentence: describeAnomaly(judgement, {
        what: `${what} in ${where}`,
        nameOf: (index) => periodName(series, index),
      }),
      comparability: gradeOf(category),
      break_event: eventsIn(source.id, startOf(since), startOf(at + 1) - 1, 'touch'),
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
      if (scope === 'city') {
        const own = days.get(source.id) ?? [];
        return judgeCity(
          citySeries(source, own, weeksOf(source, periods)),
          citySeries(source, own, monthsOf(source, periods)),
        );
      }
      const calendar = monthsOf(source, periods, JUDGED_MONTHS + HISTORY_MONTHS);
      return neighbourhoodSeries(source, neighbourhoods.get(source.id) ?? [], calendar).flatMap(
        judgeNeighbourhood,
      );
    });
    const selection = selectAnomalies(cells);
    anomalies.push(...anomalyRows(selection));
    for (const { source } of sources) coverage.push(...coverageRows(source, scope, cells, selection));
  }
  return [
    {
      mart: anomaliesMart,
      rows: inOrder(anomalies, 'source', 'jurisdiction', 'crime_category', 'period_start'),
    },
    { mart: coverageMart, rows: coverage },
  ];
}

/** What stands out among the weeks of cities and the months of neighbourhoods. */
export const anomaliesAnalysis: Analysis = {
  id: 'anomalies',
  title: 'Anomalies across years and neighbourhoods',
  reads: () => [dailyCounts, jurisdictionMonths, reportingCounts],
  makes: [anomaliesMart, coverageMart],
  run,
};
