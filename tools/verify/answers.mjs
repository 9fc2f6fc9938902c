// Plants answers in raw files, builds and analyses them, and counts which come out again. See README.md.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRawFiles } from '../../packages/synthetic/dist/index.js';
import { command } from './command.mjs';
import { readOptions, table } from './options.mjs';

const options = readOptions({ seeds: 10, 'first-seed': 1, rows: 1_000_000, require: 90, allow: 5 });
const DAY_MS = 86_400_000;
const work = await mkdtemp(join(tmpdir(), 'crimetracker-answers-'));
const totals = new Map();

/** Counts one planted answer, or one answer that nobody planted. */
function count(kind, outcome) {
  const sums = totals.get(kind) ?? { planted: 0, found: 0, false: 0 };
  if (outcome !== 'false') sums.planted += 1;
  if (outcome === 'found') sums.found += 1;
  if (outcome === 'false') sums.false += 1;
  totals.set(kind, sums);
}

const monthNumber = (date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));

/** Generates raw files, builds and analyses them; the tables by name, and what was planted. */
async function answersOf(seed, what, effects) {
  const raw = join(work, `raw-${seed}`);
  const lake = join(work, `lake-${seed}`);
  await generateRawFiles({ out: raw, rows: options.rows, seed, ...(effects && { effects }) });
  const files = (await readdir(raw)).filter((name) => name.endsWith('.csv')).map((name) => join(raw, name));
  await command('build', ...files, '--lake', lake);
  const answers = JSON.parse(await command('analyse', ...what, '--json', '--lake', lake));
  const planted = JSON.parse(await readFile(join(raw, 'truth', 'planted.json'), 'utf8'));
  await rm(raw, { recursive: true, force: true });
  await rm(lake, { recursive: true, force: true });
  const rows = new Map(answers.flatMap(({ tables }) => tables.map((one) => [one.name, one.rows])));
  return { rows, planted };
}

const isOfCity = ({ jurisdiction }) => jurisdiction === 'all';
/** A period that shares a day with the planted week. */
function holdsWeek({ frequency, period_start }, weekStart) {
  const [from, week] = [Date.parse(period_start), Date.parse(weekStart)];
  const next = new Date(from);
  const to = frequency === 'week' ? from + 7 * DAY_MS : next.setUTCMonth(next.getUTCMonth() + 1);
  return week < to && week + 7 * DAY_MS > from;
}
const isAnomaly = (row, { city, category, weekStart, factor }) =>
  row.source === city &&
  row.crime_category === category &&
  holdsWeek(row, weekStart) &&
  (row.direction === 'above') === factor > 1;
const isShift = (row, { city, category, month, factor }) =>
  row.source === city &&
  row.crime_category === category &&
  Math.abs(monthNumber(row.shift_at) - monthNumber(month)) <= 1 &&
  row.ratio > 1 === factor > 1;

for (let seed = options['first-seed']; seed < options['first-seed'] + options.seeds; seed += 1) {
  const { rows, planted } = await answersOf(seed, ['hours', 'weapons', 'series', 'anomalies']);
  const strange = [];

  for (const peak of planted.peaks) {
    const row = rows
      .get('mart_peak_hours')
      .find(({ source, crime_category }) => source === peak.city && crime_category === peak.category);
    const isFound = row?.weekday === peak.weekday - 1 && row?.hour === peak.hour;
    count('peak hour', isFound ? 'found' : 'missed');
    if (!isFound) strange.push(`peak of ${peak.category}: ${row?.peak ?? row?.reason}`);
  }
  for (const trend of planted.weaponTrends) {
    for (const category of trend.categories) {
      const row = rows
        .get('mart_weapon_trends')
        .find(
          (one) =>
            one.source === trend.city &&
            one.crime_category === category &&
            one.weapon_category === trend.weaponCategory,
        );
      // The share moves in a straight line from the first to the last day; a year's share is that of its middle.
      const years = (Date.parse(trend.to) - Date.parse(trend.from)) / DAY_MS / 365.25;
      const change = ((trend.shareTo - trend.shareFrom) * (years - 1)) / years;
      const isFound = row !== undefined && row.change_lower <= change && change <= row.change_upper;
      count('weapon trend, within its interval', isFound ? 'found' : 'missed');
      if (!isFound) strange.push(`weapon trend of ${category}: ${JSON.stringify(row)}, planted ${change}`);
    }
  }
  /** Counts planted and found; what follows from a planted one in all categories together is neither. */
  const compare = (kind, all, found, isSame, tell) => {
    for (const one of all) {
      const isFound = found.some((row) => isSame(row, one));
      count(kind, isFound ? 'found' : 'missed');
      if (!isFound) strange.push(`${kind} missed: ${JSON.stringify(one)}`);
    }
    for (const row of found) {
      const asAll = (one) => row.crime_category === 'All' && isSame(row, { ...one, category: 'All' });
      if (all.some((one) => isSame(row, one) || asAll(one))) continue;
      count(kind, 'false');
      strange.push(`${kind} not planted: ${tell(row)}`);
    }
  };
  compare(
    'anomaly',
    planted.anomalies,
    rows.get('mart_anomalies').filter(isOfCity),
    isAnomaly,
    (row) => row.sentence,
  );
  compare(
    'level shift',
    planted.levelShifts,
    rows.get('mart_level_shifts').filter(({ shift_at }) => shift_at !== null),
    isShift,
    (row) => `${row.source} ${row.crime_category} ${row.shift_at} ×${row.ratio}`,
  );
  process.stderr.write(`seed ${seed}: ${strange.length === 0 ? 'all as planted' : strange.join('\n  ')}\n`);
}

/** False alarms where nothing is planted. */
const quiet = { series: 0, 'series with an alarm': 0 };
const cells = { city: [0, 0], neighbourhood: [0, 0] };
const NOTHING = { hotspots: [], peaks: [], weaponTrends: [], anomalies: [], levelShifts: [] };
for (let seed = options['first-seed']; seed < options['first-seed'] + options.seeds; seed += 1) {
  const { rows } = await answersOf(seed, ['series', 'anomalies'], NOTHING);
  const nameOf = ({ source, crime_category }) => `${source} ${crime_category}`;
  const shifts = rows.get('mart_level_shifts');
  const judged = new Set(rows.get('mart_series').map(nameOf));
  for (const row of shifts) if (row.reason !== null) judged.delete(nameOf(row));
  const alarms = [
    ...shifts.filter(({ shift_at }) => shift_at !== null),
    ...rows.get('mart_anomalies').filter(isOfCity),
  ];
  quiet.series += judged.size;
  quiet['series with an alarm'] += new Set(alarms.map(nameOf)).size;
  for (const { scope, tested, anomalies } of rows.get('mart_anomaly_coverage')) {
    cells[scope][0] += tested ?? 0;
    cells[scope][1] += anomalies ?? 0;
  }
  process.stderr.write(
    `seed ${seed}, nothing planted: ${alarms.map((row) => row.sentence ?? `${nameOf(row)} ${row.shift_at} ×${row.ratio}`).join('\n  ') || 'no alarm'}\n`,
  );
}
await rm(work, { recursive: true, force: true });

const percent = (part, whole) => (whole === 0 ? Number.NaN : (100 * part) / whole);
const lines = [...totals].map(([kind, sums]) => ({
  kind,
  ...sums,
  recall: percent(sums.found, sums.planted),
  precision: percent(sums.found, sums.found + sums.false),
}));
process.stdout.write(
  `${table(
    ['planted', 'number', 'found', 'not planted', 'recall %', 'precision %'],
    lines.map((line) => [
      line.kind,
      line.planted,
      line.found,
      line.false,
      line.recall.toFixed(1),
      line.precision.toFixed(1),
    ]),
  )}\n`,
);
const alarms = [
  ['series of a city with an anomaly or a level shift', quiet.series, quiet['series with an alarm']],
  ['weeks and months of cities', ...cells.city],
  ['months of neighbourhoods', ...cells.neighbourhood],
].map(([kind, number, found]) => ({ kind, number, found, share: percent(found, number) }));
process.stdout.write(
  `\n${table(
    ['nothing planted', 'number', 'alarms', '%'],
    alarms.map(({ kind, number, found, share }) => [kind, number, found, share.toFixed(2)]),
  )}\n`,
);
const isGood =
  lines.every(({ recall, precision }) => recall >= options.require && precision >= options.require) &&
  alarms.every(({ share }) => share <= options.allow);
process.exitCode = isGood ? 0 : 1;
