import type { DirtKind, EditableRow } from './dirt.js';
import { COLUMNS, textKind, value } from './dirt.js';
import { AREAS } from './lapd-areas.js';
import { PRECINCTS } from './nypd-precincts.js';
import { withThousands } from './vintage.js';

/** Station-house rows keep their place: the station house is found by what stands there. */
const isElsewhere = ({ facts }: EditableRow): boolean => !facts.atStationHouse;
const victimIsPerson = ({ facts }: EditableRow): boolean => facts.victimIsPerson;
const hasSuspect = ({ facts }: EditableRow): boolean => facts.hasSuspect;
const JUNK_AGES = ['-56', '929', '1020', '-1', '-973'] as const;

function coordinates(
  row: EditableRow,
  latitude: string,
  longitude: string,
): Readonly<Record<string, string>> {
  const isBlank = latitude === '' && longitude === '';
  const isZero = latitude === '0';
  const pair = isBlank ? '' : isZero ? '(0.0, 0.0)' : `(${latitude}, ${longitude})`;
  const geometry = isBlank ? '' : `POINT (${longitude} ${latitude})`;
  const feet = isZero ? '0' : '';
  return row.city === 'lapd'
    ? { lat: latitude, lon: longitude }
    : {
        latitude,
        longitude,
        lat_lon: pair,
        new_georeferenced_column: geometry,
        geocoded_column: geometry,
        x_coord_cd: feet,
        y_coord_cd: feet,
      };
}

/** Offence classes whose category is beyond doubt whatever the wording. */
const CLASS_CATEGORIES: Readonly<Record<string, string>> = { '105': 'Robbery', '107': 'Burglary' };

const FAR_AWAY = { nypd: ['41.50000', '-72.10000'], lapd: ['36.1699', '-115.1398'] } as const;

/** Dirt in places, persons and codes. */
export const VALUE_DIRT: readonly DirtKind[] = [
  textKind({
    id: 'coordinates-blank',
    column: COLUMNS.latitude,
    rule: 'coordinates-missing',
    fits: isElsewhere,
    texts: (row) => coordinates(row, '', ''),
    expected: value('latitude', null),
  }),
  textKind({
    id: 'coordinates-zero',
    column: COLUMNS.latitude,
    rule: 'coordinates-zero',
    fits: isElsewhere,
    texts: (row) => coordinates(row, '0', '0'),
    expected: value('latitude', null),
  }),
  textKind({
    id: 'coordinates-outside',
    column: COLUMNS.latitude,
    rule: 'coordinates-outside-city',
    fits: isElsewhere,
    texts: (row) => coordinates(row, FAR_AWAY[row.city][0], FAR_AWAY[row.city][1]),
    expected: value('latitude', null),
  }),
  textKind({
    id: 'coordinates-text',
    column: COLUMNS.latitude,
    rule: 'coordinates-unreadable',
    fits: isElsewhere,
    texts: (row) =>
      coordinates(row, row.one(['4O.7128', '40.71.28', 'see notes']), row.get(COLUMNS.longitude[row.city])),
    expected: value('latitude', null),
  }),
  textKind({
    id: 'victim-age-junk',
    column: COLUMNS.victimAge,
    rule: 'victim-age-impossible',
    fits: victimIsPerson,
    texts: (row) => row.one(row.city === 'lapd' ? ['-1', '120', '-56', '929'] : JUNK_AGES),
    expected: value('victim_age', 'Unknown'),
  }),
  textKind({
    id: 'victim-sex-unseen',
    column: COLUMNS.victimSex,
    rule: 'victim-sex-unmapped',
    fits: victimIsPerson,
    texts: () => 'Q',
    expected: value('victim_sex', 'Unknown'),
  }),
  textKind({
    id: 'victim-race-unseen',
    column: COLUMNS.victimRace,
    rule: 'victim-race-unmapped',
    fits: victimIsPerson,
    texts: (row) => (row.city === 'lapd' ? 'Q' : 'NOT IN ANY LIST'),
    expected: value('victim_race_group', 'Unknown'),
  }),
  textKind({
    id: 'victim-not-a-person',
    cities: ['nypd'],
    column: 'vic_race',
    rule: 'victim-not-a-person',
    fits: ({ facts }) => facts.victimIsNobody,
    texts: (row): Readonly<Record<string, string>> =>
      row.random.chance(0.5) ? { vic_race: 'WHITE' } : { vic_race: 'BLACK', vic_age_group: '25-44' },
    expected: value('victim_race_group', null),
  }),
  textKind({
    id: 'suspect-age-junk',
    cities: ['nypd'],
    column: 'susp_age_group',
    rule: 'suspect-age-impossible',
    fits: hasSuspect,
    texts: (row) => row.one(JUNK_AGES),
    expected: value('suspect_age', 'Unknown'),
  }),
  textKind({
    id: 'suspect-sex-unseen',
    cities: ['nypd'],
    column: 'susp_sex',
    rule: 'suspect-sex-unmapped',
    fits: hasSuspect,
    texts: () => 'Q',
    expected: value('suspect_sex', 'Unknown'),
  }),
  textKind({
    id: 'suspect-race-unseen',
    cities: ['nypd'],
    column: 'susp_race',
    rule: 'suspect-race-unmapped',
    fits: hasSuspect,
    texts: () => 'NOT IN ANY LIST',
    expected: value('suspect_race_group', 'Unknown'),
  }),
  textKind({
    id: 'offence-unseen',
    column: { nypd: 'ky_cd', lapd: 'crm_cd' },
    rule: 'offence-unmapped',
    fits: isElsewhere,
    texts: (row): Readonly<Record<string, string>> =>
      row.city === 'lapd'
        ? { crm_cd: '999', crm_cd_1: '999', crm_cd_desc: 'OFFENCE NEVER SEEN BEFORE' }
        : { ky_cd: '998', ofns_desc: 'OFFENSE NEVER SEEN', pd_cd: '999', pd_desc: 'NEVER SEEN BEFORE' },
    expected: value('crime_category', 'Other'),
  }),
  textKind({
    id: 'offence-wording-unseen',
    cities: ['nypd'],
    column: 'pd_desc',
    rule: 'offence-mapped-by-class',
    fits: ({ facts }) => facts.code in CLASS_CATEGORIES,
    texts: () => ({ pd_cd: '998', pd_desc: 'WORDING NEVER SEEN BEFORE' }),
    expected: (row) => ({ column: 'crime_category', value: CLASS_CATEGORIES[row.facts.code] ?? null }),
  }),
  textKind({
    id: 'law-class-unseen',
    column: { nypd: 'law_cat_cd', lapd: 'part_1_2' },
    rule: 'law-class-unmapped',
    texts: (row) => (row.city === 'lapd' ? '9' : 'CAPITAL'),
    expected: value('law_class', 'Unknown'),
  }),
  textKind({
    id: 'premises-unseen',
    column: { nypd: 'prem_typ_desc', lapd: 'premis_cd' },
    rule: 'premises-unmapped',
    texts: (row): Readonly<Record<string, string>> =>
      row.city === 'lapd'
        ? { premis_cd: '999', premis_desc: 'PREMISES NEVER SEEN BEFORE' }
        : { prem_typ_desc: 'PREMISES NEVER SEEN BEFORE' },
    expected: value('location_category', 'Other'),
  }),
  textKind({
    id: 'weapon-unseen',
    cities: ['lapd'],
    column: 'weapon_used_cd',
    rule: 'weapon-unmapped',
    fits: ({ facts }) => facts.hasWeapon,
    texts: () => ({ weapon_used_cd: '599', weapon_desc: 'WEAPON NEVER SEEN BEFORE' }),
    expected: value('weapon_category', 'Other'),
  }),
  textKind({
    id: 'status-unseen',
    cities: ['lapd'],
    column: 'status',
    rule: 'status-unmapped',
    texts: () => ({ status: 'ZZ', status_desc: 'Status never seen' }),
    expected: value('arrest_made', null),
  }),
  textKind({
    id: 'district-unseen',
    column: COLUMNS.district,
    rule: 'jurisdiction-unmapped',
    fits: isElsewhere,
    texts: (row): Readonly<Record<string, string>> =>
      row.city === 'lapd' ? { area: '99', area_name: 'Atlantis' } : { addr_pct_cd: '999' },
    expected: value('jurisdiction', null),
  }),
  textKind({
    id: 'agency-unseen',
    cities: ['nypd'],
    column: 'juris_desc',
    rule: 'agency-unmapped',
    texts: () => ({ juris_desc: 'HARBOUR WARDENS', jurisdiction_code: '55' }),
  }),
  textKind({
    id: 'float-code',
    column: { nypd: 'addr_pct_cd', lapd: 'crm_cd' },
    rule: '',
    fits: (row) => row.city === 'lapd' || isElsewhere(row),
    texts: (row) => floated(row.get(row.city === 'lapd' ? 'crm_cd' : 'addr_pct_cd')),
    expected: (row) =>
      row.city === 'lapd'
        ? { column: 'crime_code', value: row.facts.code }
        : { column: 'jurisdiction', value: `Precinct ${PRECINCTS[row.facts.district]?.code ?? ''}` },
  }),
  textKind({
    id: 'float-district',
    cities: ['lapd'],
    column: 'area',
    rule: '',
    texts: (row) => floated(row.get('area')),
    expected: (row) => ({ column: 'jurisdiction', value: AREAS[row.facts.district]?.name ?? '' }),
  }),
  textKind({
    id: 'thousands-comma',
    cities: ['nypd'],
    column: 'x_coord_cd',
    rule: '',
    fits: (row) => /^\d+$/.test(row.get('x_coord_cd')),
    texts: (row) => ({
      x_coord_cd: withThousands(row.get('x_coord_cd')),
      y_coord_cd: withThousands(row.get('y_coord_cd')),
    }),
  }),
  textKind({
    id: 'null-marker',
    cities: ['nypd'],
    column: 'susp_race',
    rule: '',
    fits: (row) => !row.facts.hasSuspect && row.get('susp_race') === '',
    texts: () => '(null)',
    expected: value('suspect_race_group', 'Unknown'),
  }),
  textKind({
    id: 'not-available',
    cities: ['nypd'],
    column: 'parks_nm',
    rule: '',
    fits: (row) => ['', '(null)'].includes(row.get('parks_nm')),
    texts: () => 'NA',
  }),
  textKind({
    id: 'trailing-blanks',
    column: COLUMNS.offence,
    rule: '',
    fits: (row) => row.get(COLUMNS.offence[row.city]) !== '',
    texts: (row) => `${row.get(COLUMNS.offence[row.city])}   `,
    expected: (row) => ({ column: 'crime_category', value: row.facts.category }),
  }),
];

const floated = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`);
