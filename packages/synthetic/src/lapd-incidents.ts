import { Random } from '@crimetracker/analysis-kit';
import type { BehaviourId } from './behaviours.js';
import { BEHAVIOURS, behaviourOf } from './behaviours.js';
import type { CitySetup } from './city-setup.js';
import { SPARE_DAYS } from './city-setup.js';
import type { LapdOffenceRow } from './lapd-offences.js';
import { LAPD_OFFENCES } from './lapd-offences.js';
import * as tables from './lapd-tables.js';
import { pickLag } from './reporting.js';
import type { Timeline } from './timeline.js';
import { choicesOf, WeightedChoice } from './weighted-choice.js';

/** One report as numbers: indexes into the tables, days of the calendar, minutes of the day. */
export class LapdIncident {
  /** Two-digit year of the report, area and running number make the DR_NO. */
  serial = 0;
  category = 0;
  offence = 0;
  startDay = 0;
  startMinute = 0;
  reportDay = 0;
  district = 0;
  point = 0;
  reportingDistrict = 0;
  mocodes = 0;
  age = 0;
  sex = 0;
  descent = 0;
  premises = 0;
  weapon = 0;
  status = 0;
  /** -1 when there is no second code. */
  secondCode = -1;
  /** LAPD publishes one time, and puts no incident at a station. */
  readonly endMinute = 0;
  readonly atStationHouse = false;
  /** The place is given as a crossing instead of a hundred block. */
  atCrossing = false;
}

export const LAPD_OFFENCE_LIST: readonly LapdOffenceRow[] = Object.values(LAPD_OFFENCES).flat();
/** Distinct lists of modus operandi codes; the first is empty. */
export const MOCODE_LISTS = 4096;
const REPORTING_DISTRICTS_PER_AREA = 57;

/** Fills one incident after the other, in order of the day on which it happened. */
export class LapdIncidents {
  readonly incident = new LapdIncident();
  readonly #setup: CitySetup;
  readonly #random: Random;
  readonly #timeline: Timeline;
  readonly #offsets: readonly number[];
  readonly #offences: readonly WeightedChoice[];
  readonly #behaviours: readonly BehaviourId[];
  readonly #weapons: readonly {
    readonly use: tables.WeaponUse;
    readonly others: WeightedChoice;
    readonly trend: Trend | undefined;
  }[];
  readonly #premises: Readonly<Record<BehaviourId, WeightedChoice>>;
  readonly #statuses: Readonly<Record<BehaviourId, WeightedChoice>>;
  readonly #firearms = new WeightedChoice(tables.FIREARM_WEIGHTS);
  readonly #descents = new WeightedChoice(tables.DESCENT_WEIGHTS);
  readonly #secondCodes = new WeightedChoice(tables.SECOND_CODE_WEIGHTS);
  /** Last running number per year of the report and area. */
  readonly #serials: Int32Array;

  constructor(setup: CitySetup, rows: number) {
    this.#setup = setup;
    this.#random = new Random(setup.seed, 'lapd/incidents');
    this.#timeline = setup.timeline(rows);
    this.#behaviours = setup.categories.map(({ label }) => behaviourOf(label));
    let offset = 0;
    const offsets: number[] = [];
    this.#offences = setup.categories.map(({ label }) => {
      const rows = LAPD_OFFENCES[label] ?? [];
      offsets.push(offset);
      offset += rows.length;
      return new WeightedChoice(rows.map(([weight]) => weight));
    });
    this.#offsets = offsets;
    this.#weapons = setup.categories.map(({ label }) => {
      const use = tables.weaponUse(label);
      return { use, others: new WeightedChoice(use.others), trend: firearmTrend(setup, label) };
    });
    this.#premises = choicesOf(tables.LAPD_PREMISES_WEIGHTS);
    this.#statuses = choicesOf(tables.STATUS_WEIGHTS);
    const years = setup.calendar.lastYear - setup.calendar.firstYear + 3;
    this.#serials = new Int32Array(years * setup.world.districts.length);
  }

  next(): boolean {
    const timeline = this.#timeline;
    if (!timeline.next()) return false;
    const { incident } = this;
    const random = this.#random;
    const { calendar, world } = this.#setup;
    const { category } = timeline;
    const behaviour = this.#behaviours[category] ?? 'person';
    incident.category = category;
    incident.offence = (this.#offsets[category] ?? 0) + (this.#offences[category]?.pick(random) ?? 0);
    incident.startDay = timeline.day;
    incident.startMinute = timeline.minute === 0 ? 1 : timeline.minute;
    const lag = pickLag(BEHAVIOURS[behaviour].lag, random);
    incident.reportDay = Math.min(timeline.day + lag, calendar.days + SPARE_DAYS - 1);
    this.#fillPlace(behaviour);
    const reportYear = calendar.date(incident.reportDay).year - calendar.firstYear;
    const counter = reportYear * world.districts.length + incident.district;
    this.#serials[counter] = (this.#serials[counter] ?? 0) + 1;
    incident.serial = 4000 + (this.#serials[counter] ?? 0);
    this.#fillVictim(behaviour);
    incident.weapon = this.#pickWeapon();
    incident.status = this.#statuses[behaviour].pick(random);
    incident.mocodes = random.chance(0.15) ? 0 : 1 + random.below(MOCODE_LISTS - 1);
    incident.secondCode = random.chance(0.068) ? this.#secondCodes.pick(random) : -1;
    return true;
  }

  #fillPlace(behaviour: BehaviourId): void {
    const { incident } = this;
    const random = this.#random;
    const { world } = this.#setup;
    const { hotspot } = this.#timeline;
    if (hotspot === undefined) {
      incident.district = world.districtPicker.pick(random);
      incident.point =
        (world.starts[incident.district] ?? 0) + (world.pickers[incident.district]?.pick(random) ?? 0);
    } else {
      incident.district = hotspot.place.district;
      incident.point = hotspot.place.points[hotspot.place.picker.pick(random)] ?? 0;
    }
    const first = world.starts[incident.district] ?? 0;
    const count = (world.starts[incident.district + 1] ?? 0) - first;
    incident.reportingDistrict =
      1 + Math.floor(((incident.point - first) * REPORTING_DISTRICTS_PER_AREA) / count);
    incident.premises = this.#premises[behaviour].pick(random);
    incident.atCrossing = random.chance(0.15);
  }

  #fillVictim(behaviour: BehaviourId): void {
    const { incident } = this;
    const random = this.#random;
    const [blank, unknown] = tables.NO_VICTIM[behaviour];
    const kind = random.unit();
    if (kind < blank + unknown) {
      const isBlank = kind < blank;
      incident.age = 0;
      incident.sex = isBlank ? 0 : 3;
      incident.descent = isBlank ? 0 : tables.DESCENT_UNKNOWN;
      return;
    }
    incident.sex = random.chance(tables.FEMALE_SHARE[behaviour]) ? 2 : 1;
    incident.descent = this.#descents.pick(random);
    // Ages of victims: mostly 20 to 50; 0 also stands for a person whose age is unknown.
    const age = Math.round(38 + 15.5 * random.normal());
    incident.age = random.chance(0.03) ? 0 : Math.min(99, age < 3 ? 3 + random.below(15) : age);
  }

  #pickWeapon(): number {
    const { incident } = this;
    const random = this.#random;
    const weapons = this.#weapons[incident.category];
    const [, code] = LAPD_OFFENCE_LIST[incident.offence] as LapdOffenceRow;
    if (weapons === undefined || tables.WEAPONLESS_CODES.has(code) || !random.chance(weapons.use.recorded))
      return 0;
    const { trend, use } = weapons;
    const firearms = trend === undefined ? use.firearms : trend.share(incident.startDay);
    return random.chance(firearms)
      ? tables.FIRST_FIREARM + this.#firearms.pick(random)
      : 1 + weapons.others.pick(random);
  }
}

interface Trend {
  share(day: number): number;
}

function firearmTrend(setup: CitySetup, label: string): Trend | undefined {
  const planted = setup.effects.weaponTrends.find(({ categories }) => categories.includes(label));
  if (planted === undefined) return undefined;
  const from = setup.calendar.dayOf(planted.from);
  const to = Math.max(from + 1, setup.calendar.dayOf(planted.to));
  const { shareFrom, shareTo } = planted;
  return {
    share: (day) => shareFrom + (shareTo - shareFrom) * Math.min(1, Math.max(0, (day - from) / (to - from))),
  };
}
