import { GRADES } from '@crimetracker/analysis-kit';
import { dateText, listed, monthText, number, percent } from '@crimetracker/analysis-kit/words';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Quality } from '../documents.js';
import type { PanelTable } from '../export/panel-table.js';
import { loadDocument } from '../load.js';
import { Panel } from '../panel.js';
import type { RuleCount } from '../quality/balances.js';
import { balances, rulesOf } from '../quality/balances.js';
import { catalogue } from '../store.js';

const KINDS = [
  {
    kind: 'quarantined',
    title: 'Set aside',
    about: 'Records that cannot be counted, each with its first reason.',
  },
  { kind: 'duplicate', title: 'Duplicates', about: 'Records that tell an incident once more.' },
  {
    kind: 'touched',
    title: 'Repaired or flagged',
    about: 'Records that a rule touched; most of them are counted.',
  },
  {
    kind: 'unmapped',
    title: 'Codes never seen before',
    about: 'Raw values without an entry in the code tables; they became Other or Unknown.',
  },
] as const;

const cityOf = (source: string): string =>
  catalogue.value?.cities.find((city) => city.source === source)?.city ?? source;

/** The ledger, which is what the CSV of the panel holds. */
function ledgerTable(quality: Quality): PanelTable {
  return {
    columns: ['City', 'Kind', 'Rule', 'Raw value', 'Records', 'Meaning'],
    rows: quality.ledger.map(({ source, kind, rule, detail, records, meaning }) => [
      cityOf(source),
      kind,
      rule === '' ? '–' : rule,
      detail === '' ? null : detail,
      records,
      meaning,
    ]),
  };
}

/** Where the numbers come from, what was done to them, and how far to trust them. */
export function QualityView() {
  const quality = useSignal<Quality | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const tries = useSignal(0);
  const snapshot = catalogue.value?.snapshot;
  const tried = tries.value;
  useEffect(() => {
    let isCurrent = true;
    problem.value = undefined;
    loadDocument<Quality>('quality.json').then(
      (loaded) => {
        if (isCurrent) quality.value = loaded;
      },
      (error: unknown) => {
        if (isCurrent) problem.value = error instanceof Error ? error.message : String(error);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [snapshot, tried]);
  const loaded = quality.value;
  return (
    <Panel
      id="quality"
      title="Data quality"
      size="full"
      follows={false}
      note="Of all data of the snapshot, whatever is filtered: where the records went, what was repaired, what is missing."
      terms={[
        'ledger',
        'curated',
        'quarantined',
        'duplicate',
        'vintage',
        'coordinate quality',
        'completeness',
        'comparability grade',
        'snapshot',
      ]}
      explain={{
        sql: () =>
          'SELECT source, kind, rule, SUM(records) AS records\nFROM ledger\nGROUP BY source, kind, rule\nORDER BY source, kind, records DESC',
        method:
          'Records in are the count of the file reader; curated, set aside and duplicates are counted from what was written. A snapshot whose ledger does not balance is not published.',
      }}
      {...(loaded === undefined ? {} : { table: () => ledgerTable(loaded) })}
    >
      {problem.value !== undefined && (
        <p class="problem" role="alert">
          {problem.value}{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              tries.value += 1;
            }}
          >
            Try again
          </button>
        </p>
      )}
      {loaded === undefined && problem.value === undefined && <div class="skeleton" aria-hidden="true" />}
      {loaded !== undefined && (
        <div class="quality">
          <Balances quality={loaded} />
          <Completeness />
          <Coordinates quality={loaded} />
          <Grades quality={loaded} />
          {KINDS.map(({ kind, title, about }) => (
            <Rules key={kind} title={title} about={about} rules={rulesOf(loaded.ledger, kind)} />
          ))}
          <Files quality={loaded} />
        </div>
      )}
    </Panel>
  );
}

function Balances({ quality }: { readonly quality: Quality }) {
  return (
    <section>
      <h3>Where the records went</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">City</th>
            <th scope="col" class="n">
              Records in
            </th>
            <th scope="col" class="n">
              Curated
            </th>
            <th scope="col" class="n">
              Set aside
            </th>
            <th scope="col" class="n">
              Duplicates
            </th>
          </tr>
        </thead>
        <tbody>
          {balances(quality.ledger).map(({ source, records, curated, quarantined, duplicates, missing }) => (
            <tr key={source}>
              <th scope="row">{cityOf(source)}</th>
              <td class="n">{number(records)}</td>
              <td class="n">{`= ${number(curated)}`}</td>
              <td class="n">{`+ ${number(quarantined)}`}</td>
              <td class="n">
                {`+ ${number(duplicates)}`}
                {missing !== 0 && <strong class="problem">{` ${number(missing)} unaccounted for`}</strong>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const LAST_MONTHS = 6;

function Completeness() {
  const cities = (catalogue.value?.cities ?? []).filter(({ completeness }) => completeness.length > 0);
  if (cities.length === 0) return null;
  const months = [
    ...new Set(
      cities.flatMap(({ completeness }) => completeness.slice(-LAST_MONTHS).map(({ month }) => month)),
    ),
  ].sort();
  return (
    <section>
      <h3>How much of the last months is reported</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Month of occurrence</th>
            {cities.map(({ city }) => (
              <th key={city} scope="col" class="n">
                {city}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month}>
              <th scope="row">{monthText(month)}</th>
              {cities.map(({ city, completeness }) => {
                const found = completeness.find((one) => one.month === month);
                const share = found?.completeness ?? null;
                return (
                  <td key={city} class={`n ${found?.isComplete === false ? 'warned' : ''}`}>
                    {share === null ? '–' : percent(share)}
                    {found?.isComplete === false && ' (incomplete)'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Coordinates({ quality }: { readonly quality: Quality }) {
  const sources = [...new Set(quality.coordinates.map(({ source }) => source))];
  const kinds = [...new Set(quality.coordinates.map((one) => one.quality))];
  const countOf = (source: string, kind: string): number =>
    quality.coordinates.find((one) => one.source === source && one.quality === kind)?.incidents ?? 0;
  const totalOf = (source: string): number => kinds.reduce((sum, kind) => sum + countOf(source, kind), 0);
  return (
    <section>
      <h3>Coordinates</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Quality</th>
            {sources.map((source) => (
              <th key={source} scope="col" class="n">
                {cityOf(source)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              {sources.map((source) => (
                <td key={source} class="n">
                  {`${number(countOf(source, kind))} (${percent(countOf(source, kind) / Math.max(1, totalOf(source)))})`}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const GRADE_MEANINGS: Readonly<Record<string, string>> = {
  comparable: 'defined alike and recorded in the same way',
  limited: 'defined differently, or depending on what people report',
  'not comparable': 'made by police work, or absent from one file',
  'not graded': 'too few or too mixed to say',
};

function Grades({ quality }: { readonly quality: Quality }) {
  return (
    <section>
      <h3>Which categories may be compared between the cities</h3>
      <dl class="grades">
        {GRADES.map((grade) => (
          <div key={grade}>
            <dt>
              {grade}
              <small>{GRADE_MEANINGS[grade]}</small>
            </dt>
            <dd>
              {listed(
                quality.comparability.filter((one) => one.grade === grade).map(({ category }) => category),
              ) || '–'}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface RulesProps {
  readonly title: string;
  readonly about: string;
  readonly rules: readonly RuleCount[];
}

function Rules({ title, about, rules }: RulesProps) {
  const sources = [...new Set(rules.flatMap(({ records }) => Object.keys(records)))].sort();
  if (rules.length === 0) return null;
  return (
    <section>
      <details>
        <summary>{`${title}: ${number(rules.length)} rule${rules.length === 1 ? '' : 's'}`}</summary>
        <p class="soft">{about}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">Rule</th>
              {sources.map((source) => (
                <th key={source} scope="col" class="n">
                  {cityOf(source)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rules.map(({ rule, meaning, records }) => (
              <tr key={rule}>
                <th scope="row">
                  <code>{rule}</code>
                  {meaning !== null && <small>{meaning}</small>}
                </th>
                {sources.map((source) => (
                  <td key={source} class="n">
                    {number(records[source] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function Files({ quality }: { readonly quality: Quality }) {
  return (
    <section class="wide">
      <h3>Files</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Files of the snapshot">
        <table>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">City</th>
              <th scope="col" class="n">
                Records
              </th>
              <th scope="col" class="n">
                Malformed
              </th>
              <th scope="col">Published up to</th>
              <th scope="col">Vintage</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {quality.files.map((file) => (
              <tr key={file.sha256}>
                <th scope="row">{file.name}</th>
                <td>{cityOf(file.source)}</td>
                <td class="n">{number(file.records)}</td>
                <td class="n">{number(file.malformed)}</td>
                <td>{file.publishedUpTo === null ? 'not stated' : dateText(file.publishedUpTo)}</td>
                <td>{file.vintage}</td>
                <td class="hash">
                  <code>{file.sha256}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
