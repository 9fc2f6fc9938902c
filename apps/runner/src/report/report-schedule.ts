import type { Engine } from '@crimetracker/engine';
import type { Snapshot } from '@crimetracker/lake';
import { CLAIM } from '@crimetracker/patrol';
import type { ScheduleFacts } from '@crimetracker/report';
import { chooseSource, makeSchedule, staffingRules } from '../commands/schedule.js';
import type { CommandContext } from '../context.js';
import { USUAL_SCHEDULE } from '../schedule/usual-schedule.js';
import { analysedSources, checkSource, loadSources } from '../sources.js';

/** What a report tells of the schedule of so many units under the usual rules. */
export async function reportSchedule(
  { signal }: CommandContext,
  engine: Engine,
  snapshot: Snapshot,
  asked: { readonly source: string | undefined; readonly units: number },
): Promise<ScheduleFacts> {
  const sources = await loadSources();
  const source = chooseSource(analysedSources(sources, snapshot), checkSource(sources, asked.source));
  const flags = { ...USUAL_SCHEDULE, units: asked.units };
  const { meta, schedule, allocation } = await makeSchedule(
    engine,
    snapshot,
    source,
    staffingRules(flags),
    flags,
    undefined,
    { tell: () => {}, signal },
  );
  const { objective, bound, gap, totalHarm, method, comparisons } = schedule;
  const share = (covered: number | undefined): number | null =>
    covered === undefined || totalHarm === 0 ? null : covered / totalHarm;
  const other = (wanted: string): number | undefined =>
    comparisons.find(({ name }) => name === wanted)?.objective;
  return {
    city: meta.city,
    weekStart: meta.weekStart,
    command: `crimetracker schedule --units ${asked.units} --source ${source.id} --snapshot ${snapshot.manifest.id}`,
    claim: CLAIM,
    certificate: {
      units: schedule.lines.length,
      covered: objective,
      expected: totalHarm,
      covered_share: share(objective),
      bound_share: share(bound),
      gap,
      method,
      equal_share: share(other('equal allocation')),
      last_year_share: share(other("last year's share")),
    },
    jurisdictions: allocation.jurisdictions.map((one) => ({
      jurisdiction: one.jurisdiction,
      unit_hours: one.unitHours,
      unit_hours_share: one.unitHoursShare,
      harm_share: one.harmShare,
      covered_share: one.coveredShare ?? null,
    })),
  };
}
