import type { NotEnoughData, ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  cityColumn,
  dateColumn,
  isoDateOf,
  known,
  median,
  notEnoughData,
  realColumn,
  sourceColumn,
  textColumn,
  wholeColumn,
  yesNoColumn,
} from '@crimetracker/analysis-kit';
import { decomposeMstl } from '../../series/mstl.js';
import { decomposeStl } from '../../series/stl.js';
import type { Calendar } from './calendar.js';
import type { Subject } from './subject.js';
import { categoryOrAllColumn, who } from './subject.js';

export const seriesMart: ResultMart = {
  name: 'series',
  description:
    'Recorded incidents by month, ISO week and (all categories together) day, split by a robust STL of ln(1 + incidents) that does not learn from incomplete periods: incidents = trend × seasonal + remainder. Months and weeks that are not whole are left out.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryOrAllColumn,
    textColumn('frequency', 'day, week or month.'),
    dateColumn('period_start', 'First day of the period; a Monday for weeks.'),
    wholeColumn('incidents', 'Recorded incidents.'),
    realColumn(
      'completeness',
      'Share of the incidents of the month, or of the month in which the period ends, that is reported so far; null when not known.',
      '0 to 1',
    ),
    yesNoColumn('is_complete', 'Whether at least 98 % are reported; null when not known.'),
    realColumn('trend', 'Level without season and chance.', 'incidents a period'),
    realColumn('seasonal', 'What the time of the year (and the weekday) multiplies the level by.', 'ratio'),
    realColumn('remainder', 'incidents − trend × seasonal; null when incomplete.', 'incidents'),
    textColumn('break_event', 'Known events that begin in the period; null without.'),
    textColumn('reason', 'Why there is no trend; null when there is one.'),
  ],
};

interface Parts {
  readonly kind: 'ok';
  readonly trend: readonly number[];
  readonly seasonal: readonly number[];
}

/** Robustness iterations of the daily series, which is long; Cleveland et al. (1990) find five safe. */
const DAILY_ITERATIONS = 5;

function decompose(counts: readonly number[], { frequency, perYear, used }: Calendar): Parts | NotEnoughData {
  const values = counts.map((count, i) => (used[i] === true ? Math.log1p(count) : null));
  if ((median(values.filter((value) => value !== null)) ?? 0) === 0) {
    return notEnoughData('Half of the periods, or more, have no incident.');
  }
  if (frequency === 'day') {
    const parts = decomposeMstl(values, {
      periods: [7, perYear],
      robust: true,
      outerIterations: DAILY_ITERATIONS,
    });
    if (parts.kind !== 'ok') return parts;
    return readParts(
      parts.trend,
      values.map((_, i) => parts.seasonal.reduce((sum, part) => sum + (part.values[i] ?? 0), 0)),
    );
  }
  const parts = decomposeStl(values, { period: perYear, robust: true });
  return parts.kind === 'ok' ? readParts(parts.trend, parts.seasonal) : parts;
}

/** Back on the scale of counts. */
function readParts(trend: ArrayLike<number>, seasonal: ArrayLike<number>): Parts {
  return {
    kind: 'ok',
    trend: Array.from(trend, (value) => Math.max(0, Math.expm1(value))),
    seasonal: Array.from(seasonal, Math.exp),
  };
}

export function seriesRows(subject: Subject, calendar: Calendar, counts: readonly number[]): ResultRow[] {
  const parts = decompose(counts, calendar);
  return counts.map((incidents, i): ResultRow => {
    const [trend, seasonal] =
      parts.kind === 'ok' ? [known(parts.trend[i]), known(parts.seasonal[i])] : [null, null];
    const isKnown = trend !== null && seasonal !== null && calendar.used[i] === true;
    return {
      ...who(subject),
      frequency: calendar.frequency,
      period_start: isoDateOf(calendar.starts[i] ?? 0),
      incidents,
      completeness: known(calendar.completeness[i]),
      is_complete: calendar.isComplete[i] ?? null,
      trend,
      seasonal,
      remainder: isKnown ? known(incidents - trend * seasonal) : null,
      break_event: calendar.events[i] ?? null,
      reason: parts.kind === 'ok' ? null : parts.reason,
    };
  });
}
