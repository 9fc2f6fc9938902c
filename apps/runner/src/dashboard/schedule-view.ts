import type { CitySchedule } from '@crimetracker/dashboard/documents';
import type { Engine } from '@crimetracker/engine';
import type { Snapshot } from '@crimetracker/lake';
import type { PublishedSchedule } from '@crimetracker/patrol';
import { CLAIM } from '@crimetracker/patrol';
import { CrimeTrackerError } from '@crimetracker/schema';
import { chooseSource, makeSchedule, staffingRules } from '../commands/schedule.js';
import { USUAL_SCHEDULE } from '../schedule/usual-schedule.js';
import { analysedSources, loadSources } from '../sources.js';

export interface ScheduleChoice {
  readonly source: string;
  readonly units: number;
  /** Hours of a shift: 8, 10 or 12. */
  readonly shift: number;
}

/** Makes the schedule that the dashboard shows; a schedule that cannot be made is a reason. */
export async function viewSchedule(
  engine: Engine,
  snapshot: Snapshot,
  choice: ScheduleChoice,
  signal: AbortSignal,
): Promise<CitySchedule> {
  const { source: id } = choice;
  const flags = { ...USUAL_SCHEDULE, units: choice.units, shift: choice.shift };
  try {
    const source = chooseSource(analysedSources(await loadSources(), snapshot), id);
    const published = await makeSchedule(engine, snapshot, source, staffingRules(flags), flags, undefined, {
      tell: () => {},
      signal,
    });
    return { source: id, reason: null, schedule: describe(published, choice, snapshot) };
  } catch (error) {
    if (!(error instanceof CrimeTrackerError)) throw error;
    return { source: id, reason: [error.message, error.hint].filter(Boolean).join(' '), schedule: null };
  }
}

function describe(
  { meta, schedule, shifts, allocation }: PublishedSchedule,
  { source, units, shift }: ScheduleChoice,
  snapshot: Snapshot,
): NonNullable<CitySchedule['schedule']> {
  const { demand, onDuty, objective, bound, gap, totalHarm, comparisons } = schedule;
  const share = (harm: number | undefined): number | null =>
    harm === undefined || totalHarm === 0 ? null : harm / totalHarm;
  return {
    city: meta.city,
    timeZone: meta.timeZone,
    weekStart: meta.weekStart,
    units: schedule.lines.length,
    shiftHours: shift,
    claim: CLAIM,
    command: `crimetracker schedule --units ${units} --shift ${shift} --source ${source} --snapshot ${snapshot.manifest.id}`,
    coveredShare: share(objective),
    boundShare: share(bound),
    gap,
    equalShare: share(comparisons.find(({ name }) => name === 'equal allocation')?.objective),
    jurisdictions: allocation.jurisdictions.map((one, place) => ({
      name: one.jurisdiction,
      unitHours: one.unitHours,
      unitHoursShare: one.unitHoursShare,
      harmShare: one.harmShare,
      coveredShare: one.coveredShare ?? null,
      onDuty: Array.from(onDuty[place] ?? []),
    })),
    shifts: joinUnits(
      shifts.map(({ jurisdiction, startMs, endMs, cells }) => ({
        start: localTime(startMs, meta.timeZone),
        end: localTime(endMs, meta.timeZone),
        jurisdiction: demand.jurisdictions[jurisdiction] ?? '',
        units: 1,
        cells: cells.map(({ h3 }) => h3),
      })),
    ),
    notes: [meta.data],
  };
}

type ShownShift = NonNullable<CitySchedule['schedule']>['shifts'][number];

/** Units that are on duty in the same place at the same time, as one. */
function joinUnits(shifts: readonly ShownShift[]): readonly ShownShift[] {
  const joined = new Map<string, ShownShift>();
  for (const shift of shifts) {
    const key = `${shift.start} ${shift.end} ${shift.jurisdiction}`;
    const known = joined.get(key);
    joined.set(
      key,
      known === undefined
        ? shift
        : {
            ...known,
            units: known.units + shift.units,
            cells: [...new Set([...known.cells, ...shift.cells])],
          },
    );
  }
  return [...joined.values()].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

/** An instant as ISO text of the city's clocks, to the minute. */
function localTime(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return parts.format(ms).replace(' ', 'T');
}
