import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { DISCOVERED_BY_POLICE, notEnoughData, requireArgument } from '@crimetracker/analysis-kit';
import { CRIME_CATEGORIES } from '@crimetracker/schema';
import type { WeeklyDemand } from '../weekly-demand.js';
import { WEEK_HOURS } from '../weekly-demand.js';
import { dirichletConcentration } from './dirichlet-concentration.js';

/** What is expected of one category, and where and when it was recorded before. Nothing about persons has a place here. */
export interface CategoryDemand {
  /** One of the crime categories of the schema. */
  readonly category: string;
  /** Incidents in the whole city in the coming week: a forecast. */
  readonly expected: number;
  /** Past incidents by jurisdiction and by hour of the week. */
  readonly counts: readonly ArrayLike<number>[];
  /** Past incidents by jurisdiction whose hour is not known; none by default. */
  readonly withoutHour?: ArrayLike<number>;
}

export interface DemandInput {
  readonly jurisdictions: readonly string[];
  readonly categories: readonly CategoryDemand[];
  /** Harm of one incident by category, for every category given; without it each incident counts 1. */
  readonly weights?: ReadonlyMap<string, number>;
  /** Lets in categories that exist because police look for them; false by default. */
  readonly includeDiscovered?: boolean;
}

export interface ExpectedDemand extends Pick<WeeklyDemand, 'jurisdictions' | 'hours'> {
  readonly kind: 'demand';
  readonly totalHarm: number;
  readonly categories: readonly {
    readonly category: string;
    readonly weight: number;
    /** Expected incidents × weight. */
    readonly harm: number;
    /** Incidents with which the city's hours weigh in the hours of a jurisdiction; infinite where they are the same. */
    readonly concentration: number;
  }[];
}

const WHERE = 'expectedDemand';

/**
 * Expected harm of the coming week by jurisdiction and hour: the forecast of each category × its weight, spread over
 * jurisdictions as it was recorded before, and over the hours by a mix of the jurisdiction's own past hours and the
 * city's. The few incidents of a jurisdiction lean on the city, the many speak for themselves (empirical Bayes,
 * n/(n + m) for n own incidents; see dirichletConcentration); a rare category of the city leans on all categories in the
 * same way. The sum over jurisdictions and hours is the sum of forecast × weight.
 *
 * A category that police discover throws unless it is asked for; so do unknown categories and a weight that is missing.
 * Without past incidents, or when none is expected, the answer is a reason.
 */
export function expectedDemand(input: DemandInput): ExpectedDemand | NotEnoughData {
  const { jurisdictions, categories, weights } = input;
  for (const category of categories) requireCategory(category, input);
  const byCategory = categories.map(({ counts }) => sumOver(counts));
  const everyHour = sharesOf(sumOver(byCategory)) ?? new Float64Array(WEEK_HOURS).fill(1 / WEEK_HOURS);
  const everywhere = sharesOf(sumOver(categories.map(totalsOf)));
  if (everywhere === undefined) return notEnoughData('no incident was recorded in any jurisdiction');
  const mixOfCategories = dirichletConcentration(byCategory);
  const hours = jurisdictions.map(() => new Float64Array(WEEK_HOURS));
  const parts: ExpectedDemand['categories'][number][] = [];
  for (const [c, category] of categories.entries()) {
    const weight = weights === undefined ? 1 : (weights.get(category.category) ?? 0);
    const harm = category.expected * weight;
    const cityHours = mixed(byCategory[c] ?? [], everyHour, mixOfCategories);
    const concentration = dirichletConcentration(category.counts);
    const shares = sharesOf(totalsOf(category)) ?? everywhere;
    for (const [j, sum] of hours.entries()) {
      const profile = mixed(category.counts[j] ?? [], cityHours, concentration);
      const part = harm * (shares[j] ?? 0);
      for (let h = 0; h < WEEK_HOURS; h += 1) sum[h] = (sum[h] ?? 0) + part * (profile[h] ?? 0);
    }
    parts.push({ category: category.category, weight, harm, concentration });
  }
  const totalHarm = parts.reduce((sum, { harm }) => sum + harm, 0);
  if (totalHarm === 0) return notEnoughData('no incident is expected in the coming week');
  return { kind: 'demand', jurisdictions, hours, totalHarm, categories: parts };
}

function requireCategory(
  demand: CategoryDemand,
  { jurisdictions, weights, includeDiscovered }: DemandInput,
): void {
  const { category, expected, counts, withoutHour } = demand;
  const isAmong = (names: readonly string[]): boolean => names.includes(category);
  requireArgument(isAmong(CRIME_CATEGORIES), WHERE, `${category} is not a crime category`);
  requireArgument(
    includeDiscovered === true || !isAmong(DISCOVERED_BY_POLICE),
    WHERE,
    `${category} is recorded where police look for it; ask for it with includeDiscovered`,
  );
  requireArgument(isAmount(expected), WHERE, `the forecast of ${category} is at least 0, got ${expected}`);
  const isShaped =
    counts.length === jurisdictions.length &&
    counts.every((row) => row.length === WEEK_HOURS) &&
    (withoutHour === undefined || withoutHour.length === jurisdictions.length);
  requireArgument(
    isShaped,
    WHERE,
    `${category} has counts for ${jurisdictions.length} jurisdictions × ${WEEK_HOURS} hours`,
  );
  const isCounted = [...counts, withoutHour ?? []].every((row) => Array.from(row).every(isAmount));
  requireArgument(isCounted, WHERE, `counts of ${category} are at least 0`);
  const weight = weights === undefined ? 1 : weights.get(category);
  requireArgument(
    weight !== undefined && isAmount(weight),
    WHERE,
    `${category} has a weight of at least 0, got ${weight}`,
  );
}

const isAmount = (value: number): boolean => value >= 0 && value < Number.POSITIVE_INFINITY;

/** All incidents of a category by jurisdiction, those without an hour too. */
function totalsOf({ counts, withoutHour }: CategoryDemand): Float64Array {
  return Float64Array.from(counts, (row, j) =>
    Array.from(row).reduce((sum, n) => sum + n, withoutHour?.[j] ?? 0),
  );
}

function sumOver(rows: readonly ArrayLike<number>[]): Float64Array {
  const sums = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] ?? 0) + (row[i] ?? 0);
  return sums;
}

function sharesOf(counts: Float64Array): Float64Array | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total === 0 ? undefined : counts.map((count) => count / total);
}

/** Own shares with the weight of the own counts, common shares with the concentration. */
function mixed(counts: ArrayLike<number>, common: Float64Array, concentration: number): Float64Array {
  let n = 0;
  for (let i = 0; i < counts.length; i += 1) n += counts[i] ?? 0;
  if (n === 0 || concentration === Number.POSITIVE_INFINITY) return common;
  return common.map((share, i) => ((counts[i] ?? 0) + concentration * share) / (n + concentration));
}
