import type { FindingId } from '@crimetracker/schema';
import type { RuleAction } from './rule.js';

/**
 * What each finding of a field function means for its row. A finding without an action does not compile.
 * A repair replaced a text by a value it cannot mean otherwise (null, Unknown, 23:59); a flag says that
 * something is absent or new.
 */
export const FINDING_ACTIONS: Readonly<Record<FindingId, RuleAction>> = {
  'report-date-unreadable': 'quarantine',
  'occurred-date-unreadable': 'quarantine',
  'occurred-time-unreadable': 'flag',
  'occurred-time-24-00': 'repair',
  'end-date-unreadable': 'flag',
  'end-time-unreadable': 'flag',
  'end-time-24-00': 'repair',
  'offence-unmapped': 'flag',
  'offence-mapped-by-class': 'flag',
  'law-class-unmapped': 'flag',
  'weapon-unmapped': 'flag',
  'premises-unmapped': 'flag',
  'jurisdiction-unmapped': 'flag',
  'agency-unmapped': 'flag',
  'status-unmapped': 'flag',
  'victim-age-impossible': 'repair',
  'victim-sex-unmapped': 'flag',
  'victim-race-unmapped': 'flag',
  'victim-not-a-person': 'repair',
  'suspect-age-impossible': 'repair',
  'suspect-sex-unmapped': 'flag',
  'suspect-race-unmapped': 'flag',
  'coordinates-missing': 'flag',
  'coordinates-zero': 'repair',
  'coordinates-unreadable': 'repair',
  'coordinates-outside-city': 'repair',
};
