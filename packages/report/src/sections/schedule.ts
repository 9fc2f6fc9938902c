import { dateText } from '@crimetracker/analysis-kit/words';
import type { SqlRow } from '@crimetracker/engine';
import type { ReportTable, Section } from '../report.js';
import { column, figure } from '../report-context.js';
import { say, tell } from '../sentence.js';

/** A week's schedule, as far as a report tells it. */
export interface ScheduleFacts {
  readonly city: string;
  /** ISO date of the Monday. */
  readonly weekStart: string;
  /** The command that makes it. */
  readonly command: string;
  /** What is claimed and what is not. */
  readonly claim: string;
  readonly certificate: SqlRow;
  readonly jurisdictions: readonly SqlRow[];
}

/** Who goes where in the coming week, when a number of units was given. */
export function scheduleSection(facts: ScheduleFacts | string): Section {
  const head = { id: 'schedule', title: 'Schedule' };
  if (typeof facts === 'string') return { ...head, blocks: [{ kind: 'empty', reason: facts }] };
  const origin = { query: facts.command, reads: ['mart_forecasts', 'mart_place_predictions'] };
  const certificate: ReportTable = {
    ...origin,
    id: 'schedule-certificate',
    title: `What the schedule covers, ${facts.city}, week of ${dateText(facts.weekStart)}`,
    columns: [
      column('units', 'Units', 'count'),
      column('covered', 'Expected harm covered', 'amount'),
      column('expected', 'Of all expected', 'amount'),
      column('covered_share', 'Share', 'share'),
      column('bound_share', 'No schedule covers more than', 'share'),
      column('gap', 'Gap', 'share'),
      column('method', 'How it was found'),
      column('equal_share', 'Equal allocation would cover', 'share'),
      column('last_year_share', 'Last year’s shares would cover', 'share'),
    ],
    rows: [facts.certificate],
  };
  const jurisdictions: ReportTable = {
    ...origin,
    id: 'schedule-jurisdictions',
    title: `Units by precinct or division, ${facts.city}`,
    columns: [
      column('jurisdiction', 'Precinct or division'),
      column('unit_hours', 'Unit hours', 'count'),
      column('unit_hours_share', 'Share of the hours', 'share'),
      column('harm_share', 'Share of the expected harm', 'share'),
      column('covered_share', 'Of it covered', 'share'),
    ],
    rows: facts.jurisdictions,
  };
  return {
    ...head,
    blocks: [
      { kind: 'caution', sentence: say`${facts.claim}` },
      figure(
        certificate,
        say`${tell(certificate, 0, 'units')} units cover ${tell(certificate, 0, 'covered_share')} of the harm expected to be recorded in ${facts.city} in the week of ${dateText(facts.weekStart)}; no schedule under these rules covers more than ${tell(certificate, 0, 'bound_share')}.`,
      ),
      figure(
        jurisdictions,
        say`Where the units of ${facts.city} work, and what share of the expected harm is there.`,
      ),
    ],
  };
}
