import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@crimetracker/analysis-kit';
import { schedulePatrols } from '@crimetracker/patrol';
import { machineFacts } from '../lib/machine.mjs';
import { measure } from '../lib/measure.mjs';
import { spread } from '../lib/statistics.mjs';
import { seconds } from '../lib/words.mjs';

/** @import { Schedule, StaffingRules, WeeklyDemand } from '@crimetracker/patrol' */
/** @import { Context } from '../lib/programs.mjs' */
/** @import { Report } from '../lib/results.mjs' */

const PEER = fileURLToPath(new URL('../peers/full-schedule.mjs', import.meta.url));
const JURISDICTIONS = 98;
const GAP = 0.01;
const LIMIT_MS = 10_000;
const PEER_LIMIT_MS = 60_000;

/** @type {StaffingRules} */
const RULES = {
  units: 800,
  shiftHours: 8,
  startHours: [0, 4, 8, 12, 16, 20],
  shiftsPerUnit: 5,
  minimumPresence: 0,
  maxConsecutiveShifts: 6,
  minRestHours: 10,
  fairnessFloor: 0,
};

const BESIDE = { minimumPresence: 1, fairnessFloor: 0.5 };

/** @type {readonly (readonly [string, StaffingRules])[]} */
const CASES = [
  ['800 units, 5 × 8 h', RULES],
  ['800 units, 5 × 8 h, presence, floors', { ...RULES, ...BESIDE }],
  ['800 units, 4 × 10 h, presence, floors', { ...RULES, ...BESIDE, shiftHours: 10, shiftsPerUnit: 4 }],
  ['800 units, 3 × 12 h, presence, floors', { ...RULES, ...BESIDE, shiftHours: 12, shiftsPerUnit: 3 }],
  ['800 units, 5 × 8 h, at most 4 in a row', { ...RULES, maxConsecutiveShifts: 4 }],
  ['800 units, 5 × 8 h, a start every hour', { ...RULES, startHours: [...Array(24).keys()] }],
  ['120 units, 5 × 8 h, floors', { ...RULES, units: 120, fairnessFloor: 0.5 }],
  ['3,000 units, 5 × 8 h, presence, floors', { ...RULES, ...BESIDE, units: 3000 }],
];

/**
 * A week of patrols for as many jurisdictions as the two cities have, beside the same program handed to HiGHS whole.
 *
 * @param {{ readonly runs: number, readonly seed: number }} options
 * @param {Context} context
 * @returns {Promise<Report>}
 */
export async function schedule({ runs, seed }, { work, signal, say }) {
  const machine = machineFacts();
  const demand = makeDemand(seed);
  const folder = await mkdtemp(join(work, 'schedule-'));
  const figures = [];
  try {
    for (const [name, rules] of CASES) {
      const ours = await repeat(demand, rules, runs, signal);
      say(`${name}: ${seconds(ours.time.median)}, ${percent(ours.gap)} below the bound`);
      const file = join(folder, 'input.json');
      const hours = demand.hours.map((week) => [...week]);
      await writeFile(
        file,
        JSON.stringify({ demand: { ...demand, hours }, rules, gap: GAP, limitMs: PEER_LIMIT_MS }),
      );
      const peer = await measure(PEER, [file], { work: folder, signal });
      /** @type {{ objective?: number, bound?: number }} */
      const answer = JSON.parse(peer.stdout);
      say(`  HiGHS whole: ${seconds(peer.seconds)}`);
      figures.push({ name, ours, peer: { ...answer, seconds: peer.seconds, peakBytes: peer.peakBytes } });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const slowest = Math.max(...figures.map(({ ours }) => ours.time.max));
  return {
    id: 'schedule',
    title: `Schedule of ${JURISDICTIONS} jurisdictions`,
    input: `synthetic demand of ${JURISDICTIONS} jurisdictions, eight returns each, seed ${seed}; asked for a schedule within ${percent(GAP)} of its bound`,
    machine,
    tables: [
      {
        head: ['week', 'time', 'gap', 'HiGHS whole', 'gap', 'covers'],
        rows: figures.map(({ name, ours, peer }) => [
          name,
          seconds(ours.time.median),
          percent(ours.gap),
          seconds(peer.seconds),
          peer.objective === undefined ? 'no schedule' : percent(gapOf(peer.objective, peer.bound)),
          peer.objective === undefined
            ? '–'
            : `${((100 * peer.objective) / ours.objective).toFixed(2)} % of ours`,
        ]),
      },
    ],
    notes: [
      `Slowest of all: **${seconds(slowest)}**; the budget is ${seconds(LIMIT_MS / 1000)}. HiGHS whole had ${seconds(PEER_LIMIT_MS / 1000)}, which it does not always keep to; its time is that of a whole process.`,
      'Gap: how far the schedule is below the best bound on any schedule, each by its own bound.',
    ],
    figures,
  };
}

/** @param {WeeklyDemand} demand @param {StaffingRules} rules @param {number} runs @param {AbortSignal} signal */
async function repeat(demand, rules, runs, signal) {
  /** @type {Schedule[]} */
  const made = [];
  for (let run = 0; run < runs; run += 1) {
    const result = await schedulePatrols(demand, rules, { gap: GAP, timeLimitMs: LIMIT_MS, signal });
    if (result.kind === 'infeasible') throw new Error(result.reason);
    made.push(result);
  }
  return {
    time: spread(made.map(({ solveMs }) => solveMs / 1000)),
    gap: Math.max(...made.map(({ gap }) => gap)),
    objective: Math.min(...made.map(({ objective }) => objective)),
    bound: Math.max(...made.map(({ bound }) => bound)),
  };
}

/** Harm that differs between jurisdictions, by the hour and at weekends. @param {number} seed @returns {WeeklyDemand} */
function makeDemand(seed) {
  const random = new Random(seed, 'schedule');
  const rows = Array.from({ length: JURISDICTIONS }, (_, j) => {
    const level = Math.exp(0.7 * random.normal());
    const peak = 19 + 2 * random.normal();
    const hours = Float64Array.from({ length: 168 }, (_, hour) => {
      const isWeekend = hour >= 96;
      const isNight = hour % 24 >= 20 || hour % 24 < 3;
      const daily = 1 + 0.55 * Math.cos((2 * Math.PI * (hour - peak)) / 24);
      return (
        level *
        daily *
        (isWeekend ? 1.25 : 1) *
        (isWeekend && isNight ? 1.4 : 1) *
        Math.exp(0.1 * random.normal())
      );
    });
    const first = 0.1 + 0.05 * random.unit();
    const returns = Array.from({ length: 8 }, (_, k) => first * 0.85 ** k);
    return { name: String(j + 1), hours, returns };
  });
  return {
    jurisdictions: rows.map(({ name }) => name),
    hours: rows.map(({ hours }) => hours),
    returns: rows.map(({ returns }) => returns),
  };
}

/** @param {number} objective @param {number | undefined} bound */
const gapOf = (objective, bound) => (bound === undefined ? Number.NaN : (bound - objective) / bound);

/** @param {number} part */
const percent = (part) => `${(100 * part).toFixed(2)} %`;
