import type { NotEnoughData } from '@crimetracker/analysis-kit';
import { benjaminiHochberg, requireArgument } from '@crimetracker/analysis-kit';
import type { PeriodJudgement } from './agree.js';

/** One cell of a table of neighbourhoods and categories, judged. */
export interface JudgedCell<Key> {
  readonly key: Key;
  readonly judgement: PeriodJudgement | NotEnoughData;
}

interface SelectedAnomaly<Key> {
  readonly key: Key;
  readonly judgement: PeriodJudgement;
  readonly qValue: number;
}

export interface AnomalySelection<Key> {
  /** Smallest q-value first. */
  readonly anomalies: readonly SelectedAnomaly<Key>[];
  /** Cells on which detectors agree, but not beyond what so many cells give by chance. */
  readonly setAside: readonly SelectedAnomaly<Key>[];
  readonly tested: number;
  readonly notJudged: readonly { readonly key: Key; readonly reason: string }[];
}

/**
 * Keeps the anomalies of a whole table whose false discovery rate stays below `rate`, 0.05 by default.
 * Source: Benjamini and Hochberg (1995) over the p-values of all cells that could be judged, alarm or not.
 */
export function selectAnomalies<Key>(cells: readonly JudgedCell<Key>[], rate = 0.05): AnomalySelection<Key> {
  requireArgument(rate > 0 && rate < 1, 'selectAnomalies', `a rate lies between 0 and 1, got ${rate}`);
  const qValues = benjaminiHochberg(
    cells.map(({ judgement }) => (judgement.kind === 'ok' ? judgement.pValue : null)),
  );
  const agreed: SelectedAnomaly<Key>[] = [];
  const notJudged: { readonly key: Key; readonly reason: string }[] = [];
  for (const [i, { key, judgement }] of cells.entries()) {
    if (judgement.kind !== 'ok') notJudged.push({ key, reason: judgement.reason });
    else if (judgement.direction !== undefined) agreed.push({ key, judgement, qValue: qValues[i] ?? 1 });
  }
  agreed.sort((a, b) => a.qValue - b.qValue || Math.abs(gap(b)) - Math.abs(gap(a)));
  return {
    anomalies: agreed.filter(({ qValue }) => qValue <= rate),
    setAside: agreed.filter(({ qValue }) => qValue > rate),
    tested: cells.length - notJudged.length,
    notJudged,
  };
}

function gap<Key>({ judgement }: SelectedAnomaly<Key>): number {
  return judgement.observed - judgement.expected;
}
