import { Random } from '@crimetracker/analysis-kit';
import {
  CityCounter,
  filtersSchema,
  readCities,
  readShards,
  tellCounts,
  VALUE_DIMENSION_NAMES,
  VALUE_DIMENSIONS,
} from '@crimetracker/crossfilter';
import { openDuckDb } from '@crimetracker/engine/duckdb';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import crossfilter from 'crossfilter2';
import { machineFacts } from '../lib/machine.mjs';
import { count } from '../lib/words.mjs';

/** @import { Filters } from '@crimetracker/crossfilter' */
/** @import { Context } from '../lib/programs.mjs' */
/** @import { Report } from '../lib/results.mjs' */
/** @typedef {import('@crimetracker/crossfilter').ValueDimension} ValueDimension */
/** @typedef {Awaited<ReturnType<typeof openDuckDb>>} Engine */

const QUESTIONS = 24;
/** Rows that crossfilter2 is given at most: it keeps an index of each dimension. */
const CROSSFILTER_ROWS = 1_000_000;
/** @type {import('@crimetracker/crossfilter').MapResolution} */
const RESOLUTION = 8;

/**
 * Counts of all views of the dashboard under random filters, by several ways of counting.
 *
 * @param {{ readonly lake: string, readonly seed: number }} options
 * @param {Context} context
 * @returns {Promise<Report>}
 */
export async function dashboardCounts({ lake, seed }, { signal, say }) {
  const machine = machineFacts();
  const snapshot = await openSnapshot(await openLakeFolder(lake));
  const engine = await openDuckDb({ memoryLimit: '6GB' });
  try {
    await attachSnapshot(engine, snapshot);
    const questions = randomQuestions(new Random(seed, 'counts'));
    /** @type {Way[]} */
    const ways = [];
    const add = async (
      /** @type {string} */ name,
      /** @type {number} */ rows,
      /** @type {() => Promise<Ask>} */ prepare,
    ) => {
      signal.throwIfAborted();
      const started = performance.now();
      const ask = await prepare();
      const startUp = performance.now() - started;
      /** @type {number[]} */
      const times = [];
      /** @type {number[]} */
      const totals = [];
      for (const filters of questions) {
        const begun = performance.now();
        totals.push(await ask(filters));
        times.push(performance.now() - begun);
      }
      times.sort((a, b) => a - b);
      ways.push({ name, rows, startUp, times, totals });
      say(`${name}: median ${Math.round(quantile(times, 0.5))} ms`);
    };

    const cities = await readCities(engine);
    const incidents = cities.reduce((sum, { index }) => sum + index.incidents, 0);
    /** @type {{ index: typeof cities[number]['index'], make: () => CityCounter }[]} */
    const counters = [];
    await add('shards, one thread, nothing kept', incidents, async () => {
      for (const city of cities) {
        /** @type {import('@crimetracker/crossfilter').Shard[]} */
        const shards = [];
        for await (const shard of readShards(engine, city, signal)) shards.push(shard);
        counters.push({ index: city.index, make: () => new CityCounter(city.index, city.places, shards) });
      }
      return async (filters) => {
        const request = { filters, resolution: RESOLUTION };
        return counters
          .map(({ index, make }) => tellCounts(index, request, make().tally(request)).total ?? 0)
          .reduce((sum, total) => sum + total, 0);
      };
    });
    await add('DuckDB on Parquet, one query a view', incidents, async () => askSql(engine, 'incidents'));
    await add('DuckDB in memory, texts as enums', incidents, async () => {
      await engine.keepTable('kept_incidents', enumTable());
      return askSql(engine, 'kept_incidents');
    });
    await engine.dropTable('kept_incidents');
    await add('crossfilter2, rows as objects', Math.min(CROSSFILTER_ROWS, incidents), () =>
      askCrossfilter(engine),
    );

    const whole = ways.filter(({ rows }) => rows === incidents);
    const differing = whole.filter(({ totals }) =>
      totals.some((total, at) => total !== whole[0]?.totals[at]),
    );
    return {
      id: `dashboard-counts-${incidents}`,
      title: `Counts under filters, ${count(incidents)} incidents`,
      input: `${count(incidents)} incidents of ${cities.length} cities; ${QUESTIONS} random questions with one to three filters, half of them over one year; seed ${seed}`,
      machine,
      tables: [
        {
          head: ['way', 'rows', 'start', 'median', 'p95', 'longest'],
          rows: ways.map(({ name, rows, startUp, times }) => [
            name,
            count(rows),
            `${(startUp / 1000).toFixed(1)} s`,
            ...[0.5, 0.95, 1].map((part) => `${quantile(times, part).toFixed(1)} ms`),
          ]),
        },
      ],
      notes: [
        differing.length === 0
          ? 'All ways that have all rows give the same totals.'
          : `**${differing.map(({ name }) => name).join(', ')} give other totals.**`,
        'One question is answered for all views at once: the total, eleven columns, jurisdictions, hours of the week, months, cells.',
        'The server has two threads with half of the shards each, counts single choices in advance and keeps what it counted; here nothing is kept.',
      ],
      figures: ways.map(({ name, rows, startUp, times }) => ({ name, rows, startUp, times })),
    };
  } finally {
    await engine.close();
  }
}

/**
 * @typedef {(filters: Filters) => Promise<number>} Ask
 *
 * @typedef {object} Way
 * @property {string} name
 * @property {number} rows
 * @property {number} startUp milliseconds
 * @property {number[]} times milliseconds of each question
 * @property {number[]} totals
 */

/** @param {readonly number[]} sorted @param {number} part */
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;

/** @param {Random} random @returns {readonly Filters[]} */
function randomQuestions(random) {
  const below = (/** @type {number} */ limit) => Math.floor(random.unit() * limit);
  return Array.from({ length: QUESTIONS }, (_, at) => {
    /** @type {Record<string, unknown>} */
    const filters = at % 2 === 0 ? { from: '2022-01-01', to: '2022-12-31' } : {};
    for (let left = 1 + below(3); left > 0; left -= 1) {
      const name = /** @type {ValueDimension} */ (VALUE_DIMENSION_NAMES[below(VALUE_DIMENSION_NAMES.length)]);
      const { values } = VALUE_DIMENSIONS[name];
      filters[name] = [values[below(Math.min(6, values.length))]];
    }
    return filtersSchema.parse(filters);
  });
}

const literal = (/** @type {string} */ text) => `'${text.replaceAll("'", "''")}'`;
const HOUR = 'TRY_CAST(SUBSTR(occurred_time, 1, 2) AS INTEGER)';

/** @param {ValueDimension} name */
function givenOr(name) {
  const { absent } = /** @type {{ absent?: string }} */ (VALUE_DIMENSIONS[name]);
  return absent === undefined ? name : `COALESCE(${name}, ${literal(absent)})`;
}

/** @param {Engine} engine @param {string} table @returns {Ask} */
function askSql(engine, table) {
  return async (filters) => {
    const where = (/** @type {string} */ without) => {
      const kept = VALUE_DIMENSION_NAMES.filter(
        (name) => filters[name] !== undefined && name !== without,
      ).map((name) => `${givenOr(name)} IN (${(filters[name] ?? []).map(literal).join(', ')})`);
      if (filters.from !== undefined && without !== 'days') {
        kept.push(`occurred_date BETWEEN DATE '${filters.from}' AND DATE '${filters.to}'`);
      }
      return kept.length === 0 ? '' : `WHERE ${kept.join(' AND ')}`;
    };
    const views = [
      ...VALUE_DIMENSION_NAMES.map((name) => [givenOr(name), name]),
      ['jurisdiction', ''],
      [`dayofweek(CAST(occurred_date AS DATE)) * 24 + ${HOUR}`, ''],
      ["date_trunc('month', CAST(occurred_date AS DATE))", 'days'],
      [`h3_r${RESOLUTION}`, ''],
    ];
    for (const [by, without] of views) {
      await engine.query(
        `SELECT source, ${by} AS value, COUNT(*) AS n FROM ${table} ${where(without ?? '')} GROUP BY ALL`,
      );
    }
    const [row] = await engine.query(`SELECT COUNT(*) AS n FROM ${table} ${where('')}`);
    return Number(row?.n);
  };
}

/** The columns that are counted, texts as enums. */
function enumTable() {
  const enums = VALUE_DIMENSION_NAMES.map((name) => {
    const { values } = VALUE_DIMENSIONS[name];
    return `CAST(${givenOr(name)} AS ENUM(${values.map(literal).join(', ')})) AS ${name}`;
  });
  return `SELECT source, occurred_date, occurred_time, jurisdiction, h3_r${RESOLUTION}, ${enums.join(', ')} FROM incidents`;
}

/** @param {Engine} engine @returns {Promise<Ask>} */
async function askCrossfilter(engine) {
  const names = [...VALUE_DIMENSION_NAMES, 'jurisdiction', 'slot', 'month', 'cell'];
  const rows = await engine.query(
    `SELECT ${VALUE_DIMENSION_NAMES.map((name) => `${givenOr(name)} AS ${name}`).join(', ')}, COALESCE(jurisdiction, '') AS jurisdiction,
       COALESCE(dayofweek(CAST(occurred_date AS DATE)) * 24 + ${HOUR}, -1) AS slot, CAST(occurred_date AS VARCHAR) AS day,
       SUBSTR(CAST(occurred_date AS VARCHAR), 1, 7) AS month, COALESCE(h3_r${RESOLUTION}, '') AS cell
     FROM incidents LIMIT ${CROSSFILTER_ROWS}`,
  );
  const filter = crossfilter([...rows]);
  const dimensions = new Map(names.map((name) => [name, filter.dimension((row) => row[name] ?? '')]));
  const groups = [...dimensions.values()].map((dimension) => dimension.group());
  const days = filter.dimension((row) => row.day ?? '');
  const all = filter.groupAll();
  return async (filters) => {
    for (const name of VALUE_DIMENSION_NAMES) {
      const chosen = /** @type {readonly string[] | undefined} */ (filters[name]);
      const dimension = dimensions.get(name);
      if (chosen === undefined) dimension?.filterAll();
      else dimension?.filterFunction((value) => chosen.includes(String(value)));
    }
    if (filters.from === undefined) days.filterAll();
    else days.filterRange([filters.from, `${filters.to}~`]);
    for (const group of groups) group.all();
    return Number(all.value());
  };
}
