import type { Block, ReportTable, Section, Sentence } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { numberOf } from '../report-context.js';
import { say, tell, tellInterval } from '../sentence.js';
import { completenessTable } from './data-quality.js';
import { forecastTable } from './forecast.js';
import { concentrationTable } from './hot-spots.js';
import { mixTable } from './most-common.js';
import { peakTable } from './peak-hours.js';
import { anomalyTable, shiftTable, yearToDateTable } from './trend-tables.js';
import { weaponTrendTable } from './weapons.js';

const MOST_COMMON = 3;
const LISTED_CHANGES = 3;

/** What to know, in plain sentences; every number is a row further below. */
export async function summarySection(
  context: ReportContext,
  resolution: number | undefined,
): Promise<Section> {
  const blocks: Block[] = [
    {
      kind: 'caution',
      sentence: say`Recorded crime is not crime: what nobody reports, or nobody writes down, is not in it.${context.cities.length > 1 ? ' Cities record differently; they are shown beside each other with a grade and never added.' : ''} Concentration is not risk.`,
    },
  ];
  for (const city of context.cities) {
    const items = await citySentences(context, city, resolution);
    blocks.push({ kind: 'heading', text: city.city });
    blocks.push(
      items.length === 0
        ? { kind: 'empty', reason: `There is nothing to tell of ${city.city} in ${context.year}.` }
        : { kind: 'list', items },
    );
  }
  return { id: 'summary', title: 'Summary', blocks };
}

async function citySentences(
  context: ReportContext,
  city: ReportCity,
  resolution: number | undefined,
): Promise<readonly Sentence[]> {
  const mix = await mixTable(context, city, context.year);
  return [
    ...totalSentences(context, city, mix, await yearToDateTable(context, city)),
    ...commonSentences(mix),
    ...changeSentences(mix, context.year),
    ...recentSentences(context, await shiftTable(context, city), await anomalyTable(context, city)),
    ...peakSentences(await peakTable(context, city)),
    ...weaponSentences(await weaponTrendTable(context, city)),
    ...(resolution === undefined ? [] : placeSentences(await concentrationTable(context, city, resolution))),
    ...forecastSentences(await forecastTable(context, city)),
    ...openSentences(context, await completenessTable(context, city)),
  ];
}

function totalSentences(
  { year }: ReportContext,
  { city }: ReportCity,
  mix: ReportTable,
  yearToDate: ReportTable,
): readonly Sentence[] {
  if (mix.rows.length === 0) return [];
  const total = say`${tell(mix, 0, 'total')} incidents that occurred in ${city} in ${String(year)} are on record.`;
  const [all] = yearToDate.rows;
  if (
    all?.crime_category !== 'All' ||
    Number(all.occurred_year) !== year ||
    typeof all.change_percent !== 'number'
  )
    return [total];
  const verdict =
    { more: 'clearly more', fewer: 'clearly fewer' }[String(all.verdict)] ?? 'not clearly more or fewer';
  return [
    say`${total} Up to ${tell(yearToDate, 0, 'up_to')}, the last month that is reported completely, ${verdict} a day than in the same months of the year before: ${tell(yearToDate, 0, 'change_percent')} (95 % interval ${tellInterval(yearToDate, 0, ['lower', 'upper'])}).`,
  ];
}

function commonSentences(mix: ReportTable): readonly Sentence[] {
  const rows = mix.rows.slice(0, MOST_COMMON);
  if (rows.length === 0) return [];
  const parts = rows.map(
    (_, row) => say`${row === 0 ? '' : ', '}${tell(mix, row, 'crime_category')} (${tell(mix, row, 'share')})`,
  );
  return [say`Recorded most: ${parts.flat()}.`];
}

function changeSentences(mix: ReportTable, year: number): readonly Sentence[] {
  const change = (row: number): number => numberOf(mix.rows[row], 'rate_change');
  const rows = [...mix.rows.keys()];
  const up = rows
    .filter((row) => numberOf(mix.rows[row], 'rate_change_lower') > 1)
    .sort((a, b) => change(b) - change(a));
  const down = rows
    .filter((row) => numberOf(mix.rows[row], 'rate_change_upper') < 1)
    .sort((a, b) => change(a) - change(b));
  const told = (some: readonly number[]): Sentence =>
    some
      .slice(0, LISTED_CHANGES)
      .flatMap(
        (row, index) =>
          say`${index === 0 ? '' : ', '}${tell(mix, row, 'crime_category')} ${tell(mix, row, 'rate_change')} (${tellInterval(mix, row, ['rate_change_lower', 'rate_change_upper'])})`,
      );
  if (mix.rows.every((row) => row.rate_change === null)) return [];
  if (up.length + down.length === 0) return [say`No category changed clearly against ${String(year - 1)}.`];
  return [
    ...(up.length === 0 ? [] : [say`Clearly up a day against ${String(year - 1)}: ${told(up)}.`]),
    ...(down.length === 0 ? [] : [say`Clearly down a day against ${String(year - 1)}: ${told(down)}.`]),
  ];
}

/** What changed at once or stood out in the year that is told. */
function recentSentences(
  { year }: ReportContext,
  shifts: ReportTable,
  anomalies: ReportTable,
): readonly Sentence[] {
  const inYear = (value: unknown): boolean => String(value).startsWith(`${year}-`);
  const shift = shifts.rows.findIndex((row) => inYear(row.shift_at));
  const unusual = anomalies.rows.findIndex((row) => inYear(row.period_start));
  return [
    ...(shift < 0
      ? []
      : [
          say`The level of ${tell(shifts, shift, 'crime_category')} changed at once in ${tell(shifts, shift, 'shift_at')}: ${tell(shifts, shift, 'ratio')} (95 % interval ${tellInterval(shifts, shift, ['ratio_lower', 'ratio_upper'])}).`,
        ]),
    ...(unusual < 0
      ? []
      : [
          say`Stands out: ${tell(anomalies, unusual, 'crime_category')} from ${tell(anomalies, unusual, 'period_start')}, ${tell(anomalies, unusual, 'observed')} where ${tell(anomalies, unusual, 'expected')} were expected (usual: ${tellInterval(anomalies, unusual, ['lower', 'upper'])}).`,
        ]),
  ];
}

function peakSentences(peaks: ReportTable): readonly Sentence[] {
  const [first] = peaks.rows;
  if (first?.crime_category !== 'All' || first.peak === null) return [];
  return [
    say`The busiest hour of the week is ${tell(peaks, 0, 'peak')}: ${tell(peaks, 0, 'rate')} incidents an hour (95 % interval ${tellInterval(peaks, 0, ['rate_lower', 'rate_upper'])}), all years together.`,
  ];
}

function weaponSentences(trends: ReportTable): readonly Sentence[] {
  if (trends.rows[0]?.direction !== 'rising') return [];
  return [
    say`The weapon whose share rises fastest is ${tell(trends, 0, 'weapon_category')} in ${tell(trends, 0, 'crime_category')}: ${tell(trends, 0, 'change')} since ${tell(trends, 0, 'first_year')} (95 % interval ${tellInterval(trends, 0, ['change_lower', 'change_upper'])}).`,
  ];
}

function placeSentences(concentration: ReportTable): readonly Sentence[] {
  const [all] = concentration.rows;
  if (all?.target !== 'All' || all.area_share_of_half === null) return [];
  const half = say`Half of the located incidents lie in ${tell(concentration, 0, 'area_share_of_half')} of the area`;
  return [
    all.hot_cells === null
      ? say`${half}.`
      : say`${half}. Cells that are hot beyond chance: ${tell(concentration, 0, 'hot_cells')}, with ${tell(concentration, 0, 'hot_share')} of the incidents (${tell(concentration, 0, 'period')}).`,
  ];
}

function forecastSentences(forecast: ReportTable): readonly Sentence[] {
  if (forecast.rows.length === 0) return [];
  return [
    say`Expected to be recorded in ${tell(forecast, 0, 'period_start')}, without what police look for: ${tell(forecast, 0, 'expected')} incidents (90 % interval ${tellInterval(forecast, 0, ['p05', 'p95'])}).`,
  ];
}

/** That reports of the year are still coming in, when they are. */
function openSentences({ year }: ReportContext, completeness: ReportTable): readonly Sentence[] {
  const open = [...completeness.rows.keys()].filter(
    (row) =>
      completeness.rows[row]?.is_complete === false &&
      String(completeness.rows[row]?.occurred_month).startsWith(`${year}-`),
  );
  const [last, first] = [open[0], open.at(-1)];
  if (last === undefined || first === undefined) return [];
  return [
    say`Reports are still coming in since ${tell(completeness, first, 'occurred_month')}: of ${tell(completeness, last, 'occurred_month')}, ${tell(completeness, last, 'completeness')} of the final count is on record. What is told of the whole year is therefore too low.`,
  ];
}
