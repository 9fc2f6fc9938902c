import type { Method, MethodSettings } from './methods.js';
import { byMethod, METHODS, PRO_MAP_RINGS, PRO_MAP_TIMES } from './methods.js';
import { HALF_LIVES } from './place-past.js';

type Challenger = Exclude<Method, 'retrospective'>;
type FixedSettings = Omit<MethodSettings, 'weights'>;

interface Candidate {
  readonly method: Method;
  readonly settings: FixedSettings;
}

const PLAIN: FixedSettings = { decay: 0, proMapRings: 0, proMapTime: 0 };
const VARIANTS: Readonly<Record<Method, readonly FixedSettings[]>> = {
  retrospective: [PLAIN],
  decay: HALF_LIVES.map((_, decay) => ({ ...PLAIN, decay })),
  // By time first: one sum over the year serves all rings.
  'pro-map': PRO_MAP_TIMES.flatMap((_, proMapTime) =>
    PRO_MAP_RINGS.map((__, proMapRings) => ({ ...PLAIN, proMapRings, proMapTime })),
  ),
  mixture: [PLAIN],
};
const CANDIDATES: readonly Candidate[] = METHODS.flatMap((method) =>
  VARIANTS[method].map((settings) => ({ method, settings })),
);

/** What the tuning year says about a horizon. */
export interface TuningChoice {
  readonly settings: FixedSettings;
  /** Share of the incidents of the tuning year found within the patrol budget, by each method at its best. */
  readonly hitRates: Readonly<Record<Method, number>>;
  /** The one method that is held against the retrospective count in the test year. */
  readonly challenger: Challenger;
}

/** Hits of every method and setting in the windows of the tuning year. */
export interface Tuning {
  /** Scores one window: `hitsOf` says how many incidents a method finds with some settings. */
  recordWindow(incidents: number, hitsOf: (method: Method, settings: FixedSettings) => number): void;
  /**
   * The best setting of each method, and the challenger: the mixture, unless another found more by over one standard
   * error. Hits of a year in one cell of a hundred are few, and the mixture learns from all cells and five years.
   */
  choose(): TuningChoice;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The standard error of the sum of differences between two methods, window by window. */
function standardError(ours: readonly number[], theirs: readonly number[]): number {
  const differences = ours.map((hits, window) => hits - (theirs[window] ?? 0));
  const mean = sumOf(differences) / differences.length;
  const squares = sumOf(differences.map((difference) => (difference - mean) ** 2));
  return Math.sqrt((squares * differences.length) / (differences.length - 1));
}

/** Starts an empty tally of the tuning year. */
export function methodTuning(): Tuning {
  const hits = CANDIDATES.map((): number[] => []);
  let total = 0;
  return {
    recordWindow(incidents, hitsOf) {
      total += incidents;
      for (const [place, { method, settings }] of CANDIDATES.entries()) {
        hits[place]?.push(hitsOf(method, settings));
      }
    },
    choose() {
      const bests = byMethod((method) => {
        const own = CANDIDATES.flatMap((candidate, place) =>
          candidate.method === method ? [{ ...candidate, hits: hits[place] ?? [] }] : [],
        );
        return own.reduce((best, one) => (sumOf(one.hits) > sumOf(best.hits) ? one : best));
      });
      const challenger = (['decay', 'pro-map'] as const).reduce<Challenger>((best, method) => {
        const lead = sumOf(bests[method].hits) - sumOf(bests[best].hits);
        const needed = best === 'mixture' ? standardError(bests[method].hits, bests[best].hits) : 0;
        return lead > needed ? method : best;
      }, 'mixture');
      return {
        settings: {
          decay: bests.decay.settings.decay,
          proMapRings: bests['pro-map'].settings.proMapRings,
          proMapTime: bests['pro-map'].settings.proMapTime,
        },
        hitRates: byMethod((method) => (total > 0 ? sumOf(bests[method].hits) / total : 0)),
        challenger,
      };
    },
  };
}
