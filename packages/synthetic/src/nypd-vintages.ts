import { Random } from '@crimetracker/analysis-kit';
import type { CivilDate } from './calendar.js';
import type { CitySetup } from './city-setup.js';
import { NYPD_HEADERS } from './nypd-headers.js';
import type { NypdIncident } from './nypd-incidents.js';
import { NYPD_OFFENCE_LIST } from './nypd-incidents.js';
import { PRECINCTS } from './nypd-precincts.js';
import * as tables from './nypd-tables.js';
import { statePlaneFeet } from './state-plane.js';
import type { Column, Vintage } from './vintage.js';
import {
  clockTime,
  excelTime,
  foldNames,
  lineWriter,
  NOTHING,
  quoteAlways,
  quoteIfNeeded,
  shortDate,
  slashDate,
  socrataDate,
  withThousands,
} from './vintage.js';
import { scrambled } from './weighted-choice.js';

interface Style {
  readonly header: readonly string[];
  readonly date: (date: CivilDate) => string;
  readonly time?: (minute: number) => string;
  readonly bom?: boolean;
  /** Every field quoted, absent text written `(null)`. */
  readonly quoted?: boolean;
  /** Integers re-saved as floats. */
  readonly floats?: boolean;
  readonly thousands?: 'coordinates' | 'housing';
  /** Absent parks and housing areas written `NA`. */
  readonly notAvailable?: boolean;
  /** Decimals of Latitude and Longitude beside those of Lat_Lon. */
  readonly coordinates?: 'short' | 'long';
  readonly endsWithNewline?: boolean;
}

const STYLES = {
  'nypd-a': { header: NYPD_HEADERS.a, date: slashDate },
  'nypd-b': { header: NYPD_HEADERS.b, date: slashDate },
  'nypd-b-na': {
    header: NYPD_HEADERS.b,
    date: slashDate,
    bom: true,
    thousands: 'coordinates',
    notAvailable: true,
  },
  'nypd-c': { header: NYPD_HEADERS.b, date: slashDate, floats: true, thousands: 'housing' },
  'nypd-d': {
    header: NYPD_HEADERS.d,
    date: shortDate,
    time: excelTime,
    coordinates: 'short',
    endsWithNewline: false,
  },
  'nypd-e': { header: NYPD_HEADERS.e, date: slashDate, quoted: true, coordinates: 'long' },
  'nypd-f': { header: NYPD_HEADERS.f, date: socrataDate, floats: true, thousands: 'housing' },
  'nypd-g': { header: NYPD_HEADERS.g, date: socrataDate },
  'nypd-g-ytd': { header: NYPD_HEADERS.gYtd, date: socrataDate },
} as const satisfies Readonly<Record<string, Style>>;

export type NypdVintageId = keyof typeof STYLES;
export const NYPD_VINTAGES = Object.keys(STYLES) as readonly NypdVintageId[];

type Row = (incident: NypdIncident) => number;
type NypdColumn = Column<NypdIncident>;

/** A NYPD vintage that writes the incidents of one city set-up. */
export function nypdVintage(id: NypdVintageId, setup: CitySetup): Vintage<NypdIncident> {
  const style: Style = STYLES[id];
  const time = style.time ?? clockTime;
  const cell = (text: string): string => {
    if (style.quoted !== true) return quoteIfNeeded(text);
    return text === '' ? '' : quoteAlways(text);
  };
  const columns = foldNames(style.header);
  const written = nypdColumns(style, setup, cell, time);
  return {
    id,
    city: 'nypd',
    header: `${style.bom === true ? '\uFEFF' : ''}${style.header.map((name) => (style.quoted === true ? `"${name}"` : name)).join(',')}`,
    names: style.header,
    columns,
    newline: '\n',
    endsWithNewline: style.endsWithNewline ?? true,
    shortYears: style.date === shortDate,
    write: lineWriter(columns.map((name) => written[name] ?? NOTHING)),
    date: style.date,
    time,
    cell,
  };
}

function nypdColumns(
  style: Style,
  setup: CitySetup,
  cell: (text: string) => string,
  time: (minute: number) => string,
): Readonly<Record<string, NypdColumn>> {
  const { calendar } = setup;
  // Absent text is `(null)` in the quoted vintage, absent numbers and dates are empty there too.
  const text = (value: string): string => (style.quoted === true && value === '' ? '"(null)"' : cell(value));
  const integer = (value: string): string =>
    cell(style.floats === true && value !== '' ? `${value}.0` : value);
  const noPark = style.notAvailable === true ? 'NA' : text('');
  const noHousingArea = style.notAvailable === true ? 'NA' : '';

  const column = (texts: readonly string[], row: Row): NypdColumn => ({
    text: (index) => texts[index] ?? '',
    row,
  });
  const words = (values: readonly string[], row: Row): NypdColumn => column(values.map(text), row);
  /** A value only some incidents have; the others get `absent`. */
  const partly = (
    texts: readonly string[],
    absent: string,
    has: (incident: NypdIncident) => boolean,
    row: Row,
  ): NypdColumn => column([...texts, absent], (incident) => (has(incident) ? row(incident) : texts.length));
  const perOffence = (write: (value: string) => string, part: 1 | 2 | 3 | 4 | 5): NypdColumn =>
    column(
      NYPD_OFFENCE_LIST.map((row) => write(String(row[part]))),
      offence,
    );
  const perDay = (row: Row): NypdColumn => ({ text: (day) => cell(style.date(calendar.date(day))), row });
  const offence: Row = (incident) => incident.offence;
  const district: Row = (incident) => incident.district;
  const place: Row = (incident) => incident.district * 2 + incident.place;
  const isLiving = (incident: NypdIncident): boolean => !incident.homicide;
  const inHousing = (incident: NypdIncident): boolean => incident.premises === tables.PUBLIC_HOUSING;
  const inSubway = (incident: NypdIncident): boolean => incident.premises === tables.SUBWAY;

  const places = precinctPlaces(setup);
  const { latitudes, longitudes } = setup.world;
  const stationsFrom = latitudes.length;
  const point: Row = (incident) =>
    incident.atStationHouse ? stationsFrom + incident.district : incident.point;
  const byPoint = (write: (place: Place) => string): NypdColumn => ({
    text: (index) => {
      const [latitude, longitude] =
        index < stationsFrom
          ? [latitudes[index] ?? 0, longitudes[index] ?? 0]
          : (PRECINCTS[index - stationsFrom]?.stationHouse ?? [0, 0]);
      return cell(write(placeOf(style, index, latitude, longitude)));
    },
    row: point,
  });
  const jurisdiction: Row = (incident) =>
    incident.homicide ? tables.JURISDICTIONS.length : incident.jurisdiction;
  let index = -1;

  return {
    '': {
      make: () => {
        index += 1;
        return String(index);
      },
    },
    cmplnt_num: {
      make: (incident) => {
        // Since the last export homicide ids carry a suffix.
        const isNew = incident.homicide && calendar.date(incident.reportDay).year === calendar.lastYear;
        const caseNumber = `${incident.caseNumber}${isNew ? 'H1' : ''}`;
        return style.quoted === true ? `"${caseNumber}"` : caseNumber;
      },
    },
    cmplnt_fr_dt: perDay((incident) => incident.startDay),
    cmplnt_fr_tm: { text: (minute) => cell(time(minute)), row: (incident) => incident.startMinute },
    cmplnt_to_dt: perDay((incident) => incident.endDay),
    cmplnt_to_tm: {
      text: (minute) => (minute === NO_TIME ? text('') : cell(time(minute))),
      row: (incident) => (incident.endDay < 0 ? NO_TIME : incident.endMinute),
    },
    rpt_dt: perDay((incident) => incident.reportDay),
    addr_pct_cd: column(
      PRECINCTS.map(({ code }) => integer(String(code))),
      district,
    ),
    ky_cd: perOffence(cell, 1),
    ofns_desc: perOffence(text, 2),
    pd_cd: perOffence(integer, 3),
    pd_desc: perOffence(text, 4),
    law_cat_cd: perOffence(text, 5),
    crm_atpt_cptd_cd: words(['COMPLETED', 'ATTEMPTED'], (incident) => (incident.attempted ? 1 : 0)),
    boro_nm: partly(
      PRECINCTS.map(({ borough }) => text(borough)),
      text(''),
      isLiving,
      district,
    ),
    patrol_boro: partly(
      PRECINCTS.map(({ patrolBorough }) => text(patrolBorough)),
      text(''),
      isLiving,
      district,
    ),
    loc_of_occur_desc: words(tables.LOCATIONS, (incident) => incident.location),
    prem_typ_desc: words(tables.NYPD_PREMISES, (incident) => incident.premises),
    juris_desc: words(
      [...tables.JURISDICTIONS.map(([, name]) => name), tables.JURISDICTIONS[0][1]],
      jurisdiction,
    ),
    jurisdiction_code: column([...tables.JURISDICTIONS.map(([code]) => integer(code)), ''], jurisdiction),
    parks_nm: partly(
      places.map(({ park }) => text(park)),
      noPark,
      (incident) => incident.premises === tables.PARK,
      district,
    ),
    hadevelopt: partly(
      places.flatMap(({ developments }) => developments.map(text)),
      text(''),
      inHousing,
      place,
    ),
    housing_psa: partly(
      places.flatMap(({ housingAreas }) => housingAreas.map(housingArea(style, cell))),
      noHousingArea,
      inHousing,
      place,
    ),
    transit_district: partly(
      places.map(({ transit }) => integer(transit)),
      '',
      inSubway,
      district,
    ),
    station_name: partly(
      places.flatMap(({ stations }) => stations.map(text)),
      text(''),
      inSubway,
      place,
    ),
    susp_age_group: words(tables.AGES, (incident) => incident.suspectAge),
    susp_race: words(tables.RACES, (incident) => incident.suspectRace),
    susp_sex: words(tables.SUSPECT_SEXES, (incident) => incident.suspectSex),
    vic_age_group: words(tables.AGES, (incident) => incident.victimAge),
    vic_race: words(tables.RACES, (incident) => incident.victimRace),
    vic_sex: words(tables.SEXES_OF_VICTIMS, (incident) => incident.victimSex),
    x_coord_cd: byPoint(({ x }) => x),
    y_coord_cd: byPoint(({ y }) => y),
    latitude: byPoint(({ latitude }) => latitude),
    longitude: byPoint(({ longitude }) => longitude),
    lat_lon: byPoint(({ longLatitude, longLongitude }) => `(${longLatitude}, ${longLongitude})`),
    lat_lon_latitude: byPoint(({ latitude }) => latitude),
    lat_lon_longitude: byPoint(({ longitude }) => longitude),
    new_georeferenced_column: byPoint(pointGeometry),
    geocoded_column: byPoint(pointGeometry),
  };
}

const NO_TIME = 1440;
const pointGeometry = ({ longLatitude, longLongitude }: Place): string =>
  `POINT (${longLongitude} ${longLatitude})`;

const housingArea =
  (style: Style, cell: (text: string) => string) =>
  (digits: string): string =>
    cell(style.thousands === undefined ? digits : withThousands(digits));

interface PrecinctPlaces {
  readonly developments: readonly [string, string];
  readonly housingAreas: readonly [string, string];
  readonly stations: readonly [string, string];
  readonly transit: string;
  readonly park: string;
}

function precinctPlaces(setup: CitySetup): readonly PrecinctPlaces[] {
  const random = new Random(setup.seed, 'nypd/places');
  const one = (list: readonly string[]): string => list[random.below(list.length)] ?? '';
  return PRECINCTS.map(
    (): PrecinctPlaces => ({
      developments: [one(tables.DEVELOPMENTS), one(tables.DEVELOPMENTS)],
      housingAreas: [String(330 + random.below(600)), String(1000 + random.below(300))],
      stations: [one(tables.STATIONS), one(tables.STATIONS)],
      transit: one(tables.TRANSIT_DISTRICTS),
      park: one(tables.PARKS),
    }),
  );
}

/** A place as this vintage spells it: feet, degrees in their own columns, degrees inside Lat_Lon. */
interface Place {
  readonly x: string;
  readonly y: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly longLatitude: string;
  readonly longLongitude: string;
}

function placeOf(style: Style, point: number, latitude: number, longitude: number): Place {
  const { x, y } = statePlaneFeet(latitude, longitude);
  // Three more decimals that do not change the sixth, as the spellings of one point differ only behind it.
  const tail = String(100 + scrambled(point, 300));
  const north = `${latitude.toFixed(6)}${tail}`;
  const west = `${longitude.toFixed(6)}${tail}`;
  const hasLongPair = style.coordinates !== undefined;
  const shown = (text: string): string =>
    style.coordinates === 'short' ? text.slice(0, -1) : style.coordinates === 'long' ? `${text}25` : text;
  const feet = (value: number): string => {
    if (style.thousands === 'coordinates') return withThousands(String(value));
    return style.floats === true ? `${value}.0` : String(value);
  };
  return {
    x: feet(x),
    y: feet(y),
    latitude: shown(north),
    longitude: shown(west),
    longLatitude: hasLongPair ? `${north}000046` : north,
    longLongitude: hasLongPair ? `${west}99998` : west,
  };
}
