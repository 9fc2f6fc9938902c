import type { ResultMart, ResultRow } from '@crimetracker/analysis-kit';
import {
  categoryColumn,
  cityColumn,
  gradeColumn,
  gradeOf,
  known,
  realColumn,
  reasonColumn,
  SEX_OFFENCE_SUPPRESSION_THRESHOLD,
  SEX_OFFENCES,
  SUPPRESSION_THRESHOLD,
  sourceColumn,
  suppressSmallCounts,
  textColumn,
  wholeColumn,
} from '@crimetracker/analysis-kit';
import type { SqlRow } from '@crimetracker/engine';
import { mixCounts, profileCounts } from '../marts/count-marts.js';
import { crimeMix } from '../mix/crime-mix.js';
import type { Analysis } from './analysis.js';
import type { AnalysisContext, Counts } from './context.js';
import { cityOf, groupBy, rowsOf } from './context.js';

const mixMart: ResultMart = {
  name: 'crime_mix',
  description:
    'Share and rank of each category among the recorded incidents of a year, by city, jurisdiction, location category and law class.',
  columns: [
    sourceColumn,
    cityColumn,
    textColumn('dimension', 'city, jurisdiction, location_category or law_class.'),
    textColumn('value', 'Value of the dimension; `all` for the city.'),
    wholeColumn('occurred_year', 'Year of occurrence.'),
    categoryColumn,
    wholeColumn('incidents', 'Recorded incidents.'),
    wholeColumn('total', 'Recorded incidents of all categories of this value and year.'),
    realColumn('share', 'incidents ÷ total.', '0 to 1'),
    realColumn('share_lower', 'Lower end of the 95 % interval of the share (Wilson).'),
    realColumn('share_upper', 'Upper end.'),
    wholeColumn('rank', '1 is the most frequent category.'),
    wholeColumn('ranks_gained', 'Places gained since the year before; null in the first year.'),
    realColumn('rate_change', 'Incidents a day ÷ those of the year before.', 'ratio'),
    realColumn('rate_change_lower', 'Lower end of its exact 95 % interval.'),
    realColumn('rate_change_upper', 'Upper end; null when it has none.'),
    gradeColumn,
  ],
};

const profileMart: ResultMart = {
  name: 'person_profiles',
  description:
    'Recorded age band, sex and race group of victims and suspects by category, all years together. Counts from which a small one could be worked out are hidden. Never used to place patrols.',
  columns: [
    sourceColumn,
    cityColumn,
    textColumn('person', 'victim or suspect.'),
    textColumn('attribute', 'age, sex or race_group.'),
    categoryColumn,
    textColumn('value', 'Recorded value; `Unknown` is shown, not left out.'),
    wholeColumn('incidents', 'Recorded incidents; null when hidden.'),
    wholeColumn('total', 'Recorded incidents of the category with such a person; null when hidden.'),
    realColumn('share', 'incidents ÷ total; null when one of them is hidden.', '0 to 1'),
    reasonColumn,
  ],
};

function mixRows(counts: Counts, context: AnalysisContext): ResultRow[] {
  const rows: ResultRow[] = [];
  for (const group of groupBy(rowsOf(counts, mixCounts), 'source', 'dimension', 'value').values()) {
    const { source, dimension, value } = group[0] as SqlRow;
    const mix = crimeMix(
      group.map((row) => ({
        category: String(row.crime_category),
        year: Number(row.occurred_year),
        count: Number(row.incidents),
      })),
    );
    if (mix.kind !== 'mix') continue;
    for (const { year, total, categories } of mix.years) {
      for (const share of categories) {
        rows.push({
          source: source ?? null,
          city: cityOf(context, source),
          dimension: dimension ?? null,
          value: value ?? null,
          occurred_year: year,
          crime_category: share.category,
          incidents: share.count,
          total,
          share: share.share,
          share_lower: share.interval.lower,
          share_upper: share.interval.upper,
          rank: share.rank,
          ranks_gained: share.ranksGained ?? null,
          rate_change: known(share.rateChange?.ratio),
          rate_change_lower: known(share.rateChange?.lower),
          rate_change_upper: known(share.rateChange?.upper),
          comparability: gradeOf(share.category),
        });
      }
    }
  }
  return rows;
}

function profileRows(counts: Counts, context: AnalysisContext): ResultRow[] {
  const rows: ResultRow[] = [];
  for (const group of groupBy(rowsOf(counts, profileCounts), 'source', 'person', 'attribute').values()) {
    const { source, person, attribute } = group[0] as SqlRow;
    const categories = [...new Set(group.map((row) => String(row.crime_category)))].sort();
    const values = [...new Set(group.map((row) => String(row.value)))].sort();
    const table = categories.map(() => values.map(() => 0));
    for (const row of group) {
      const ofCategory = table[categories.indexOf(String(row.crime_category))] as number[];
      const place = values.indexOf(String(row.value));
      ofCategory[place] = (ofCategory[place] ?? 0) + Number(row.incidents);
    }
    const published = suppressSmallCounts(table, {
      thresholds: categories.map((category) =>
        SEX_OFFENCES.some((offence) => offence === category)
          ? SEX_OFFENCE_SUPPRESSION_THRESHOLD
          : SUPPRESSION_THRESHOLD,
      ),
    });
    if (published.kind !== 'table') continue;
    for (const [line, category] of categories.entries()) {
      const total = published.rowTotals[line];
      for (const [place, value] of values.entries()) {
        const incidents = published.cells[line]?.[place];
        rows.push({
          source: source ?? null,
          city: cityOf(context, source),
          person: person ?? null,
          attribute: attribute ?? null,
          crime_category: category,
          value,
          incidents: incidents ?? null,
          total: total ?? null,
          share: incidents === undefined || !total ? null : incidents / total,
          reason: incidents === undefined ? 'hidden: a count so small could point to a person' : null,
        });
      }
    }
  }
  return rows;
}

/** Most common crimes, and who is recorded as victim and suspect. */
export const crimeMixAnalysis: Analysis = {
  id: 'mix',
  title: 'Most common crimes',
  reads: () => [mixCounts, profileCounts],
  makes: [mixMart, profileMart],
  run: (counts, context) => [
    { mart: mixMart, rows: mixRows(counts, context) },
    { mart: profileMart, rows: profileRows(counts, context) },
  ],
};
