import { Random } from '@crimetracker/analysis-kit';
import type { FileName, FilePlan } from './city-files.js';
import { cityFiles } from './city-files.js';
import type { CitySetup } from './city-setup.js';
import type { CityStream, VintageId } from './city-stream.js';
import type { DirtKind } from './dirt.js';
import type { Watched } from './observer.js';
import { Observer } from './observer.js';
import { RecordFile } from './record-file.js';
import type { FileSummary } from './truth.js';
import type { Counted, TruthSinks } from './truth-file.js';
import { TruthFile } from './truth-file.js';
import type { Vintage } from './vintage.js';

export interface CityJob {
  readonly folder: string;
  /** Records of all files of the city. */
  readonly rows: number;
  readonly dirtRate: number;
  readonly dirtKinds: readonly DirtKind[];
  /** Share of records that repeat another one. */
  readonly repeats: Repeats;
  readonly vintages: Readonly<Partial<Record<FileName, VintageId>>>;
  readonly chunkBytes: number;
  readonly sinks: TruthSinks;
  readonly onRows: (rows: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** How many records are written to repeat others. */
interface Repeats {
  /** The same line again in the same file. */
  readonly exact: number;
  /** The same incident in the older and in the newer file. */
  readonly shared: number;
}

export interface CityResult {
  readonly files: readonly FileSummary[];
  readonly incidents: number;
  readonly observer: Observer;
}

type Numbers = Watched & Counted & { readonly reportDay: number };

/** Repeated lines come this many records later, at most. */
const LONGEST_REPEAT = 2000;
/** Incidents between two reports of progress, at most. */
const PROGRESS_ROWS = 20_000;

/** Writes the files of one city; memory does not depend on the number of rows. */
export async function generateCity<Incident extends Numbers>(
  setup: CitySetup,
  makeStream: (setup: CitySetup, incidents: number) => CityStream<Incident>,
  job: CityJob,
): Promise<CityResult> {
  const plan = cityFiles(setup.city, setup, job.vintages);
  const isShared = plan.lastSharedDay >= 0;
  let sharedLeft = isShared ? job.repeats.shared : 0;
  const incidents = job.rows - sharedLeft - job.repeats.exact - (isShared ? 0 : job.repeats.shared);
  const stream = makeStream(setup, incidents);
  const older = await openFile(plan.older, setup, stream, job);
  const newer = await openFile(plan.newer, setup, stream, job);
  const files = [older, newer].filter((file) => file !== undefined);
  const observer = new Observer(setup);
  const random = new Random(setup.seed, `${setup.city}/records`);
  let left = incidents;
  let written = 0;

  const writeIncident = (): void => {
    const { incident } = stream;
    observer.see(incident, stream);
    const file = (plan.isNewer(incident) ? newer : older) ?? (newer as OpenFile<Incident>);
    const pending = (older?.pending.length ?? 0) + (newer?.pending.length ?? 0);
    // Repetitions still to plan, spread over the incidents still to come.
    const stillShared = incident.startDay <= plan.lastSharedDay ? sharedLeft : 0;
    const toRepeat = job.rows - written - left - pending - stillShared;
    const mustRepeat = toRepeat >= left;
    left -= 1;
    if (stillShared > 0 && older && newer && plan.isInBoth(incident) && random.chance(0.5)) {
      sharedLeft -= 1;
      written += 2;
      writeBoth(stream, older, newer, random);
      return;
    }
    written += 1;
    if (!mustRepeat && random.chance(job.dirtRate)) {
      file.truth.addDirty(vintageFor(file, random), incident, stream.facts());
      return;
    }
    const record = file.truth.addClean(vintageFor(file, random), incident);
    if (random.unit() * (left + 1) < toRepeat) {
      const due = record + 1 + random.below(Math.min(LONGEST_REPEAT, 1 + (left >> 2)));
      file.pending.push({ line: file.truth.lastLine, record, due });
    }
  };
  /** Writes until a buffer is full or it is time to look up; false when all incidents are written. */
  const writeBatch = (): boolean => {
    let isFull = false;
    for (let row = 0; row < PROGRESS_ROWS && !isFull; row += 1) {
      if (!stream.next()) return false;
      writeIncident();
      for (const file of files) {
        if (file.pending.length > 0) written += repeatDue(file);
        isFull ||= file.truth.file.isFull;
      }
    }
    return true;
  };

  try {
    while (writeBatch()) {
      for (const { truth } of files) if (truth.file.isFull) await truth.file.flush();
      job.signal?.throwIfAborted();
      job.onRows(written);
      await job.sinks.dirt.flush();
      await job.sinks.duplicates.flush();
    }
    for (const file of files) written += await repeatAll(file);
    job.onRows(written);
    const summaries: FileSummary[] = [];
    for (const { truth } of files) summaries.push(await truth.finish());
    return { files: summaries, incidents, observer };
  } catch (error) {
    await Promise.allSettled(files.map(({ truth }) => truth.file.close()));
    throw error;
  }
}

interface Pending {
  readonly line: string;
  readonly record: number;
  /** Repeat the line once the file has this many records. */
  readonly due: number;
}

interface OpenFile<Incident extends Numbers> {
  readonly truth: TruthFile<Incident>;
  readonly vintage: Vintage<Incident>;
  readonly touched: Vintage<Incident> | undefined;
  readonly touchedShare: number;
  readonly pending: Pending[];
}

async function openFile<Incident extends Numbers>(
  plan: FilePlan | undefined,
  setup: CitySetup,
  stream: CityStream<Incident>,
  job: CityJob,
): Promise<OpenFile<Incident> | undefined> {
  if (plan === undefined) return undefined;
  const vintage = stream.vintage(plan.vintage);
  const file = await RecordFile.create(job.folder, plan.name, vintage, job.chunkBytes);
  return {
    truth: new TruthFile({
      file,
      city: setup.city,
      calendar: setup.calendar,
      seed: setup.seed,
      sinks: job.sinks,
      kinds: job.dirtKinds,
    }),
    vintage,
    touched: plan.touched === undefined ? undefined : stream.vintage(plan.touched.vintage),
    touchedShare: plan.touched?.share ?? 0,
    pending: [],
  };
}

function vintageFor<Incident extends Numbers>(file: OpenFile<Incident>, random: Random): Vintage<Incident> {
  return file.touched !== undefined && random.chance(file.touchedShare) ? file.touched : file.vintage;
}

/** The incident in both files: the older one says the same in other formats, or something that changed since. */
function writeBoth<Incident extends Numbers>(
  stream: CityStream<Incident>,
  older: OpenFile<Incident>,
  newer: OpenFile<Incident>,
  random: Random,
): void {
  const { incident } = stream;
  const isChanged = random.chance(0.5) && stream.makeOlder();
  const record = older.truth.addReplaced(older.vintage, incident);
  if (isChanged) stream.restore();
  const later = newer.truth.addClean(vintageFor(newer, random), incident);
  newer.truth.protectLast();
  older.truth.setAside(
    record,
    { file: newer.truth.file.name, record: later },
    isChanged ? 'superseded' : 'reformatted',
  );
}

/** Repeats the lines whose turn has come; returns how many. */
function repeatDue<Incident extends Numbers>(file: OpenFile<Incident>): number {
  const { pending, truth } = file;
  let repeated = 0;
  for (let index = 0; index < pending.length; index += 1) {
    const { line, record, due } = pending[index] as Pending;
    if (due > truth.file.records || truth.file.isFull) continue;
    truth.setAside(record, { file: truth.file.name, record: truth.addRepeat(line) }, 'exact');
    pending.splice(index, 1);
    index -= 1;
    repeated += 1;
  }
  return repeated;
}

async function repeatAll<Incident extends Numbers>(file: OpenFile<Incident>): Promise<number> {
  const { pending, truth } = file;
  for (const { line, record } of pending) {
    truth.setAside(record, { file: truth.file.name, record: truth.addRepeat(line) }, 'exact');
    if (truth.file.isFull) await truth.file.flush();
  }
  return pending.splice(0).length;
}
