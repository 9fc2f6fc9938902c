import { Random } from '@crimetracker/analysis-kit';
import type { CivilDate } from './calendar.js';
import { dayNumber, two } from './calendar.js';
import type { CitySetup } from './city-setup.js';
import { AREAS } from './lapd-areas.js';
import type { LapdIncident } from './lapd-incidents.js';
import { LAPD_OFFENCE_LIST, MOCODE_LISTS } from './lapd-incidents.js';
import * as tables from './lapd-tables.js';
import type { Column, Vintage } from './vintage.js';
import {
  excelDate,
  foldNames,
  lineWriter,
  militaryNumber,
  militaryTime,
  NOTHING,
  quoteIfNeeded,
  slashDate,
  socrataDate,
} from './vintage.js';
import { scrambled } from './weighted-choice.js';

const HEAD = 'DR_NO,Date Rptd,DATE OCC';
const TAIL =
  'TIME OCC,AREA,AREA NAME,Rpt Dist No,Part 1-2,Crm Cd,Crm Cd Desc,Mocodes,Vict Age,Vict Sex,Vict Descent,Premis Cd,' +
  'Premis Desc,Weapon Used Cd,Weapon Desc,Status,Status Desc,Crm Cd 1,Crm Cd 2,Crm Cd 3,Crm Cd 4,LOCATION,Cross Street,LAT,LON';
const A = `${HEAD},${TAIL}`;
const H =
  'DR Number,Date Reported,Date Occurred,Time Occurred,Area ID,Area Name,Reporting District,Crime Code,' +
  'Crime Code Description,MO Codes,Victim Age,Victim Sex,Victim Descent,Premise Code,Premise Description,Weapon Used Code,' +
  'Weapon Description,Status Code,Status Description,Crime Code 1,Crime Code 2,Crime Code 3,Crime Code 4,Address,' +
  'Cross Street,Location ';
const LAPD_HEADERS = {
  a: A.split(','),
  b2: A.replace('Crm Cd 2,Crm Cd 3,Crm Cd 4', ',,').split(','),
  d: `${HEAD},DATE OCC,month,day,year,weeknum,dayofweek,month_text,week_text,${TAIL}`.split(','),
  e: A.replace('AREA,', 'AREA ,').split(','),
  h: H.split(','),
  i: A.toLowerCase().replaceAll(' ', '_').replace('part_1-2', 'part_1_2').split(','),
} as const;

interface Style {
  readonly header: readonly string[];
  readonly date: (date: CivilDate) => string;
  /** Excel took codes and times for numbers and dropped their leading zeros. */
  readonly lostZeros?: boolean;
  readonly newline?: '\r\n';
}

const longDate = (date: CivilDate): string => `${slashDate(date)} 12:00:00 AM`;
/** Excel with a day-first locale understood only the dates whose day could be a month. */
const halfTouched =
  (midnight: string) =>
  (date: CivilDate): string =>
    date.day <= 12 ? `${slashDate(date)} ${midnight}` : longDate(date);
const excelMidnight = (date: CivilDate): string => `${excelDate(date)} 0:00`;

const STYLES = {
  'lapd-a': { header: LAPD_HEADERS.a, date: longDate },
  'lapd-b': { header: LAPD_HEADERS.a, date: halfTouched('00:00') },
  'lapd-b2': { header: LAPD_HEADERS.b2, date: halfTouched('0:00'), lostZeros: true, newline: '\r\n' },
  'lapd-c': { header: LAPD_HEADERS.a, date: excelMidnight, lostZeros: true, newline: '\r\n' },
  'lapd-d': { header: LAPD_HEADERS.d, date: excelMidnight, lostZeros: true, newline: '\r\n' },
  'lapd-e': { header: LAPD_HEADERS.e, date: longDate },
  'lapd-h': { header: LAPD_HEADERS.h, date: slashDate },
  'lapd-i': { header: LAPD_HEADERS.i, date: socrataDate },
} as const satisfies Readonly<Record<string, Style>>;

export type LapdVintageId = keyof typeof STYLES;
export const LAPD_VINTAGES = Object.keys(STYLES) as readonly LapdVintageId[];

type Row = (incident: LapdIncident) => number;
type LapdColumn = Column<LapdIncident>;

/** A LAPD vintage that writes the incidents of one city set-up. */
export function lapdVintage(id: LapdVintageId, setup: CitySetup): Vintage<LapdIncident> {
  const style: Style = STYLES[id];
  const time = style.lostZeros === true ? militaryNumber : militaryTime;
  const columns = foldNames(style.header);
  const written = lapdColumns(style, setup, time);
  return {
    id,
    city: 'lapd',
    header: style.header.join(','),
    names: style.header,
    columns,
    newline: style.newline ?? '\n',
    endsWithNewline: true,
    shortYears: false,
    write: lineWriter(
      columns.map(
        (name) => written[id === 'lapd-h' && name === 'location' ? 'location (pair)' : name] ?? NOTHING,
      ),
    ),
    date: style.date,
    time,
    cell: quoteIfNeeded,
  };
}

function lapdColumns(
  style: Style,
  setup: CitySetup,
  time: (minute: number) => string,
): Readonly<Record<string, LapdColumn>> {
  const { calendar, world } = setup;
  const column = (texts: readonly string[], row: Row): LapdColumn => ({
    text: (index) => quoteIfNeeded(texts[index] ?? ''),
    row,
  });
  const perDay = (row: Row): LapdColumn => ({ text: (day) => style.date(calendar.date(day)), row });
  const padded = (value: number): string => (style.lostZeros === true ? String(value) : two(value));
  const areaCodes = AREAS.map(({ code }) => two(code));
  const perOffence = (part: 1 | 2 | 3): LapdColumn =>
    column(
      LAPD_OFFENCE_LIST.map((row) => String(row[part])),
      offence,
    );
  const offence: Row = (incident) => incident.offence;
  const premises: Row = (incident) => incident.premises;
  const weapon: Row = (incident) => incident.weapon;
  const status: Row = (incident) => incident.status;
  const district: Row = (incident) => incident.district;
  const points = world.latitudes.length;
  const point: Row = (incident) => incident.point;
  const columns: Readonly<Record<string, LapdColumn>> = {
    dr_no: {
      make: ({ reportDay, district, serial }) =>
        `${two(calendar.date(reportDay).year % 100)}${areaCodes[district] ?? ''}${String(serial).padStart(5, '0')}`,
    },
    date_rptd: perDay((incident) => incident.reportDay),
    date_occ: perDay((incident) => incident.startDay),
    time_occ: { text: time, row: (incident) => incident.startMinute },
    area: column(
      AREAS.map(({ code }) => padded(code)),
      district,
    ),
    area_name: column(
      AREAS.map(({ name }) => name),
      district,
    ),
    rpt_dist_no: column(
      AREAS.flatMap(({ code }) =>
        Array.from({ length: 100 }, (_, number) => `${padded(code)}${two(number)}`),
      ),
      (incident) => incident.district * 100 + incident.reportingDistrict,
    ),
    part_1_2: perOffence(3),
    crm_cd: perOffence(1),
    crm_cd_desc: perOffence(2),
    mocodes: column(mocodeLists(style, setup), (incident) => incident.mocodes),
    vict_age: column(
      Array.from({ length: 100 }, (_, age) => String(age)),
      (incident) => incident.age,
    ),
    vict_sex: column(tables.VICTIM_SEXES, (incident) => incident.sex),
    vict_descent: column(tables.DESCENTS, (incident) => incident.descent),
    premis_cd: column(
      tables.LAPD_PREMISES.map(([code]) => code),
      premises,
    ),
    premis_desc: column(
      tables.LAPD_PREMISES.map(([, name]) => name),
      premises,
    ),
    weapon_used_cd: column(
      tables.WEAPONS.map(([code]) => code),
      weapon,
    ),
    weapon_desc: column(
      tables.WEAPONS.map(([, name]) => name),
      weapon,
    ),
    status: column(
      tables.STATUSES.map(([code]) => code),
      status,
    ),
    status_desc: column(
      tables.STATUSES.map(([, name]) => name),
      status,
    ),
    crm_cd_1: perOffence(1),
    crm_cd_2: column(tables.SECOND_CODES, (incident) => incident.secondCode),
    location: {
      text: (index) => (index < points ? hundredBlock(index) : street(index - points)),
      row: (incident) => incident.point + (incident.atCrossing ? points : 0),
    },
    cross_street: { text: crossStreet, row: (incident) => (incident.atCrossing ? incident.point : -1) },
    lat: { text: (index) => String(world.latitudes[index] ?? ''), row: point },
    lon: { text: (index) => String(world.longitudes[index] ?? ''), row: point },
  };
  const pair: LapdColumn = {
    text: (index) => `"(${world.latitudes[index] ?? ''}, ${world.longitudes[index] ?? ''})"`,
    row: point,
  };
  return { ...columns, ...westLosAngeles(setup), ...longNames(columns, pair) };
}

/** The computed columns of the copy with a duplicate header; its second DATE OCC is an Excel serial number. */
function westLosAngeles({ calendar }: CitySetup): Readonly<Record<string, LapdColumn>> {
  const MONTHS = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ] as const;
  const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
  const sundayBased = (day: number): number => (calendar.weekday(day) + 1) % 7;
  const week = (day: number): number => {
    const { year } = calendar.date(day);
    const firstDay = dayNumber(year, 1, 1) - calendar.origin;
    return Math.floor((day - firstDay + sundayBased(firstDay)) / 7) + 1;
  };
  const startDay: Row = (incident) => incident.startDay;
  const perDay = (text: (day: number) => string): LapdColumn => ({
    text,
    row: startDay,
  });

  return {
    'date_occ#2': perDay((day) => String(calendar.origin + day + 25_569)),
    month: perDay((day) => String(calendar.date(day).month)),
    day: perDay((day) => String(calendar.date(day).day)),
    year: perDay((day) => String(calendar.date(day).year)),
    weeknum: perDay((day) => String(week(day))),
    dayofweek: perDay((day) => String(sundayBased(day) + 1)),
    month_text: perDay((day) => MONTHS[calendar.date(day).month - 1] ?? ''),
    week_text: perDay((day) => WEEKDAYS[sundayBased(day)] ?? ''),
  };
}

/** The same columns under the names of the 2010 to 2017 vintage, whose address is called Address. */
function longNames(
  columns: Readonly<Record<string, LapdColumn>>,
  pair: LapdColumn,
): Readonly<Record<string, LapdColumn>> {
  const same = (name: string): LapdColumn => columns[name] ?? NOTHING;
  return {
    dr_number: same('dr_no'),
    date_reported: same('date_rptd'),
    date_occurred: same('date_occ'),
    time_occurred: same('time_occ'),
    area_id: same('area'),
    reporting_district: same('rpt_dist_no'),
    crime_code: same('crm_cd'),
    crime_code_description: same('crm_cd_desc'),
    mo_codes: same('mocodes'),
    victim_age: same('vict_age'),
    victim_sex: same('vict_sex'),
    victim_descent: same('vict_descent'),
    premise_code: same('premis_cd'),
    premise_description: same('premis_desc'),
    weapon_used_code: same('weapon_used_cd'),
    weapon_description: same('weapon_desc'),
    status_code: same('status'),
    status_description: same('status_desc'),
    crime_code_1: same('crm_cd_1'),
    crime_code_2: same('crm_cd_2'),
    address: same('location'),
    'location (pair)': pair,
  };
}

function mocodeLists(style: Style, setup: CitySetup): readonly string[] {
  const random = new Random(setup.seed, 'lapd/mocodes');
  return Array.from({ length: MOCODE_LISTS }, (_, list) => {
    if (list === 0) return '';
    const codes = Array.from(
      { length: 1 + random.below(5) },
      () => tables.MOCODES[random.below(tables.MOCODES.length)] ?? '',
    );
    // A lone code is a number to Excel.
    return style.lostZeros === true && codes.length === 1 ? String(Number(codes[0])) : codes.join(' ');
  });
}

const one = <Value>(list: readonly Value[], index: number): Value =>
  list[scrambled(index, list.length)] as Value;
/** LOCATION pads the name of the street with blanks to a fixed width. */
const named = (index: number): string =>
  `${one(tables.STREET_NAMES, index).padEnd(29)}${one(tables.STREET_KINDS, index + 1)}`;
const street = (point: number): string => named(point * 8);
const crossStreet = (point: number): string => named(point * 8 + 2);
const hundredBlock = (point: number): string =>
  `${100 * (1 + scrambled(point * 8 + 4, 170))} ${one(['N', 'S', 'E', 'W', ' '], point * 8 + 5)}  ${street(point)}`;
