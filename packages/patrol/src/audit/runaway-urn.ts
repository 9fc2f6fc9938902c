import type { Random } from '@crimetracker/analysis-kit';
import { requireArgument } from '@crimetracker/analysis-kit';

export interface UrnInput {
  /** Chance that a patrol discovers an incident, by region: the truth, which the department does not know. */
  readonly rates: readonly number[];
  /** Incidents on record at the beginning, by region; one each by default. */
  readonly start?: readonly number[];
  readonly steps: number;
  /** Whether incidents are taken into the record less often the more often their region is patrolled. */
  readonly isCorrected: boolean;
  readonly random: Random;
}

export interface UrnRun {
  /** Share of the incidents on record, by region, at the end. */
  readonly shares: readonly number[];
  /** The same after 0, 1/40, 2/40, … of the steps. */
  readonly path: readonly (readonly number[])[];
}

const POINTS = 40;

/**
 * Plays what happens when patrols go where incidents are on record and only patrols put incidents on record. Each step
 * one region is drawn in proportion to the record, and with its rate an incident is discovered there and added. Without
 * correction the region with the higher rate ends up with nearly everything.
 *
 * Corrected, a discovered incident is added with the probability of the least likely region ÷ that of the region drawn,
 * which is 1 over the chance of being observed up to a factor; shares then settle in proportion to the true rates. With
 * two regions this is the remedy that the authors simulate: 1 − the region's share, scaled so that the larger is 1.
 * Source: Ensign, Friedler, Neville, Scheidegger and Venkatasubramanian (2018), "Runaway feedback loops in predictive
 * policing", PMLR 81, and the simulation published with it.
 */
export function playUrn({ rates, start, steps, isCorrected, random }: UrnInput): UrnRun {
  const record = Float64Array.from(start ?? rates.map(() => 1));
  const where = 'playUrn';
  requireArgument(
    rates.length > 0 && record.length === rates.length,
    where,
    'every region has a rate and a start',
  );
  requireArgument(
    rates.every((rate) => rate >= 0 && rate <= 1),
    where,
    'rates lie between 0 and 1',
  );
  requireArgument(
    record.every((n) => n > 0),
    where,
    'every region has something on record',
  );
  requireArgument(Number.isInteger(steps) && steps >= 0, where, `steps are a whole number, got ${steps}`);
  const path = [sharesOf(record)];
  let total = record.reduce((sum, n) => sum + n, 0);
  for (let step = 1; step <= steps; step += 1) {
    const region = drawRegion(record, total, random);
    const isDiscovered = random.chance(rates[region] ?? 0);
    if (isDiscovered && (!isCorrected || random.chance(Math.min(...record) / (record[region] ?? 1)))) {
      record[region] = (record[region] ?? 0) + 1;
      total += 1;
    }
    const point = Math.floor((step * POINTS) / steps);
    if (point > Math.floor(((step - 1) * POINTS) / steps))
      while (path.length <= point) path.push(sharesOf(record));
  }
  return { shares: sharesOf(record), path };
}

function drawRegion(record: Float64Array, total: number, random: Random): number {
  let left = random.unit() * total;
  for (let region = 0; region < record.length - 1; region += 1) {
    left -= record[region] ?? 0;
    if (left < 0) return region;
  }
  return record.length - 1;
}

function sharesOf(record: Float64Array): readonly number[] {
  const total = record.reduce((sum, n) => sum + n, 0);
  return Array.from(record, (n) => n / total);
}
