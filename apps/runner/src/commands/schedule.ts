import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnalysedSource } from '@crimetracker/analysis-kit';
import type { Engine } from '@crimetracker/engine';
import type { HarmWeights } from '@crimetracker/hotspots';
import type { Snapshot } from '@crimetracker/lake';
import { attachSnapshot, openLakeFolder, openSnapshot } from '@crimetracker/lake';
import type { PublishedSchedule, StaffingRules } from '@crimetracker/patrol';
import {
  choosePatrolSites,
  drawSchedulePage,
  schedulePatrols,
  summaryLines,
  writeScheduleCalendar,
  writeScheduleCsv,
} from '@crimetracker/patrol';
import type { ExitCode } from '@crimetracker/schema';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';
import { createProgress, table } from '../console.js';
import type { CommandContext } from '../context.js';
import { openEngine } from '../context.js';
import { checkFolder } from '../marts/csv-folder.js';
import { readHarmWeights } from '../marts/harm-ranks.js';
import { HOTSPOT_MARTS } from '../marts/hotspot-marts.js';
import { attachTables } from '../marts/table-set.js';
import type { PublishChoice } from '../schedule/publish-schedule.js';
import { publishSchedule, TRAVEL_MINUTES } from '../schedule/publish-schedule.js';
import { readDemand } from '../schedule/schedule-demand.js';
import { analysedSources, checkSource, loadSources } from '../sources.js';
import { ensureMarts } from './analyse.js';
import { defaultHotspots, ensureHotspots } from './hotspots.js';

export interface ScheduleFlags {
  readonly source?: string;
  readonly units: number;
  readonly shift: number;
  readonly startEvery: number;
  readonly shiftsPerUnit?: number;
  readonly minPresence: number;
  readonly maxConsecutive: number;
  readonly minRest: number;
  readonly fairness: number;
  readonly visitShare: number;
  readonly coverRing: number;
  readonly week?: string;
  readonly harmWeights?: string;
  readonly includeDiscovered?: boolean;
  readonly timeLimit: number;
  readonly gap: number;
  readonly seed: number;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly snapshot?: string;
}

const SHIFT_HOURS = [8, 10, 12] as const;
/** Shifts a week that come nearest to forty hours. */
const USUAL_SHIFTS: Readonly<Record<(typeof SHIFT_HOURS)[number], number>> = { 8: 5, 10: 4, 12: 3 };
const HOURS_A_DAY = 24;

/** Makes a week's patrol schedule of one city, with its certificate, its comparisons and its audit. */
export async function runSchedule(context: CommandContext, flags: ScheduleFlags): Promise<ExitCode> {
  const { console, settings, signal } = context;
  const rules = staffingRules(flags);
  const sources = await loadSources();
  const asked = checkSource(sources, flags.source);
  if (flags.out !== undefined) await checkFolder(flags.out, '--out', flags.overwrite ?? false);
  const weights = flags.harmWeights === undefined ? undefined : await readHarmWeights(flags.harmWeights);
  const snapshot = await openSnapshot(await openLakeFolder(settings.lake), flags.snapshot);
  const source = chooseSource(analysedSources(sources, snapshot), asked);
  const engine = await openEngine(context);
  const progress = createProgress(console);
  try {
    await attachSnapshot(engine, snapshot);
    await ensureMarts(context, engine, snapshot, false);
    if (!(await attachTables(engine, snapshot, HOTSPOT_MARTS))) {
      await ensureHotspots(context, engine, snapshot, defaultHotspots(), false);
    }
    const published = await makeSchedule(engine, snapshot, source, rules, flags, weights, {
      tell: (label, done) => progress.step(label, done, 3),
      signal,
    });
    progress.stop();
    if (flags.out !== undefined) await writeSchedule(flags.out, published);
    if (console.json) console.out.write(`${JSON.stringify(jsonOf(published))}\n`);
    else draw(context, published, flags.out);
  } finally {
    progress.stop();
    await engine.close();
  }
  return EXIT_CODES.ok;
}

/** The rules that flags stand for. Throws `schedule-flag-invalid`. */
export function staffingRules(flags: ScheduleFlags): StaffingRules {
  const shiftHours = SHIFT_HOURS.find((hours) => hours === flags.shift);
  if (shiftHours === undefined) throw wrongFlag(`--shift ${flags.shift}`, 'A shift has 8, 10 or 12 hours.');
  if (flags.startEvery < 1 || HOURS_A_DAY % flags.startEvery !== 0) {
    throw wrongFlag(
      `--start-every ${flags.startEvery}`,
      'Give hours that divide the day: 1, 2, 3, 4, 6, 8, 12 or 24.',
    );
  }
  if (flags.units < 1) throw wrongFlag(`--units ${flags.units}`, 'There is at least one unit.');
  const shiftsPerUnit = flags.shiftsPerUnit ?? USUAL_SHIFTS[shiftHours];
  if (shiftsPerUnit < 1 || shiftsPerUnit > 7) {
    throw wrongFlag(`--shifts-per-unit ${shiftsPerUnit}`, 'A unit works one to seven shifts a week.');
  }
  return {
    units: flags.units,
    shiftHours,
    startHours: Array.from(
      { length: HOURS_A_DAY / flags.startEvery },
      (_, start) => start * flags.startEvery,
    ),
    shiftsPerUnit,
    minimumPresence: flags.minPresence,
    maxConsecutiveShifts: flags.maxConsecutive,
    minRestHours: flags.minRest,
    fairnessFloor: flags.fairness,
  };
}

function wrongFlag(flag: string, hint: string): CrimeTrackerError {
  return new CrimeTrackerError(`${flag} cannot be scheduled.`, {
    code: 'schedule-flag-invalid',
    exitCode: EXIT_CODES.usage,
    hint,
  });
}

/** The one city that is scheduled. Throws `schedule-source` when it is not clear which. */
export function chooseSource(sources: readonly AnalysedSource[], asked: string | undefined): AnalysedSource {
  const own = asked === undefined ? sources : sources.filter(({ id }) => id === asked);
  const [source, ...others] = own;
  if (source !== undefined && others.length === 0) return source;
  throw new CrimeTrackerError(
    source === undefined
      ? `The snapshot holds nothing of ${asked ?? 'any city'}.`
      : 'The snapshot holds several cities, and units do not work in two.',
    {
      code: 'schedule-source',
      exitCode: EXIT_CODES.usage,
      hint: `Name one: ${sources.map(({ id }) => `--source ${id}`).join(' or ')}.`,
    },
  );
}

/** Makes a schedule with its visits and audits. The engine has the tables of trends and hot spots. */
export async function makeSchedule(
  engine: Engine,
  snapshot: Snapshot,
  source: AnalysedSource,
  rules: StaffingRules,
  flags: ScheduleFlags,
  weights: HarmWeights | undefined,
  work: { readonly tell: (label: string, done: number) => void; readonly signal: AbortSignal },
): Promise<PublishedSchedule> {
  const { tell, signal } = work;
  tell('Expected demand', 0);
  const demand = await readDemand(engine, {
    source,
    week: flags.week,
    weights,
    includeDiscovered: flags.includeDiscovered ?? false,
    signal,
  });
  const choice: PublishChoice = { seed: flags.seed, visitShare: flags.visitShare };
  const { jurisdictions, cells, jurisdictionOfCell, hex } = demand;
  const sites = await choosePatrolSites({
    jurisdictions: jurisdictions.length,
    cells,
    jurisdictionOfCell,
    hex,
    coverRings: flags.coverRing,
    rules: { share: flags.visitShare },
    travelMinutes: TRAVEL_MINUTES,
    signal,
  });
  tell('Solving', 1);
  const week = { jurisdictions, hours: demand.expected.hours, returns: sites.returns };
  const schedule = await schedulePatrols(week, rules, {
    timeLimitMs: flags.timeLimit * 1000,
    gap: flags.gap,
    lastYearShare: demand.lastYear,
    signal,
  });
  if (schedule.kind === 'infeasible') {
    throw new CrimeTrackerError(`No schedule keeps the ${schedule.constraint}: ${schedule.reason}`, {
      code: 'staffing-infeasible',
      exitCode: EXIT_CODES.usage,
      hint: schedule.remedy,
    });
  }
  tell('Visits and audit', 2);
  return publishSchedule(schedule, demand, sites, choice, {
    city: source.city,
    timeZone: source.timeZone,
    weekStart: demand.weekStart,
    snapshotId: snapshot.manifest.id,
    data: demand.notes.join(' '),
    ...(weights !== undefined && {
      harmSource: `${weights.title} (${weights.unit}; ${weights.url}, read on ${weights.retrieved})`,
    }),
    createdAt: new Date().toISOString(),
  });
}

async function writeSchedule(folder: string, published: PublishedSchedule): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { shifts, visits } = await writeScheduleCsv(published);
  const files = {
    'shifts.csv': shifts,
    'visits.csv': visits,
    'schedule.ics': writeScheduleCalendar(published),
    'schedule.html': drawSchedulePage(published),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

function jsonOf({ meta, schedule, shifts, allocation, discovered, runaway }: PublishedSchedule) {
  const { demand, lines, onDuty, kind: _kind, ...certificate } = schedule;
  return {
    meta,
    certificate,
    jurisdictions: allocation.jurisdictions,
    gini_of_hours: allocation.giniOfHours ?? null,
    gini_per_harm: allocation.giniPerHarm ?? null,
    lines: lines.map((line) => ({ ...line, jurisdiction: demand.jurisdictions[line.jurisdiction] })),
    on_duty: demand.jurisdictions.map((jurisdiction, j) => ({
      jurisdiction,
      units_by_hour_of_week: Array.from(onDuty[j] ?? []),
    })),
    shifts: shifts.map((shift) => ({
      ...shift,
      jurisdiction: demand.jurisdictions[shift.jurisdiction],
      start: new Date(shift.startMs).toISOString(),
      end: new Date(shift.endMs).toISOString(),
    })),
    discovered: discovered ?? null,
    runaway,
  };
}

function draw({ console }: CommandContext, published: PublishedSchedule, out: string | undefined): void {
  const { bold } = console.colours;
  const [head = '', ...lines] = summaryLines(published);
  const { jurisdictions } = published.allocation;
  const units = new Map<string, number>();
  for (const { jurisdiction } of published.schedule.lines) {
    const name = published.schedule.demand.jurisdictions[jurisdiction] ?? '';
    units.set(name, (units.get(name) ?? 0) + 1);
  }
  console.out.write(`${bold(head)}\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
  console.out.write(
    `${table(
      ['jurisdiction', 'units', 'unit hours', 'share of hours', 'share of expected harm', 'of it covered'],
      jurisdictions.map((one) => [
        one.jurisdiction,
        units.get(one.jurisdiction) ?? 0,
        one.unitHours,
        share(one.unitHoursShare),
        share(one.harmShare),
        one.coveredShare === undefined ? '–' : share(one.coveredShare),
      ]),
      console.colours,
    )}\n`,
  );
  if (out !== undefined) {
    console.out.write(
      `\n  Page      ${join(out, 'schedule.html')}\n  Calendar  ${join(out, 'schedule.ics')}\n  CSV       ${join(out, 'shifts.csv')}, ${join(out, 'visits.csv')}\n`,
    );
  }
}

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
