import type { ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  categoryColumn,
  cityColumn,
  gradeColumn,
  gradeOf,
  known,
  realColumn,
  reasonColumn,
  sourceColumn,
  textColumn,
  wholeColumn,
} from '@crimetracker/analysis-kit';
import { weaponCounts } from '../marts/count-marts.js';
import type { WeaponTrend } from '../mix/weapon-trend.js';
import { weaponTrends } from '../mix/weapon-trend.js';
import type { Analysis } from './analysis.js';
import { cityOf, rowsOf } from './context.js';

const weaponColumn = textColumn('weapon_category', 'Weapon category; see the data dictionary.');

const sharesMart: ResultMart = {
  name: 'weapon_shares',
  description:
    'Share of each weapon among the incidents of an offence for which the source records weapons, by year.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryColumn,
    weaponColumn,
    wholeColumn('occurred_year', 'Year of occurrence.'),
    wholeColumn('incidents', 'Incidents with this weapon.'),
    wholeColumn('total', 'Incidents of the offence with a recorded weapon.'),
    realColumn('share', 'incidents ÷ total.', '0 to 1'),
    realColumn('share_lower', 'Lower end of the 95 % interval (Wilson).'),
    realColumn('share_upper', 'Upper end.'),
    gradeColumn,
  ],
};

const trendsMart: ResultMart = {
  name: 'weapon_trends',
  description:
    'How the share of a weapon among the incidents of an offence changes over the years; a row without weapon says what is left out and why.',
  columns: [
    sourceColumn,
    cityColumn,
    categoryColumn,
    weaponColumn,
    wholeColumn('first_year', 'First year with data.'),
    wholeColumn('last_year', 'Last year with data.'),
    realColumn('first_share', 'Share in the first year.', '0 to 1'),
    realColumn('last_share', 'Share in the last year.', '0 to 1'),
    realColumn('change', 'Last share − first share.', '−1 to 1'),
    realColumn('change_lower', 'Lower end of the 95 % interval of the change (Newcombe).'),
    realColumn('change_upper', 'Upper end.'),
    realColumn('slope', 'Change of the log odds a year.', 'log odds a year'),
    realColumn('slope_lower', 'Lower end of the 95 % interval of the slope.'),
    realColumn('slope_upper', 'Upper end.'),
    realColumn('q_value', 'Benjamini–Hochberg over all slopes of the table.', '0 to 1'),
    textColumn('direction', 'rising, falling or no clear trend.'),
    wholeColumn('rank_rising', '1 is the fastest rising of the source; null unless rising.'),
    wholeColumn('rank_falling', '1 is the fastest falling of the source; null unless falling.'),
    reasonColumn,
  ],
};

/** Places of the trends of one direction within each source, fastest first. */
function ranks(
  trends: readonly WeaponTrend[],
  direction: WeaponTrend['direction'],
): Map<WeaponTrend, number> {
  const places = new Map<WeaponTrend, number>();
  const speed = ({ slope }: WeaponTrend) => (slope.kind === 'not-enough-data' ? 0 : Math.abs(slope.slope));
  const next = new Map<string, number>();
  for (const trend of trends
    .filter((one) => one.direction === direction)
    .sort((a, b) => speed(b) - speed(a) || (a.offence + a.weapon < b.offence + b.weapon ? -1 : 1))) {
    const place = (next.get(trend.source) ?? 0) + 1;
    next.set(trend.source, place);
    places.set(trend, place);
  }
  return places;
}

/** Weapon mix and trend per offence, with the right denominator. */
export const weaponsAnalysis: Analysis = {
  id: 'weapons',
  title: 'Weapons',
  reads: () => [weaponCounts],
  makes: [sharesMart, trendsMart],
  run: (counts, context) => {
    const result = weaponTrends(
      rowsOf(counts, weaponCounts).map((row) => ({
        source: String(row.source),
        offence: String(row.crime_category),
        year: Number(row.occurred_year),
        weapon: String(row.weapon_category),
        count: Number(row.incidents),
      })),
    );
    const trends = result.kind === 'weapon-trends' ? result.trends : [];
    const rising = ranks(trends, 'rising');
    const falling = ranks(trends, 'falling');
    const shareRows = trends.flatMap((trend) =>
      trend.years.map(
        (year): ResultRow => ({
          source: trend.source,
          city: cityOf(context, trend.source),
          crime_category: trend.offence,
          weapon_category: trend.weapon,
          occurred_year: year.year,
          incidents: year.count,
          total: year.total,
          share: known(year.share),
          share_lower: known(year.interval.lower),
          share_upper: known(year.interval.upper),
          comparability: gradeOf(trend.offence),
        }),
      ),
    );
    const trendRows = trends.map((trend): ResultRow => {
      const [first, last] = [trend.years[0], trend.years.at(-1)];
      const slope = trend.slope.kind === 'not-enough-data' ? undefined : trend.slope;
      return {
        source: trend.source,
        city: cityOf(context, trend.source),
        crime_category: trend.offence,
        weapon_category: trend.weapon,
        first_year: first?.year ?? null,
        last_year: last?.year ?? null,
        first_share: known(first?.share),
        last_share: known(last?.share),
        change: known(trend.change?.difference),
        change_lower: known(trend.change?.lower),
        change_upper: known(trend.change?.upper),
        slope: known(slope?.slope),
        slope_lower: known(slope?.lower),
        slope_upper: known(slope?.upper),
        q_value: known(trend.qValue),
        direction: trend.direction,
        rank_rising: rising.get(trend) ?? null,
        rank_falling: falling.get(trend) ?? null,
        reason: trend.slope.kind === 'not-enough-data' ? trend.slope.reason : null,
      };
    });
    const leftOut = result.leftOut.map(
      ({ source, offence, reason }): ResultRow => ({
        source,
        city: cityOf(context, source),
        crime_category: offence ?? null,
        reason,
      }),
    );
    return [
      { mart: sharesMart, rows: shareRows },
      { mart: trendsMart, rows: [...trendRows, ...leftOut] },
    ];
  },
};
