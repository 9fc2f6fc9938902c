import type { Interval } from '@crimetracker/analysis-kit';
import { Random } from '@crimetracker/analysis-kit';
import type { UrnRun } from './runaway-urn.js';
import { playUrn } from './runaway-urn.js';

export interface RunawayAudit {
  /** Share that the second region has of all crime. */
  readonly trueShare: number;
  /** Share of the second region on record at the end, over all runs. */
  readonly uncorrected: Interval;
  readonly corrected: Interval;
  /** Its share over the steps, one line for each run. */
  readonly uncorrectedPaths: readonly (readonly number[])[];
  readonly correctedPaths: readonly (readonly number[])[];
  /** What this shows, for readers without statistics. */
  readonly text: string;
}

const RATES = [0.1, 0.2] as const;
const STEPS = 200_000;
const RUNS = 5;

/**
 * Shows on two made-up regions, one with twice the crime of the other, why incidents that patrols discover are left out
 * of the demand: see `playUrn`. It says nothing about the city at hand.
 */
export function auditRunaway(seed: number): RunawayAudit {
  const play = (isCorrected: boolean): readonly UrnRun[] =>
    Array.from({ length: RUNS }, (_, run) => {
      const random = new Random(seed, `urn/${isCorrected ? 'corrected' : 'uncorrected'}/${run}`);
      return playUrn({ rates: RATES, steps: STEPS, isCorrected, random });
    });
  const uncorrected = play(false);
  const corrected = play(true);
  const ranges = { uncorrected: rangeOf(uncorrected), corrected: rangeOf(corrected) };
  const trueShare = RATES[1] / (RATES[0] + RATES[1]);
  return {
    trueShare,
    ...ranges,
    uncorrectedPaths: uncorrected.map(pathOf),
    correctedPaths: corrected.map(pathOf),
    text: describe(trueShare, ranges.uncorrected, ranges.corrected),
  };
}

const pathOf = ({ path }: UrnRun): readonly number[] => path.map((shares) => shares[1] ?? 0);

function rangeOf(runs: readonly UrnRun[]): Interval {
  const shares = runs.map((run) => run.shares[1] ?? 0);
  return { lower: Math.min(...shares), upper: Math.max(...shares) };
}

/** A share that is not all is not rounded up to all. */
const percent = (share: number): string => `${Math.min(99.9, Math.round(1000 * share) / 10)} %`;
const range = ({ lower, upper }: Interval): string =>
  percent(lower) === percent(upper) ? percent(lower) : `${percent(lower)} to ${percent(upper)}`;

function describe(trueShare: number, uncorrected: Interval, corrected: Interval): string {
  return [
    `Two made-up districts; the second has ${percent(trueShare)} of the crime.`,
    'Each patrol goes to one of them, more likely to the one with more incidents on record, and only what it finds there is recorded.',
    `After ${STEPS.toLocaleString('en-US')} patrols the second district has ${range(uncorrected)} of the record: they find crime where they are, and are then sent there more often.`,
    `Where a find counts less the more often its district is patrolled, the record settles at ${range(corrected)}.`,
    'That is why incidents which exist because police looked for them do not decide where patrols go here. Incidents that people report are less exposed to this, but not free of it.',
  ].join(' ');
}
