// Plants answers in raw files, builds and analyses them, and counts which come out again. See README.md.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../apps/runner/dist/acceptance/command.js';
import { generateRawFiles } from '../../packages/synthetic/dist/index.js';
import { readOptions, table } from './options.mjs';

const options = readOptions({ seeds: 10, 'first-seed': 1, rows: 400_000, require: 90 });
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

async function command(...args) {
  const { exitCode, stdout, stderr } = await runCommand(args);
  if (exitCode !== 0) throw new Error(`crimetracker ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
  return stdout;
}

const monthOf = (date) => date.slice(0, 7);
const monthNumber = (date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));

for (let seed = options['first-seed']; seed < options['first-seed'] + options.seeds; seed += 1) {
  const raw = join(work, `raw-${seed}`);
  const lake = join(work, `lake-${seed}`);
  await generateRawFiles({ out: raw, rows: options.rows, seed });
  const files = (await readdir(raw)).filter((name) => name.endsWith('.csv')).map((name) => join(raw, name));
  await command('build', ...files, '--lake', lake);
  const answers = JSON.parse(
    await command('analyse', 'hours', 'weapons', 'series', 'anomalies', '--json', '--lake', lake),
  );
  const rows = new Map(answers.flatMap(({ tables }) => tables.map((one) => [one.name, one.rows])));
  const planted = JSON.parse(await readFile(join(raw, 'truth', 'planted.json'), 'utf8'));
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
  const anomalies = rows.get('mart_anomalies').filter(({ jurisdiction }) => jurisdiction === 'all');
  const isPlanted = (row, { city, category, weekStart, factor }) => {
    const weekEnd = new Date(Date.parse(weekStart) + 6 * DAY_MS).toISOString().slice(0, 10);
    return (
      row.source === city &&
      row.crime_category === category &&
      [monthOf(weekStart), monthOf(weekEnd)].includes(monthOf(row.month)) &&
      (row.direction === 'above') === factor > 1
    );
  };
  for (const anomaly of planted.anomalies) {
    const isFound = anomalies.some((row) => isPlanted(row, anomaly));
    count('anomaly', isFound ? 'found' : 'missed');
    if (!isFound) strange.push(`anomaly of ${anomaly.category} in ${anomaly.weekStart} not found`);
  }
  for (const row of anomalies) {
    if (planted.anomalies.some((anomaly) => isPlanted(row, anomaly))) continue;
    count('anomaly', 'false');
    strange.push(`anomaly not planted: ${row.sentence}`);
  }
  const shifts = rows
    .get('mart_level_shifts')
    .filter(
      ({ shift_at, frequency, crime_category }) =>
        shift_at !== null && frequency === 'month' && crime_category !== 'All',
    );
  const isShift = (row, { city, category, month, factor }) =>
    row.source === city &&
    row.crime_category === category &&
    Math.abs(monthNumber(row.shift_at) - monthNumber(month)) <= 1 &&
    row.ratio > 1 === factor > 1;
  for (const shift of planted.levelShifts) {
    const isFound = shifts.some((row) => isShift(row, shift));
    count('level shift', isFound ? 'found' : 'missed');
    if (!isFound) strange.push(`level shift of ${shift.category} in ${shift.month} not found`);
  }
  for (const row of shifts) {
    if (planted.levelShifts.some((shift) => isShift(row, shift))) continue;
    count('level shift', 'false');
    strange.push(`level shift not planted: ${row.crime_category} ${row.shift_at} ×${row.ratio}`);
  }
  process.stderr.write(`seed ${seed}: ${strange.length === 0 ? 'all as planted' : strange.join('\n  ')}\n`);
  await rm(raw, { recursive: true, force: true });
  await rm(lake, { recursive: true, force: true });
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
process.exitCode = lines.every(
  ({ recall, precision }) => recall >= options.require && precision >= options.require,
)
  ? 0
  : 1;
