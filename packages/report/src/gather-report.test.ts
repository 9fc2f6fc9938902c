import { SEX_OFFENCES } from '@crimetracker/analysis-kit';
import { describe, expect, test } from 'vitest';
import type { Report, Sentence } from './report.js';
import { figuresOf, tablesOf } from './report.js';
import { plainText } from './sentence.js';
import { testReport, testTables } from './testing-marts.js';

const sentencesOf = ({ sections }: Report): readonly Sentence[] =>
  sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'figure') return [block.claim, ...block.notes];
      if (block.kind === 'list') return block.items;
      return block.kind === 'paragraph' || block.kind === 'caution' ? [block.sentence] : [];
    }),
  );
const reasonsOf = (report: Report, id: string): readonly string[] =>
  report.sections
    .filter((section) => section.id === id)
    .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'empty' ? [block.reason] : [])));

describe('gatherReport', () => {
  test('tells no value in a sentence that is not in a row of one of its tables', async () => {
    const report = await testReport(testTables());
    const tables = new Map(tablesOf(report).map((table) => [table.id, table]));
    const told = sentencesOf(report).flatMap((sentence) =>
      sentence.filter((piece) => typeof piece === 'object'),
    );
    expect(told.length).toBeGreaterThan(30);
    for (const { table, row } of told) expect(tables.get(table)?.rows[row]).toBeDefined();
  });

  test('writes the summary in sentences with numbers and intervals', async () => {
    const { sections } = await testReport(testTables());
    const items =
      sections[0]?.blocks.flatMap((block) => (block.kind === 'list' ? block.items.map(plainText) : [])) ?? [];
    expect(items).toEqual([
      '1,000 incidents that occurred in New York in 2023 are on record. Up to 30 November 2023, the last month that is reported completely, not clearly more or fewer a day than in the same months of the year before: +2.2 % (95 % interval −3.0 % to +8.0 %).',
      'Recorded most: Burglary (70.0 %), Robbery (40.0 %).',
      'Clearly up a day against 2022: Burglary +20.0 % (+10.0 % to +30.0 %).',
      'The level of Burglary changed at once in March 2023: +25.0 % (95 % interval +10.0 % to +40.0 %).',
      'Stands out: All from 3 April 2023, 82 where 47.0 were expected (usual: 31.0 to 65.0).',
      'The busiest hour of the week is Sunday 23:00–24:00: 1.07 incidents an hour (95 % interval 1.00 to 1.20), all years together.',
      'The weapon whose share rises fastest is Firearm in Burglary: +20.0 points since 2021 (95 % interval +10.0 points to +30.0 points).',
      'Half of the located incidents lie in 25.0 % of the area. Cells that are hot beyond chance: 1, with 20.0 % of the incidents (2023-01 to 2023-12).',
      'Expected to be recorded in January 2024, without what police look for: 91.5 incidents (90 % interval 80 to 104).',
      'Reports are still coming in since December 2023: of December 2023, 90.0 % of the final count is on record. What is told of the whole year is therefore too low.',
    ]);
  });

  test('says in every section why it is empty when there is no incident', async () => {
    const report = await testReport({});
    for (const { id, blocks } of report.sections) {
      if (id !== 'methods')
        expect(blocks).toEqual([{ kind: 'empty', reason: expect.stringContaining('no incidents') }]);
    }
    expect(report.title).toBe('Recorded crime');
  });

  test('says of a city with nothing but counts what is missing and why', async () => {
    const { mart_crime_mix: mix, ledger, files } = testTables();
    const report = await testReport({ mart_crime_mix: mix ?? [], ledger: ledger ?? [], files: files ?? [] });
    expect(report.title).toBe('Recorded crime in New York, 2023');
    expect(reasonsOf(report, 'weapons')).toEqual([expect.stringContaining('records no weapons')]);
    expect(reasonsOf(report, 'peak-hours')).toEqual([expect.stringContaining('usable time')]);
    expect(reasonsOf(report, 'hot-spots')).toEqual([expect.stringContaining('no map')]);
    expect(reasonsOf(report, 'forecast')).toEqual([expect.stringContaining('too short')]);
    expect(reasonsOf(report, 'trends').length).toBeGreaterThan(3);
    expect(reasonsOf(report, 'data-quality')).toEqual([expect.stringContaining('not known')]);
  });

  test('says of a snapshot without hot spots that there are none, and of a year without incidents which there are', async () => {
    const report = await testReport(testTables(), { resolution: undefined, choice: { year: 1999 } });
    expect(reasonsOf(report, 'hot-spots')).toEqual([expect.stringContaining('no hot spots')]);
    expect(reasonsOf(report, 'most-common')).toEqual([expect.stringContaining('2021 to 2023')]);
  });

  test('holds two years against each other with the interval of the change, and years apart without', async () => {
    const [near, apart, none] = await Promise.all(
      ['2022,2023', '2021,2023', '1999,2023'].map((compare) =>
        testReport(testTables(), { choice: { compare } }),
      ),
    );
    const table = (report: Report | undefined) =>
      tablesOf(report as Report).find(({ id }) => id.startsWith('compare-'));
    expect(table(near)?.rows[0]).toMatchObject({
      crime_category: 'Burglary',
      first_incidents: 701,
      second_incidents: 702,
      difference: 1,
      rate_change: 1.2,
    });
    expect(table(apart)?.rows[0]).not.toHaveProperty('rate_change');
    expect(table(none)).toBeUndefined();
    expect(reasonsOf(none as Report, 'comparison')).toEqual([expect.stringContaining('1999')]);
  });

  test('holds two jurisdictions against each other, also when one lacks a category', async () => {
    const report = await testReport(testTables(), { choice: { compare: 'jurisdiction:75,jurisdiction:77' } });
    const table = tablesOf(report).find(({ id }) => id.startsWith('compare-'));
    expect(table?.rows.map((row) => [row.crime_category, row.first_incidents, row.second_incidents])).toEqual(
      [
        ['Burglary', 702, 702],
        ['Robbery', null, 402],
      ],
    );
  });

  test('maps all categories together only, from a table without sex offences', async () => {
    const report = await testReport(testTables());
    const maps = figuresOf(report.sections).filter(({ picture }) => picture?.svg.includes('class="map"'));
    expect(maps).toHaveLength(2);
    for (const { table } of maps) {
      expect(table.query).toContain("target = 'All'");
      for (const category of SEX_OFFENCES) expect(table.query).not.toContain(category);
    }
  });

  test('names all that are recorded most when several are', async () => {
    const tables = testTables();
    const tied = (tables.mart_crime_mix ?? []).map((row) => ({ ...row, rank: 1, total: 1000 }));
    const claims = sentencesOf(await testReport({ ...tables, mart_crime_mix: tied })).map(plainText);
    expect(claims).toContainEqual(
      expect.stringContaining('equally often, in New York in 2023: Burglary and Robbery, each'),
    );
    expect(claims).toContainEqual(
      expect.stringContaining('No precinct or division of New York has more incidents than all others'),
    );
  });

  test('tells a schedule that is given, or why there is none', async () => {
    const without = await testReport(testTables(), { schedule: 'Five years of incidents are needed.' });
    expect(reasonsOf(without, 'schedule')).toEqual(['Five years of incidents are needed.']);
  });
});
