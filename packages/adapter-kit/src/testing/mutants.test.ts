import type { FindingId } from '@crimetracker/schema';
import { describe, expect, it } from 'vitest';
import type { CityAdapter } from '../city-adapter.js';
import type { CityAdapterModule } from '../define-city-adapter.js';
import type { Field, Outcome } from '../field.js';
import { exampleAdapter } from './example-adapter.js';
import { CONFORMANCE_CHECKS, runConformanceChecks } from './run-checks.js';
import type { ConformanceOptions } from './subject.js';

const example = await exampleAdapter.load();
const fieldOf = (name: string): Field => example.fields[name] as Field;

/** The example adapter with one thing wrong, as a module that does not check itself. */
const broken = (changes: Partial<CityAdapter>): CityAdapterModule => ({
  id: example.id,
  load: async () => ({ ...example, ...changes }),
});

/** The example adapter with one field only, its function replaced; `answer` is what the right one says. */
function brokenField(
  name: string,
  wrong: (raw: Readonly<Record<string, string>>, answer: Outcome) => Outcome,
): CityAdapterModule {
  const right = fieldOf(name);
  const field: Field = { ...right, evaluate: (raw) => wrong(raw, right.evaluate(raw)) };
  return broken({ fields: { [name]: field } });
}

function withValues(answer: Outcome, values: Partial<Outcome['values']>): Outcome {
  return { ...answer, values: { ...answer.values, ...values } };
}

const brokenConstants = (values: Readonly<Record<string, unknown>>) =>
  broken({ constants: { ...example.constants, ...values } as CityAdapter['constants'] });

const portal = example.vintages[0] as CityAdapter['vintages'][number];
const isLocated = (answer: Outcome) => answer.values.coordinate_quality === 'Located';
const WORDS: Readonly<Record<string, string>> = { A: 'Homicide' };
let calls = 0;

interface Mutant {
  readonly caughtBy: string;
  readonly module: CityAdapterModule;
  readonly options?: ConformanceOptions;
}

const MUTANTS: Readonly<Record<string, Mutant>> = {
  'cannot read its table': {
    caughtBy: 'loads',
    module: { id: 'expd', load: () => Promise.reject(new Error('no such table')) },
  },
  'has another id than its module': { caughtBy: 'loads', module: { id: 'nypd', load: exampleAdapter.load } },

  'has a name that is not folded': {
    caughtBy: 'names',
    module: broken({ columns: { ...example.columns, 'Report No': { description: 'Case number.' } } }),
  },
  'declares a column that no header has': {
    caughtBy: 'names',
    module: broken({ columns: { ...example.columns, ghost: { description: 'Nowhere.' } } }),
  },
  'has south and north the wrong way round': {
    caughtBy: 'names',
    module: broken({ bounds: { ...example.bounds, south: 43, north: 42 } }),
  },
  'names a time zone that does not exist': {
    caughtBy: 'names',
    module: broken({ timeZone: 'America/Gotham' }),
  },
  'does not say under which licence the data are': {
    caughtBy: 'names',
    module: broken({ datasets: example.datasets.map((dataset) => ({ ...dataset, licence: '' })) }),
  },

  'declares one header twice': {
    caughtBy: 'vintages',
    module: broken({ vintages: [portal, { ...portal, id: 'portal-again' }] }),
  },
  'declares a header without a required column': {
    caughtBy: 'vintages',
    module: broken({
      vintages: [portal, { id: 'cut', description: 'Cut.', header: ['Reported', 'Offence'] }],
    }),
  },
  'reads one header differently in another letter case': {
    caughtBy: 'shuffled',
    module: broken({
      columns: { ...example.columns, other_time: { description: 'Another time.' } },
      vintages: [
        {
          ...portal,
          id: 'upper',
          header: portal.header.map((name) => name.toUpperCase()),
          rename: { TIME: 'other_time' },
        },
        portal,
      ],
    }),
  },
  'does not require what tells it from other sources': {
    caughtBy: 'foreign',
    module: broken({
      columns: { ...example.columns, latitude: { description: 'Latitude.' } },
      required: [['latitude']],
      vintages: [portal, { id: 'b', description: 'B.', header: [...portal.header, 'Latitude'] }],
    }),
  },
  'requires nothing': { caughtBy: 'foreign', module: broken({ required: [] }) },
  'answers to a required column under two names': {
    caughtBy: 'required',
    module: broken({
      columns: { ...example.columns, report_no: { description: 'Case number.', aliases: ['report_id'] } },
      vintages: [{ ...portal, header: [...portal.header, 'Report ID'] }],
    }),
  },

  'throws on a text it does not expect': {
    caughtBy: 'never-throws',
    module: brokenField('report', ({ reported = '' }, answer) => {
      if (reported.includes('\u0000')) throw new RangeError('bad text');
      return answer;
    }),
  },
  'forgets that a code may not be in its table': {
    caughtBy: 'never-throws',
    module: brokenField('offence', ({ offence = '' }, answer) => ({
      ...answer,
      note: (WORDS[offence] as string).toUpperCase(),
    })),
  },
  'gives random answers': {
    caughtBy: 'pure',
    module: brokenField('offence', (_, answer) => ({ ...answer, rule: `rule ${Math.random()}` })),
  },
  'reads the clock': {
    caughtBy: 'pure',
    module: brokenField('date', (_, answer) => ({ ...answer, note: `as of ${new Date().getFullYear()}` })),
  },
  'counts its calls': {
    caughtBy: 'pure',
    module: brokenField('time', (_, answer) => {
      calls += 1;
      return calls % 1_000 === 0 ? { ...answer, note: 'enough' } : answer;
    }),
  },
  'reads a column it does not declare': {
    caughtBy: 'pure',
    module: brokenField('report', (raw, answer) => ({ ...answer, note: raw.occurred ?? '' })),
  },
  'changes the row it is given': {
    caughtBy: 'never-throws',
    module: brokenField('report', (raw, answer) => {
      Reflect.set(raw, 'reported', '') || fail();
      return answer;
    }),
  },
  'has a regular expression that backtracks': {
    caughtBy: 'pure',
    module: brokenField('offence', ({ offence = '' }, answer) => ({
      ...answer,
      note: String(/ * *!/.test(offence.slice(0, 1_000))),
    })),
  },

  'returns a label outside the vocabulary': {
    caughtBy: 'values',
    module: brokenField('offence', ({ offence }, answer) =>
      offence === '777' ? withValues(answer, { crime_category: 'Murder' }) : answer,
    ),
  },
  'looks words up in an object, so that "constructor" finds a function': {
    caughtBy: 'values',
    module: brokenField('offence', ({ offence = '' }, answer) =>
      withValues(answer, {
        nibrs_code: WORDS[offence] === undefined ? null : '09A',
        crime_category: WORDS[offence] ?? 'Other',
      }),
    ),
  },
  'returns the empty string for absent': {
    caughtBy: 'values',
    module: brokenField('offence', (_, answer) =>
      withValues(answer, { crime_code: answer.values.crime_code ?? '' }),
    ),
  },
  'returns null where the vocabulary has a word for it': {
    caughtBy: 'values',
    module: brokenField('offence', (_, answer) =>
      answer.findings?.length ? withValues(answer, { crime_category: null }) : answer,
    ),
  },
  'returns a day that does not exist': {
    caughtBy: 'values',
    module: brokenField('date', ({ occurred }, answer) =>
      occurred === '02/30/2020' ? withValues(answer, { occurred_date: '2020-02-30' }) : answer,
    ),
  },
  'returns a time with seconds': {
    caughtBy: 'values',
    module: brokenField('time', (_, answer) =>
      withValues(answer, {
        occurred_time: answer.values.occurred_time === null ? null : `${answer.values.occurred_time}:00`,
      }),
    ),
  },
  'leaves out an output': {
    caughtBy: 'values',
    module: brokenField('report', (_, answer) => ({ ...answer, values: {} as Outcome['values'] })),
  },
  'returns a column it does not declare': {
    caughtBy: 'values',
    module: brokenField('report', (_, answer) => withValues(answer, { agency: 'Example PD' })),
  },
  'puts NaN where a coordinate is not a number': {
    caughtBy: 'values',
    module: brokenField('coordinates', (_, answer) =>
      answer.values.coordinate_quality === 'Unreadable'
        ? withValues(answer, { latitude: Number.NaN })
        : answer,
    ),
  },
  'reports a finding that does not exist': {
    caughtBy: 'findings',
    module: brokenField('report', (_, answer) =>
      answer.findings?.length ? { ...answer, findings: ['bad-date' as FindingId] } : answer,
    ),
  },
  'has a confidence that does not exist': {
    caughtBy: 'findings',
    module: brokenField('offence', (_, answer) => ({ ...answer, confidence: 'certain' as 'high' })),
  },
  'has a constant outside the vocabulary': {
    caughtBy: 'constants',
    module: brokenConstants({ weapon_category: 'Gun' }),
  },

  'forgets to report a code it has never seen': {
    caughtBy: 'never-silent',
    module: brokenField('offence', (_, answer) => ({ ...answer, findings: [] })),
  },
  'forgets to report what is not a date': {
    caughtBy: 'never-silent',
    module: brokenField('report', (_, { findings: _findings, ...answer }) => answer),
  },

  'keeps coordinates that lie outside the city': {
    caughtBy: 'coordinates',
    module: brokenField('coordinates', (_, answer) =>
      answer.values.coordinate_quality === 'Outside city'
        ? withValues(answer, { latitude: 1, longitude: 1 })
        : answer,
    ),
  },
  'calls (0, 0) missing': {
    caughtBy: 'coordinates',
    module: brokenField('coordinates', (_, answer) =>
      answer.values.coordinate_quality === 'Zero'
        ? withValues(answer, { coordinate_quality: 'Missing' })
        : answer,
    ),
  },
  'swaps latitude and longitude': {
    caughtBy: 'coordinates',
    module: broken({ bounds: { south: 7, north: 8, west: 7, east: 8 } }),
  },
  'sets Station house from one row': {
    caughtBy: 'coordinates',
    module: brokenField('coordinates', ({ lat }, answer) =>
      lat === String(example.bounds.south)
        ? withValues(answer, { coordinate_quality: 'Station house' })
        : answer,
    ),
  },
  'gives the cell of another resolution’s parent': {
    caughtBy: 'coordinates',
    module: brokenField('coordinates', (_, answer) =>
      isLocated(answer) ? withValues(answer, { h3_r9: '892a100a533ffff' }) : answer,
    ),
  },
  'locates by looking at blank coordinates as zero': {
    caughtBy: 'coordinates',
    module: brokenField('coordinates', ({ lat }, answer) =>
      lat === ''
        ? withValues({ ...answer, findings: ['coordinates-zero'] }, { coordinate_quality: 'Zero' })
        : answer,
    ),
  },

  'gives an organisation an age': {
    caughtBy: 'rows',
    module: brokenConstants({ victim_type: 'Organisation', victim_age: '25-44' }),
  },
  'answers differently when a row comes again': {
    caughtBy: 'rows',
    module: brokenField('offence', ({ offence = '' }, answer) => {
      calls += 1;
      return offence.length > 1_000
        ? { ...answer, findings: calls % 2 === 0 ? [] : ['offence-unmapped'] }
        : answer;
    }),
  },
  'misreads a row whose answer is known': {
    caughtBy: 'golden',
    module: exampleAdapter,
    options: { golden: [{ raw: { offence: '110' }, expected: { crime_category: 'Robbery' } }] },
  },
  'reports more than a golden row allows': {
    caughtBy: 'golden',
    module: exampleAdapter,
    options: { golden: [{ raw: { offence: '999' }, expected: {}, findings: ['coordinates-missing'] }] },
  },
};

function fail(): never {
  throw new TypeError('The row cannot be changed.');
}

describe('the conformance kit', () => {
  it.each(Object.entries(MUTANTS))(
    'catches an adapter that %s',
    { timeout: 30_000 },
    async (_, { module, options, caughtBy }) => {
      const checks = CONFORMANCE_CHECKS.filter(({ id }) => id === caughtBy);
      const results = await runConformanceChecks(module, options, checks);
      const caught = results.filter(({ problems }) => problems.length > 0).map(({ id }) => id);
      expect(caught).toContain(caughtBy);
      for (const { problems } of results) {
        for (const { where, what, todo } of problems.slice(0, 3))
          expect([where, what, todo]).not.toContain('');
      }
    },
  );

  it('has a mutant for every check', () => {
    const tried = new Set(Object.values(MUTANTS).map(({ caughtBy }) => caughtBy));
    const untried = CONFORMANCE_CHECKS.map(({ id }) => id).filter((id) => !tried.has(id));
    // A duplicate column is refused by resolveHeader itself, and sample files have tests of their own.
    expect(untried).toEqual(['duplicate', 'samples']);
  });
});
