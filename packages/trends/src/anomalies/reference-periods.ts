import { requireArgument } from '@crimetracker/analysis-kit';

const DAY = 86_400_000;

/**
 * The index of the same week in each earlier year: of the weeks that begin on the same weekday the one nearest to the
 * date a year, two years, … before; −1 where the series does not reach. A fixed step of 52 would drift by a week in
 * five or six years.
 * @param weekStarts ISO dates, ascending, each seven days after the one before
 * Source: Salmon, Schumacher and Höhle (2016), section 2.2, as algo.farrington.referencetimepoints of R's surveillance.
 */
export function findSameWeeks(weekStarts: readonly string[], at: number, years: number): readonly number[] {
  const days = weekStarts.map(dayNumber);
  const now = days[at];
  const first = days[0];
  requireArgument(now !== undefined && first !== undefined, 'findSameWeeks', `no week at index ${at}`);
  for (const [i, day] of days.entries()) {
    requireArgument(
      day === (first ?? 0) + 7 * i,
      'findSameWeeks',
      `week ${i} does not follow on the week before`,
    );
  }
  const date = weekStarts[at] ?? '';
  return Array.from({ length: years }, (_, i) => {
    // 29 February a year earlier is 1 March, as in R.
    const anniversary = Date.UTC(
      Number(date.slice(0, 4)) - i - 1,
      Number(date.slice(5, 7)) - 1,
      Number(date.slice(8)),
    );
    const index = at + Math.round((anniversary / DAY - (now ?? 0)) / 7);
    return index >= 0 ? index : -1;
  });
}

function dayNumber(iso: string): number {
  const day = Date.parse(`${iso}T00:00:00Z`) / DAY;
  requireArgument(Number.isInteger(day), 'findSameWeeks', `"${iso}" is no ISO date`);
  return day;
}

/** The index `frequency`, 2 × `frequency`, … periods before, for months and other periods that do not drift; −1 before the start. */
export function findSamePeriods(at: number, frequency: number, years: number): readonly number[] {
  requireArgument(
    Number.isInteger(frequency) && frequency > 1,
    'findSamePeriods',
    `frequency is above 1, got ${frequency}`,
  );
  return Array.from({ length: years }, (_, i) => Math.max(-1, at - frequency * (i + 1)));
}
