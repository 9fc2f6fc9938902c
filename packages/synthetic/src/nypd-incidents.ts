import { Random } from '@crimetracker/analysis-kit';
import { BEHAVIOURS, behaviourOf } from './behaviours.js';
import type { CitySetup } from './city-setup.js';
import type { NypdOffenceRow } from './nypd-offences.js';
import { NYPD_OFFENCES } from './nypd-offences.js';
import * as tables from './nypd-tables.js';
import { pickLag, pickMinutes } from './reporting.js';
import type { Timeline } from './timeline.js';
import { choicesOf, WeightedChoice } from './weighted-choice.js';

/** One complaint as numbers: indexes into the tables, days of the calendar, minutes of the day. */
export class NypdIncident {
  caseNumber = 0;
  homicide = false;
  category = 0;
  offence = 0;
  attempted = false;
  startDay = 0;
  startMinute = 0;
  /** -1 when no end is known. */
  endDay = -1;
  endMinute = 0;
  reportDay = 0;
  district = 0;
  point = 0;
  atStationHouse = false;
  premises = 0;
  location = 0;
  jurisdiction = 0;
  /** Which of the precinct's two developments or stations. */
  place = 0;
  suspectSex = 0;
  suspectAge = 0;
  suspectRace = 0;
  victimSex = 0;
  victimAge = 0;
  victimRace = 0;
}

export const NYPD_OFFENCE_LIST: readonly NypdOffenceRow[] = Object.values(NYPD_OFFENCES).flat();

/** KY codes whose complaints are published at the station house. */
const STATION_HOUSE_CODES: ReadonlySet<number> = new Set([104, 116, 233]);
const HOMICIDE = 101;

/** Numbers without a common divisor: every serial number gets its own nine digits, in no visible order. */
const CASE_NUMBERS = 900_000_000;
const CASE_STEP = 123_456_791;

/** Fills one incident after the other, in order of the day on which it happened. */
export class NypdIncidents {
  readonly incident = new NypdIncident();
  readonly #setup: CitySetup;
  readonly #random: Random;
  readonly #timeline: Timeline;
  readonly #offsets: readonly number[];
  readonly #offences: readonly WeightedChoice[];
  readonly #behaviours: readonly (keyof typeof BEHAVIOURS)[];
  readonly #premises = choicesOf(tables.NYPD_PREMISES_WEIGHTS);
  readonly #victims = choicesOf(tables.VICTIM_WEIGHTS);
  readonly #suspects = choicesOf(tables.SUSPECT_WEIGHTS);
  readonly #indoors = new WeightedChoice(tables.LOCATIONS_INDOORS);
  readonly #outdoors = new WeightedChoice(tables.LOCATIONS_OUTDOORS);
  readonly #jurisdictions = new WeightedChoice(tables.JURISDICTION_WEIGHTS);
  readonly #victimAges = new WeightedChoice(tables.VICTIM_AGES);
  readonly #nobodyAges = new WeightedChoice(tables.NOBODY_AGES);
  readonly #victimRaces = new WeightedChoice(tables.VICTIM_RACES);
  readonly #suspectAges = new WeightedChoice(tables.SUSPECT_AGES);
  readonly #suspectRaces = new WeightedChoice(tables.SUSPECT_RACES);
  #serial = 0;

  constructor(setup: CitySetup, rows: number) {
    this.#setup = setup;
    this.#random = new Random(setup.seed, 'nypd/incidents');
    this.#timeline = setup.timeline(rows);
    this.#behaviours = setup.categories.map(({ label }) => behaviourOf(label));
    let offset = 0;
    const offsets: number[] = [];
    this.#offences = setup.categories.map(({ label }) => {
      const rows = NYPD_OFFENCES[label] ?? [];
      offsets.push(offset);
      offset += rows.length;
      return new WeightedChoice(rows.map(([weight]) => weight));
    });
    this.#offsets = offsets;
    this.#serial = this.#random.below(CASE_NUMBERS);
  }

  next(): boolean {
    const timeline = this.#timeline;
    if (!timeline.next()) return false;
    const { incident } = this;
    const random = this.#random;
    const behaviour = this.#behaviours[timeline.category] ?? 'person';
    this.#serial = (this.#serial + CASE_STEP) % CASE_NUMBERS;
    incident.caseNumber = 100_000_000 + this.#serial;
    incident.category = timeline.category;
    incident.offence =
      (this.#offsets[timeline.category] ?? 0) + (this.#offences[timeline.category]?.pick(random) ?? 0);
    const [, ky, , pd] = NYPD_OFFENCE_LIST[incident.offence] as NypdOffenceRow;
    incident.homicide = ky === HOMICIDE && pd === '';
    incident.attempted = !incident.homicide && random.chance(behaviour === 'robbery' ? 0.12 : 0.015);
    this.#fillPlace(behaviour, STATION_HOUSE_CODES.has(ky));
    this.#fillTimes(behaviour);
    this.#fillPersons(behaviour);
    return true;
  }

  #fillPlace(behaviour: keyof typeof BEHAVIOURS, atStationHouse: boolean): void {
    const { incident } = this;
    const random = this.#random;
    const { world } = this.#setup;
    const { hotspot } = this.#timeline;
    incident.atStationHouse = atStationHouse;
    if (hotspot === undefined) {
      incident.district = world.districtPicker.pick(random);
      incident.point =
        (world.starts[incident.district] ?? 0) + (world.pickers[incident.district]?.pick(random) ?? 0);
    } else {
      incident.district = hotspot.place.district;
      incident.point = hotspot.place.points[hotspot.place.picker.pick(random)] ?? 0;
    }
    incident.place = random.below(2);
    if (incident.homicide) {
      incident.premises = tables.NO_PREMISES;
      incident.location = random.chance(0.5) ? tables.INSIDE : tables.OUTSIDE;
      incident.jurisdiction = 0;
      return;
    }
    incident.premises = this.#premises[behaviour].pick(random);
    incident.location = (tables.OUTDOORS.has(incident.premises) ? this.#outdoors : this.#indoors).pick(
      random,
    );
    if (incident.premises === tables.SUBWAY) incident.jurisdiction = tables.TRANSIT_POLICE;
    else if (incident.premises === tables.PUBLIC_HOUSING) incident.jurisdiction = tables.HOUSING_POLICE;
    else incident.jurisdiction = this.#jurisdictions.pick(random);
  }

  #fillTimes(behaviour: keyof typeof BEHAVIOURS): void {
    const { incident } = this;
    const random = this.#random;
    const lastDay = this.#setup.calendar.days - 1;
    const { lag, duration } = BEHAVIOURS[behaviour];
    incident.startDay = this.#timeline.day;
    incident.startMinute = this.#timeline.minute;
    const minutes = incident.homicide ? -1 : pickMinutes(duration, random);
    if (minutes < 0) {
      incident.endDay = -1;
      incident.endMinute = 0;
    } else {
      const end = incident.startMinute + minutes;
      incident.endDay = incident.startDay + Math.floor(end / 1440);
      incident.endMinute = end % 1440;
      if (incident.endDay > lastDay) {
        incident.endDay = lastDay;
        incident.endMinute = 1439;
      }
    }
    // The file is cut by report date, so nothing in it was reported after its last day.
    const over = Math.max(incident.startDay, incident.endDay);
    const reportDay = over + pickLag(lag, random);
    incident.reportDay = reportDay > lastDay ? over + random.below(lastDay - over + 1) : reportDay;
  }

  #fillPersons(behaviour: keyof typeof BEHAVIOURS): void {
    const { incident } = this;
    const random = this.#random;
    incident.suspectSex = this.#suspects[behaviour].pick(random);
    if (incident.suspectSex === 0) {
      incident.suspectAge = 0;
      incident.suspectRace = 0;
    } else {
      incident.suspectAge = this.#suspectAges.pick(random);
      incident.suspectRace = this.#suspectRaces.pick(random);
    }
    incident.victimSex = incident.homicide
      ? random.chance(0.15)
        ? 0
        : 1
      : this.#victims[behaviour].pick(random);
    const isPerson = incident.victimSex !== tables.ORGANISATION && incident.victimSex !== tables.THE_STATE;
    incident.victimAge = (isPerson ? this.#victimAges : this.#nobodyAges).pick(random);
    incident.victimRace = isPerson ? this.#victimRaces.pick(random) : tables.RACE_UNKNOWN;
  }
}
