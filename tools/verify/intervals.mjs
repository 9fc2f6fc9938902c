// Counts how often intervals hold what was planted, and how often something is named that was not. See README.md.

import { wilsonInterval } from '../../packages/analysis-kit/dist/statistics/wilson-interval.js';
import { testingRandom } from '../../packages/analysis-kit/dist/testing/random.js';
import { setUpCity } from '../../packages/synthetic/dist/city-setup.js';
import { lapdStream, nypdStream } from '../../packages/synthetic/dist/city-stream.js';
import { logOddsSlope } from '../../packages/trends/dist/mix/log-odds-slope.js';
import { aoristicMatrix } from '../../packages/trends/dist/peak-hours/aoristic.js';
import { findPeakHours } from '../../packages/trends/dist/peak-hours/peak.js';
import { analyseRows, incidentRows } from './analyse-rows.mjs';
import { readOptions, table } from './options.mjs';

const options = readOptions({ seeds: 100, 'first-seed': 1, rows: 100_000, quiet: 100, flat: 1000 });
const DAY_MS = 86_400_000;
const YEARS = [2010, 2023];
const lines = new Map();
const misses = [];

/** Counts one answer under a line of the table; the line fails when the share of yes is beyond `limit` by more than chance. */
function count(name, isYes, { limit, atMost = false }, remark) {
  const line = lines.get(name) ?? { yes: 0, all: 0, limit, atMost };
  lines.set(name, line);
  line.all += 1;
  if (isYes) line.yes += 1;
  if (isYes === atMost && remark !== undefined) misses.push(`${name}: ${remark}`);
}

const RECOVERED = { limit: 0.95 };
const NAMED = { limit: 0.05, atMost: true };

/** The tables of one seed, by name, and what was planted. */
async function answersOf(seed, effects) {
  const planted = { peaks: [], weaponTrends: [] };
  const rows = [];
  for (const [city, makeStream] of [
    ['nypd', nypdStream],
    ['lapd', lapdStream],
  ]) {
    const setup = setUpCity({ city, seed, years: YEARS, ...(effects && { effects }) });
    planted.peaks.push(...setup.effects.peaks);
    planted.weaponTrends.push(...setup.effects.weaponTrends);
    rows.push(...incidentRows(setup, makeStream(setup, options.rows / 2)));
  }
  return { tables: await analyseRows(rows), planted };
}

const yearsOf = (trend) => (Date.parse(trend.to) - Date.parse(trend.from)) / DAY_MS / 365.25;
/** The share moves in a straight line from the first to the last day; a year's share is its mean over the year. */
const shareIn = (trend, year) =>
  trend.shareFrom +
  ((trend.shareTo - trend.shareFrom) * (year + 0.5 - Number(trend.from.slice(0, 4)))) / yearsOf(trend);

function judgeWeapons(seed, tables, trend, category) {
  const isOf = (row) =>
    row.source === trend.city &&
    row.crime_category === category &&
    row.weapon_category === trend.weaponCategory;
  const row = tables.get('weapon_trends').find(isOf);
  const shares = tables.get('weapon_shares').filter(isOf);
  const where = `seed ${seed}, ${category}`;
  const years = shares.map(({ occurred_year: year }) => shareIn(trend, Number(year)));
  const change = years.at(-1) - years[0];
  const isWithin = row.change_lower <= change && change <= row.change_upper;
  const found = `${row.change?.toFixed(3)} (${row.change_lower?.toFixed(3)} to ${row.change_upper?.toFixed(3)})`;
  count(
    'change of a weapon’s share within its interval',
    isWithin,
    RECOVERED,
    `${where}: ${change.toFixed(3)}, found ${found}`,
  );
  // The slope that counts without any chance would give.
  const { slope } = logOddsSlope(
    shares.map(({ total }, place) => ({
      year: place,
      count: Number(total) * years[place],
      total: Number(total),
    })),
  );
  count(
    'slope of a weapon’s log odds within its interval',
    row.slope_lower <= slope && slope <= row.slope_upper,
    RECOVERED,
    `${where}: ${slope.toFixed(3)}, found ${row.slope?.toFixed(3)} (${row.slope_lower?.toFixed(3)} to ${row.slope_upper?.toFixed(3)})`,
  );
  count(
    'weapon trend named with its direction',
    row.direction === 'rising',
    RECOVERED,
    `${where}: ${row.direction}`,
  );
  for (const [place, share] of years.entries()) {
    const { share_lower: lower, share_upper: upper } = shares[place];
    count('share of one year within its interval', lower <= share && share <= upper, RECOVERED);
  }
}

/** Rates of planted peaks by city, with their intervals; judged when all seeds are known. */
const peakRates = new Map();

function judgePeak(seed, tables, peak) {
  const isOf = ({ source, crime_category: category }) => source === peak.city && category === peak.category;
  const row = tables.get('peak_hours').find(isOf);
  const isNamed = row?.weekday === peak.weekday - 1 && row?.hour === peak.hour;
  count(
    'peak named at its hour',
    isNamed,
    RECOVERED,
    `seed ${seed}, ${peak.category}: ${row?.peak ?? row?.reason}`,
  );
  const slot = tables
    .get('week_hours')
    .find((hour) => isOf(hour) && hour.weekday === peak.weekday - 1 && hour.hour === peak.hour);
  peakRates.set(peak.city, [...(peakRates.get(peak.city) ?? []), { seed, ...slot }]);
}

for (let seed = options['first-seed']; seed < options['first-seed'] + options.seeds; seed += 1) {
  const { tables, planted } = await answersOf(seed);
  for (const peak of planted.peaks) judgePeak(seed, tables, peak);
  for (const trend of planted.weaponTrends)
    for (const category of trend.categories) judgeWeapons(seed, tables, trend, category);
  process.stderr.write(`seed ${seed}: ${misses.length} misses so far\n`);
}
// What an hour holds in the long run is the mean over the other seeds: the same world, drawn again.
for (const rates of peakRates.values()) {
  const sum = rates.reduce((total, { rate }) => total + rate, 0);
  for (const { seed, source, rate, rate_lower: lower, rate_upper: upper } of rates) {
    const expected = (sum - rate) / (rates.length - 1);
    const remark = `seed ${seed}, ${source}: ${expected.toFixed(4)}, found ${rate.toFixed(4)} (${lower.toFixed(4)} to ${upper.toFixed(4)})`;
    count('rate of the peak within its interval', lower <= expected && expected <= upper, RECOVERED, remark);
  }
}

const NOTHING = { hotspots: [], peaks: [], weaponTrends: [], anomalies: [], levelShifts: [] };
for (let seed = options['first-seed']; seed < options['first-seed'] + options.quiet; seed += 1) {
  const { tables } = await answersOf(seed, NOTHING);
  const trends = tables
    .get('weapon_trends')
    .filter(({ weapon_category: weapon }) => typeof weapon === 'string');
  const named = trends.filter(({ direction }) => direction === 'rising' || direction === 'falling');
  const text = named
    .map((row) => `${row.crime_category}, ${row.weapon_category} ${row.direction}`)
    .join('; ');
  count('no weapon trend: a table that names one', named.length > 0, NAMED, `seed ${seed}: ${text}`);
  for (const row of trends) {
    count('no weapon trend: a weapon that is named', named.includes(row), NAMED);
    if (typeof row.change_lower === 'number')
      count(
        'no weapon trend: 0 within the interval of the change',
        row.change_lower <= 0 && row.change_upper >= 0,
        RECOVERED,
      );
  }
  process.stderr.write(`quiet seed ${seed}: ${named.length} trends named\n`);
}

const HOURS = 168;
const exposureHours = new Array(HOURS).fill(730);
for (let seed = 1; seed <= options.flat; seed += 1) {
  const random = testingRandom(9000 + seed);
  const events = Math.round(400 * 50 ** random.uniform());
  const flat = Array.from({ length: HOURS }, () => random.poisson(events / HOURS));
  const judge = (name, matrix, matrixWithoutHeaping) => {
    const found = findPeakHours({ matrix, matrixWithoutHeaping, exposureHours });
    const text = found.kind === 'peak' ? `${found.slot.text}, ${events} events` : '';
    count(`flat week, ${name}: a peak is named`, found.kind === 'peak', NAMED, text);
  };
  judge('recorded times', flat, flat);
  // Forms say noon or midnight where nobody knows.
  const heaped = flat.map(
    (hour, slot) => hour + (slot % 12 === 0 ? random.poisson(0.4 * (events / HOURS)) : 0),
  );
  judge('noon and midnight heaped', heaped, flat);
  const groups = Array.from({ length: Math.min(events, 4000) }, () => ({
    weekday: Math.floor(7 * random.uniform()),
    startMinute: Math.floor(1440 * random.uniform()),
    durationMinutes: Math.floor(-240 * Math.log(random.uniform())),
    count: 1,
  }));
  const { matrix } = aoristicMatrix({ groups, timeZone: 'America/New_York' });
  judge('intervals', matrix, matrix);
}

const percent = (share) => (100 * share).toFixed(1);
// A 95 % interval holds 95 % in the long run: what fails is a share below that by more than chance.
const failed = [...lines].filter(([, { yes, all, limit, atMost }]) => {
  const { lower, upper } = wilsonInterval(yes, all);
  return atMost ? lower > limit : upper < limit;
});
console.log(
  table(
    ['answer', 'number', 'yes', 'share %', '95 % interval', 'must be %'],
    [...lines].map(([name, { yes, all, limit, atMost }]) => {
      const { lower, upper } = wilsonInterval(yes, all);
      const range = `${percent(lower)}–${percent(upper)}`;
      return [name, all, yes, percent(yes / all), range, `${atMost ? '≤' : '≥'} ${100 * limit}`];
    }),
  ),
);
for (const miss of misses) console.log(miss);
process.exitCode = failed.length > 0 ? 1 : 0;
