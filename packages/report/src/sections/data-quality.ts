import { monthText } from '@crimetracker/analysis-kit/words';
import { drawIntervals } from '../charts/interval-chart.js';
import type { Block, Figure, ReportTable, Section } from '../report.js';
import type { ReportCity, ReportContext } from '../report-context.js';
import { column, figure, numberOf, readTable, textOf } from '../report-context.js';
import { say, tell } from '../sentence.js';
import { sql } from '../sql.js';
import { sourcesOf } from './trend-tables.js';

const LAST_MONTHS = 12;

/** What became of every record, what may be compared, and how complete the last months are. */
export async function dataQualitySection(context: ReportContext): Promise<Section> {
  const blocks: Block[] = [
    await ledgerFigure(context),
    ...(await ruleFigures(context)),
    await gradeFigure(context),
    {
      kind: 'paragraph',
      sentence: say`Events that change what counts mean stand in the break register under Trends and anomalies.`,
    },
  ];
  for (const city of context.cities) blocks.push(...(await completenessBlocks(context, city)));
  return { id: 'data-quality', title: 'Data quality', blocks };
}

async function ledgerFigure(context: ReportContext): Promise<Figure> {
  const sum = (kind: string): string => `SUM(CASE WHEN kind = '${kind}' THEN records ELSE 0 END)`;
  const table = await readTable(context, {
    id: 'ledger',
    title: 'Ledger: what became of every record',
    query: sql`SELECT file, source, ${context.engine.dialect.cast(sum('records'), 'bigint')} AS records,
        ${['curated', 'quarantined', 'duplicate'].map((kind) => `${context.engine.dialect.cast(sum(kind), 'bigint')} AS ${kind}`).join(', ')}
      FROM ledger WHERE kind IN ('records', 'curated', 'quarantined', 'duplicate') AND source IN (${sourcesOf(context)})
      GROUP BY file, source, raw_file ORDER BY file, raw_file`,
    columns: [
      column('file', 'File'),
      column('source', 'Source'),
      column('records', 'Records in', 'count'),
      column('curated', 'Curated', 'count'),
      column('quarantined', 'Quarantined', 'count'),
      column('duplicate', 'Duplicates', 'count'),
    ],
  });
  const balanced = table.rows.every(
    (row) =>
      numberOf(row, 'records') ===
      numberOf(row, 'curated') + numberOf(row, 'quarantined') + numberOf(row, 'duplicate'),
  );
  return figure(
    table,
    balanced
      ? say`Every record is accounted for: records in = curated + quarantined + duplicates, in every file.`
      : say`The ledger does not balance: some records are not accounted for.`,
  );
}

async function ruleFigures(context: ReportContext): Promise<readonly Figure[]> {
  const table = await readTable(context, {
    id: 'ledger-rules',
    title: 'Records set aside or touched, by rule',
    query: sql`SELECT source, kind, rule, ${context.engine.dialect.cast('SUM(records)', 'bigint')} AS records FROM ledger
      WHERE kind IN ('quarantined', 'duplicate', 'touched') AND source IN (${sourcesOf(context)})
      GROUP BY source, kind, rule HAVING SUM(records) > 0 ORDER BY source, kind, records DESC, rule`,
    columns: [
      column('source', 'Source'),
      column('kind', 'What happened'),
      column('rule', 'Rule or finding'),
      column('records', 'Records', 'count'),
    ],
  });
  if (table.rows.length === 0) return [];
  return [figure(table, say`What was set aside, repaired or flagged, and by which rule.`)];
}

async function gradeFigure(context: ReportContext): Promise<Block> {
  const table = await readTable(context, {
    id: 'comparability',
    title: 'Which categories may be held against each other',
    query: sql`SELECT DISTINCT comparability, crime_category FROM mart_crime_mix WHERE source IN (${sourcesOf(context)})
      ORDER BY comparability, crime_category`,
    columns: [column('comparability', 'Grade'), column('crime_category', 'Category')],
  });
  if (table.rows.length === 0) return { kind: 'empty', reason: 'There is no category to grade.' };
  return figure(
    table,
    say`Cities write down crime under different laws and forms: each category carries a grade, and cities are never added.`,
  );
}

/** How much of each month is reported so far, the last month first. */
export function completenessTable(context: ReportContext, { id, city }: ReportCity): Promise<ReportTable> {
  return readTable(context, {
    id: `completeness-${id}`,
    title: `How much of the last months is reported, ${city}`,
    query: sql`SELECT occurred_month, reported, completeness, nowcast, nowcast_lower, nowcast_upper, is_complete, reason
      FROM mart_reporting_completeness WHERE source = ${context.engine.dialect.literal(id)} ORDER BY occurred_month DESC`,
    columns: [
      column('occurred_month', 'Month', 'month'),
      column('reported', 'Reported so far', 'count'),
      column('completeness', 'Share of the final count', 'share'),
      column('nowcast', 'Expected final count', 'amount'),
      column('nowcast_lower', 'from', 'amount'),
      column('nowcast_upper', 'to', 'amount'),
      column('is_complete', 'Complete'),
      column('reason', 'Why not known'),
    ],
  });
}

async function completenessBlocks(context: ReportContext, own: ReportCity): Promise<readonly Block[]> {
  const { city } = own;
  const table = await completenessTable(context, own);
  const recent = table.rows.slice(0, LAST_MONTHS);
  const known = recent.filter((row) => Number.isFinite(numberOf(row, 'completeness')));
  if (known.length === 0) {
    return [
      {
        kind: 'empty',
        reason: `How complete the last months of ${city} are is not known: ${textOf(recent[0], 'reason') || 'there are too few months'}.`,
      },
    ];
  }
  const open = recent.filter((row) => row.is_complete === false).length;
  return [
    figure(
      table,
      open === 0
        ? say`The last months of ${city} are reported completely: of ${tell(table, 0, 'occurred_month')}, ${tell(table, 0, 'completeness')}.`
        : say`Reports of the last months of ${city} are still coming in: of ${tell(table, 0, 'occurred_month')}, ${tell(table, 0, 'completeness')} of the final count is there.`,
      {
        picture: drawIntervals(
          `Bars of the share of the final count that is reported, last ${known.length} months, ${city}.`,
          known.map((row) => ({
            label: monthText(textOf(row, 'occurred_month')),
            value: numberOf(row, 'completeness'),
            lower: Number.NaN,
            upper: Number.NaN,
          })),
          { axis: 'share of the final count', format: 'share', form: 'bars' },
        ),
        shownRows: LAST_MONTHS,
      },
    ),
  ];
}
