import type { MartColumn, ResultMart } from '@crimetracker/analysis-kit';
import {
  cityColumn,
  realColumn,
  reasonColumn,
  sourceColumn,
  textColumn,
  wholeColumn,
  yesNoColumn,
} from '@crimetracker/analysis-kit';

const resolution = wholeColumn('resolution', 'H3 resolution: 8 is about 0.74 km² a cell, 9 about 0.11.');
const target = textColumn(
  'target',
  'Category; `All`; or `Reported by victims`, all but what police look for.',
);
const periodKind = textColumn('period_kind', '`recent`: the last twelve whole months; year; month.');
const period = textColumn('period', 'Year, month, or first and last month.');
const cell = textColumn('h3', 'H3 cell.');
const incidents = wholeColumn('incidents', 'Recorded incidents.');

const place: readonly MartColumn[] = [
  realColumn('latitude', 'Centre of the cell.', 'degrees'),
  realColumn('longitude', 'Centre of the cell.', 'degrees'),
  realColumn('area_km2', 'Real area of the cell.', 'km²'),
  yesNoColumn('is_edge', 'Whether a neighbour lies outside the study area.'),
];

const giStar: readonly MartColumn[] = [
  realColumn(
    'gi_star',
    'Getis-Ord Gi* of the cell and its neighbours, each counted once.',
    'standard deviations',
  ),
  realColumn('p_analytic', 'Two-sided p-value, from the normal distribution.'),
  realColumn(
    'p_permutation',
    'Two-sided p-value of the tail that gi_star points to, if the other cells were permuted in every possible way: twice the smaller of two exact ones, of the counts and of the counts with the highest 0.5 % capped.',
  ),
  realColumn(
    'q',
    'p_permutation after Benjamini–Hochberg over all cells, targets and periods of the city and resolution; null where p_permutation is above 0.05, and q with it.',
  ),
  textColumn('class', 'hot or cold where q is below 0.05, else not significant.'),
  yesNoColumn('is_core', 'A hot cell that is itself high, not only beside one that is.'),
];

export const studyAreas: ResultMart = {
  name: 'hotspot_study_areas',
  description:
    'What is looked at: the cells of each city, those without an incident included, and what was left out.',
  columns: [
    sourceColumn,
    cityColumn,
    resolution,
    textColumn('outline', 'given, or derived from the incidents.'),
    textColumn('outline_note', 'How it was derived, and what to know of it.'),
    wholeColumn('cells', 'Cells of the study area.'),
    realColumn('area_km2', 'Their area.', 'km²'),
    wholeColumn('empty_cells', 'Cells without an incident in the whole time.'),
    wholeColumn('edge_cells', 'Cells with a neighbour outside.'),
    wholeColumn('located', 'Incidents with good coordinates.'),
    wholeColumn('outside', 'Of these, incidents outside the study area; left out.'),
    wholeColumn('station_house', 'Incidents placed at the station house; left out.'),
    wholeColumn('not_located', 'Incidents without good coordinates for another reason; left out.'),
    wholeColumn('withheld', 'Sex offences, kidnapping and trafficking; never shown by cell.'),
    textColumn('first_month', 'First whole month.'),
    textColumn('last_month', 'Last whole month.'),
    reasonColumn,
  ],
};

export const hotspotCells: ResultMart = {
  name: 'hotspot_cells',
  description:
    'Cells of the last twelve whole months with incidents or a significant Gi*. A cell that is not listed has neither. Concentration, not risk: nobody knows how many people were there.',
  columns: [sourceColumn, cityColumn, resolution, target, period, cell, ...place, incidents, ...giStar],
};

export const hotspotHistory: ResultMart = {
  name: 'hotspot_history',
  description: 'Hot cells of each year.',
  columns: [sourceColumn, cityColumn, resolution, target, period, cell, incidents, ...giStar],
};

export const hotspotPeriods: ResultMart = {
  name: 'hotspot_periods',
  description:
    'How concentrated recorded crime is, and how many cells are hot, by target and period, at two resolutions: what changes with the size of the cells belongs to the cells.',
  columns: [
    sourceColumn,
    cityColumn,
    resolution,
    target,
    periodKind,
    period,
    incidents,
    wholeColumn('cells', 'Cells of the study area.'),
    wholeColumn('cells_with_incidents', 'Cells with at least one.'),
    wholeColumn('hot_cells', 'Cells that are hot; null when not tested.'),
    wholeColumn('core_cells', 'Hot cells that are themselves high.'),
    wholeColumn('cold_cells', 'Cells that are cold.'),
    realColumn('hot_share', 'Share of the incidents in hot cells.', '0 to 1'),
    realColumn('gini', 'Gini coefficient over all cells; near 1 for any rare crime.', '0 to 1'),
    realColumn(
      'gini_generalised',
      'The same, measured against the least possible with so few incidents.',
      '0 to 1',
    ),
    realColumn(
      'area_share_of_quarter',
      'Least share of the area that holds a quarter of the incidents.',
      '0 to 1',
    ),
    realColumn('area_share_of_half', 'Least share of the area that holds half of them.', '0 to 1'),
    reasonColumn,
  ],
};

export const emergingHotspots: ResultMart = {
  name: 'emerging_hotspots',
  description:
    'How each cell came to be hot or cold: one of 17 classes from the Gi* of every month of the last three years, in space and time. Cells without a pattern are not listed.',
  columns: [
    sourceColumn,
    cityColumn,
    resolution,
    target,
    textColumn('first_month', 'First month.'),
    textColumn('last_month', 'Last month.'),
    cell,
    textColumn('class', 'One of the 17 classes.'),
    wholeColumn('months', 'Months looked at.'),
    wholeColumn('hot_months', 'Months in which the cell was hot.'),
    wholeColumn('cold_months', 'Months in which it was cold.'),
    realColumn('trend_z', 'Mann–Kendall of its Gi* over the months.'),
    realColumn('trend_p', 'Its two-sided p-value.'),
    realColumn('last_gi_star', 'Gi* of the last month.'),
  ],
};

export const emergingSummary: ResultMart = {
  name: 'emerging_summary',
  description: 'How many cells are of each class, or why none was looked for.',
  columns: [
    sourceColumn,
    cityColumn,
    resolution,
    target,
    textColumn('class', 'One of the 17 classes; null when there is a reason.'),
    wholeColumn('cells', 'Cells of the class.'),
    reasonColumn,
  ],
};

export const nearRepeats: ResultMart = {
  name: 'near_repeats',
  description:
    'Knox test: pairs of incidents close in space and time against what chance gives when the times are shuffled. Places are published at mid-block or hundred-block, which inflates the band of the same place.',
  columns: [
    sourceColumn,
    cityColumn,
    target,
    textColumn('period', 'First and last day.'),
    wholeColumn('events', 'Incidents used.'),
    wholeColumn('left_out', 'Earlier ones left out because there are too many.'),
    textColumn('distance', 'Distance between the two, Manhattan.'),
    textColumn('time', 'Time between the two.'),
    wholeColumn('observed', 'Pairs.'),
    realColumn('expected', 'Mean number of pairs by chance.'),
    realColumn('ratio', 'observed ÷ expected.'),
    realColumn('p', 'Share of shuffles with at least as many pairs, the observed one counted.'),
    realColumn('q', 'p after Benjamini–Hochberg over the bands of the target.'),
    reasonColumn,
  ],
};

export const nearRepeatReadings: ResultMart = {
  name: 'near_repeat_readings',
  description: 'What the Knox test of each target means in practice, in sentences.',
  columns: [
    sourceColumn,
    cityColumn,
    target,
    textColumn('period', 'First and last day.'),
    textColumn('sentence', 'One sentence.'),
  ],
};

export const predictionScores: ResultMart = {
  name: 'prediction_scores',
  description:
    'How well each way to predict by place did in the last 52 weeks, which no choice was made on. Only a model that beats the retrospective count is shown.',
  columns: [
    sourceColumn,
    cityColumn,
    resolution,
    target,
    wholeColumn('horizon_weeks', 'Weeks ahead.', 'weeks'),
    textColumn('method', 'Way to predict: retrospective, decay, pro-map or mixture.'),
    textColumn('budget', 'What is picked: an area, or a number of cells that patrols can visit.'),
    realColumn('area_km2', 'Area that is picked.', 'km²'),
    realColumn('hit_rate', 'Share of the incidents that fell into it.', '0 to 1'),
    realColumn('hit_rate_lower', 'Lower end of its 95 % interval (block bootstrap of weeks).'),
    realColumn('hit_rate_upper', 'Upper end.'),
    realColumn('pai', 'Prediction accuracy index: hit rate ÷ share of the area. Compare at equal area only.'),
    realColumn('pai_lower', 'Lower end of its 95 % interval.'),
    realColumn('pai_upper', 'Upper end.'),
    realColumn('pei', 'PAI ÷ the best possible one at this area.', '0 to 1'),
    realColumn(
      'pei_star',
      'PAI ÷ the best possible one at any of the areas; null for the patrol budget.',
      '0 to 1',
    ),
    realColumn('rri', 'Incidents expected there ÷ those that came.'),
    realColumn('ser', 'Hits a km² and week.'),
    realColumn('auc', 'Area under the curve of hits by area over all cells; 0.5 is even chance.', '0 to 1'),
    realColumn('gain', 'Hit rate minus that of the retrospective count, in the same weeks.'),
    realColumn('gain_lower', 'Lower end of its 95 % interval.'),
    realColumn('gain_upper', 'Upper end.'),
    yesNoColumn('is_shown', 'Whether the predictions come from this method.'),
    textColumn('description', 'What the method shown does, with its settings; null for the others.'),
    yesNoColumn('beats_retrospective', 'Whether a method beat the retrospective count beyond chance.'),
    textColumn('verdict', 'What the comparison says.'),
    reasonColumn,
  ],
};

export const predictions: ResultMart = {
  name: 'place_predictions',
  description:
    'Recorded incidents expected in each cell in the coming weeks, by the model that is shown. It continues what was recorded; it does not know what happens unrecorded.',
  columns: [
    sourceColumn,
    cityColumn,
    resolution,
    target,
    wholeColumn('horizon_weeks', 'Weeks ahead.', 'weeks'),
    textColumn('first_day', 'First day.'),
    textColumn('last_day', 'Last day.'),
    textColumn('method', 'Way to predict.'),
    cell,
    wholeColumn('rank', '1 has most incidents a km².'),
    realColumn('expected', 'Expected recorded incidents.'),
  ],
};
