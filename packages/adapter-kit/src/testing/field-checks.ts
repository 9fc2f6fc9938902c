import type { AdapterColumnName } from '@crimetracker/schema';
import { FINDING_IDS, FINDINGS } from '@crimetracker/schema';
import { latLngToCell } from 'h3-js';
import type { CityAdapter } from '../city-adapter.js';
import type { Field, Outcome } from '../field.js';
import type { RawRow } from '../row-path.js';
import { standardiseRow, standardiseValues } from '../row-path.js';
import type { ConformanceCheck } from './check.js';
import { CODE_TEXTS, HOSTILE_TEXTS, NEVER_SEEN } from './hostile-texts.js';
import type { Problem } from './problem.js';
import { showRow, showText } from './problem.js';
import { valueProblem } from './value-problem.js';

const CELLS = { h3_r7: 7, h3_r8: 8, h3_r9: 9, h3_r10: 10 } as const;
/** Columns of which the catalogue has a finding: the source of such a column can be told to be unknown. */
const COLUMNS_WITH_FINDINGS = new Set<string>(Object.values(FINDINGS).map(({ column }) => column));

export const fieldChecks: readonly ConformanceCheck[] = [
  {
    id: 'never-throws',
    title: 'no text makes a field function throw',
    run: async ({ survey }) => survey().thrown,
  },
  {
    id: 'pure',
    title: 'field functions depend on their declared inputs only',
    run: async ({ survey }) => survey().impure,
  },
  {
    id: 'values',
    title: 'every value belongs in its column',
    run: async ({ survey }) => survey().values,
  },
  {
    id: 'findings',
    title: 'every finding and confidence is in the catalogue',
    run: async ({ survey }) => survey().findings,
  },
  {
    id: 'constants',
    title: 'every constant belongs in its column',
    run: async ({ adapter }) =>
      Object.entries(adapter.constants).flatMap(([column, value]) => {
        const what = valueProblem(column as AdapterColumnName, value);
        return what === null
          ? []
          : [{ where: `${adapter.id}, constants`, what, todo: 'Correct the constant.' }];
      }),
  },
  {
    id: 'never-silent',
    title: 'a text never seen before is reported as a finding',
    run: async ({ adapter, options }) => neverSilent(adapter, options.silent ?? {}),
  },
  {
    id: 'coordinates',
    title: 'coordinates are null unless Located inside the city, with their H3 cells',
    run: async ({ adapter }) => coordinateProblems(adapter),
  },
  {
    id: 'rows',
    title: 'whole rows of hostile texts are standardised, traced and untraced alike',
    run: async ({ adapter }) => rowProblems(adapter),
  },
];

function neverSilent(adapter: CityAdapter, silent: Readonly<Record<string, string>>): Problem[] {
  const problems: Problem[] = [];
  for (const [name, field] of Object.entries(adapter.fields)) {
    if (Object.hasOwn(silent, name) || !field.outputs.some((output) => COLUMNS_WITH_FINDINGS.has(output)))
      continue;
    const raw = Object.fromEntries(field.inputs.map((input) => [input, NEVER_SEEN]));
    const outcome = attempt(field, raw);
    if (outcome !== null && (outcome.findings ?? []).length === 0) {
      problems.push({
        where: `${adapter.id}, field ${name}, ${showRow(raw)}`,
        what: `the text became ${JSON.stringify(outcome.values)} and nothing was reported`,
        todo: 'Return a finding for a text that is neither blank nor known, or name the field under "silent" with the reason.',
      });
    }
  }
  return problems;
}

function coordinateProblems(adapter: CityAdapter): Problem[] {
  return Object.entries(adapter.fields)
    .filter(([, field]) => field.outputs.includes('coordinate_quality'))
    .flatMap(([name, field]) => coordinateFieldProblems(adapter, name, field));
}

function coordinateFieldProblems(adapter: CityAdapter, name: string, field: Field): Problem[] {
  const { south, north, west, east } = adapter.bounds;
  const middle = [String((south + north) / 2), String((west + east) / 2)] as const;
  const pairs = field.inputs.flatMap((lat) =>
    field.inputs.filter((lon) => lon !== lat).map((lon) => [lat, lon] as const),
  );
  const nothing = Object.fromEntries(field.inputs.map((input) => [input, '']));
  const rowOf = ([lat, lon]: readonly [string, string], texts: readonly [string, string]) => ({
    ...nothing,
    [lat]: texts[0],
    [lon]: texts[1],
  });
  const columns = pairs.find(
    (pair) => attempt(field, rowOf(pair, middle))?.values.coordinate_quality === 'Located',
  );
  if (columns === undefined) {
    return [
      {
        where: `${adapter.id}, field ${name}`,
        what: `the middle of the city (${middle.join(', ')}) is not Located`,
        todo: 'Check the bounds and which column is latitude.',
      },
    ];
  }
  const outside: readonly [string, string] = [String(south - 1), middle[1]];
  const expectations = [
    [['', ''], 'Missing', 'coordinates-missing'],
    [[middle[0], ''], 'Missing', 'coordinates-missing'],
    [['0', '0'], 'Zero', 'coordinates-zero'],
    [['0.0', '0.00000'], 'Zero', 'coordinates-zero'],
    [['north', middle[1]], 'Unreadable', 'coordinates-unreadable'],
    [['NaN', 'NaN'], 'Unreadable', 'coordinates-unreadable'],
    [outside, 'Outside city', 'coordinates-outside-city'],
    [['1', '1'], 'Outside city', 'coordinates-outside-city'],
  ] as const;
  const problems: Problem[] = [];
  for (const [texts, quality, finding] of expectations) {
    const raw = rowOf(columns, texts);
    const outcome = attempt(field, raw);
    if (outcome === null) continue;
    const where = `${adapter.id}, field ${name}, ${showRow(raw)}`;
    if (outcome.values.coordinate_quality !== quality || !(outcome.findings ?? []).includes(finding)) {
      problems.push({
        where,
        what: `the quality is ${outcome.values.coordinate_quality}, findings [${(outcome.findings ?? []).join(', ')}]`,
        todo: `Give quality ${quality} and the finding ${finding}, as coordinatesField does.`,
      });
    }
    problems.push(...locationProblems(adapter, outcome, where));
  }
  const steps = [0, 0.25, 0.5, 0.75, 1];
  for (const y of steps) {
    for (const x of steps) {
      const raw = rowOf(columns, [String(south + (north - south) * y), String(west + (east - west) * x)]);
      const outcome = attempt(field, raw);
      if (outcome !== null)
        problems.push(...locationProblems(adapter, outcome, `${adapter.id}, field ${name}, ${showRow(raw)}`));
    }
  }
  for (const text of Object.values(HOSTILE_TEXTS)) {
    for (const raw of [
      rowOf(columns, [text, text]),
      rowOf(columns, [middle[0], text]),
      rowOf(columns, [text, middle[1]]),
    ]) {
      const outcome = attempt(field, raw);
      if (outcome !== null)
        problems.push(...locationProblems(adapter, outcome, `${adapter.id}, field ${name}, ${showRow(raw)}`));
    }
  }
  return problems;
}

function locationProblems(adapter: CityAdapter, { values }: Outcome, where: string): Problem[] {
  const { south, north, west, east } = adapter.bounds;
  const { latitude, longitude, coordinate_quality: quality } = values;
  const problem = (what: string, todo: string) => ({ where, what, todo });
  if (quality === 'Station house') {
    return [
      problem(
        'the quality is Station house',
        'Leave it to the cleaning rule; a field cannot know it from one row.',
      ),
    ];
  }
  if (quality !== 'Located') {
    const filled = ['latitude', 'longitude', ...Object.keys(CELLS)].filter((name) => {
      const value = values[name as keyof typeof values];
      return value !== null && value !== undefined;
    });
    return filled.length === 0
      ? []
      : [
          problem(
            `the quality is ${quality} but ${filled.join(', ')} has a value`,
            'Return null unless Located.',
          ),
        ];
  }
  if (typeof latitude !== 'number' || typeof longitude !== 'number') {
    return [
      problem('the quality is Located but latitude or longitude is null', 'Return both, or another quality.'),
    ];
  }
  const isInside = latitude >= south && latitude <= north && longitude >= west && longitude <= east;
  if (!isInside)
    return [problem(`(${latitude}, ${longitude}) is Located outside the bounds`, 'Return Outside city.')];
  return Object.entries(CELLS)
    .filter(
      ([name, resolution]) =>
        values[name as keyof typeof CELLS] !== latLngToCell(latitude, longitude, resolution),
    )
    .map(([name]) =>
      problem(
        `${name} is not the cell of (${latitude}, ${longitude})`,
        'Compute it from the rounded coordinates.',
      ),
    );
}

function rowProblems(adapter: CityAdapter): Problem[] {
  const problems: Problem[] = [];
  for (const text of [...Object.values(HOSTILE_TEXTS), ...CODE_TEXTS, NEVER_SEEN]) {
    const raw = Object.fromEntries(Object.keys(adapter.columns).map((column) => [column, text]));
    const where = `${adapter.id}, a row with ${showText(text)} in every column`;
    try {
      problems.push(...oneRowProblems(adapter, raw, where));
    } catch (error) {
      problems.push({
        where,
        what: `the row threw ${String(error).slice(0, 120)}`,
        todo: 'See the check of the field functions.',
      });
    }
  }
  return problems;
}

function oneRowProblems(adapter: CityAdapter, raw: RawRow, where: string): Problem[] {
  const problems: Problem[] = [];
  const { trace: _trace, ...traced } = standardiseRow(adapter, raw);
  const { values, findings } = standardiseValues(adapter, raw);
  if (JSON.stringify(traced) !== JSON.stringify({ values, findings })) {
    problems.push({
      where,
      what: 'the row gives another answer the second time',
      todo: 'Make the functions pure.',
    });
  }
  for (const text of adapter.texts) {
    const what = valueProblem(text.output, values[text.output]);
    if (what !== null)
      problems.push({ where, what, todo: 'Add a text transform, or make the column a field.' });
  }
  const places = findings.map((id) => FINDING_IDS.indexOf(id));
  if (places.some((place, index) => index > 0 && place <= (places[index - 1] ?? -1))) {
    problems.push({
      where,
      what: `findings are not in catalogue order: ${findings.join(', ')}`,
      todo: 'Use findings of the catalogue only.',
    });
  }
  if (values.victim_type === 'Organisation' || values.victim_type === 'State') {
    for (const column of ['victim_age', 'victim_age_years', 'victim_sex', 'victim_race_group'] as const) {
      if (values[column] === null) continue;
      problems.push({
        where,
        what: `the victim is ${values.victim_type} but ${column} is ${JSON.stringify(values[column])}`,
        todo: 'A victim that is not a person has no age, sex or race: return null.',
      });
    }
  }
  return problems;
}

/** The outcome, or null when the function throws, which another check reports. */
function attempt(field: Field, raw: RawRow): Outcome | null {
  try {
    return field.evaluate(raw);
  } catch {
    return null;
  }
}
