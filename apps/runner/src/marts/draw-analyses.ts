import type { SqlRow } from '@crimetracker/engine';
import type { Analysis } from '@crimetracker/trends';
import { weekdayName } from '@crimetracker/trends';
import type { Console } from '../console.js';
import { table } from '../console.js';
import { bar, sparkline } from '../profile/terminal-charts.js';
import { changeText, percentText, rateText, rowsOf, shareText } from './draw-text.js';

type Colours = Console['colours'];
type Tables = ReadonlyMap<string, readonly SqlRow[]>;

const MOST_COMMON = 10;
const LISTED = 12;
const BAR_WIDTH = 20;
/** Shades of a heat map, from nothing to the most. */
const SHADES = ' ░▒▓█';

/** Cities of a table, in the order in which they come. */
const citiesOf = (rows: readonly SqlRow[]): readonly string[] => [
  ...new Set(rows.map((row) => String(row.city))),
];

/** Draws what an analysis found, the most telling part of it; the tables hold the rest. */
export function drawAnalysis(analysis: Analysis, tables: Tables, colours: Colours): string {
  const draw = DRAWINGS[analysis.id];
  const body = draw?.(tables, colours) ?? [];
  const lines = body.length === 0 ? ['  Nothing to tell: the snapshot holds no such incidents.'] : body;
  return [colours.bold(analysis.title), '', ...lines, ''].join('\n');
}

const DRAWINGS: Readonly<Record<string, (tables: Tables, colours: Colours) => readonly string[]>> = {
  mix: drawMix,
  hours: drawHours,
  weapons: drawWeapons,
  series: drawSeries,
  anomalies: drawAnomalies,
  forecasts: drawForecasts,
};

function drawMix(tables: Tables, colours: Colours): readonly string[] {
  const ofCities = rowsOf(tables, 'crime_mix').filter((row) => row.dimension === 'city');
  return citiesOf(ofCities).flatMap((city) => {
    const own = ofCities.filter((row) => row.city === city);
    const year = Math.max(...own.map((row) => Number(row.occurred_year)));
    const most = own
      .filter((row) => Number(row.occurred_year) === year)
      .sort((a, b) => Number(a.rank) - Number(b.rank));
    const largest = Number(most[0]?.share ?? 1);
    return [
      `  ${city}, ${year}`,
      table(
        [
          'rank',
          'category',
          'incidents',
          'share',
          '95 % interval',
          '',
          'a day, against the year before',
          'cities comparable',
        ],
        most
          .slice(0, MOST_COMMON)
          .map((row) => [
            Number(row.rank),
            String(row.crime_category),
            Number(row.incidents),
            shareText(row.share),
            `${shareText(row.share_lower)} – ${shareText(row.share_upper)}`,
            colours.cyan(bar(Number(row.share) / largest, BAR_WIDTH)),
            row.rate_change === null
              ? '–'
              : `${changeText(row.rate_change)} (${changeText(row.rate_change_lower)} to ${changeText(row.rate_change_upper)})`,
            String(row.comparability),
          ]),
        colours,
      ),
      '',
    ];
  });
}

function drawHours(tables: Tables, colours: Colours): readonly string[] {
  const hours = rowsOf(tables, 'week_hours').filter((row) => row.crime_category === 'All');
  return citiesOf(hours).flatMap((city) => {
    const own = hours.filter((row) => row.city === city);
    const most = Math.max(...own.map((row) => Number(row.rate)));
    const lines = [0, 1, 2, 3, 4, 5, 6].map((weekday) => {
      const cells = own
        .filter((row) => Number(row.weekday) === weekday)
        .sort((a, b) => Number(a.hour) - Number(b.hour))
        .map((row) => (SHADES[Math.min(4, Math.floor((Number(row.rate) / most) * 4.999))] ?? '').repeat(2));
      return `  ${weekdayName(weekday).slice(0, 3)} ${colours.cyan(cells.join(''))}`;
    });
    const peaks = rowsOf(tables, 'peak_hours').filter((row) => row.city === city && row.peak !== null);
    const heaped = rowsOf(tables, 'time_heaping').filter(
      (row) => row.city === city && row.crime_category === 'All' && row.is_heaped === true,
    );
    return [
      `  ${city}: recorded incidents per hour, darkest ${most.toFixed(1)} (${String(own[0]?.basis)})`,
      '      0     3     6     9     12    15    18    21',
      ...lines,
      '',
      table(
        ['category', 'peak hour', 'per hour', '95 % interval', 'times the median hour', 'block'],
        peaks
          .sort((a, b) => Number(b.rate) - Number(a.rate))
          .slice(0, LISTED)
          .map((row) => [
            String(row.crime_category),
            String(row.peak),
            rateText(row.rate),
            `${rateText(row.rate_lower)} – ${rateText(row.rate_upper)}`,
            rateText(row.times_median),
            String(row.block ?? '–'),
          ]),
        colours,
      ),
      heaped.length === 0
        ? '  Times do not pile up at round ones.'
        : `  Recorded times pile up at ${heaped.map((row) => `${String(row.point)} (${Number(row.index).toFixed(0)}×)`).join(', ')}; a peak is named only if it stands without 12:00, 00:00 and 00:01.`,
      '',
    ];
  });
}

function drawWeapons(tables: Tables, colours: Colours): readonly string[] {
  const trends = rowsOf(tables, 'weapon_trends');
  const shares = rowsOf(tables, 'weapon_shares');
  const moving = trends
    .filter((row) => row.rank_rising !== null || row.rank_falling !== null)
    .sort((a, b) => Math.abs(Number(b.slope)) - Math.abs(Number(a.slope)));
  const leftOut = trends.filter((row) => row.weapon_category === null);
  return [
    ...(moving.length === 0
      ? ['  No weapon rises or falls beyond chance.']
      : [
          table(
            [
              'city',
              'offence',
              'weapon',
              'years',
              'first share',
              'last share',
              'by year',
              'change a year (odds)',
              '',
            ],
            moving.slice(0, LISTED).map((row) => {
              const years = shares
                .filter(
                  (share) =>
                    share.source === row.source &&
                    share.crime_category === row.crime_category &&
                    share.weapon_category === row.weapon_category,
                )
                .sort((a, b) => Number(a.occurred_year) - Number(b.occurred_year));
              return [
                String(row.city),
                String(row.crime_category),
                String(row.weapon_category),
                `${String(row.first_year)}–${String(row.last_year)}`,
                shareText(row.first_share),
                shareText(row.last_share),
                colours.cyan(sparkline(years.map((year) => Number(year.share) * 1000))),
                changeText(Math.exp(Number(row.slope))),
                String(row.direction),
              ];
            }),
            colours,
          ),
        ]),
    ...leftOut
      .filter((row) => row.crime_category === null)
      .map((row) => `  Left out: ${String(row.city)}: ${String(row.reason)}`),
  ];
}

function drawSeries(tables: Tables, colours: Colours): readonly string[] {
  const months = rowsOf(tables, 'series').filter(
    (row) => row.crime_category === 'All' && row.frequency === 'month',
  );
  const toDate = rowsOf(tables, 'year_to_date');
  const shifts = rowsOf(tables, 'level_shifts').filter((row) => row.shift_at !== null);
  const lines = citiesOf(months).flatMap((city) => {
    const own = months.filter((row) => row.city === city);
    const counts = own.map((row) => Number(row.incidents));
    const least = Math.min(...counts) * 0.9;
    const incomplete = own.filter((row) => row.is_complete === false).length;
    return [
      `  ${city}, months from ${String(own[0]?.period_start)} (the line begins at ${Math.round(least)})`,
      `  ${colours.cyan(sparkline(counts.map((count) => count - least)))}`,
      ...drawBreaks(own, colours),
      incomplete > 0
        ? colours.yellow(`  The last ${incomplete} months are not reported completely yet.`)
        : '',
      table(
        ['category', 'to', 'this year', 'year before', 'change', '95 % interval', 'verdict'],
        toDate
          .filter((row) => row.city === city)
          .sort((a, b) => Number(b.current) - Number(a.current))
          .slice(0, LISTED)
          .map((row) => [
            String(row.crime_category),
            String(row.up_to),
            Number(row.current),
            Number(row.previous),
            row.change_percent === null ? '–' : `${Number(row.change_percent).toFixed(1)} %`,
            row.lower === null ? '–' : `${percentText(row.lower)} to ${percentText(row.upper)}`,
            String(row.verdict),
          ]),
        colours,
      ),
      '',
    ];
  });
  if (shifts.length === 0) return lines;
  return [
    ...lines,
    '  Levels that changed within months, by a tenth at least; gradual trends are not named',
    table(
      ['city', 'category', 'from', 'times the level before', '95 % interval', 'known event'],
      shifts
        .slice(0, LISTED * 2)
        .map((row) => [
          String(row.city),
          String(row.crime_category),
          String(row.shift_at),
          rateText(row.ratio),
          `${rateText(row.ratio_lower)} – ${rateText(row.ratio_upper)}`,
          String(row.near_break ?? '–'),
        ]),
      colours,
    ),
  ];
}

/** A mark under each month in which a known event begins, and the events. */
function drawBreaks(months: readonly SqlRow[], colours: Colours): readonly string[] {
  const withEvents = months.filter((row) => row.break_event !== null);
  if (withEvents.length === 0) return [];
  return [
    `  ${colours.yellow(months.map((row) => (row.break_event === null ? ' ' : '^')).join(''))}`,
    ...withEvents.map((row) =>
      colours.dim(`  ^ ${String(row.period_start).slice(0, 7)} ${String(row.break_event)}`),
    ),
  ];
}

function drawAnomalies(tables: Tables, colours: Colours): readonly string[] {
  const found = rowsOf(tables, 'anomalies');
  const coverage = rowsOf(tables, 'anomaly_coverage');
  const tested = coverage.reduce((sum, row) => sum + Number(row.tested ?? 0), 0);
  const listed = [...found].sort((a, b) => Number(a.q_value) - Number(b.q_value)).slice(0, LISTED * 2);
  return [
    `  ${found.length} of ${tested} weeks and months judged are anomalies: two of three detectors agree, and the false discovery rate is below 5 %.`,
    ...listed.map(
      (row) =>
        `  ${row.direction === 'above' ? colours.red('▲') : colours.green('▼')} ${String(row.sentence)}`,
    ),
    ...(found.length > listed.length
      ? [colours.dim(`  … and ${found.length - listed.length} more in mart_anomalies`)]
      : []),
  ];
}

function drawForecasts(tables: Tables, colours: Colours): readonly string[] {
  const methods = rowsOf(tables, 'forecast_methods').filter(
    (row) => row.jurisdiction === 'all' && row.frequency === 'month',
  );
  const steps = rowsOf(tables, 'forecasts').filter(
    (row) => row.jurisdiction === 'all' && row.frequency === 'month',
  );
  return [
    table(
      ['city', 'category', 'next month', '90 % interval', 'method', 'baseline'],
      methods
        .map((method) => {
          const next = steps.find(
            (row) =>
              row.source === method.source &&
              row.crime_category === method.crime_category &&
              Number(row.step) === 1,
          );
          return { method, next };
        })
        .sort((a, b) => Number(b.next?.expected ?? 0) - Number(a.next?.expected ?? 0))
        .map(({ method, next }) => [
          String(method.city),
          String(method.crime_category),
          next ? Number(next.expected).toFixed(0) : '–',
          next
            ? `${Number(next.p05).toFixed(0)} – ${Number(next.p95).toFixed(0)}`
            : String(method.reason ?? ''),
          String(method.method ?? '–'),
          method.is_baseline === null ? '–' : method.is_baseline ? 'yes' : 'no',
        ]),
      colours,
    ),
    colours.dim(
      '  A model is shown only where it beat the baselines in forecasts of the past; see mart_forecast_methods.',
    ),
  ];
}
