import type { AdapterColumnName } from '@crimetracker/schema';
import { FINDING_IDS } from '@crimetracker/schema';
import type { CityAdapter } from '../city-adapter.js';
import { standardiseRow } from '../row-path.js';
import type { ConformanceCheck } from './check.js';
import type { Problem } from './problem.js';
import { showRow } from './problem.js';
import type { GoldenRow } from './subject.js';

export const dataChecks: readonly ConformanceCheck[] = [
  {
    id: 'golden',
    title: 'rows whose answer is known give that answer',
    skip: ({ golden = [] }) => (golden.length === 0 ? 'no golden rows are given' : null),
    run: async ({ adapter, options }) =>
      (options.golden ?? []).flatMap((row) => goldenProblems(adapter, row)),
  },
];

function goldenProblems(adapter: CityAdapter, { name, raw, expected, findings }: GoldenRow): Problem[] {
  const where = `${adapter.id}, golden row ${name === undefined ? '' : `"${name}" `}(${showRow(raw)})`;
  const unknown = Object.keys(raw).filter((column) => !Object.hasOwn(adapter.columns, column));
  if (unknown.length > 0) {
    return [
      {
        where,
        what: `${unknown.join(', ')} is not a raw column`,
        todo: 'Use the folded names of the raw columns.',
      },
    ];
  }
  const blank = Object.fromEntries(Object.keys(adapter.columns).map((column) => [column, '']));
  const given = standardiseRow(adapter, { ...blank, ...raw });
  const problems: Problem[] = [];
  for (const [column, value] of Object.entries(expected)) {
    const got = given.values[column as AdapterColumnName];
    if (Object.is(got, value)) continue;
    const field = given.trace.find(({ outcome }) => Object.hasOwn(outcome.values, column));
    problems.push({
      where,
      what: `${column} is ${JSON.stringify(got)}, expected ${JSON.stringify(value)}`,
      todo:
        field === undefined
          ? 'See the text columns and constants of the adapter.'
          : `See field ${field.field}${field.outcome.rule === undefined ? '' : `, which answered by "${field.outcome.rule}"`}.`,
    });
  }
  if (findings !== undefined) {
    const wanted = FINDING_IDS.filter((id) => findings.includes(id)).join(', ');
    const got = given.findings.join(', ');
    if (wanted !== got)
      problems.push({
        where,
        what: `findings are [${got}], expected [${wanted}]`,
        todo: 'See the field that reports them.',
      });
  }
  return problems;
}
