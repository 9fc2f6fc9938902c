import { DISCOVERED_BY_POLICE } from '@crimetracker/analysis-kit';
import { dateText, monthText } from '@crimetracker/analysis-kit/words';
import type { DateRange, Filters, Grain } from '@crimetracker/crossfilter';
import { CRIME_CATEGORIES } from '@crimetracker/schema';
import type { CityAnswers, MartRow } from '../documents.js';
import { factor, number } from './words.js';

/** A week or month that stands out, of the series that is drawn. */
interface OverlayAnomaly {
  readonly start: string;
  readonly isAbove: boolean;
  readonly sentence: string;
  /** Whether the series is drawn in its frequency, so that its mark stands on the line; else it stands below. */
  readonly isOnLine: boolean;
}

/** An anomaly of one category while the series of all is drawn. */
interface OtherAnomaly {
  readonly category: string;
  readonly sentence: string;
}

interface OverlayBreak {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  readonly isVerified: boolean;
}

interface OverlayShift {
  readonly at: string;
  readonly ratio: number | null;
  readonly sentence: string;
}

export interface OverlayForecast {
  readonly start: string;
  readonly expected: number;
  readonly p05: number;
  readonly p25: number;
  readonly p75: number;
  readonly p95: number;
}

export interface Overlays {
  readonly anomalies: readonly OverlayAnomaly[];
  readonly others: readonly OtherAnomaly[];
  readonly breaks: readonly OverlayBreak[];
  readonly shifts: readonly OverlayShift[];
  readonly forecast: readonly OverlayForecast[];
  /** Why something is not there, one sentence each. */
  readonly absent: readonly string[];
  /** Categories to choose so that the forecast of all that are forecast together can be drawn. */
  readonly forecastCategories: readonly string[] | undefined;
}

const ALL = 'All';
const WHOLE_CITY = 'all';
const FORECAST_TOGETHER: readonly string[] = CRIME_CATEGORIES.filter(
  (category) => !DISCOVERED_BY_POLICE.includes(category),
);
const DAYS_OF: Readonly<Record<string, number>> = { week: 7, month: 31 };

const textIn = (row: MartRow, column: string): string => String(row[column] ?? '');
const numberIn = (row: MartRow, column: string): number => Number(row[column]);

function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What the drawn series is a series of, as the answers name it; a text says why it is none of theirs. */
function seriesOf(filters: Filters): { readonly category: string; readonly jurisdiction: string } | string {
  const { source: _source, from: _from, to: _to, crime_category, jurisdiction, ...others } = filters;
  if (Object.keys(others).length > 0)
    return 'Anomalies, level shifts and forecasts are computed for all incidents or one category; other filters are set, so they are not drawn.';
  if (jurisdiction !== undefined && jurisdiction.length > 1)
    return 'Anomalies are computed for a city or one jurisdiction; several are chosen, so they are not drawn.';
  const place = jurisdiction?.[0] ?? WHOLE_CITY;
  if (crime_category === undefined) return { category: ALL, jurisdiction: place };
  if (crime_category.length === 1) return { category: crime_category[0] ?? ALL, jurisdiction: place };
  return 'Anomalies, level shifts and forecasts are computed for all incidents or one category; several are chosen, so they are not drawn.';
}

/** Whether exactly those categories are chosen that are forecast together, and nothing else. */
function isForecastTogether({ source: _source, from: _from, to: _to, ...others }: Filters): boolean {
  return Object.keys(others).length === 1 && others.crime_category?.join() === FORECAST_TOGETHER.join();
}

/** What the answers of a city add to its drawn series; `range` are the days that are drawn. */
export function overlaysOf(answers: CityAnswers, filters: Filters, grain: Grain, range: DateRange): Overlays {
  const breaks = answers.breaks
    .filter((row) => textIn(row, 'from_date') <= range.to && textIn(row, 'to_date') >= range.from)
    .map((row) => ({
      from: textIn(row, 'from_date'),
      to: textIn(row, 'to_date'),
      event: textIn(row, 'event'),
      isVerified: row.is_verified === true,
    }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const none = { anomalies: [], others: [], shifts: [], forecast: [], forecastCategories: undefined };
  if (isForecastTogether(filters)) {
    const { forecast, absent } = forecastOf(answers, ALL, grain, range);
    return {
      ...none,
      breaks,
      forecast,
      absent: ['Anomalies are computed for all incidents or one category.', ...absent],
    };
  }
  const series = seriesOf(filters);
  if (typeof series === 'string') return { ...none, breaks, absent: [series] };
  if (grain === 'day')
    return {
      ...none,
      breaks,
      absent: ['Anomalies and forecasts are of weeks and months; choose more than three months to see them.'],
    };
  const { category, jurisdiction } = series;
  const isCity = jurisdiction === WHOLE_CITY;
  const ofPlace = answers.anomalies.filter(
    (row) => textIn(row, 'jurisdiction') === jurisdiction && touches(row, range),
  );
  const anomalies = ofPlace
    .filter((row) => textIn(row, 'crime_category') === category)
    .map((row) => ({
      start: textIn(row, 'period_start'),
      isAbove: textIn(row, 'direction') === 'above',
      sentence: textIn(row, 'sentence'),
      isOnLine: textIn(row, 'frequency') === grain,
    }));
  const others =
    category === ALL
      ? ofPlace
          .filter((row) => textIn(row, 'crime_category') !== ALL)
          .map((row) => ({ category: textIn(row, 'crime_category'), sentence: textIn(row, 'sentence') }))
      : [];
  const shifts = isCity
    ? answers.levelShifts
        .filter(
          (row) =>
            textIn(row, 'crime_category') === category &&
            row.reason === null &&
            textIn(row, 'shift_at') >= range.from &&
            textIn(row, 'shift_at') <= range.to,
        )
        .map(shiftOf)
    : [];
  if (!isCity)
    return {
      ...none,
      breaks,
      anomalies,
      others,
      absent: [
        'Level shifts and forecasts are of the whole city. Of a jurisdiction the last twelve months are judged.',
      ],
    };
  if (category === ALL)
    return {
      breaks,
      anomalies,
      others,
      shifts,
      forecast: [],
      absent: [
        'There is no forecast of all incidents: categories that exist because police look for them are not forecast.',
      ],
      forecastCategories: FORECAST_TOGETHER,
    };
  return {
    breaks,
    anomalies,
    others,
    shifts,
    forecastCategories: undefined,
    ...forecastOf(answers, category, grain, range),
  };
}

function touches(row: MartRow, range: DateRange): boolean {
  const start = textIn(row, 'period_start');
  return start <= range.to && daysLater(start, (DAYS_OF[textIn(row, 'frequency')] ?? 1) - 1) >= range.from;
}

function shiftOf(row: MartRow): OverlayShift {
  const at = textIn(row, 'shift_at');
  const level = (column: string): string => number(numberIn(row, column));
  const ratio = row.ratio === null ? null : numberIn(row, 'ratio');
  const interval =
    row.ratio_lower !== null && row.ratio_upper !== null
      ? `, 95\u00a0% interval ${factor(numberIn(row, 'ratio_lower'))} to ${factor(numberIn(row, 'ratio_upper'))}`
      : '';
  const times = ratio === null ? '' : ` (×\u00a0${factor(ratio)}${interval})`;
  const near = row.near_break === null ? '' : ` Near: ${textIn(row, 'near_break')}.`;
  return {
    at,
    ratio,
    sentence: `From ${monthText(at)} on the level is another: ${level('level_after')} incidents a month instead of ${level('level_before')}${times}.${near}`,
  };
}

function forecastOf(
  answers: CityAnswers,
  category: string,
  grain: Grain,
  range: DateRange,
): Pick<Overlays, 'forecast' | 'absent'> {
  const rows = answers.forecasts
    .filter((row) => textIn(row, 'crime_category') === category && textIn(row, 'frequency') === grain)
    .map((row) => ({
      start: textIn(row, 'period_start'),
      expected: numberIn(row, 'expected'),
      p05: numberIn(row, 'p05'),
      p25: numberIn(row, 'p25'),
      p75: numberIn(row, 'p75'),
      p95: numberIn(row, 'p95'),
    }))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const first = rows[0]?.start;
  if (first === undefined) {
    const isDiscovered = DISCOVERED_BY_POLICE.some((name) => name === category);
    return {
      forecast: [],
      absent: [
        isDiscovered
          ? `${category} is not forecast: its counts follow where police look.`
          : `There is no forecast of ${category} by ${grain}.`,
      ],
    };
  }
  if (first > daysLater(range.to, DAYS_OF[grain] ?? 1))
    return {
      forecast: [],
      absent: [`The forecast begins on ${dateText(first)}, after the days that are shown.`],
    };
  return { forecast: rows, absent: [] };
}
