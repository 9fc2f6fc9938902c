import type { Interval, NotEnoughData } from '@crimetracker/analysis-kit';
import {
  benjaminiHochberg,
  notEnoughData,
  requireArgument,
  wilsonInterval,
} from '@crimetracker/analysis-kit';
import type { LogOddsSlope } from './log-odds-slope.js';
import { logOddsSlope } from './log-odds-slope.js';
import type { ShareChange } from './share-change.js';
import { shareChange } from './share-change.js';

/** Incidents of one source, offence, year and weapon. */
export interface WeaponYearCount {
  readonly source: string;
  readonly offence: string;
  readonly year: number;
  /** A weapon category; two of them say that there is none to know: see WEAPONS_NOT_RECORDED. */
  readonly weapon: string;
  readonly count: number;
}

/** Categories that say nothing about the weapon: the source has no such field, or leaves it blank by practice. */
const WEAPONS_NOT_RECORDED: readonly string[] = ['Not recorded', 'Not applicable'];

interface WeaponShare {
  readonly year: number;
  readonly count: number;
  /** Incidents of the offence with a recorded weapon, "Unknown" and "None" among them. */
  readonly total: number;
  readonly share: number;
  readonly interval: Interval;
}

export interface WeaponTrend {
  readonly source: string;
  readonly offence: string;
  readonly weapon: string;
  readonly years: readonly WeaponShare[];
  /** From the first to the last year. */
  readonly change: ShareChange | undefined;
  readonly slope: LogOddsSlope | NotEnoughData;
  /** Benjamini–Hochberg over all slopes of the table; undefined without a slope. */
  readonly qValue: number | undefined;
  readonly direction: 'rising' | 'falling' | 'no clear trend';
}

interface LeftOutWeapons {
  readonly source: string;
  /** Undefined when the whole source is left out. */
  readonly offence: string | undefined;
  readonly reason: string;
}

export type WeaponTrends =
  | {
      readonly kind: 'weapon-trends';
      readonly trends: readonly WeaponTrend[];
      /** The clear trends, steepest first. */
      readonly rising: readonly WeaponTrend[];
      readonly falling: readonly WeaponTrend[];
      readonly leftOut: readonly LeftOutWeapons[];
    }
  | (NotEnoughData & { readonly leftOut: readonly LeftOutWeapons[] });

export interface WeaponTrendOptions {
  /** Share of an offence's incidents that must have a recorded weapon in every year, .9 by default. */
  readonly leastRecorded?: number;
  /** False discovery rate, .05 by default. */
  readonly significance?: number;
}

interface Group {
  readonly source: string;
  readonly offence: string;
  readonly years: Map<number, { all: number; recorded: number; readonly weapons: Map<string, number> }>;
}

function groupRows(rows: readonly WeaponYearCount[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const { source, offence, year, weapon, count } of rows) {
    requireArgument(
      count >= 0 && Number.isFinite(count),
      'weaponTrends',
      `a count is at least 0, got ${count}`,
    );
    const key = JSON.stringify([source, offence]);
    const group = groups.get(key) ?? { source, offence, years: new Map() };
    groups.set(key, group);
    const ofYear = group.years.get(year) ?? { all: 0, recorded: 0, weapons: new Map<string, number>() };
    group.years.set(year, ofYear);
    ofYear.all += count;
    if (WEAPONS_NOT_RECORDED.includes(weapon)) continue;
    ofYear.recorded += count;
    ofYear.weapons.set(weapon, (ofYear.weapons.get(weapon) ?? 0) + count);
  }
  return groups;
}

/**
 * How the share of each weapon among the incidents of an offence changes over the years, by source.
 *
 * Shares are of incidents with a recorded weapon. A source without the field is left out whole, and so is an offence
 * whose weapon is blank in more than a tenth of some year's incidents: LAPD fills the field for assault and robbery
 * and hardly ever for theft, so shares there would follow the habit of filling it in. A trend is rising or falling
 * when its q-value is below 5 %. Nothing left is a stated reason. Incidents are independent, so a share's interval is
 * Wilson's; the slope's allows for more scatter.
 * Source: wilsonInterval, shareChange, logOddsSlope, benjaminiHochberg.
 */
export function weaponTrends(
  rows: readonly WeaponYearCount[],
  options: WeaponTrendOptions = {},
): WeaponTrends {
  const { leastRecorded = 0.9, significance = 0.05 } = options;
  const groups = groupRows(rows);
  const leftOut: LeftOutWeapons[] = [];
  const recordedBySource = new Map<string, number>();
  for (const { source, years } of groups.values()) {
    const recorded = [...years.values()].reduce((sum, ofYear) => sum + ofYear.recorded, 0);
    recordedBySource.set(source, (recordedBySource.get(source) ?? 0) + recorded);
  }
  for (const [source, recorded] of recordedBySource) {
    if (recorded > 0) continue;
    leftOut.push({
      source,
      offence: undefined,
      reason: `${source} does not publish the weapon of an incident`,
    });
  }

  const found: Omit<WeaponTrend, 'qValue' | 'direction'>[] = [];
  for (const { source, offence, years } of groups.values()) {
    if (recordedBySource.get(source) === 0) continue;
    const table = [...years].filter(([, ofYear]) => ofYear.all > 0).sort(([a], [b]) => a - b);
    if (table.length === 0) {
      leftOut.push({ source, offence, reason: `no incident of ${offence}` });
      continue;
    }
    const blank = table.find(([, ofYear]) => ofYear.recorded < leastRecorded * ofYear.all);
    if (blank !== undefined) {
      const [year, { recorded, all }] = blank;
      const percent = Math.round((100 * recorded) / all);
      leftOut.push({
        source,
        offence,
        reason: `the weapon is recorded for ${percent} % of ${offence} in ${year}`,
      });
      continue;
    }
    const weapons = new Set(table.flatMap(([, ofYear]) => [...ofYear.weapons.keys()]));
    for (const weapon of [...weapons].sort()) {
      const shares = table.map(([year, { recorded, weapons: counts }]): WeaponShare => {
        const count = counts.get(weapon) ?? 0;
        return {
          year,
          count,
          total: recorded,
          share: count / recorded,
          interval: wilsonInterval(count, recorded),
        };
      });
      const [first, last] = [shares[0], shares[shares.length - 1]];
      found.push({
        source,
        offence,
        weapon,
        years: shares,
        change:
          first === undefined || last === undefined || first === last ? undefined : shareChange(first, last),
        slope: logOddsSlope(shares),
      });
    }
  }
  if (found.length === 0) {
    return { ...notEnoughData('no offence of any source has a recorded weapon to compare'), leftOut };
  }
  const qValues = benjaminiHochberg(found.map(({ slope }) => (slope.kind === 'slope' ? slope.pValue : null)));
  const trends = found.map((trend, place): WeaponTrend => {
    const qValue = qValues[place] ?? undefined;
    const isClear = qValue !== undefined && qValue < significance && trend.slope.kind === 'slope';
    if (!isClear || trend.slope.kind !== 'slope') return { ...trend, qValue, direction: 'no clear trend' };
    return { ...trend, qValue, direction: trend.slope.slope > 0 ? 'rising' : 'falling' };
  });
  const steepness = ({ slope }: WeaponTrend): number => (slope.kind === 'slope' ? Math.abs(slope.slope) : 0);
  const clear = (direction: WeaponTrend['direction']): readonly WeaponTrend[] =>
    trends.filter((trend) => trend.direction === direction).sort((a, b) => steepness(b) - steepness(a));
  return { kind: 'weapon-trends', trends, rising: clear('rising'), falling: clear('falling'), leftOut };
}
