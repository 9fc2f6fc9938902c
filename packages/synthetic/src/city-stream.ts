import type { CitySetup } from './city-setup.js';
import type { RowFacts } from './dirt.js';
import type { LapdIncident } from './lapd-incidents.js';
import { LAPD_OFFENCE_LIST, LapdIncidents } from './lapd-incidents.js';
import * as lapdTables from './lapd-tables.js';
import type { LapdVintageId } from './lapd-vintages.js';
import { LAPD_VINTAGES, lapdVintage } from './lapd-vintages.js';
import type { NypdIncident } from './nypd-incidents.js';
import { NYPD_OFFENCE_LIST, NypdIncidents } from './nypd-incidents.js';
import * as nypdTables from './nypd-tables.js';
import type { NypdVintageId } from './nypd-vintages.js';
import { NYPD_VINTAGES, nypdVintage } from './nypd-vintages.js';
import type { Vintage } from './vintage.js';

export type VintageId = NypdVintageId | LapdVintageId;
export const VINTAGES: readonly VintageId[] = [...NYPD_VINTAGES, ...LAPD_VINTAGES];

/** What the writers need to know of a city; everything else about its incidents stays inside. */
export interface CityStream<Incident> {
  /** Filled anew by `next`. */
  readonly incident: Incident;
  next(): boolean;
  facts(): RowFacts;
  vintage(id: VintageId): Vintage<Incident>;
  /** Makes the incident what an earlier export said; false when nothing could have changed. Undone by `restore`. */
  makeOlder(): boolean;
  restore(): void;
  /** Records a weapon, and whether it is a firearm. */
  weapon(): 'none' | 'firearm' | 'other';
}

export function nypdStream(setup: CitySetup, rows: number): CityStream<NypdIncident> {
  const incidents = new NypdIncidents(setup, rows);
  const { incident } = incidents;
  let kept = 0;
  return {
    incident,
    next: () => incidents.next(),
    vintage: (id) => nypdVintage(id as NypdVintageId, setup),
    facts: () => ({
      startDay: incident.startDay,
      startMinute: incident.startMinute,
      endDay: incident.endDay,
      endMinute: incident.endMinute,
      reportDay: incident.reportDay,
      category: setup.categories[incident.category]?.label ?? '',
      code: String(NYPD_OFFENCE_LIST[incident.offence]?.[1] ?? ''),
      district: incident.district,
      victimIsPerson:
        incident.victimSex !== nypdTables.ORGANISATION && incident.victimSex !== nypdTables.THE_STATE,
      victimIsNobody:
        incident.victimSex === nypdTables.ORGANISATION || incident.victimSex === nypdTables.THE_STATE,
      hasSuspect: incident.suspectSex > 0,
      hasWeapon: false,
      atStationHouse: incident.atStationHouse,
    }),
    // The age of the suspect became known after the first export.
    makeOlder: () => {
      if (incident.suspectSex === 0 || incident.suspectAge <= nypdTables.AGE_UNKNOWN) return false;
      kept = incident.suspectAge;
      incident.suspectAge = nypdTables.AGE_UNKNOWN;
      return true;
    },
    restore: () => {
      incident.suspectAge = kept;
    },
    weapon: () => 'none',
  };
}

export function lapdStream(setup: CitySetup, rows: number): CityStream<LapdIncident> {
  const incidents = new LapdIncidents(setup, rows);
  const { incident } = incidents;
  let kept = 0;
  return {
    incident,
    next: () => incidents.next(),
    vintage: (id) => lapdVintage(id as LapdVintageId, setup),
    facts: () => ({
      startDay: incident.startDay,
      startMinute: incident.startMinute,
      endDay: -1,
      endMinute: 0,
      reportDay: incident.reportDay,
      category: setup.categories[incident.category]?.label ?? '',
      code: String(LAPD_OFFENCE_LIST[incident.offence]?.[1] ?? ''),
      district: incident.district,
      victimIsPerson: incident.age > 0,
      victimIsNobody: false,
      hasSuspect: false,
      hasWeapon: incident.weapon > 0,
      atStationHouse: false,
    }),
    // The case was still open at the first export and ended in an arrest.
    makeOlder: () => {
      if (incident.status !== lapdTables.ADULT_ARREST) return false;
      kept = incident.status;
      incident.status = lapdTables.STILL_OPEN;
      return true;
    },
    restore: () => {
      incident.status = kept;
    },
    weapon: () =>
      incident.weapon === 0 ? 'none' : incident.weapon >= lapdTables.FIRST_FIREARM ? 'firearm' : 'other',
  };
}
